package io.github.miaudit.data.preparation;

import io.github.miaudit.io.Sha256;
import io.github.miaudit.notes.Note;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A secret that only who has the notes can know: a digest that depends on all of them, in whatever order and files, and that
 * nothing states. (Digests of the files won't do, as the data sheet states them.)
 */
final class NotesDigest {

    private final long[] sum = new long[4];

    /** Takes a note of a role into account. */
    void add(String role, Note note) {
        String text = role + "\0" + note.patient().orElse("") + "\0" + note.text();
        ByteBuffer digest = ByteBuffer.wrap(Sha256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8)));
        for (int word = 0; word < sum.length; word++) {
            sum[word] += digest.getLong(); // a sum has no order
        }
    }

    /** The digest for a purpose. */
    byte[] of(String purpose) {
        ByteBuffer bytes = ByteBuffer.allocate(sum.length * Long.BYTES);
        for (long word : sum) {
            bytes.putLong(word);
        }
        MessageDigest digest = Sha256.newDigest();
        digest.update((purpose + "\0").getBytes(StandardCharsets.UTF_8));
        return digest.digest(bytes.array());
    }
}
