package io.github.miaudit.data.preparation;

import io.github.miaudit.io.Sha256;
import io.github.miaudit.notes.Note;
import io.github.miaudit.notes.PatientKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A digest that depends on all notes, in whatever order and files: a sum of digests. What it is made of is a secret that only who has the
 * notes can know, and that nothing states; that of the notes that were searched is another, which tells nothing of it. Thread-safe.
 */
final class NotesDigest {

    private final long[] sum = new long[4];
    private long count;

    /** Takes a note of a role into account. */
    void add(String role, Note note) {
        add(role + "\0" + note.patient().orElse("") + "\0" + note.text());
    }

    /** Takes a note into account that is searched for overlaps: its patient, however spelt, and its text; a blank one says nothing. */
    void addSearched(Optional<String> patient, String text) {
        if (!text.isBlank()) {
            add("searched\0" + patient.flatMap(PatientKey::of).orElse("") + "\0" + text);
        }
    }

    private void add(String text) {
        ByteBuffer digest = ByteBuffer.wrap(Sha256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8)));
        NotesDigest one = new NotesDigest();
        one.count = 1;
        for (int word = 0; word < sum.length; word++) {
            one.sum[word] = digest.getLong();
        }
        add(one);
    }

    /** Takes other notes into account. */
    synchronized void add(NotesDigest other) {
        count += other.count;
        for (int word = 0; word < sum.length; word++) {
            sum[word] += other.sum[word]; // a sum has no order
        }
    }

    /** How many notes there are. */
    synchronized long count() {
        return count;
    }

    /** Whether it is of the same notes. */
    boolean isSame(NotesDigest other) {
        return toText().equals(other.toText());
    }

    /** Number and sum. */
    synchronized String toText() {
        return count + " " + HexFormat.of().formatHex(bytes());
    }

    /** What {@link #toText} wrote. */
    static NotesDigest parse(String text) {
        String[] parts = text.split(" ");
        NotesDigest digest = new NotesDigest();
        digest.count = Long.parseLong(parts[0]);
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(parts[1]));
        if (bytes.remaining() != digest.sum.length * Long.BYTES) {
            throw new IllegalArgumentException("a sum of " + bytes.remaining() + " bytes is none");
        }
        for (int word = 0; word < digest.sum.length; word++) {
            digest.sum[word] = bytes.getLong();
        }
        return digest;
    }

    /** The digest for a purpose. */
    synchronized byte[] of(String purpose) {
        MessageDigest digest = Sha256.newDigest();
        digest.update((purpose + "\0").getBytes(StandardCharsets.UTF_8));
        return digest.digest(bytes());
    }

    private byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(sum.length * Long.BYTES);
        for (long word : sum) {
            bytes.putLong(word);
        }
        return bytes.array();
    }
}
