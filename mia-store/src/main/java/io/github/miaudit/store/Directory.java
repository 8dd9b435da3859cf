package io.github.miaudit.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which models and rules a store has scores of, by the purpose that the scores name. Immutable. */
final class Directory {

    static final Directory EMPTY = new Directory(Map.of());
    /** So that its row's size does not tell how many there are, up to some twenty. */
    private static final int FEWEST_BYTES = 4000;

    private final Map<Purpose, ScoredBy> entries;

    private Directory(Map<Purpose, ScoredBy> entries) {
        this.entries = entries;
    }

    /** Those there are, in the order in which they came. */
    Collection<ScoredBy> entries() {
        return entries.values();
    }

    Optional<ScoredBy> find(Purpose purpose) {
        return Optional.ofNullable(entries.get(purpose));
    }

    boolean hasAll(Collection<ScoredBy> some) {
        return entries.values().containsAll(some);
    }

    Directory with(Collection<ScoredBy> more) {
        Map<Purpose, ScoredBy> all = new LinkedHashMap<>(entries);
        more.forEach(by -> all.put(Purpose.of(by), by));
        return new Directory(all);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(entries.size());
            for (ScoredBy by : entries.values()) {
                out.writeUTF(by.model());
                out.writeUTF(by.tokenizer());
                out.writeUTF(by.precision());
                out.writeUTF(by.lengthPolicy());
                out.writeUTF(by.rule());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of memory
        }
        return Arrays.copyOf(bytes.toByteArray(), Math.max(bytes.size(), FEWEST_BYTES));
    }

    /** Reads one; throws an {@link IllegalArgumentException} if the bytes are none. */
    static Directory read(byte[] bytes) {
        Map<Purpose, ScoredBy> entries = new LinkedHashMap<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            for (int left = in.readInt(); left > 0; left--) {
                ScoredBy by = new ScoredBy(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
                entries.put(Purpose.of(by), by);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("no directory", e);
        }
        return new Directory(entries);
    }
}
