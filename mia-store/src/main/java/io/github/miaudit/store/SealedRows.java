package io.github.miaudit.store;

import io.github.miaudit.io.InvalidFileException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a store's file, with the secret under which they are sealed: scores, and one row that says by which models and rules
 * they were made. Sealing and opening is thread-safe, the rest is not.
 */
final class SealedRows {

    static final int KEYS_A_QUERY = 500;
    private static final String FORGED = "damaged or forged: it was not sealed under the store's secret for the place where it stands";

    private final StoreFile file;
    private final RowCipher cipher;
    private final byte[] directoryKey;
    private Directory known = Directory.EMPTY; // all of it is in the file

    private SealedRows(StoreFile file, StoreSecret secret) {
        this.file = file;
        this.cipher = new RowCipher(secret);
        this.directoryKey = cipher.key(Purpose.DIRECTORY);
    }

    /** Makes sure that the secret is the one that the store was made with. */
    static SealedRows open(StoreFile file, StoreSecret secret, Path secretFile) {
        SealedRows rows = new SealedRows(file, secret);
        file.write(() -> {
            if (count(file) == 0) {
                rows.put(rows.sealed(Directory.EMPTY));
            } else if (rows.find(rows.directoryKey).isEmpty()) {
                throw new InvalidFileException(secretFile,
                        "is not the secret of " + file.path() + "; restore the one that is, or start a new store");
            }
            rows.directory();
        });
        return rows;
    }

    /** How many rows a file has, which takes no secret. */
    static long count(StoreFile file) throws SQLException {
        try (ResultSet row = file.statement("SELECT count(*) FROM sealed").executeQuery()) {
            return row.getLong(1);
        }
    }

    /** A row as the file has it. */
    record Row(byte[] key, byte[] content) {
    }

    RowCipher cipher() {
        return cipher;
    }

    /** The error of a row that was not sealed where it stands. */
    InvalidFileException forged(String subject) {
        return new InvalidFileException(file.path(),
                "the row of " + subject + " is " + FORGED + ". mia store verify counts such rows; restore the store, or start a new one");
    }

    Directory directory() throws SQLException {
        String subject = "its models and rules";
        byte[] content = find(directoryKey).orElseThrow(() -> forged(subject));
        try {
            return Directory.read(cipher.open(directoryKey, content));
        } catch (IllegalArgumentException e) {
            throw forged(subject);
        }
    }

    private Optional<byte[]> find(byte[] key) throws SQLException {
        try (ResultSet row = file.statement("SELECT content FROM sealed WHERE key = ?", key).executeQuery()) {
            return row.next() ? Optional.of(StoreFile.present(row.getBytes(1))) : Optional.empty();
        }
    }

    /** The contents of those rows that there are, by key; of {@value #KEYS_A_QUERY} keys at most. */
    Map<ByteBuffer, byte[]> find(List<byte[]> keys) throws SQLException {
        Map<ByteBuffer, byte[]> found = new HashMap<>();
        PreparedStatement query = file
                .statement("SELECT key, content FROM sealed WHERE key IN (" + StoreFile.marks(KEYS_A_QUERY) + ")");
        for (int place = 0; place < KEYS_A_QUERY; place++) {
            query.setBytes(1 + place, place < keys.size() ? keys.get(place) : null);
        }
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                found.put(ByteBuffer.wrap(StoreFile.present(rows.getBytes(1))), StoreFile.present(rows.getBytes(2)));
            }
        }
        return found;
    }

    /** A score's row, not in the file yet. */
    Row sealed(Purpose purpose, byte[] name, byte[] score) {
        byte[] key = cipher.key(purpose, name);
        return new Row(key, cipher.seal(key, score));
    }

    private Row sealed(Directory directory) {
        return new Row(directoryKey, cipher.seal(directoryKey, directory.bytes()));
    }

    /**
     * Adds rows, or puts them into the place of those with the same keys, and does the rest, all or nothing. Rows come in the order of
     * their keys, which tells nothing of the order in which they were made.
     */
    void add(Collection<ScoredBy> scorers, List<Row> rows, StoreFile.Step rest) {
        List<Row> inOrder = rows.stream().sorted((one, other) -> Arrays.compareUnsigned(one.key, other.key)).toList();
        known = file.write(() -> {
            Directory directory = known.hasAll(scorers) ? known : registered(scorers);
            for (Row row : inOrder) {
                put(row);
            }
            rest.run();
            return directory;
        });
    }

    /** The file's directory, of which those are part now. */
    private Directory registered(Collection<ScoredBy> scorers) throws SQLException {
        Directory directory = directory();
        if (directory.hasAll(scorers)) { // by an earlier run, or others
            return directory;
        }
        Directory more = directory.with(scorers);
        put(sealed(more));
        return more;
    }

    private void put(Row row) throws SQLException {
        file.update("INSERT OR REPLACE INTO sealed (key, content) VALUES (?, ?)", row.key, row.content);
    }

    /** What takes all scores of a store. */
    interface Sink {
        void take(ScoredBy by, ScoreBlob.Content score);
    }

    /** What came of reading all scores. */
    record Reading(long whole, long forged) {
    }

    /** All scores in the order of their keys; those that are damaged or forged are counted, not given away. */
    Reading each(Sink sink) throws SQLException {
        Directory directory = directory();
        long[] counts = {0, 0};
        file.each("SELECT key, content FROM sealed ORDER BY key", row -> {
            byte[] key = StoreFile.present(row.getBytes(1));
            if (Arrays.equals(key, directoryKey)) {
                return;
            }
            try {
                ScoreBlob.Content score = ScoreBlob.content(cipher.open(key, StoreFile.present(row.getBytes(2))));
                sink.take(directory.find(score.purpose()).orElseThrow(() -> new IllegalArgumentException("by nobody")), score);
                counts[0]++;
            } catch (IllegalArgumentException e) {
                counts[1]++;
            }
        });
        return new Reading(counts[0], counts[1]);
    }
}
