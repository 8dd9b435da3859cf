package io.github.miaudit.membership;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.SpreadsheetCell;
import io.github.miaudit.likelihood.ScoreTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What every attack of an audit makes of each sentence that was compared. For who may read the notes.
 *
 * @param rows    the sentences, in the order of the scores
 * @param attacks in the order of the report; at least one
 */
public record AttackTable(PerPopulation<List<ScoreTable.Row>> rows, List<AttackScores> attacks) {

    /** Copies the list. */
    public AttackTable {
        attacks = List.copyOf(attacks);
    }

    /**
     * Makes attacks.
     *
     * @param attacks at least one
     * @param table   what the models say; every sentence scored
     * @throws io.github.miaudit.io.AuditException as {@link AttackScores#of}
     */
    public static AttackTable of(List<MembershipAttack> attacks, ScoreTable table) {
        return new AttackTable(PerPopulation.of(table::rows),
                attacks.stream().map(attack -> AttackScores.withRefits(attack, table)).toList());
    }

    /**
     * Writes it as CSV: a row a sentence with {@code id}, {@code group}, {@code population} ({@code member}, {@code non_member},
     * {@code external}), and a column an attack, by its name, with its score to the last digit; higher = more likely a member. Ids and
     * groups are {@linkplain SpreadsheetCell harmless cells}. No text.
     *
     * @param file the file to make or replace, whole or not at all
     * @throws io.github.miaudit.io.InvalidFileException if the file can't be written
     */
    public void write(Path file) {
        AtomicFile.write(file, writer -> {
            CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
            csv.writeRecord(Stream.concat(Stream.of("id", "group", "population"), attacks.stream().map(AttackScores::name)).toList());
            for (Population population : Population.values()) {
                List<double[]> scores = attacks.stream().map(attack -> attack.scores(population)).toList();
                for (int row = 0; row < rows.of(population).size(); row++) {
                    ScoreTable.Row sentence = rows.of(population).get(row);
                    List<String> fields = new ArrayList<>(List.of(SpreadsheetCell.of(sentence.id()),
                            SpreadsheetCell.of(sentence.group().orElse("")), population.rowLabel()));
                    for (double[] ofAttack : scores) {
                        fields.add(Double.toString(ofAttack[row]));
                    }
                    csv.writeRecord(fields);
                }
            }
            csv.flush();
        });
    }
}
