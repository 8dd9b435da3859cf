package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.ProgramArchives;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Folders whose exported model does something else than compute, opened by one who trusts it: nothing of it is run. */
@Tag("redteam")
class HostileFoldersTest {

    private static final String VICTIM = "VICTIM";
    private static final String OVERWRITING = "torch.from_file(\"" + VICTIM + "\", True, 1, dtype=6)";

    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    private Path victim;

    /** Puts something into a folder. */
    private interface Trap {
        void set(HostileFoldersTest test) throws IOException;
    }

    @BeforeEach
    void lay() throws IOException {
        victim = Files.writeString(elsewhere.resolve("victim"), "mine");
        Files.copy(Golden.ROBERTA.folder().resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"made-up\"}");
    }

    static Stream<Arguments> folders() {
        return Stream.of(statement("overwrites a file", "y = " + OVERWRITING, "calls torch.from_file"),
                statement("hides that behind blanks and brackets", "y = (torch) . from_file (\"" + VICTIM + "\", True, 1)",
                        "calls torch.from_file"),
                statement("hides it in a list", "y = [torch.from_file][0](\"" + VICTIM + "\", True, 1)",
                        "calls something that has no name"),
                statement("hides it in an attribute by name", "f = getattr(torch, \"from_file\")", "uses torch.from_file"),
                statement("calls it by its full name", "y = ops.aten.from_file(\"" + VICTIM + "\", True, 1)", "calls ops.aten.from_file"),
                statement("saves numbers to a file", "torch.save(x, \"" + VICTIM + "\")", "calls torch.save"),
                statement("writes to the terminal", "print(x)", "calls print"),
                statement("calls a library of its own", "y = ops.strange.run(x)", "calls ops.strange.run"),
                statement("makes an object of a native class", "y = __torch__.torch.classes.strange.Thing()",
                        "which the program does not have"),
                statement("puts other memory below a tensor", "y = x.set_(mask)", "calls x.set_"),
                statement("never ends", "while True:\n  y = x", "has a loop with while"),
                statement("takes years", "for i in range(9223372036854775807):\n  y = x", "turns; 10000 at most"),
                statement("calls itself", "y = (self).forward(x, mask, )", "calls itself"),
                statement("draws at random", "y = torch.dropout(x, 0.5, True)", "so that scores would be random"),
                statement("remembers what it saw", "y = torch.add_(CONSTANTS.c0, 1)", "changes the model's own numbers"),
                Arguments.of("does so while it is loaded", trap(members -> members.merge("net/code/__torch__.py",
                        "  def __setstate__(self: __torch__.Net, x: Tensor) -> NoneType:\n    y = " + OVERWRITING + "\n    return None\n",
                        String::concat)), "has the method __setstate__"),
                Arguments.of("has a second source that only another reader finds",
                        trap(members -> members.put("net/CODE/__torch__.py", "import os\n")), "has a name that is there twice"),
                Arguments.of("has a source that its directory does not name", (Trap) test -> test.write(doctored()),
                        "what stands before its member"),
                Arguments.of("has a library beside its sources", trap(members -> members.put("net/libstrange.so", "\u007fELF")),
                        "none of a program's"),
                Arguments.of("is of the format for mobile devices",
                        trap(members -> members.put("net/bytecode.pkl", ProgramArchives.OBJECT)),
                        "it is for mobile devices"),
                Arguments.of("calls Python in its pickle",
                        trap(members -> members.put("net/data.pkl", "\u0080\u0002cos\nsystem\n(X\u0002\0\0\0idtR.")), "asks for os.system"),
                Arguments.of("takes an object for one of another class",
                        trap(members -> members.put("net/data.pkl",
                                "\u0080\u0002c__torch__\nNet\n)\u0081}(X\u0008\0\0\0trainingK\u0001ub.")),
                        "values of other types than its sources declare"),
                Arguments.of("has tensors behind the end of their numbers", trap(members -> {
                    members.put("net/constants.pkl",
                            "\u0080\u0002ctorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storagectorch\nFloatStorage\n"
                                    + "X\u0001\0\0\0000X\u0003\0\0\0cpuJ\u00ff\u00ff\u00ff\u007ftQ"
                                    + "K\0J\u00ff\u00ff\u00ff\u007f\u0085K\u0001\u0085\u0089"
                                    + "ccollections\nOrderedDict\n)RtR\u0085.");
                    members.put("net/constants/0", "abcd");
                }), "bytes for the storage of tensor"),
                Arguments.of("lies beside weights of an unknown family", (Trap) test -> {
                    test.write(ProgramArchives.zip(test.overwriting()));
                    Files.createFile(test.folder.resolve("model.safetensors"));
                }, "model_type is \"made-up\"; supported are"), Arguments.of("has another name", (Trap) test -> {
                    test.write(ProgramArchives.zip(test.overwriting()));
                    Files.move(test.folder.resolve("model.pt"), test.folder.resolve("x.pt"));
                }, "model_type is \"made-up\"; supported are"),
                Arguments.of("is a link to what never ends",
                        (Trap) test -> Files.createSymbolicLink(test.folder.resolve("model.pt"), Path.of("/dev/zero")),
                        "is a link to /dev/zero, which is outside its folder"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("folders")
    void nothingOfItIsRun(String name, Trap trap, String reason) throws IOException {
        trap.set(this);
        String message = assertThrows(AuditException.class,
                () -> MaskedLmScorer.open(folder, MaskedLmOptions.withDefaults().withExportedModels())).getMessage();
        assertTrue(message.startsWith(folder.toString()) && message.contains(reason), message);
        assertFalse(message.contains("io.github"), message);
        assertEquals("mine", Files.readString(victim));
    }

    private static Arguments statement(String name, String statements, String reason) {
        return Arguments.of(name,
                (Trap) test -> test.write(ProgramArchives.zip(ProgramArchives.members(statements.replace(VICTIM, test.victim.toString())))),
                reason);
    }

    private static Trap trap(Consumer<Map<String, String>> change) {
        return test -> {
            Map<String, String> members = ProgramArchives.members("");
            change.accept(members);
            test.write(ProgramArchives.zip(members));
        };
    }

    private Map<String, String> overwriting() {
        return ProgramArchives.members("y = " + OVERWRITING.replace(VICTIM, victim.toString()));
    }

    /** Of two sources of one name, the directory names only one. */
    private static byte[] doctored() {
        Map<String, String> members = ProgramArchives.members("");
        members.put("net/code/__torch_2.py", "def f(x: Tensor) -> Tensor:\n  return x\n");
        String zip = new String(ProgramArchives.zip(members), StandardCharsets.ISO_8859_1);
        return zip.replaceFirst("__torch_2", "__torch__").getBytes(StandardCharsets.ISO_8859_1);
    }

    private void write(byte[] archive) throws IOException {
        Files.write(folder.resolve("model.pt"), archive);
    }
}
