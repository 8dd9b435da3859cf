package io.github.miaudit.membership;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.metrics.MembershipStatistic;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * Losses that were computed elsewhere, as a CSV file with the header {@code population,target_loss,reference_loss}
 * and optionally {@code id} and {@code group}, in any order; other columns are ignored. The population is
 * {@code member}, {@code non_member} or {@code external}; a loss is a sentence's mean negative log-likelihood in
 * nats. Immutable once read.
 */
public final class LossFile {

    /** The attacks that losses allow, by name. */
    public static final List<String> ATTACKS = List.of("likelihood-ratio", "loss");

    private static final String DEFINITION = "ll = -loss, as given";

    private final Path file;
    private final Map<Population, Columns> columns = new EnumMap<>(Population.class);
    private final Map<Population, double[]> targets = new EnumMap<>(Population.class);
    private final Map<Population, double[]> references = new EnumMap<>(Population.class);
    private final Map<Population, List<Optional<String>>> groups = new EnumMap<>(Population.class);

    private LossFile(Path file) {
        this.file = file;
        for (Population population : Population.values()) {
            columns.put(population, new Columns());
        }
    }

    /**
     * Reads losses.
     *
     * @param file the CSV file, UTF-8
     * @return its content
     * @throws InvalidFileException if the file can't be read, lacks a column, has a malformed row (named by its line),
     *                              repeats an id within a population, or has no member or no non-member
     */
    public static LossFile read(Path file) {
        LossFile losses = new LossFile(file);
        losses.readRows();
        losses.columns.forEach((population, read) -> {
            losses.targets.put(population, read.target.build().toArray());
            losses.references.put(population, read.reference.build().toArray());
            losses.groups.put(population, read.groups);
        });
        losses.columns.clear();
        return losses;
    }

    /**
     * The likelihood-ratio and the loss attack, with {@code ll = -loss}.
     *
     * @return the two attacks' scores, in this order
     */
    public List<AttackScores> attacks() {
        Map<Population, double[]> ratios = new EnumMap<>(Population.class);
        targets.forEach((population, target) -> ratios.put(population, MembershipStatistic.likelihoodRatio(target, references.get(population))));
        Map<Population, double[]> losses = new EnumMap<>(targets);
        losses.replaceAll((population, target) -> MembershipStatistic.loss(target));
        return List.of(
                new AttackScores(ATTACKS.get(0), "s = ll_T - ll_R; ll = -loss, as given", ratios, groups),
                new AttackScores(ATTACKS.get(1), "s = ll_T; ll = -loss, as given", losses, groups));
    }

    /**
     * The reference's losses alone, as a score that never looks at the target: {@code s = -ll_R}.
     *
     * @return the scores, higher = the reference finds it less likely
     */
    public AttackScores referenceOnly() {
        Map<Population, double[]> scores = new EnumMap<>(references);
        scores.replaceAll((population, reference) -> Arrays.stream(reference).map(value -> -value).toArray());
        return new AttackScores("reference-only", "s = -ll_R; ll = -loss, as given", scores, groups);
    }

    /**
     * The target's log-likelihoods.
     *
     * @return higher = likelier
     */
    public AttackScores target() {
        return new AttackScores("target", DEFINITION, targets, groups);
    }

    /**
     * The reference's log-likelihoods.
     *
     * @return higher = likelier
     */
    public AttackScores reference() {
        return new AttackScores("reference", DEFINITION, references, groups);
    }

    private void readRows() {
        // Parser messages can quote the input, so none of them is passed on.
        long line = 1;
        try (Reader text = Channels.newReader(FileChannel.open(file), StandardCharsets.UTF_8.newDecoder(), -1);
                CsvReader<NamedCsvRecord> rows = CsvReader.builder().detectBomHeader(false).ofNamedCsvRecord(text)) {
            for (NamedCsvRecord row : rows) {
                line = row.getStartingLineNumber();
                add(row);
                line++;
            }
        } catch (CsvParseException e) {
            throw new InvalidFileException(file, line, "this line or a later one is malformed: as many fields as the header"
                    + " are needed, column names must differ, quotes must be closed");
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause());
        } catch (IOException e) {
            throw unreadable(e);
        }
        for (Population population : List.of(Population.MEMBERS, Population.NON_MEMBERS)) {
            if (columns.get(population).size == 0) {
                throw new InvalidFileException(file, "has no row of population " + population.rowLabel() + "; at least 1 is needed");
            }
        }
    }

    private InvalidFileException unreadable(IOException cause) {
        return cause instanceof CharacterCodingException
                ? new InvalidFileException(file, "is not UTF-8; convert it to UTF-8 first")
                : new InvalidFileException(file, cause);
    }

    private void add(NamedCsvRecord row) {
        Columns column = columns.get(population(row));
        column.size++;
        column.target.add(-loss(row, "target_loss"));
        column.reference.add(-loss(row, "reference_loss"));
        column.groups.add(row.findField("group").filter(group -> !group.isEmpty()));
        row.findField("id").filter(id -> !column.ids.add(id)).ifPresent(id -> {
            throw new InvalidFileException(file, row.getStartingLineNumber(), "id " + id + " is already taken by an earlier line of its population");
        });
    }

    private Population population(NamedCsvRecord row) {
        String value = field(row, "population");
        for (Population population : Population.values()) {
            if (population.rowLabel().equals(value)) {
                return population;
            }
        }
        throw new InvalidFileException(file, row.getStartingLineNumber(), "population is neither member, non_member nor external");
    }

    private double loss(NamedCsvRecord row, String name) {
        String value = field(row, name);
        double loss;
        try {
            loss = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new InvalidFileException(file, row.getStartingLineNumber(), name + " is no number");
        }
        if (!Double.isFinite(loss)) {
            throw new InvalidFileException(file, row.getStartingLineNumber(), name + " is " + loss + "; it must be finite");
        }
        return loss;
    }

    private String field(NamedCsvRecord row, String name) {
        return row.findField(name).orElseThrow(() -> new InvalidFileException(file, 1,
                "has no column " + name + "; needed are population, target_loss and reference_loss"));
    }

    /** One population's rows so far, as log-likelihoods. */
    private static final class Columns {
        private final DoubleStream.Builder target = DoubleStream.builder();
        private final DoubleStream.Builder reference = DoubleStream.builder();
        private final List<Optional<String>> groups = new ArrayList<>();
        private final Set<String> ids = new HashSet<>();
        private int size;
    }
}
