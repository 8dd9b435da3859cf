package io.github.miaudit.store;

import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Brings a store of the first version into the present one: its scores, without their texts, are sealed into a new file beside it,
 * which takes its place when it is whole. Whatever happens before, the old store is as it was.
 */
final class Migration {

    private static final int SCORES_A_COMMIT = 10_000;
    private static final int BLOB_VERSION = 1;

    private final StoreFile from;
    private final SealedRows to;
    private final Set<ScoredBy> scorers = new LinkedHashSet<>();
    private final List<SealedRows.Row> waiting = new ArrayList<>();
    private long migrated;
    private long leftOut;

    private Migration(StoreFile from, SealedRows to) {
        this.from = from;
        this.to = to;
    }

    static StoreMaintenance.Migrated run(Path path, Path secretFile) {
        StoreFile.openExisting(path, StoreFormat.CLEAR).close(); // that it is one matters more than where its secret is
        return OpeningLock.holdingExisting(secretFile, channel -> {
            StoreSecret secret = StoreSecret.read(channel, secretFile);
            Path fresh = path.toAbsolutePath().resolveSibling("." + path.getFileName() + ".migrating");
            StoreFile.delete(fresh); // of one that was killed
            StoreMaintenance.Migrated result;
            try (StoreFile from = StoreFile.openExisting(path, StoreFormat.CLEAR); StoreFile to = StoreFile.open(fresh)) {
                from.read(() -> {
                    requireSecret(from, secret, secretFile);
                    putAllIntoOneFile(from);
                });
                Migration migration = new Migration(from, SealedRows.open(to, secret, secretFile));
                result = from.write(() -> migration.copy()); // so that nobody else writes to it
            } catch (RuntimeException e) {
                StoreFile.delete(fresh);
                throw e;
            }
            replace(path, fresh);
            return result;
        });
    }

    private static void requireSecret(StoreFile from, StoreSecret secret, Path secretFile) throws SQLException {
        try (ResultSet row = from.statement("SELECT digest FROM secret").executeQuery()) {
            if (row.next() && !HexFormat.of().formatHex(secret.name("")).equals(row.getString(1))) {
                throw new InvalidFileException(secretFile, "is not the secret of " + from.path() + "; restore the one that is");
            }
        }
    }

    /** A log that stayed beside would be taken for the new file's. */
    private static void putAllIntoOneFile(StoreFile from) throws SQLException {
        from.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        from.each("PRAGMA journal_mode = DELETE", row -> {
            if (!row.getString(1).equals("delete")) {
                throw new InvalidFileException(from.path(), "is in use by another process; run again when it is done");
            }
        });
    }

    /** In the order of the sentences' names, which tells nothing of the order in which they came. */
    private StoreMaintenance.Migrated copy() throws SQLException {
        from.each("SELECT s.score, s.sentence, m.model, m.tokenizer, m.precision, m.length_policy, r.label FROM scores s"
                + " LEFT JOIN models m ON m.id = s.model LEFT JOIN rules r ON r.id = s.rule ORDER BY s.sentence", row -> {
                    try {
                        copy(whole(row.getBytes(1)), whole(row.getBytes(2)), new ScoredBy(whole(row.getString(3)), whole(row.getString(4)),
                                whole(row.getString(5)), whole(row.getString(6)), whole(row.getString(7))));
                        migrated++;
                    } catch (IllegalArgumentException e) {
                        leftOut++;
                    }
                });
        commit();
        return new StoreMaintenance.Migrated(migrated, leftOut);
    }

    private static <T> T whole(@Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("a value is missing");
        }
        return value;
    }

    private void copy(byte[] score, byte[] name, ScoredBy by) {
        Purpose purpose = Purpose.of(by);
        int length = score.length - Integer.BYTES;
        if (length < 1 || name.length != StoreSecret.NAME_BYTES || score[0] != BLOB_VERSION
                || ByteBuffer.wrap(score).getInt(length) != checksum(score, length, name, purpose)) {
            throw new IllegalArgumentException("a damaged score");
        }
        byte[] blob = ByteBuffer.allocate(Purpose.BYTES + name.length + length - 1).put(purpose.bytes()).put(name)
                .put(score, 1, length - 1).array();
        blob[ScoreBlob.FLAGS_AT] |= ScoreBlob.ENCIPHERED;
        ScoreBlob.content(blob);
        scorers.add(by);
        waiting.add(to.sealed(purpose, name, blob));
        if (waiting.size() == SCORES_A_COMMIT) {
            commit();
        }
    }

    private static int checksum(byte[] bytes, int length, byte[] name, Purpose purpose) {
        CRC32C sum = new CRC32C();
        sum.update(purpose.bytes());
        sum.update(name);
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    private void commit() {
        to.add(scorers, waiting, () -> {
        });
        waiting.clear();
    }

    private static void replace(Path path, Path fresh) {
        try {
            Files.move(fresh, path.toAbsolutePath(), StandardCopyOption.ATOMIC_MOVE);
            AtomicFile.syncFolder(Objects.requireNonNull(path.toAbsolutePath().getParent()));
        } catch (IOException e) {
            throw new InvalidFileException(path, e);
        }
    }
}
