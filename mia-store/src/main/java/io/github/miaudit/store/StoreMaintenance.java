package io.github.miaudit.store;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.SpreadsheetCell;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Looks after stores: what is in them, whether it is whole. Most of it takes the store's secret. */
public final class StoreMaintenance {

    private StoreMaintenance() {
    }

    /** How many sentences' scores there are of one model and rule, the rule with its parameters. */
    public record Holding(String modelDigest, String tokenizerDigest, String precision, String lengthPolicy, String rule, long sentences) {

        private Holding(ScoredBy by, long sentences) {
            this(by.model(), by.tokenizer(), by.precision(), by.lengthPolicy(), by.rule(), sentences);
        }
    }

    /**
     * How many rows a store has, one for each score and one more: all that it tells without its secret.
     *
     * @throws InvalidFileException if it can't be read or is no store
     */
    public static long rows(Path path) {
        try (StoreFile file = StoreFile.openExisting(path)) {
            return file.read(() -> SealedRows.count(file));
        }
    }

    /**
     * What is in a store: a holding for each model and rule that has scores.
     *
     * @throws InvalidFileException if it can't be read, is no store, is damaged or forged, or the secret is not its own
     */
    public static List<Holding> holdings(Path path, Path secretFile) {
        return withRows(path, secretFile, (file, rows) -> {
            Map<ScoredBy, Long> sentences = new LinkedHashMap<>();
            rows.directory().entries().forEach(by -> sentences.put(by, 0L));
            requireWhole(path, rows.each((by, score) -> sentences.merge(by, 1L, Long::sum)));
            List<Holding> holdings = new ArrayList<>();
            sentences.forEach((by, count) -> holdings.add(new Holding(by, count)));
            return holdings.stream().filter(holding -> holding.sentences > 0).toList();
        });
    }

    /**
     * Makes sure that a store is whole, by SQLite's own check, and that each row was sealed under its secret where it stands; tells
     * how many scores there are. That nothing was taken away, and nothing older put in its place, it can't tell.
     *
     * @throws InvalidFileException if it can't be read, is no store, is damaged or forged, or the secret is not its own
     */
    public static long verify(Path path, Path secretFile) {
        return withRows(path, secretFile, (file, rows) -> {
            file.each("PRAGMA integrity_check(1)", row -> {
                if (!row.getString(1).equals("ok")) {
                    throw new InvalidFileException(path, "is damaged: " + row.getString(1) + "; restore it, or start a new store");
                }
            });
            return requireWhole(path, rows.each((by, score) -> {
            }));
        });
    }

    private static long requireWhole(Path path, SealedRows.Reading reading) {
        if (reading.forged() > 0) {
            throw new InvalidFileException(path,
                    "holds " + reading.forged() + " damaged or forged scores, which were not sealed under its secret where they stand, and "
                            + reading.whole() + " whole ones; restore it, or start a new store");
        }
        return reading.whole();
    }

    private interface RowsWork<T> {
        T run(StoreFile file, SealedRows rows) throws SQLException;
    }

    private static <T> T withRows(Path path, Path secretFile, RowsWork<T> work) {
        try (StoreFile file = StoreFile.openExisting(path)) {
            SealedRows rows = OpeningLock.holdingExisting(secretFile,
                    channel -> SealedRows.open(file, StoreSecret.read(channel, secretFile), secretFile));
            return file.read(() -> work.run(file, rows));
        }
    }

    /**
     * Writes a store's scores as CSV, in no order that tells anything: model digest, rule, the sentence's name in the store, status,
     * tokens, sum and mean of the log-likelihoods in nats, blank where a sentence was not scored. Whole or not at all.
     *
     * @throws InvalidFileException if the store can't be read, is no store, is damaged or forged, the secret is not its own, or the
     *                              file can't be written
     */
    public static void export(Path path, Path secretFile, Path csv) {
        AtomicFile.write(csv, writer -> {
            CsvWriter lines = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
            lines.writeRecord("model", "rule", "sentence", "status", "tokens", "sum", "mean");
            requireWhole(path, withRows(path, secretFile, (file, rows) -> rows.each((by, score) -> {
                OptionalDouble sum = score.sum();
                OptionalDouble mean = sum.isPresent() ? OptionalDouble.of(sum.getAsDouble() / score.tokenCount()) : sum;
                lines.writeRecord(SpreadsheetCell.of(by.model()), SpreadsheetCell.of(by.rule()), HexFormat.of().formatHex(score.name()),
                        score.status().name(), Integer.toString(score.tokenCount()), text(sum), text(mean));
            })));
            lines.flush();
        });
    }

    private static String text(OptionalDouble number) {
        return number.isPresent() ? Double.toString(number.getAsDouble()) : "";
    }

    /**
     * Gives unused space back to the disk, puts rows into the order of their keys, so that nothing tells in which they came, and
     * forgets claims.
     *
     * @throws InvalidFileException if it can't be written or is no store
     */
    public static void vacuum(Path path) {
        try (StoreFile file = StoreFile.openExisting(path)) {
            file.write(() -> {
                file.execute("DELETE FROM claims");
                file.execute("CREATE TEMP TABLE ordered AS SELECT key, content FROM sealed ORDER BY key");
                file.execute("DELETE FROM sealed");
                file.execute("INSERT INTO sealed (key, content) SELECT key, content FROM ordered ORDER BY rowid");
                file.execute("DROP TABLE ordered");
            });
            file.read(() -> {
                file.execute("VACUUM");
                file.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            });
        }
    }

    /** What came of a migration: the scores that are sealed now, and those that were damaged, left out, and are scored again. */
    public record Migrated(long scores, long leftOut) {
    }

    /**
     * Brings a store that an earlier version made, which told log-likelihoods without the secret, into the present format; the secret
     * stays. Killed in the middle, it leaves the old store as it was. What the disk's free blocks or backups hold of that is not
     * wiped.
     *
     * @throws InvalidFileException if it is in the present format already, is in use, can't be read, or the secret is not its own
     */
    public static Migrated migrate(Path path, Path secretFile) {
        return Migration.run(path, secretFile);
    }
}
