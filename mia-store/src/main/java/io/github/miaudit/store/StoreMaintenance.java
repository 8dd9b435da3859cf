package io.github.miaudit.store;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.SpreadsheetCell;
import io.github.miaudit.likelihood.SequenceScore;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Looks after stores: what is in them, whether it is whole. None of it takes the secret. */
public final class StoreMaintenance {

    private StoreMaintenance() {
    }

    /** How many sentences' scores there are of one model and rule, the rule with its parameters. */
    public record Holding(String modelDigest, String tokenizerDigest, String precision, String lengthPolicy, String rule, long sentences) {
    }

    /**
     * What is in a store: a holding for each model and rule that has scores.
     *
     * @throws InvalidFileException if it can't be read or is no store
     */
    public static List<Holding> holdings(Path path) {
        try (StoreFile file = StoreFile.openExisting(path)) {
            return file.read(() -> {
                List<Holding> holdings = new ArrayList<>();
                file.each(
                        "SELECT m.model, m.tokenizer, m.precision, m.length_policy, r.label, count(*) FROM scores s"
                                + " JOIN models m ON m.id = s.model JOIN rules r ON r.id = s.rule"
                                + " GROUP BY s.model, s.rule ORDER BY s.model, s.rule",
                        row -> holdings.add(new Holding(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
                                row.getString(5), row.getLong(6))));
                return holdings;
            });
        }
    }

    /**
     * Makes sure that a store is whole, by SQLite's own check and by unpacking each score; tells how many scores were looked at.
     *
     * @throws InvalidFileException if it can't be read, is no store, or is damaged
     */
    public static long verify(Path path) {
        try (StoreFile file = StoreFile.openExisting(path)) {
            return file.read(() -> {
                file.each("PRAGMA integrity_check(1)", row -> {
                    if (!row.getString(1).equals("ok")) {
                        throw new InvalidFileException(path, "is damaged: " + row.getString(1) + "; restore it, or start a new store");
                    }
                });
                return unpackAll(file);
            });
        }
    }

    private static long unpackAll(StoreFile file) throws SQLException {
        LongAdder damaged = new LongAdder();
        LongAdder scores = new LongAdder();
        file.each("SELECT s.score, s.sentence, m.model, m.tokenizer, m.precision, m.length_policy, r.label FROM scores s"
                + " LEFT JOIN models m ON m.id = s.model LEFT JOIN rules r ON r.id = s.rule", row -> {
                    scores.increment();
                    try {
                        ScoreBlob.check(StoreFile.present(row.getBytes(1)), StoreFile.present(row.getBytes(2)),
                                Purpose.score(row.getString(3), row.getString(4), row.getString(5), row.getString(6), row.getString(7)));
                    } catch (IllegalArgumentException e) {
                        damaged.increment();
                    }
                });
        if (damaged.sum() > 0) {
            throw new InvalidFileException(file.path(),
                    "holds " + damaged + " damaged scores of " + scores + "; restore it, or start a new store");
        }
        return scores.sum();
    }

    /**
     * A score as a store tells it without its secret; the sentence by what the store calls it, the sum in nats, empty if it was not
     * scored.
     */
    record StoredScore(String modelDigest, String rule, String sentence, SequenceScore.Status status, int tokens, OptionalDouble sum) {

        private OptionalDouble mean() {
            return sum.isPresent() ? OptionalDouble.of(sum.getAsDouble() / tokens) : sum;
        }
    }

    /** Reads all scores of a store, one after the other. */
    static void read(Path path, Consumer<StoredScore> sink) {
        try (StoreFile file = StoreFile.openExisting(path)) {
            file.read(() -> {
                file.each(
                        "SELECT m.model, r.label, s.sentence, s.status, s.tokens, s.total FROM scores s"
                                + " JOIN models m ON m.id = s.model JOIN rules r ON r.id = s.rule ORDER BY s.id",
                        row -> sink.accept(score(path, row)));
                return null;
            });
        }
    }

    /** A damaged row can hold anything. */
    private static StoredScore score(Path path, ResultSet row) throws SQLException {
        byte[] sentence = StoreFile.present(row.getBytes(3));
        int status = row.getInt(4);
        if (status < 0 || status >= SequenceScore.Status.values().length) {
            throw new InvalidFileException(path, "holds a damaged score; restore it, or start a new store");
        }
        return new StoredScore(row.getString(1), row.getString(2), HexFormat.of().formatHex(sentence),
                SequenceScore.Status.values()[status], row.getInt(5),
                row.getObject(6) == null ? OptionalDouble.empty() : OptionalDouble.of(row.getDouble(6)));
    }

    /**
     * Writes a store's scores as CSV: model digest, rule, the sentence's name in the store, status, tokens, sum and mean of
     * the log-likelihoods in nats, blank where a sentence was not scored. Whole or not at all.
     *
     * @throws InvalidFileException if the store can't be read, is no store or is damaged, or the file can't be written
     */
    public static void export(Path path, Path csv) {
        AtomicFile.write(csv, writer -> {
            CsvWriter rows = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
            rows.writeRecord("model", "rule", "sentence", "status", "tokens", "sum", "mean");
            read(path, score -> rows.writeRecord(SpreadsheetCell.of(score.modelDigest), SpreadsheetCell.of(score.rule), score.sentence,
                    score.status.name(), Integer.toString(score.tokens), text(score.sum), text(score.mean())));
            rows.flush();
        });
    }

    private static String text(OptionalDouble number) {
        return number.isPresent() ? Double.toString(number.getAsDouble()) : "";
    }

    /**
     * Gives unused space back to the disk, and forgets claims.
     *
     * @throws InvalidFileException if it can't be written or is no store
     */
    public static void vacuum(Path path) {
        try (StoreFile file = StoreFile.openExisting(path)) {
            file.read(() -> {
                file.execute("DELETE FROM claims");
                file.execute("VACUUM");
                file.execute("PRAGMA wal_checkpoint(TRUNCATE)");
                return null;
            });
        }
    }
}
