package io.github.miaudit.membership;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldModifiers;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.reader.NamedCsvRecordHandler;
import io.github.miaudit.data.PatientColumn;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.TableHeader;
import io.github.miaudit.io.Utf8Input;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Losses that were computed elsewhere, as a CSV file with the header {@code population,target_loss,reference_loss}
 * and optionally {@code control_loss}, {@code id} and {@code group}, in any order; other columns are ignored. Columns may also be parted
 * by semicolons, tabs or {@code |}, and the text may be UTF-16 with a byte order mark; numbers have a decimal point. The population is
 * {@code member}, {@code non_member} or {@code external}; a loss is a sentence's mean negative log-likelihood in
 * nats, so it is at least 0: where most are below, they are taken for log-likelihoods and refused, and where some are, there
 * is a caveat. The group is the patient, and names nobody where it is blank or such as {@code NULL}
 * ({@link io.github.miaudit.notes.PatientKey}). Immutable once read.
 */
public final class LossFile {

    /** The attacks that losses allow, by name. */
    public static final List<String> ATTACKS = List.of("likelihood-ratio", "loss");

    private static final String POPULATION = "population";
    private static final String TARGET = "target_loss";
    private static final String REFERENCE = "reference_loss";
    private static final String CONTROL = "control_loss";
    private static final String GROUP = "group";
    private static final List<String> NEEDED = List.of(POPULATION, TARGET, REFERENCE);
    private static final List<String> OPTIONAL = List.of(CONTROL, "id", GROUP);
    /** What columns of patients are called elsewhere. */
    private static final List<String> PATIENTS = List.of("patient", "patient_id", "patientid", "subject", "subject_id", "mrn");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("\\s*[+-]?[0-9]*,[0-9]+(?:[eE][+-]?[0-9]+)?\\s*");
    private static final String DEFINITION = "ll = -loss, as given";

    private final Path file;
    private final AttackScores target;
    private final AttackScores reference;
    /** Empty of a file without a control. */
    private final Optional<AttackScores> control;
    private final int belowZero;

    private LossFile(Path file) {
        this.file = file;
        PerPopulation<Columns> columns = PerPopulation.of(population -> new Columns());
        readInto(columns);
        PerPopulation<PatientColumn> patients = columns.map(read -> read.patients.build());
        this.target = new AttackScores("target", DEFINITION, columns.map(read -> read.target.taken()), patients);
        this.reference = new AttackScores("reference", DEFINITION, columns.map(read -> read.reference.taken()), patients);
        this.control = columns.of(Population.MEMBERS).control.count == 0 ? Optional.empty()
                : Optional.of(new AttackScores("control", DEFINITION, columns.map(read -> read.control.taken()), patients));
        this.belowZero = columns.stream().mapToInt(read -> read.target.belowZero + read.reference.belowZero + read.control.belowZero).sum();
    }

    /**
     * Reads losses.
     *
     * @param file the CSV file
     * @throws InvalidFileException if the file can't be read, lacks a column, has a malformed row (named by its line), has losses
     *                              below 0 in most rows of a population, repeats an id within a population, or has no member or
     *                              no non-member
     */
    public static LossFile read(Path file) {
        return new LossFile(file);
    }

    /** The likelihood-ratio and the loss attack, with {@code ll = -loss}, in this order. */
    public List<AttackScores> attacks() {
        return attacks(target);
    }

    /** The same with the control in the place of the target; none if the file has no losses of a control. */
    public List<AttackScores> controlAttacks() {
        return control.map(this::attacks).orElse(List.of());
    }

    private List<AttackScores> attacks(AttackScores model) {
        return List.of(model.named(ATTACKS.get(0), "s = ll_T - ll_R; " + DEFINITION).minus(reference),
                model.named(ATTACKS.get(1), "s = ll_T; " + DEFINITION));
    }

    /**
     * The reference's losses alone, as a score that never looks at the target: {@code s = -ll_R}.
     *
     * @return the scores, higher = the reference finds it less likely
     */
    public AttackScores referenceOnly() {
        return new AttackScores("reference-only", "s = -ll_R; " + DEFINITION, PerPopulation.of(population -> {
            double[] negated = reference.scores(population);
            Arrays.setAll(negated, row -> -negated[row]);
            return negated;
        }), PerPopulation.of(reference::patients));
    }

    /** The target's log-likelihoods; higher = likelier. */
    public AttackScores target() {
        return target;
    }

    /** The reference's log-likelihoods; higher = likelier. */
    public AttackScores reference() {
        return reference;
    }

    /** What makes the losses doubtful, a sentence each. */
    public List<String> caveats() {
        return belowZero == 0 ? List.of()
                : List.of((belowZero == 1 ? "1 loss is" : belowZero + " losses are") + " below 0, which no loss can be, as it is minus a"
                        + " log-likelihood; mend the file");
    }

    /** Without the patients an audit would take each sentence for somebody else's. */
    private void requireNoOtherName(TableHeader header) {
        List<String> names = header.columns();
        for (String column : names) {
            OPTIONAL.stream().filter(known -> !names.contains(known) && known.equalsIgnoreCase(column)).findFirst().ifPresent(known -> {
                throw new InvalidFileException(file, header.line(), "has a column " + InvalidFileException.printable(column)
                        + ", in other case than " + known + "; rename it");
            });
            if (!names.contains(GROUP) && PATIENTS.contains(column.toLowerCase(Locale.ROOT))) {
                throw new InvalidFileException(file, header.line(), "has a column " + InvalidFileException.printable(column)
                        + ", but none called group, which is the patient's; rename it, or remove it if it is not");
            }
        }
    }

    private void readInto(PerPopulation<Columns> columns) {
        // Parser messages can quote the input, so none of them is passed on.
        long line = 1;
        try (InputStream bytes = Files.newInputStream(file); Utf8Input text = Utf8Input.of(bytes)) {
            TableHeader header = TableHeader.of(file, text, ',', names -> names.containsAll(NEEDED));
            if (!header.columns().isEmpty()) {
                NEEDED.forEach(column -> header.index(column, false, "needed are population, target_loss and reference_loss"));
                requireNoOtherName(header);
            }
            try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().fieldSeparator(header.separator()).detectBomHeader(false)
                    .build(NamedCsvRecordHandler.of(handler -> handler.fieldModifier(FieldModifiers.STRIP)),
                            new InputStreamReader(text, StandardCharsets.UTF_8.newDecoder()))) {
                for (NamedCsvRecord row : rows) {
                    line = row.getStartingLineNumber() + header.line() - 1;
                    if (row.getFieldCount() > header.columns().size()) {
                        throw new InvalidFileException(file, line,
                                "has " + row.getFieldCount() + " fields; the header has " + header.columns().size());
                    }
                    add(line, row, columns);
                    line++;
                }
            }
        } catch (CsvParseException e) {
            throw new InvalidFileException(file, line, "this line or a later one is malformed: as many fields as the header"
                    + " are needed, column names must differ, quotes must be closed");
        } catch (UncheckedIOException e) {
            throw unreadable(Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw unreadable(e);
        }
        for (Population population : List.of(Population.MEMBERS, Population.NON_MEMBERS)) {
            if (columns.of(population).size == 0) {
                throw new InvalidFileException(file, "has no row of population " + population.rowLabel() + "; at least 1 is needed");
            }
        }
        for (Population population : Population.values()) {
            requireLosses(population, TARGET, columns.of(population).target);
            requireLosses(population, REFERENCE, columns.of(population).reference);
            requireLosses(population, CONTROL, columns.of(population).control);
        }
        requireDifferent(columns, TARGET, read -> read.target, REFERENCE, read -> read.reference);
        requireDifferent(columns, TARGET, read -> read.target, CONTROL, read -> read.control);
        requireDifferent(columns, REFERENCE, read -> read.reference, CONTROL, read -> read.control);
    }

    /** Two models that say the same of every sentence are one, which compared with itself leaks nothing. */
    private void requireDifferent(PerPopulation<Columns> columns, String name, Function<Columns, Losses> losses, String otherName,
            Function<Columns, Losses> others) {
        if (columns.stream().allMatch(read -> losses.apply(read).equal(others.apply(read)))) {
            throw new InvalidFileException(file, name + " and " + otherName + " are the same in every row, so they are one model's, and"
                    + " comparing them tells nothing; give the losses of another model");
        }
    }

    /** Whoever wrote log-likelihoods for losses did so in all rows of a column, or of a population. */
    private void requireLosses(Population population, String name, Losses losses) {
        if (2L * losses.belowZero > losses.count) {
            throw new InvalidFileException(file, losses.firstBelowZero, name + " is below 0, as " + losses.belowZero + " of " + losses.count
                    + " of the " + population.words() + " are; a loss is minus a log-likelihood, so it is at least 0: if these are"
                    + " log-likelihoods, swap their sign");
        }
    }

    private InvalidFileException unreadable(IOException cause) {
        return cause instanceof CharacterCodingException ? new InvalidFileException(file, "is not UTF-8; convert it to UTF-8 first")
                : new InvalidFileException(file, cause);
    }

    private void add(long line, NamedCsvRecord row, PerPopulation<Columns> columns) {
        Columns column = columns.of(population(line, row));
        column.size++;
        column.target.add(line, loss(line, row, TARGET));
        column.reference.add(line, loss(line, row, REFERENCE));
        if (row.findField(CONTROL).isPresent()) {
            column.control.add(line, loss(line, row, CONTROL));
        }
        column.patients.add(row.findField(GROUP));
        row.findField("id").filter(id -> !column.ids.add(id)).ifPresent(id -> {
            throw new InvalidFileException(file, line,
                    "id " + id + " is already taken by an earlier line of its population");
        });
    }

    private Population population(long line, NamedCsvRecord row) {
        String value = row.getField(POPULATION);
        for (Population population : Population.values()) {
            if (population.rowLabel().equals(value)) {
                return population;
            }
        }
        throw new InvalidFileException(file, line, "population is neither member, non_member nor external");
    }

    private double loss(long line, NamedCsvRecord row, String name) {
        String value = row.getField(name);
        double loss;
        try {
            loss = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new InvalidFileException(file, line, name + (DECIMAL_COMMA.matcher(value).matches()
                    ? " has a decimal comma; write numbers with a decimal point" : " is no number"));
        }
        if (!Double.isFinite(loss)) {
            throw new InvalidFileException(file, line, name + " is " + loss + "; it must be finite");
        }
        return loss;
    }

    /** One population's losses by one model so far, as log-likelihoods. */
    private static final class Losses {
        private double[] logLikelihoods = new double[16];
        private int count;
        private int belowZero;
        private long firstBelowZero;

        /** All of them, which are kept here no more. */
        private double[] taken() {
            double[] all = Arrays.copyOf(logLikelihoods, count);
            logLikelihoods = new double[0];
            return all;
        }

        private boolean equal(Losses other) {
            return Arrays.equals(logLikelihoods, 0, count, other.logLikelihoods, 0, other.count);
        }

        private void add(long line, double loss) {
            if (count == logLikelihoods.length) {
                logLikelihoods = Arrays.copyOf(logLikelihoods, 2 * count);
            }
            logLikelihoods[count++] = -loss;
            if (loss < 0) {
                firstBelowZero = belowZero == 0 ? line : firstBelowZero;
                belowZero++;
            }
        }
    }

    /** One population's rows so far. */
    private static final class Columns {
        private final Losses target = new Losses();
        private final Losses reference = new Losses();
        private final Losses control = new Losses();
        private final PatientColumn.Builder patients = new PatientColumn.Builder();
        private final Set<String> ids = new HashSet<>();
        private int size;
    }
}
