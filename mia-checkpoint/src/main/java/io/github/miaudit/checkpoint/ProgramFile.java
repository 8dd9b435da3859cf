package io.github.miaudit.checkpoint;

import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an exported model, a TorchScript archive, would do if it were run. All that libtorch would read of it is read here first, and
 * what is not known to be part of a network is refused: sources that call anything but {@link ProgramOperators}, values that are
 * not of the types that the sources declare, tensors that lie outside their numbers, members of other names. Whatever can be read in
 * two ways, or is not understood, is refused.
 */
public final class ProgramFile {

    private static final String USUAL_NAME = "model.pt";
    private static final Pattern WEIGHTS = Pattern
            .compile("(?i).*\\.safetensors(\\.index\\.json)?|pytorch_model.*\\.bin(\\.index\\.json)?");
    private static final String CODE = "code/";
    private static final String DEBUG = ".debug_pkl";
    private static final Pattern SOURCE = Pattern.compile("code/(__torch__(?:/[A-Za-z_][A-Za-z_0-9]*)*)\\.py(?:\\.debug_pkl)?");
    private static final Pattern STORAGE = Pattern.compile("(data|constants|traced_inputs)/[0-9]{1,9}");
    private static final List<String> PICKLES = List.of("constants", "data");
    private static final List<String> VERSIONS = List.of("version", ".data/version");
    private static final String BYTE_ORDER = "byteorder";
    /** What libtorch does not read when it loads a module to run it. */
    private static final List<String> OTHERS = List.of("traced_inputs.pkl", ".data/serialization_id", ".storage_alignment",
            ".format_version");
    private static final List<String> NO_MODULES = List.of("__torch__.torch.classes", "__torch__.torch.ops");
    /** Hugging Face's loader makes 3, the newest is 10. */
    private static final Pattern VERSION = Pattern.compile("([3-9]|10)\n?");
    private static final long MOST_SOURCE = 16 << 20;
    private static final String FORWARD = "forward";
    /** Names in a program may be of any length. */
    private static final int LONGEST_REASON = 400;

    private final Path file;
    private final ProgramCode code;

    private ProgramFile(Path file) {
        this.file = file;
        code = new ProgramCode((member, line, why) -> new InvalidFileException(file,
                "is not run: " + member + " line " + line + " " + why.substring(0, Math.min(LONGEST_REASON, why.length()))));
    }

    /** The exported model of a folder without weights of any name: a file of this name alone, also where case does not count. */
    public static Optional<Path> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString()).toList();
            return names.contains(USUAL_NAME) && names.stream().noneMatch(name -> WEIGHTS.matcher(name).matches())
                    ? Optional.of(folder.resolve(USUAL_NAME))
                    : Optional.empty();
        } catch (IOException e) {
            throw new InvalidFileException(folder, e);
        }
    }

    /**
     * Refuses a program that could do anything but compute.
     *
     * @return the functions of tensors that its sources call anywhere, as they are written there, such as {@code torch.add}, sorted
     * @throws InvalidFileException if it is no TorchScript archive, or something in it is not known to be harmless; the message names
     *                              the member of the archive, the line and the operator
     */
    public static SortedSet<String> requireHarmless(Path file) {
        ModelFile.requireInItsFolder(file);
        try (ProgramZip zip = ProgramZip.open(file)) {
            ProgramFile program = new ProgramFile(file);
            program.check(zip);
            return Collections.unmodifiableSortedSet(program.code.operators());
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    private void check(ProgramZip zip) throws IOException {
        Map<String, ProgramZip.Member> members = zip.members();
        members.keySet().forEach(name -> requireKnown(name, members));
        requireVersion(zip);
        Map<String, String> sources = new TreeMap<>();
        long bytes = 0;
        for (ProgramZip.Member member : members.values()) {
            bytes += member.name().startsWith(CODE) ? member.size() : 0;
            if (bytes > MOST_SOURCE) {
                throw refused("its sources have more than " + MOST_SOURCE + " bytes");
            }
            if (member.name().startsWith(CODE) && !member.name().endsWith(DEBUG)) {
                sources.put(member.name(), new String(zip.content(member), StandardCharsets.ISO_8859_1));
            }
        }
        sources.forEach((member, source) -> code.read(member, prefix(member), source));
        code.resolve();
        for (String pickle : PICKLES) {
            if (members.containsKey(pickle + ".pkl")) {
                unpickle(zip, pickle);
            }
        }
        for (ProgramZip.Member member : members.values()) {
            if (member.name().endsWith(DEBUG)) {
                new ProgramUnpickler(file, member.name(), name -> false, type -> false).read(zip.content(member));
            }
        }
        code.check();
    }

    /** Refuses a member that is none of a program's; those that tell of other kinds of archives are told apart. */
    private void requireKnown(String name, Map<String, ProgramZip.Member> members) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("bytecode.pkl") || lower.equals("model.json")) {
            throw refused("it holds " + name + ", so it is for mobile devices, or of the time before PyTorch 1.3;"
                    + " export it again with torch.jit.save");
        }
        boolean known = Stream.of(VERSIONS, OTHERS, List.of(BYTE_ORDER)).anyMatch(names -> names.contains(name))
                || PICKLES.stream().anyMatch(pickle -> name.equals(pickle + ".pkl")) || STORAGE.matcher(name).matches()
                || SOURCE.matcher(name).matches() && NO_MODULES.stream().noneMatch(prefix(name)::startsWith)
                        && !List.of(prefix(name).split("\\.")).contains("quantized");
        if (!known) {
            throw refused("its member " + name + " is none of a program's that is scored; export it again with torch.jit.save alone");
        }
        if (STORAGE.matcher(name).matches() && Objects.requireNonNull(members.get(name)).isPacked()) {
            throw refused("its member " + name + " is compressed, which numbers never are");
        }
    }

    private void requireVersion(ProgramZip zip) throws IOException {
        List<String> versions = VERSIONS.stream().filter(zip.members()::containsKey).toList();
        if (versions.size() != 1 || !VERSION.matcher(text(zip, versions.get(0))).matches()) {
            throw refused("its version is not between 3 and 10; export it again with another PyTorch");
        }
        if (zip.members().containsKey(BYTE_ORDER) && !text(zip, BYTE_ORDER).equals("little")) {
            throw refused("it was saved on a big-endian machine; save it again on a little-endian one");
        }
        if (!zip.members().containsKey("data.pkl") || !zip.members().containsKey("constants.pkl")
                || zip.members().keySet().stream().noneMatch(name -> name.startsWith(CODE))) {
            throw refused("it lacks data.pkl, constants.pkl or sources, so it is no TorchScript archive");
        }
    }

    private static String text(ProgramZip zip, String member) throws IOException {
        return new String(content(zip, member), StandardCharsets.ISO_8859_1);
    }

    /** Of a member that is there. */
    private static byte[] content(ProgramZip zip, String member) throws IOException {
        return zip.content(Objects.requireNonNull(zip.members().get(member)));
    }

    /** What the names of a file's classes begin with. */
    private static String prefix(String member) {
        return member.substring(CODE.length(), member.indexOf(".py")).replace('/', '.');
    }

    private void unpickle(ProgramZip zip, String name) throws IOException {
        String member = name + ".pkl";
        Storages storages = new Storages(file);
        zip.members().values().stream().filter(storage -> storage.name().startsWith(name + "/"))
                .forEach(storage -> storages.put(storage.name().substring(name.length() + 1), storage.begin(), storage.size()));
        ProgramUnpickler unpickler = new ProgramUnpickler(file, member, code::isClass, code::isType);
        Object value = unpickler.read(content(zip, member));
        Map<String, TensorUnpickler.Tensor> tensors = new TreeMap<>();
        unpickler.tensors().forEach(tensor -> tensors.put(name + " " + tensors.size(), tensor));
        storages.tensors(tensors);
        if (name.equals("constants")) {
            requireTensors(value);
        } else if (name.equals("data")) {
            requireModule(value);
            if (unpickler.isTraining()) {
                code.setTraining();
            }
        }
    }

    private void requireTensors(Object value) {
        if (!(value instanceof Object[] constants && Stream.of(constants).allMatch(TensorUnpickler.Tensor.class::isInstance))) {
            throw refused("constants.pkl holds something other than tensors");
        }
    }

    private void requireModule(Object value) {
        if (!(value instanceof ProgramUnpickler.Instance module)
                || !new ProgramType.Conformance(code.state()).holds(value, new ProgramType(module.className(), List.of()))) {
            throw refused("data.pkl holds values of other types than its sources declare");
        }
        ProgramSyntax.Function forward = code.methods(module.className()).get(FORWARD);
        if (forward == null || forward.parameters().stream().anyMatch(parameter -> parameter.name().equals("training"))) {
            throw refused("its module has no forward(input_ids, attention_mask[, token_type_ids])");
        }
    }

    private InvalidFileException refused(String why) {
        return new InvalidFileException(file, "is not run: " + why);
    }
}
