package io.github.miaudit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.InvalidFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weight files made to harm or confuse: each is refused in one line that names the file, and nothing is executed. */
class HostileCheckpointTest {

    private static final String BIN = "pytorch_model.bin";
    private static final String SAFETENSORS = "model.safetensors";

    @TempDir
    private Path folder;

    @BeforeEach
    void copy() throws IOException {
        Files.copy(Resources.ROBERTA.resolve("config.json"), folder.resolve("config.json"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "cos\\nsystem\\n(X\\x05\\x00\\x00\\x00touchtR.            | asks for os.system, which tensors don't need; refused",
            "cbuiltins\\neval\\n(X\\x03\\x00\\x00\\x001+1tR.          | asks for builtins.eval,",
            "cposix\\nsystem\\n.                                    | asks for posix.system,",
            "cdatetime\\ndatetime\\n.                               | asks for datetime.datetime,",
            "ctorch\\nload\\n.                                       | asks for torch.load,",
            "X\\x02\\x00\\x00\\x00osX\\x06\\x00\\x00\\x00system\\x93.       | asks for os.system,",
            "(ios\\nsystem\\n.                                        | makes objects (instruction 105)",
            "(cos\\nsystem\\no.                                       | asks for os.system,",
            "ccollections\\nOrderedDict\\n)\\x81.                    | makes objects (instruction 129)",
            "}}b.                                                   | sets the state of something other than a dictionary",
            "X\\x01\\x00\\x00\\x00xQ.                                 | refers to something other than a whole storage",
            "(X\\x06\\x00\\x00\\x00moduletQ.                          | refers to something other than a whole storage",
            "X\\xff\\xff\\xff\\x7fx.                                  | a string of 2147483647 bytes",
            "\\x8d\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x7fx.              | a string of 9223372036854775807 bytes",
            "](X\\x01\\x00\\x00\\x00ae.                               | holds no state dict",
            "}X\\x01\\x00\\x00\\x00aK\\x01s.                          | its entry a is no tensor",
            "ccollections\\nOrderedDict\\nR.                       | holds a malformed pickle",
            "}q\\x00h\\x00h\\x00s.                                   | a dictionary with a key that is no string",
            "}(K\\x01K\\x02u.                                       | a dictionary with a key that is no string",
            "ccollections\\nOrderedDict\\n(]K\\x01K\\x02\\x86atR.        | a dictionary with a key that is no string",
            "(X\\x07\\x00\\x00\\x00storagectorch\\nFloatStorage\\n]NK\\x01tQ. | refers to something other than a whole storage",
            "L7L\\n.                                                | the instruction 76, which tensors don't need",
            "}X\\x01\\x00\\x00\\x00a                                 | holds a malformed pickle"})
    void picklesThatAreMoreThanTensorsAreRefused(String pickle, String problem) throws IOException {
        Path touched = folder.resolve("touch");
        Files.write(folder.resolve(BIN), zip(Map.of("model/data.pkl", bytes("\\x80\\x02" + pickle))));
        assertRefused(BIN, problem);
        assertFalse(Files.exists(touched));
    }

    @Test
    void legacyPicklesAreRefusedAlike() throws IOException {
        byte[] magic = bytes("\\x80\\x02\\x8a\\x0al\\xfc\\x9cF\\xf9 j\\xa8P\\x19.");
        byte[] protocol = bytes("\\x80\\x02M\\xe9\\x03.");
        byte[] machine = bytes("\\x80\\x02}.");
        Files.write(folder.resolve(BIN), joined(magic, protocol, machine, bytes("\\x80\\x02cos\\nsystem\\n.")));
        assertRefused(BIN, "asks for os.system");
        Files.write(folder.resolve(BIN), joined(magic, bytes("\\x80\\x02cos\\nsystem\\n.")));
        assertRefused(BIN, "asks for os.system");
        Files.write(folder.resolve(BIN), joined(magic, protocol));
        assertRefused(BIN, "holds a malformed pickle");
        Files.write(folder.resolve(BIN), bytes("\\x80\\x02K\\x01."));
        assertRefused(BIN, "is no PyTorch file");
        Files.write(folder.resolve(BIN), new byte[0]);
        assertRefused(BIN, "is no PyTorch file");
    }

    @Test
    void truncatedPytorchFilesAreRefused() throws IOException {
        for (String kind : new String[] {"electra-zip", "bert-legacy"}) {
            byte[] whole = Files.readAllBytes(Resources.folder("/families/" + kind + "/pytorch_model.bin"));
            String family = kind.equals("electra-zip") ? "electra" : "bert-untied-relu";
            Files.write(folder.resolve("config.json"), Files.readAllBytes(Resources.folder("/families/" + family + "/config.json")));
            for (int length : new int[] {1, 2, 30, 500, whole.length / 3, whole.length - 3}) {
                Files.write(folder.resolve(BIN), Arrays.copyOf(whole, length));
                String message = message();
                assertTrue(message.startsWith(folder.resolve(BIN) + ": "), message);
                assertEquals(1, message.lines().count());
            }
        }
    }

    @Test
    void zipsThatAreNoCheckpointsAreRefused() throws IOException {
        Files.write(folder.resolve(BIN), zip(Map.of("readme.txt", new byte[3])));
        assertRefused(BIN, "is a zip archive without data.pkl");
        Map<String, byte[]> program = new LinkedHashMap<>();
        program.put("m/code/__torch__.py", new byte[3]);
        program.put("m/data.pkl", bytes("\\x80\\x02}."));
        Files.write(folder.resolve(BIN), zip(program));
        assertRefused(BIN, "is a TorchScript program, not a state dict");
        Files.write(folder.resolve(BIN), zip(Map.of("m/byteorder", bytes("big"))));
        assertRefused(BIN, "was saved on a big-endian machine");
        Files.write(folder.resolve(BIN), zip(Map.of("m/data.pkl", bytes("\\x80\\x02}."))));
        assertRefused(BIN, "has no complete masked-language-model head");
        Files.write(folder.resolve(BIN), zip(Map.of("m/data.pkl", tensorPickle("\\x04"), "m/data/0", new byte[16])));
        assertRefused(BIN, "has no complete masked-language-model head"); // the storage is large enough for the tensor
        Files.write(folder.resolve(BIN), zip(Map.of("m/data.pkl", tensorPickle("\\x05"), "m/data/0", new byte[16])));
        assertRefused(BIN, "tensor a ends at byte 20 of a storage of 16");
        Files.write(folder.resolve(BIN), zip(Map.of("m/data.pkl", tensorPickle("\\x04"))));
        assertRefused(BIN, "lacks the storage 0 of tensor a");
    }

    /** A kilobyte of it could be read as thousands, and a list in a list in a list takes forever to hash or to print. */
    @Test
    void picklesThatExpandAreRefused() throws IOException {
        String pairs = "](" + "X\\x01\\x00\\x00\\x00aK\\x01\\x86".repeat(100) + "eq\\x01";
        Files.write(folder.resolve(BIN), zip(Map.of("m/data.pkl",
                bytes("\\x80\\x02" + pairs + "ccollections\\nOrderedDict\\nq\\x02" + "h\\x02h\\x01\\x85R".repeat(100) + "."))));
        assertRefused(BIN, "uses the same values over and over");
        String key = "]q\\x00";
        for (int depth = 1; depth < 60; depth++) {
            key = String.format("](%sh\\x%02xeq\\x%02x", key, depth - 1, depth);
        }
        Files.write(folder.resolve(BIN), zip(Map.of("m/data.pkl", bytes("\\x80\\x02}" + key + "K\\x01s."))));
        assertRefused(BIN, "a dictionary with a key that is no string");
        for (String global : List.of(key + "X\\x01\\x00\\x00\\x00x", "X\\x01\\x00\\x00\\x00x" + key)) {
            Files.write(folder.resolve(BIN), zip(Map.of("m/data.pkl", bytes("\\x80\\x04" + global + "\\x93."))));
            assertRefused(BIN, "asks for what has no name");
        }
        try (ZipOutputStream packed = new ZipOutputStream(Files.newOutputStream(folder.resolve(BIN)))) {
            packed.putNextEntry(new ZipEntry("m/data.pkl"));
            packed.write(new byte[1 << 20]);
        }
        assertRefused(BIN, "compresses its entry m/data.pkl; PyTorch never does");
    }

    /** A stride of 0, and tensors that are all the same: so much memory would they take that the file does not explain it. */
    @Test
    void tensorsThatExpandAreRefused() throws IOException {
        String tensor = "ctorch._utils\\n_rebuild_tensor_v2\\n((X\\x07\\x00\\x00\\x00storagectorch\\nFloatStorage\\n"
                + "X\\x01\\x00\\x00\\x000X\\x03\\x00\\x00\\x00cpu";
        String expanded = "K\\x01tQK\\x00J\\x00\\x00\\x00\\x40J\\x00\\x00\\x00\\x40\\x86K\\x00K\\x00\\x86\\x89NtR";
        Files.write(folder.resolve(BIN),
                zip(Map.of("m/data.pkl", bytes("\\x80\\x02}X\\x01\\x00\\x00\\x00a" + tensor + expanded + "s."), "m/data/0", new byte[4])));
        assertRefused(BIN, "has tensors of 4611686018427387904 bytes in a file of");
        String whole = "M\\xe8\\x03tQK\\x00M\\xe8\\x03\\x85K\\x01\\x85\\x89NtRq\\x01";
        StringBuilder names = new StringBuilder("X\\x01\\x00\\x00\\x00a" + tensor + whole);
        for (char name = 'b'; name <= 'z'; name++) {
            names.append("X\\x01\\x00\\x00\\x00").append(name).append("h\\x01");
        }
        Files.write(folder.resolve(BIN), zip(Map.of("m/data.pkl", bytes("\\x80\\x02}(" + names + "u."), "m/data/0", new byte[4000])));
        assertRefused(BIN, "has tensors of 104000 bytes in a file of");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                    + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} | 12 | tensors overlap or leave a gap",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}                          | 12 | tensors overlap or leave"
                    + " a gap",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}                           | 12 | has 4 bytes after its"
                    + " last tensor",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,800]}}                         | 8  | ends at byte",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}                           | 8  | ends at byte",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}                          | 8  | ends at byte",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}                           | 8  | do not fit its shape [3]",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2,-1],\"data_offsets\":[0,8]}}                       | 8  | do not fit its shape [-2,"
                    + " -1]",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}       | 0  | do not fit its shape",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,99999999999999999999]}}        | 8  | has no valid dtype",
            "{\"a\":{\"shape\":[2],\"data_offsets\":[0,8]}}                                              | 8  | has no valid dtype",
            "{\"a\":7}                                                                                    | 0  | has no valid dtype",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                    + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 8 | states \"a\" twice",
            "[]                                                                                           | 0  | holds no JSON object",
            "{\"a\":                                                                                       | 0  | is not valid JSON"})
    void safetensorsHeadersThatLieAreRefused(String header, int dataBytes, String problem) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
        Files.write(folder.resolve(SAFETENSORS), file.array());
        assertRefused(SAFETENSORS, problem);
    }

    @Test
    void deeplyNestedJsonIsRefused() throws IOException {
        byte[] json = "[".repeat(2_000_000).getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve(SAFETENSORS),
                ByteBuffer.allocate(8 + json.length).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).array());
        assertRefused(SAFETENSORS, "is not valid JSON");
    }

    @Test
    void aGitLfsPointerIsNoCheckpoint() throws IOException {
        Files.writeString(folder.resolve(SAFETENSORS), "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 499000000\n");
        assertRefused(SAFETENSORS, "is a Git LFS pointer, not the weights themselves; run git lfs pull");
    }

    /** A state dict with one float32 tensor "a" of as many elements, in storage "0". */
    private static byte[] tensorPickle(String elements) {
        return bytes(
                "\\x80\\x02}X\\x01\\x00\\x00\\x00actorch._utils\\n_rebuild_tensor_v2\\n((X\\x07\\x00\\x00\\x00storage"
                        + "ctorch\\nFloatStorage\\nX\\x01\\x00\\x00\\x000X\\x03\\x00\\x00\\x00cpuK\\x04tQK\\x00K" + elements
                        + "\\x85K\\x01\\x85\\x89NtRs.");
    }

    private void assertRefused(String file, String problem) {
        String message = message();
        assertTrue(message.startsWith(folder.resolve(file) + ":") && message.contains(problem), message);
        assertEquals(1, message.lines().count());
    }

    private String message() {
        return assertThrows(InvalidFileException.class, () -> Checkpoint.open(folder)).getMessage();
    }

    /** Python's notation of bytes. */
    private static byte[] bytes(String notation) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int index = 0; index < notation.length(); index++) {
            if (notation.startsWith("\\x", index)) {
                bytes.write(Integer.parseInt(notation.substring(index + 2, index + 4), 16));
                index += 3;
            } else if (notation.startsWith("\\n", index)) {
                bytes.write('\n');
                index++;
            } else {
                bytes.write(notation.charAt(index));
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[]... parts) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.write(part);
        }
        return whole.toByteArray();
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry stored = new ZipEntry(entry.getKey());
                CRC32 checksum = new CRC32();
                checksum.update(entry.getValue());
                stored.setMethod(ZipEntry.STORED);
                stored.setSize(entry.getValue().length);
                stored.setCrc(checksum.getValue());
                zip.putNextEntry(stored);
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
