package io.github.miaudit.likelihood;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.SpreadsheetCell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A score table as CSV for spreadsheets and statistics: a row a sentence with {@code id}, {@code group},
 * {@code population} ({@code member}, {@code non_member}, {@code external}), and for each model and rule the sum and
 * mean of the token log-likelihoods in nats and their count, in columns such as
 * {@code target.within-word-l2r.sum}. References are {@code reference}, {@code reference2} and so on. Sum and mean
 * of an empty sentence are blank. Ids and groups are {@linkplain SpreadsheetCell harmless cells}. No text.
 */
public final class ScoreSummaryFile {

    private ScoreSummaryFile() {
    }

    /**
     * Writes a table, whole or not at all.
     *
     * @param file  the file to make or replace
     * @param table the scores
     * @throws io.github.miaudit.io.InvalidFileException if the file can't be written
     */
    public static void write(Path file, ScoreTable table) {
        AtomicFile.write(file, writer -> {
            CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
            csv.writeRecord(header(table));
            for (Population population : Population.values()) {
                for (int row = 0; row < table.rows(population).size(); row++) {
                    csv.writeRecord(record(table, population, row));
                }
            }
            csv.flush();
        });
    }

    private static List<String> header(ScoreTable table) {
        List<String> header = new ArrayList<>(List.of("id", "group", "population"));
        addHeader(header, "target", table.target());
        table.control().ifPresent(control -> addHeader(header, "control", control));
        for (int k = 0; k < table.references().size(); k++) {
            addHeader(header, k == 0 ? "reference" : "reference" + (k + 1), table.references().get(k));
        }
        return header;
    }

    private static void addHeader(List<String> header, String model, ModelScores scores) {
        for (MaskingRule rule : scores.rules()) {
            for (String statistic : List.of("sum", "mean", "count")) {
                header.add(model + "." + rule.label() + "." + statistic);
            }
        }
    }

    private static List<String> record(ScoreTable table, Population population, int row) {
        ScoreTable.Row sentence = table.rows(population).get(row);
        List<String> fields = new ArrayList<>(
                List.of(SpreadsheetCell.of(sentence.id()), SpreadsheetCell.of(sentence.group().orElse("")), population.rowLabel()));
        addFields(fields, table.target(), population, row);
        table.control().ifPresent(control -> addFields(fields, control, population, row));
        table.references().forEach(reference -> addFields(fields, reference, population, row));
        return fields;
    }

    private static void addFields(List<String> fields, ModelScores model, Population population, int row) {
        for (MaskingRule rule : model.rules()) {
            SequenceScore score = model.scores(rule, population).get(row);
            boolean scored = score.status().isScored();
            fields.add(scored ? Double.toString(score.sum()) : "");
            fields.add(scored ? Double.toString(Reduction.MEAN.reduce(score)) : "");
            fields.add(Integer.toString(score.tokenCount()));
        }
    }
}
