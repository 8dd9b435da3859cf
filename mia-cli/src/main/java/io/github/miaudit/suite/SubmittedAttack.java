package io.github.miaudit.suite;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.membership.AttackScores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody's membership scores as a CSV file with the header {@code target,seed,id,score}, in any order; other columns are ignored. A
 * score is a number, higher = more likely a member. Of a target and seed it has all sentences or none. Immutable.
 */
public final class SubmittedAttack {

    private static final List<String> COLUMNS = List.of("target", "seed", "id", "score");

    private final Path file;
    private final Map<Asked, Map<String, Double>> scores = new HashMap<>();

    private record Asked(BenchmarkTarget target, long seed) {
    }

    private SubmittedAttack(Path file) {
        this.file = file;
    }

    /**
     * Reads scores.
     *
     * @throws InvalidFileException if the file can't be read, lacks a column, has a malformed row (named by its line) or scores a
     *                              sentence twice
     */
    public static SubmittedAttack read(Path file) {
        SubmittedAttack attack = new SubmittedAttack(file);
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            rows.forEach(attack::add);
        } catch (CsvParseException e) { // whose message can quote the file
            throw new InvalidFileException(file, "is no CSV file: as many fields as the header are needed, quotes must be closed");
        } catch (UncheckedIOException e) {
            throw new InvalidFileException(file, e.getCause());
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
        if (attack.scores.isEmpty()) {
            throw new InvalidFileException(file, "has no row; needed are " + String.join(", ", COLUMNS));
        }
        return attack;
    }

    /** The file's name without what follows the first point. */
    public String name() {
        return PlainText.name(file.getFileName().toString().replaceFirst("(?<=.)\\..*", ""));
    }

    /**
     * The scores of a target and seed; empty if the file has none of them.
     *
     * @throws InvalidFileException if a sentence's is missing
     */
    Optional<AttackScores> of(BenchmarkTarget target, long seed, ScoreTable table) {
        return Optional.ofNullable(scores.get(new Asked(target, seed)))
                .map(byId -> new AttackScores(name(), "as in the file", PerPopulation
                        .of(population -> table.rows(population).stream().mapToDouble(row -> of(byId, row, target, seed)).toArray()),
                        table.patients()));
    }

    private double of(Map<String, Double> byId, ScoreTable.Row row, BenchmarkTarget target, long seed) {
        if (!byId.containsKey(row.id())) {
            throw new InvalidFileException(file, "has scores of target " + target.label() + ", seed " + seed + ", but none of sentence "
                    + row.id() + "; score all of its sentences, or none");
        }
        return byId.get(row.id());
    }

    private void add(NamedCsvRecord row) {
        long line = row.getStartingLineNumber();
        COLUMNS.stream().filter(column -> row.findField(column).isEmpty()).findFirst().ifPresent(column -> {
            throw new InvalidFileException(file, line, "has no " + column + "; needed are " + String.join(", ", COLUMNS));
        });
        BenchmarkTarget target = BenchmarkTarget.labelled(row.getField("target").strip()).orElseThrow(
                () -> new InvalidFileException(file, line, "names a target that the benchmark doesn't have; it has no such label"));
        Asked asked = new Asked(target, seed(line, row.getField("seed").strip()));
        String id = row.getField("id").strip();
        if (scores.computeIfAbsent(asked, first -> new HashMap<>()).put(id, score(line, row.getField("score").strip())) != null) {
            throw new InvalidFileException(file, line, "scores sentence " + PlainText.name(id) + " again");
        }
    }

    private long seed(long line, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new InvalidFileException(file, line, "seed is no whole number");
        }
    }

    private double score(long line, String value) {
        double score;
        try {
            score = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new InvalidFileException(file, line, "score is no number; write it with a decimal point");
        }
        if (!Double.isFinite(score)) {
            throw new InvalidFileException(file, line, "score is " + score + "; it must be finite");
        }
        return score;
    }
}
