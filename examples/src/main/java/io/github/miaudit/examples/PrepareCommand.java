package io.github.miaudit.examples;

import io.github.miaudit.InvalidFileException;
import io.github.miaudit.data.Normalisation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.preparation.BadRowPolicy;
import io.github.miaudit.data.preparation.Datasheet;
import io.github.miaudit.data.preparation.DatasetPreparation;
import io.github.miaudit.data.preparation.NoteFiles;
import io.github.miaudit.data.preparation.PreparedDataset;
import io.github.miaudit.data.preparation.Pseudonyms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code mia prepare}: a dataset from notes. */
@Command(name = "prepare", description = "Makes the three sets of an audit from notes: .csv, .tsv, .jsonl, .xml (n2c2) or .txt files, also with .gz, or .parquet files.")
public final class PrepareCommand extends MiaCommand {

    @Spec
    private CommandSpec command;

    @Option(names = "--training", required = true, paramLabel = "PATH", description = "All notes that the target was trained on: a file, or a folder of files.")
    private Path training;

    @Option(names = "--nontraining", required = true, paramLabel = "PATH", description = "Notes of the same kind that it was not trained on.")
    private Path nonTraining;

    @Option(names = "--external", paramLabel = "PATH", description = "Notes from elsewhere.")
    private Path external;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for the dataset; must be new or empty.")
    private Path output;

    @Option(names = "--patients", paramLabel = "N", converter = SizeConverter.class, defaultValue = "90", description = "Of each set, or all (default: ${DEFAULT-VALUE}).")
    private int patients;

    @Option(names = "--sentences", paramLabel = "N", converter = SizeConverter.class, defaultValue = "1000", description = "Of each set, or all (default: ${DEFAULT-VALUE}).")
    private int sentences;

    @Option(names = "--allow-fewer", description = "Take what there is where there are too few.")
    private boolean fewerAllowed;

    @Option(names = "--most-per-patient", paramLabel = "N", converter = SizeConverter.class, defaultValue = "all", description = "Sentences of a patient (default: ${DEFAULT-VALUE}).")
    private int mostPerPatient;

    @Option(names = "--match-lengths", description = "Take members and non-members in pairs of the same length.")
    private boolean lengthsMatched;

    @Option(names = "--min-length", paramLabel = "N", defaultValue = "20", description = "Characters of a sentence (default: ${DEFAULT-VALUE}).")
    private int minimumLength;

    @Option(names = "--min-words", paramLabel = "N", defaultValue = "1", description = "Words of a sentence (default: ${DEFAULT-VALUE}).")
    private int minimumWords;

    @Option(names = "--boilerplate-patients", paramLabel = "N", converter = SizeConverter.class, defaultValue = "all",
            description = "Leave out what is said of more of a set's chosen patients (default: ${DEFAULT-VALUE}, so nothing).")
    private int boilerplatePatients;

    @Option(names = "--ignore-digits", description = "Sentences that differ in digits alone count as the same.")
    private boolean digitsIgnored;

    @Option(names = "--similarity", paramLabel = "J", defaultValue = "0.8",
            description = "From which Jaccard similarity a sentence counts as standing in the training notes (default: ${DEFAULT-VALUE}).")
    private double similarity;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the choice of patients and sentences (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--salt-file", paramLabel = "FILE", description = "Whose content makes pseudonyms hard to guess; without it they can be guessed by trying.")
    private Path saltFile;

    @Option(names = "--keep-ids", description = "Call patients by their names in the notes.")
    private boolean idsKept;

    @Option(names = "--patient-column", paramLabel = "NAME", description = "Of tables and JSON Lines (default: SUBJECT_ID; in JSON and Parquet group).")
    private String patientColumn;

    @Option(names = "--text-column", paramLabel = "NAME", description = "Likewise (default: TEXT; in JSON and Parquet text).")
    private String textColumn;

    @Option(names = "--on-bad-row", paramLabel = "fail|skip", converter = PolicyConverter.class, defaultValue = "fail",
            description = "What to do with a row that can't be read; skipped ones are counted and named in datasheet.json (default: ${DEFAULT-VALUE}).")
    private BadRowPolicy onBadRow;

    private PrepareCommand() {
    }

    /**
     * Runs this command alone.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(new PrepareCommand(), arguments));
    }

    @Override
    void execute() {
        PreparedDataset dataset = preparation().prepare();
        dataset.write(output);
        dataset.datasheet().sets().forEach(PrepareCommand::print);
        if (!dataset.datasheet().badRows().isEmpty()) {
            System.out.println(dataset.datasheet().badRows().size() + " bad rows skipped; datasheet.json names them");
        }
        System.out.println("written to " + output);
    }

    private DatasetPreparation preparation() {
        try {
            DatasetPreparation preparation = DatasetPreparation.of(files(training), files(nonTraining)).withSize(patients, sentences)
                    .withMostPerPatient(mostPerPatient).withLeastLength(minimumLength, minimumWords).withoutBoilerplate(boilerplatePatients)
                    .withNormalisation(digitsIgnored ? Normalisation.CASE_SPACE_AND_DIGITS : Normalisation.CASE_AND_SPACE)
                    .withSimilarity(similarity).withSeed(seed).withPseudonyms(pseudonyms());
            DatasetPreparation sized = fewerAllowed ? preparation.withFewerAllowed() : preparation;
            DatasetPreparation matched = lengthsMatched ? sized.withMatchedLengths() : sized;
            return external == null ? matched : matched.withExternal(files(external));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(new CommandLine(command), e.getMessage());
        }
    }

    private Pseudonyms pseudonyms() {
        if (idsKept) {
            return Pseudonyms.none();
        }
        try {
            return Pseudonyms.salted(saltFile == null ? Long.toString(seed) : Files.readString(saltFile));
        } catch (IOException e) {
            throw new InvalidFileException(saltFile, e);
        }
    }

    private NoteFiles files(Path path) {
        NoteFiles files = NoteFiles.at(path).withBadRows(onBadRow);
        NoteFiles named = patientColumn == null ? files : files.withPatientColumn(patientColumn);
        return textColumn == null ? named : named.withTextColumn(textColumn);
    }

    private static void print(Population population, Datasheet.SetCounts counts) {
        System.out.printf("%-12s %d sentences of %d patients; left out: %d patients of the training notes, %d short sentences, %d repeated, %d in the training"
                + " notes, %d nearly, %d boilerplate%n", population.label(), counts.sampled(), counts.sampledPatients(), counts.patientsExcluded(), counts.tooShort(),
                counts.repeated(), counts.inTraining(), counts.nearlyInTraining(), counts.boilerplate());
    }

    static final class SizeConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            if (value.equals("all")) {
                return DatasetPreparation.ALL;
            }
            if (!value.matches("[1-9]\\d{0,8}")) {
                throw new TypeConversionException("'" + value + "' is neither a whole number from 1 to 999999999 nor all");
            }
            return Integer.valueOf(value);
        }
    }

    static final class PolicyConverter implements ITypeConverter<BadRowPolicy> {
        @Override
        public BadRowPolicy convert(String value) {
            return switch (value) {
                case "fail" -> BadRowPolicy.FAIL;
                case "skip" -> BadRowPolicy.SKIP;
                default -> throw new TypeConversionException("'" + value + "' is neither fail nor skip");
            };
        }
    }
}
