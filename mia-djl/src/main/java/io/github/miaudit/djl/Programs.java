package io.github.miaudit.djl;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The TorchScript programs that are resources beside this class, compiled by libtorch when they are loaded. */
final class Programs {

    private Programs() {
    }

    /**
     * Loads a program: the resources that make it up (a class, and methods to append to it), and its attributes, which are numbers,
     * names and switches.
     */
    static Model load(Device device, Map<String, Object> attributes, String... names) {
        NativeLibraries.pytorch();
        ProgramFolders.removeLeftovers();
        Model model = Model.newInstance("masked-lm", device, "PyTorch");
        try {
            model.load(new ByteArrayInputStream(archive(attributes, names)));
            ProgramFolders.remove(model);
            return model;
        } catch (IOException e) {
            model.close();
            throw new UncheckedIOException(e);
        } catch (EngineException e) {
            model.close();
            throw e;
        } catch (MalformedModelException e) {
            model.close();
            throw new IllegalStateException("program " + String.join(" with ", names) + " does not compile", e);
        }
    }

    /** A program as a TorchScript archive, without weights; arguments as {@link #load}. */
    static byte[] archive(Map<String, Object> attributes, String... names) {
        return ProgramArchive.of(Stream.of(names).map(Programs::source).collect(Collectors.joining()), attributes);
    }

    private static String source(String name) {
        try (InputStream source = Programs.class.getResourceAsStream(name)) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
