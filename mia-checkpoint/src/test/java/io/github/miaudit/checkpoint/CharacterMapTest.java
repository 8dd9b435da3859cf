package io.github.miaudit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharacterMapTest {

    private static final Path FILE = Path.of("tokenizer.json");
    private static final int NODES = 256;

    /** U+FDFA is 18 characters in Unicode's compatibility form. */
    @Test
    void mostModelsTableIsRead() throws IOException {
        try (InputStream packed = getClass().getResourceAsStream("/tokenizers/nmt_nfkc.charsmap.gz")) {
            assertEquals(18, read(new GZIPInputStream(packed).readAllBytes()).longestReplacement());
        }
        assertEquals("salla allahu".length(), read(small()).longestReplacement());
    }

    @Test
    void damagedBase64IsRefused() {
        String good = base64(table(new int[NODES], "a\0"));
        CharacterMap.of(FILE, "here", good);
        assertTrue(message("!" + good).contains("here is not base64"));
        assertTrue(message(good.replace("=", "")).contains("base64"));
        assertTrue(message(good.substring(0, 40) + "\n" + good.substring(40)).contains("base64"));
        assertTrue(message("").contains("too short"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, -4, 2, 1023, 1028, 1 << 30, Integer.MAX_VALUE})
    void aSizeOutOfBoundsIsRefused(int size) {
        ByteBuffer table = ByteBuffer.wrap(table(new int[NODES], "a\0")).order(ByteOrder.LITTLE_ENDIAN).putInt(0, size);
        String message = message(base64(table.array()));
        assertTrue(message.startsWith("tokenizer.json: here ") && (message.contains("claims") || message.contains("replacements")),
                message);
    }

    @Test
    void replacementsMustBeUtf8AndEnd() {
        int[] units = withLeaf(0);
        assertEquals(1, read(table(units, "a\0")).longestReplacement());
        assertTrue(message(base64(table(units, "a"))).contains("no NUL"));
        assertTrue(message(base64(table(units, ""))).contains("no NUL"));
        assertTrue(message(base64(join(table(units, ""), (byte) 0xff, (byte) 0))).contains("not UTF-8"));
        assertTrue(message(base64(table(withLeaf(1), "é\0"))).contains("leads to no replacement"));
        assertTrue(message(base64(table(withLeaf(3), "é\0"))).contains("leads to no replacement"));
        assertEquals(0, read(table(withLeaf(2), "é\0")).longestReplacement(), "a character that is taken out");
        assertTrue(message(base64(table(units, "a".repeat(129) + "\0"))).contains("more than 128 bytes"));
    }

    @Test
    void aTrieThatLeadsOutOfItselfIsRefused() {
        int[] units = new int[NODES];
        units[0] = 300 << 10; // the root
        assertTrue(message(base64(table(units, "a\0"))).contains("leads out of its trie"));
        assertTrue(message(base64(table(new int[NODES - 1], "a\0"))).contains("leads out of its trie"));
        units = withLeaf(0);
        units['a'] |= 1 << 9; // the leaf lies 256 times as far
        assertTrue(message(base64(table(units, "a\0"))).contains("leads out of its trie"));
    }

    /** "abc" would be read as "a"; "ab" may be. */
    @Test
    void wordsAreNotReplaced() {
        int[] units = new int[NODES];
        units['a'] = 'a' | ('a' ^ 1) << 10;
        units[1 ^ 'b'] = 'b' | 1 << 8 | (1 ^ 'b' ^ 4) << 10;
        assertEquals(1, read(table(units, "a\0")).longestReplacement());
        units[4 ^ 'c'] = 'c' | 1 << 8 | (4 ^ 'c' ^ 8) << 10;
        assertTrue(message(base64(table(units, "a\0"))).contains("replaces whole words"));
    }

    @Test
    void aTrieThatLeadsBackEnds() {
        int[] units = new int[NODES];
        for (int label = 1; label < NODES; label++) {
            units[label] = label;
        }
        assertEquals(0, read(table(units, "a\0")).longestReplacement());
    }

    /** What is let through is followed by a naive reader of the same format without leaving its arrays. */
    @Test
    void whatIsReadCanBeFollowedByAnyText() throws IOException {
        Random random = new Random(20261127);
        byte[] good = small();
        int passed = 0;
        for (int time = 0; time < 20_000; time++) {
            byte[] table = good.clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                table[4 + random.nextInt(table.length - 4)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                read(table);
            } catch (InvalidFileException e) {
                continue;
            }
            passed++;
            for (int text = 0; text < 20; text++) {
                byte[] bytes = new byte[1 + random.nextInt(6)];
                for (int place = 0; place < bytes.length; place++) {
                    bytes[place] = random.nextBoolean() ? (byte) random.nextInt()
                            : "aé²ﷺ中b".getBytes(StandardCharsets.UTF_8)[random.nextInt(12)];
                }
                follow(table, bytes);
            }
        }
        assertTrue(passed > 100, "passed " + passed);
    }

    /** As SentencePiece's and the tokenizers library's readers of Darts-clone do: the first replacement of a text's beginnings. */
    private static void follow(byte[] table, byte[] text) {
        ByteBuffer buffer = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
        int[] units = new int[buffer.getInt() / Integer.BYTES];
        buffer.asIntBuffer().get(units);
        String replacements = new String(table, 4 + units.length * Integer.BYTES, table.length - 4 - units.length * Integer.BYTES,
                StandardCharsets.ISO_8859_1);
        int node = offset(units[0]);
        for (byte each : text) {
            if (each == 0) {
                return;
            }
            node ^= each & 0xFF;
            int unit = units[node];
            if ((unit & 0x800000FF) != (each & 0xFF)) {
                return;
            }
            node ^= offset(unit);
            if ((unit >>> 8 & 1) == 1) {
                int from = units[node] & 0x7FFFFFFF;
                assertTrue(replacements.substring(from).indexOf('\0') >= 0 && (replacements.charAt(from) & 0xC0) != 0x80);
            }
        }
    }

    private static int offset(int unit) {
        return unit >>> 10 << ((unit & 1 << 9) >>> 6);
    }

    /** A trie that replaces "a" by what begins at a place. */
    private static int[] withLeaf(int place) {
        int[] units = new int[NODES];
        units['a'] = 'a' | 1 << 8 | 1 << 10; // with a leaf, and its node one further by exclusive or
        units['a' ^ 1] = place | 1 << 31;
        return units;
    }

    private static byte[] table(int[] units, String replacements) {
        byte[] text = replacements.getBytes(StandardCharsets.UTF_8);
        ByteBuffer table = ByteBuffer.allocate(Integer.BYTES * (1 + units.length) + text.length).order(ByteOrder.LITTLE_ENDIAN);
        table.putInt(units.length * Integer.BYTES);
        Arrays.stream(units).forEach(table::putInt);
        return table.put(text).array();
    }

    private static byte[] join(byte[] start, byte... end) {
        return ByteBuffer.allocate(start.length + end.length).put(start).put(end).array();
    }

    private static byte[] small() throws IOException {
        try (InputStream table = CharacterMapTest.class.getResourceAsStream("/tokenizers/small.charsmap")) {
            return table.readAllBytes();
        }
    }

    private static CharacterMap read(byte[] table) {
        return CharacterMap.of(FILE, "here", base64(table));
    }

    private static String base64(byte[] table) {
        return Base64.getEncoder().encodeToString(table);
    }

    private static String message(String base64) {
        return assertThrows(InvalidFileException.class, () -> CharacterMap.of(FILE, "here", base64)).getMessage();
    }
}
