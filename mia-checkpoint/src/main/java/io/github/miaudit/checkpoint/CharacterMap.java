package io.github.miaudit.checkpoint;

import io.github.miaudit.io.InvalidFileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;

/**
 * SentencePiece's table of normalised characters ({@code precompiled_charsmap}): in base64 the size of a trie in bytes, the trie as a
 * double array of 32-bit units (Darts-clone), and the replacements in UTF-8, each ended by a NUL. The tokenizers library follows the
 * trie without looking where it leads, so all of it that a text could reach is followed here first.
 *
 * @param longestReplacement in characters
 */
record CharacterMap(int longestReplacement) {

    /** In bytes; those of SentencePiece have 240 000. */
    private static final int LARGEST = 8 << 20;
    /** In bytes; those of SentencePiece have 33. */
    private static final int LONGEST_REPLACEMENT = 128;
    /** Tables of SentencePiece replace letters with their marks, which are one and what stands above it. */
    private static final int LETTERS_OF_A_WORD = 3;
    private static final int BLOCK = 0xFF;
    private static final int LABEL = 1 << 31 | BLOCK;
    private static final int VALUE = Integer.MAX_VALUE;
    private static final int LEAF = 1 << 8;
    private static final int FAR = 1 << 9;
    private static final int OFFSET_AT = 10;
    private static final int FAR_BY = 8;

    /**
     * Reads a table.
     *
     * @param place where it stands in the file
     * @throws InvalidFileException if the library could not follow it
     */
    static CharacterMap of(Path file, String place, String base64) {
        return new Reader(file, place).read(base64);
    }

    private static final class Reader {

        private final Path file;
        private final String place;
        private int[] units = {};
        private byte[] replacements = {};
        private int longest;

        private Reader(Path file, String place) {
            this.file = file;
            this.place = place;
        }

        private CharacterMap read(String base64) {
            ByteBuffer table = ByteBuffer.wrap(decoded(base64)).order(ByteOrder.LITTLE_ENDIAN);
            require(table.remaining() >= Integer.BYTES, "is too short");
            int size = table.getInt();
            require(size > 0 && size % Integer.BYTES == 0 && size <= table.remaining(), "claims a trie of " + Integer.toUnsignedString(size)
                    + " bytes, which must be a multiple of 4 within the " + table.remaining() + " that follow");
            units = new int[size / Integer.BYTES];
            table.asIntBuffer().get(units);
            replacements = new byte[table.remaining() - size];
            table.get(table.position() + size, replacements);
            require(replacements.length > 0 && replacements[replacements.length - 1] == 0, "holds replacements that no NUL ends");
            requireUtf8(ByteBuffer.wrap(replacements));
            follow();
            return new CharacterMap(longest);
        }

        private byte[] decoded(String base64) {
            require(base64.length() / 4 * 3 <= LARGEST, "has more than " + LARGEST + " bytes");
            try {
                byte[] table = Base64.getDecoder().decode(base64);
                require(Base64.getEncoder().encodeToString(table).equals(base64), "is not base64 in its usual form");
                return table;
            } catch (IllegalArgumentException e) {
                throw invalid("is not base64");
            }
        }

        private void requireUtf8(ByteBuffer bytes) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(bytes);
            } catch (CharacterCodingException e) {
                throw invalid("holds replacements that are not UTF-8");
            }
        }

        /** A node whose children, one for each byte, are looked up whether they are there or not; and how many letters led to it. */
        private record Node(int base, int letters) {
        }

        /** From the root to wherever bytes of a text lead. */
        private void follow() {
            BitSet seen = new BitSet(units.length);
            Deque<Node> open = new ArrayDeque<>();
            reach(new Node(offset(units[0]), 0), seen, open);
            while (!open.isEmpty()) {
                Node node = open.pop();
                for (int label = 1; label <= BLOCK; label++) {
                    int child = node.base ^ label;
                    int unit = units[child];
                    if ((unit & LABEL) == label) {
                        int letters = Math.min(LETTERS_OF_A_WORD, node.letters + (isLetterOrDigit(label) ? 1 : 0));
                        int next = child ^ offset(unit);
                        reach(new Node(next, letters), seen, open);
                        if ((unit & LEAF) != 0) {
                            require(letters < LETTERS_OF_A_WORD, "replaces whole words, so that one text would be read as another");
                            requireReplacement(units[next] & VALUE);
                        }
                    }
                }
            }
        }

        private static boolean isLetterOrDigit(int ascii) {
            return ascii < 0x80 && Character.isLetterOrDigit(ascii);
        }

        private void reach(Node node, BitSet seen, Deque<Node> open) {
            require(node.base >= 0 && (node.base | BLOCK) < units.length, "leads out of its trie");
            int place = node.base * (LETTERS_OF_A_WORD + 1) + node.letters;
            if (!seen.get(place)) {
                seen.set(place);
                open.push(node);
            }
        }

        private static int offset(int unit) {
            return unit >>> OFFSET_AT << ((unit & FAR) == 0 ? 0 : FAR_BY);
        }

        private void requireReplacement(int from) {
            require(from < replacements.length && (replacements[from] & 0xC0) != 0x80, "leads to no replacement");
            int characters = 0;
            int end = from;
            while (replacements[end] != 0) {
                characters += (replacements[end] & 0xC0) != 0x80 ? 1 : 0;
                end++;
                require(end - from <= LONGEST_REPLACEMENT, "replaces a character by more than " + LONGEST_REPLACEMENT + " bytes");
            }
            longest = Math.max(longest, characters);
        }

        private void require(boolean holds, String problem) {
            if (!holds) {
                throw invalid(problem);
            }
        }

        private InvalidFileException invalid(String problem) {
            return new InvalidFileException(file, place + " " + problem + ", so it is none of SentencePiece's tables; is the file"
                    + " complete? else save the tokenizer anew");
        }
    }
}
