package io.github.miaudit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.ProgramArchives;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs may do, and all the ways to do something else that came to mind. */
class ProgramFileTest {

    @TempDir
    private Path folder;

    /** Made by programs/make.py with PyTorch 2.13 and transformers 5.18. */
    @ParameterizedTest
    @ValueSource(strings = {"traced.pt", "scripted.pt", "frozen.pt"})
    void whatTorchWritesOfModelsIsHarmless(String name) {
        ProgramFile.requireHarmless(Resources.folder("/programs").resolve(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"y = torch.add(x, mask)", "y = torch.dropout(x, 0.10000000000000001, False)",
            "for i in range(3):\n  y = torch.mul(x, i)", "for i in range(torch.size(x, 1)):\n  y = torch.select(x, 1, i)",
            "n = ops.prim.NumToTensor(torch.size(x, 0))\nfor i in range(int(n)):\n  pass",
            "y = annotate(Optional[Tensor], None)\nif torch.__is__(y, None):\n  pass\n"
                    + "else:\n  ops.prim.RaiseException(\"# \\\" torch.save(\")",
            "y = {\"a\": x, \"b\": [1, -2., inf, -inf]}", "a, b, = torch.chunk(x, 2, -1)", "y : Optional[int] = None",
            "training = self.training\ny = torch.dropout(x, 0.5, training)", "y = getattr(self, \"training\")",
            "y = torch.scaled_dot_product_attention(x, x, x, mask, 0., False, scale=0.25)",
            "torch.warn(\"plain\")\n_0 = \"plain too\"\ntorch.warn(_0, 2)"})
    void whatNetworksNeedIsHarmless(String statements) throws IOException {
        ProgramFile.requireHarmless(write(ProgramArchives.members(statements)));
    }

    @Test
    void itTellsWhatIsCalled() throws IOException {
        String statements = "for i in range(torch.size(x, 1)):\n  y = torch.add(torch.mul(x, i), mask)\nz = torch.add(x, 1)\n"
                + "n = ops.prim.NumToTensor(3)";
        assertEquals(List.of("ops.prim.NumToTensor", "torch.add", "torch.mul", "torch.size"),
                List.copyOf(ProgramFile.requireHarmless(write(ProgramArchives.members(statements)))));
        assertEquals(List.of(), List.copyOf(ProgramFile.requireHarmless(write(ProgramArchives.members("")))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"y = torch.from_file(\"/tmp/x\", True, 1)|calls torch.from_file, which",
            "y = torch . from_file(\"/tmp/x\", True, 1)|calls torch.from_file, which",
            "y = (torch).from_file(\"/tmp/x\", True, 1)|calls torch.from_file, which", "torch.save(x, \"/tmp/x\")|calls torch.save, which",
            "y = torch.load(\"/tmp/x\")|calls torch.load, which", "print(x)|calls print, which", "y = open(\"/tmp/x\")|calls open, which",
            "ops.prim.Print(x)|calls ops.prim.Print, which", "y = ops.aten.from_file(\"x\", True, 1)|calls ops.aten.from_file, which",
            "y = ops.strange.run(x)|calls ops.strange.run, which", "y = ops.prim.add.add(x)|calls ops.prim.add.add, which",
            "f = torch.from_file|uses torch.from_file, which", "t = torch|uses the name torch", "t = ops|uses the name ops",
            "f = getattr(torch, \"from_file\")|uses torch.from_file, which", "f = getattr(x, \"set_\")|uses x.set_, which",
            "f = getattr(ops, \"aten\")|uses ops.aten, which", "y = x.set_(mask)|calls x.set_, which is no method",
            "y = (x).set_(mask)|calls x.set_, which is no method", "f = x.set_|uses x.set_, which is no attribute",
            "y = [torch.from_file][0](\"x\", True, 1)|calls something that has no name", "y = self.forward(x, mask)|calls itself",
            "y = (getattr(x, \"set_\"))(mask)|calls something that has no name", "y = torch.nn.from_file(\"x\")|calls torch.nn.from_file",
            "torch = self|uses the name torch, which means something else", "range = self|uses the name range",
            "y = __torch__.torch.classes.strange.Thing()|calls __torch__.torch.classes.strange.Thing, which",
            "y = annotate(__torch__.torch.classes.strange.Thing, x)|uses the type __torch__.torch.classes.strange.Thing",
            "y = annotate(__torch__.Net, x)|takes a value for an object of another class",
            "y = self(x, mask)|calls self, which is no function",
            "y = fork(x)|calls fork, which", "y = torch.rand([1])|calls torch.rand, which", "y = torch.bernoulli(x)|calls torch.bernoulli",
            "torch.manual_seed(1)|calls torch.manual_seed", "y = torch.dropout(x, 0.5, True)|otherwise than with False for training",
            "y = torch.dropout(x, train=True, p=0.5)|otherwise than with False for training",
            "t = True\\ny = torch.dropout(x, 0.5, t)|otherwise than with False for training",
            "y = torch.scaled_dot_product_attention(x, x, x, mask, 0.5)|leaves out a share of attention",
            "y = torch.scaled_dot_product_attention(x, x, x, dropout_p=0.5)|leaves out a share of attention",
            "y = torch.resize_(x, [9])|calls torch.resize_, which", "y = torch.set_(x, mask)|calls torch.set_, which",
            "y = torch.as_strided_(x, [9], [1])|calls torch.as_strided_, which",
            "y = torch._resize_output(x, [9])|calls torch._resize_output",
            "y = torch.set_data(x, mask)|calls torch.set_data", "y = torch.lstm_cell(x)|calls torch.lstm_cell",
            "y = torch._weight_norm(x, mask, 0)|calls torch._weight_norm, which",
            "a, b, = torch._weight_norm_interface(x, mask, 0)|calls torch._weight_norm_interface, which",
            "torch.warn(torch.format(\"{}\", x))|warns of what it computes",
            "a = \"b\"\\nfor i in range(2):\\n  torch.warn(a)\\n  a = torch.format(\"{}\", x)|warns of what it computes",
            "y = torch.add_(CONSTANTS.c0, 1)|changes the model's own numbers",
            "y = torch.add(x, 1, out=CONSTANTS.c0)|gives torch.add the argument out",
            "w = torch.view(CONSTANTS.c0, [1])\\ny = torch.zero_(w)|changes the model's own numbers",
            "self.training = x|assigns to something other than a name", "x[0] = mask|assigns to something other than a name",
            "y = CONSTANTS.c0x|uses a constant of an unusual name", "while True:|has a loop with while",
            "for i in x:|has a loop over something",
            "for i in range(1000000000):\\n  y = x|has a loop of 1000000000 turns",
            "for i in range(0, 2):\\n  y = x|has a loop over something",
            "n = torch.mul(torch.size(x, 0), 9)\\nfor i in range(n):\\n  y = x|has a loop of which nobody can tell",
            "import os|has import where", "y = x  # torch.save|has the sign #", "# type: (Tensor) -> Tensor|has the sign #",
            "y = 'x'|has the sign '", "y = f\"x\"|has a string where", "y = \"\\033[2J\"|has a string that",
            "y = [CONSTANTS.c0, torch.from_file(\"x\", True, 1)]|calls torch.from_file, which",
            "a = x\\nb = x\\nc = x\\nfor i in range(2):\\n  y = torch.add_(a, 1)\\n  a = b\\n  b = c\\n"
                    + "  c = CONSTANTS.c0|changes the model's own",
            "y = lambda a: a|has a where no", "y = x \\|has the sign \\",
            "y = \"\"\"x\"\"\"|has a string that", "y = \"a\" \"b\"|has a string where", "y = 0x10|has a number that",
            "y = x if mask else x|has if where",
            "with x:|has with where", "del x|has del where", "global x|has global where", "raise x|has raise where",
            "y = x + x|has the sign +",
            "y = not x|has not where", "def f() -> Tensor:|has def where", "y = z|uses the name z, which stands for nothing",
            "y = self.weight|uses self.weight, which is no attribute", "\\ty = x|has a character that", "y = \u00e9|has a character that",
            "y += x|has the sign +", "y = [a for a in x]|has for where",
            "y = torch.tensor(uninitialized(Generator))|uses the type Generator",
            "y = x;|has the sign ;", "y = -x|has a sign that", "y = torch.add(*x)|has * where", "@x|has the sign @",
            "for i in range(9000):\\n  for j in range(9000):\\n    for k in range(9000):\\n      y = x|does more than any model"})
    void whatNoNetworkNeedsIsRefused(String statements, String reason) throws IOException {
        Path file = write(ProgramArchives.members(statements.replace("\\n", "\n").replace("\\t", "\t")));
        String message = assertThrows(InvalidFileException.class, () -> ProgramFile.requireHarmless(file)).getMessage();
        assertTrue(message.startsWith(file + ": is not run: code/__torch__.py line ") && message.contains(reason), message);
    }

    @Test
    void theMemberTheLineAndTheOperatorAreNamed() throws IOException {
        Path file = write(ProgramArchives.members("y = torch.add(x, 1)\nz = torch.from_file(\"/tmp/x\", True, 1)"));
        assertEquals(
                file + ": is not run: code/__torch__.py line 9 calls torch.from_file, which is not on the list of what programs may call",
                assertThrows(InvalidFileException.class, () -> ProgramFile.requireHarmless(file)).getMessage());
    }

    /** Methods that libtorch would call on its own, and names that it could take for something else. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false,
            value = {"  def __setstate__(self: __torch__.Net, x: Tensor) -> NoneType:\\n    return None\\n|which libtorch calls on its own",
                    "  def f(self: __torch__.Net, ops: Tensor) -> Tensor:\\n    return ops\\n|uses the name ops, which",
                    "  def f(self: Tensor) -> Tensor:\\n    return self\\n|of another class than its own",
                    "  x : __torch__.torch.classes.strange.Thing\\n|declares x of a type that is not on the list",
                    "  x : Final[int] = torch.from_file(\"x\", True, 1)\\n|has a constant or a default that is to be computed",
                    "def f(x: int=torch.from_file(\"x\", True, 1)) -> int:\\n  return x\\n|has a constant or a default that is to be",
                    "  x : Future[Tensor]\\n|declares x of a type that is not on the list",
                    "  __forward_hooks__ = [f]\\n|has the attribute __forward_hooks__",
                    "  def f(self: __torch__.Net) -> Tensor:\\n    return (self).g()\\n"
                            + "  def g(self: __torch__.Net) -> Tensor:\\n    return (self).f()\\n|calls itself",
                    "class Net(Module):\\n  pass\\n|defines Net twice",
                    "class Other(Interface):\\n  pass\\n|neither a Module nor a NamedTuple",
                    "class Other:\\n  pass\\n|neither a Module nor a NamedTuple"})
    void classesThatNoNetworkNeedsAreRefused(String lines, String reason) throws IOException {
        Map<String, String> members = ProgramArchives.members("");
        members.merge("net/code/__torch__.py", lines.replace("\\n", "\n"), String::concat);
        Path file = write(members);
        String message = assertThrows(InvalidFileException.class, () -> ProgramFile.requireHarmless(file)).getMessage();
        assertTrue(message.startsWith(file + ": is not run: code/__torch__.py line ") && message.contains(reason), message);
    }

    /** Each of which would be looked at twice for each look at the one around it. */
    @Test
    void loopsInLoopsAndChainsOfNamesTakeNoTime() throws IOException {
        StringBuilder loops = new StringBuilder();
        for (int depth = 0; depth < 60; depth++) {
            loops.append("  ".repeat(depth)).append("for i in range(1):\n");
        }
        ProgramFile.requireHarmless(write(ProgramArchives.members(loops.append("  ".repeat(60)).append("y = x").toString())));
        Path chain = write(ProgramArchives.members("y = x" + ".y".repeat(100_000)));
        String message = assertThrows(InvalidFileException.class, () -> ProgramFile.requireHarmless(chain)).getMessage();
        assertTrue(message.contains("is nested more than 100 deep"), message);
    }

    /** Twenty functions, each of which calls the next 10 times, would do 10^20 things. */
    @Test
    void functionsThatMultiplyAreRefused() throws IOException {
        Map<String, String> members = ProgramArchives.members("y = __torch__.f0(x, )");
        StringBuilder functions = new StringBuilder();
        for (int level = 0; level < 20; level++) {
            functions.append("def f").append(level).append("(x: Tensor) -> Tensor:\n");
            for (int call = 0; call < 10 && level < 19; call++) {
                functions.append("  y").append(call).append(" = __torch__.f").append(level + 1).append("(x, )\n");
            }
            functions.append("  return x\n");
        }
        members.merge("net/code/__torch__.py", functions.toString(), String::concat);
        Path file = write(members);
        String message = assertThrows(InvalidFileException.class, () -> ProgramFile.requireHarmless(file)).getMessage();
        assertTrue(message.contains("does more than any model"), message);
    }

    @ParameterizedTest
    @CsvSource({"net/bytecode.pkl, is for mobile devices", "net/model.json, is for mobile devices",
            "net/libstrange.so, is none of a program's",
            "net/code/__torch__/a.txt, is none of a program's", "net/CODE/__torch__.py, is there twice", "net/Data.pkl, is there twice",
            "net//code/a.py, is none of a program's", "net/../a, is none of a program's", "other/data.pkl, lies outside the one folder",
            "net/extra/a, is none of a program's", "net/code/b.py, is none of a program's",
            "net/code/__torch__/torch/classes/a.py, is none of a program's", "net/code/__torch__/quantized/a.py, is none of a program's",
            "net/.data/version, its version is not between 3 and 10", "net/attributes.pkl, is none of a program's"})
    void membersThatAreNoneOfAProgramAreRefused(String name, String reason) throws IOException {
        Map<String, String> members = ProgramArchives.members("");
        members.put(name, "10\n");
        Path file = write(members);
        String message = assertThrows(InvalidFileException.class, () -> ProgramFile.requireHarmless(file)).getMessage();
        assertTrue(message.contains(reason), message);
    }

    static Stream<Arguments> pickles() {
        return Stream.of(Arguments.of("data", "cos\nsystem\n(X\u0001\0\0\0atR.", "asks for os.system"),
                Arguments.of("data", "c__torch__\nOther\n)\u0081}b.", "which the program does not have"),
                Arguments.of("data", "}.", "values of other types"),
                Arguments.of("data", "c__torch__\nNet\n)\u0081}(X\u0008\0\0\0trainingK\u0001ub.", "values of other types"),
                Arguments.of("data", "c__torch__\nNet\n)\u0081}b.", "values of other types"),
                Arguments.of("data", "K\u0001K\u0002.", "leaves more than one value"),
                Arguments.of("data", "K\u0001r\u00ff\u00ff\u00ff\u007f.", "remembers values in an unusual way"),
                Arguments.of("data", "(\u0085.", "takes values that are not there"),
                Arguments.of("data", "K\u0001.K", "goes on behind its end"),
                Arguments.of("data", "I1\n.", "has the instruction"),
                Arguments.of("data", "\u008a\u0001a.", "has a number that is not of 8 bytes"),
                Arguments.of("constants", "K\u0001\u0085.", "something other than tensors"),
                Arguments.of("constants", "ctorch._utils\n_rebuild_qtensor\n.", "asks for torch._utils._rebuild_qtensor"),
                Arguments.of("constants", "ctorch.jit._pickle\nbuild_tensor_from_id\n.",
                        "asks for torch.jit._pickle.build_tensor_from_id"));
    }

    @ParameterizedTest
    @MethodSource("pickles")
    void picklesOfSomethingElseAreRefused(String name, String pickle, String reason) throws IOException {
        Map<String, String> members = ProgramArchives.members("");
        members.put("net/" + name + ".pkl", "\u0080\u0002" + pickle);
        Path file = write(members);
        String message = assertThrows(InvalidFileException.class, () -> ProgramFile.requireHarmless(file)).getMessage();
        assertTrue(message.contains(reason), message);
    }

    /** libtorch takes the number of elements that is stated, and reads behind the storage. */
    @ParameterizedTest
    @CsvSource({"2, 2, states 8 bytes for the storage", "1, 2, ends at byte 8 of a storage of 4"})
    void tensorsBehindTheirNumbersAreRefused(int elements, int shape, String reason) throws IOException {
        Map<String, String> members = ProgramArchives.members("");
        members.put("net/constants.pkl",
                "\u0080\u0002ctorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\0"
                        + "0X\u0003\0\0\0cpuK"
                        + (char) elements + "tQK\0K" + (char) shape + "\u0085K\u0001\u0085\u0089ccollections\nOrderedDict\n)RtR\u0085.");
        members.put("net/constants/0", "abcd");
        Path file = write(members);
        String message = assertThrows(InvalidFileException.class, () -> ProgramFile.requireHarmless(file)).getMessage();
        assertTrue(message.contains(reason), message);
    }

    @Test
    void whatTwoReadersCouldReadInTwoWaysIsRefused() throws IOException {
        byte[] zip = ProgramArchives.zip(ProgramArchives.members(""));
        String text = new String(zip, StandardCharsets.ISO_8859_1);
        requireRefused("something follows it", text + "a");
        requireRefused("contradicts itself", "a" + text);
        int local = text.indexOf("net/version");
        requireRefused("what stands before its member net/version", text.substring(0, local) + "net/Version" + text.substring(local + 11));
        int directory = text.lastIndexOf("net/version");
        requireRefused("what stands before its member net/Version",
                text.substring(0, directory) + "net/Version" + text.substring(directory + 11));
        int header = text.indexOf("PK\u0003\u0004", 4);
        requireRefused("contradicts itself", text.substring(0, header) + "PK\u0003\u0004" + text.substring(header));
        int entry = text.indexOf("PK\u0001\u0002");
        requireRefused("encrypted", text.substring(0, entry + 8) + "\u0001" + text.substring(entry + 9));
        requireRefused("says that it is a folder", text.substring(0, entry + 38) + "\u0010" + text.substring(entry + 39));
        requireRefused("cut short", text.substring(0, 20));
    }

    @Test
    void whatExpandsWithoutEndIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("net/version"));
            zip.write("10\n".getBytes(StandardCharsets.US_ASCII));
            for (String name : Arrays.asList("net/data.pkl", "net/constants.pkl", "net/code/__torch__.py")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(new byte[1 << 24]);
            }
        }
        requireRefused("expands from", bytes.toString(StandardCharsets.ISO_8859_1));
    }

    private void requireRefused(String reason, String archive) throws IOException {
        Path file = Files.write(folder.resolve("model.pt"), archive.getBytes(StandardCharsets.ISO_8859_1));
        String message = assertThrows(InvalidFileException.class, () -> ProgramFile.requireHarmless(file)).getMessage();
        assertTrue(message.contains(reason), message);
    }

    private Path write(Map<String, String> members) throws IOException {
        return Files.write(folder.resolve("model.pt"), ProgramArchives.zip(members));
    }
}
