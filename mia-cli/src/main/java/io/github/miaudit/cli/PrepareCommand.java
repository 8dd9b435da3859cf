package io.github.miaudit.cli;

import io.github.miaudit.data.Population;
import io.github.miaudit.data.preparation.DatasetPreparation;
import io.github.miaudit.data.preparation.Datasheet;
import io.github.miaudit.data.preparation.Pseudonyms;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OutputFolder;
import io.github.miaudit.notes.BadRowPolicy;
import io.github.miaudit.notes.NoteFiles;
import io.github.miaudit.notes.Quoting;
import io.github.miaudit.text.Normalisation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code mia prepare}: a dataset from notes. */
@Command(name = "prepare",
        description = "Makes the three sets of an audit from notes: .csv, .tsv, .jsonl, .xml (n2c2) or .txt files, also with .gz,"
                + " .bz2 or .zst or in a .zip, or .parquet files.")
final class PrepareCommand extends MiaCommand {

    private static final int IGNORED_NAMED = 3;

    @Option(names = "--training", required = true, paramLabel = "PATH",
            description = "All notes that the target was trained on: a file, or a folder of files.")
    private Path training;

    @Option(names = "--nontraining", required = true, paramLabel = "PATH",
            description = "Notes of the same kind that it was not trained on.")
    private Path nonTraining;

    @Option(names = "--external", paramLabel = "PATH", description = "Notes from elsewhere.")
    private Path external;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for the dataset; must be new or empty.")
    private Path output;

    @Option(names = "--patients", paramLabel = "N", converter = SizeConverter.class, defaultValue = "90",
            description = "Of each set, or all (default: ${DEFAULT-VALUE}).")
    private int patients;

    @Option(names = "--sentences", paramLabel = "N", converter = SizeConverter.class, defaultValue = "1000",
            description = "Of each set, or all (default: ${DEFAULT-VALUE}).")
    private int sentences;

    @Option(names = "--allow-fewer", description = "Take what there is where there are too few.")
    private boolean fewerAllowed;

    @Option(names = "--most-per-patient", paramLabel = "N", converter = SizeConverter.class, defaultValue = "all",
            description = "Sentences of a patient (default: ${DEFAULT-VALUE}).")
    private int mostPerPatient;

    @Option(names = "--match-lengths", description = "Take members and non-members in pairs of the same length.")
    private boolean lengthsMatched;

    @Option(names = "--min-length", paramLabel = "N", defaultValue = "20",
            description = "Characters of a sentence (default: ${DEFAULT-VALUE}).")
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

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Of the choice of patients and sentences (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--salt-file", paramLabel = "FILE",
            description = "Whose bytes are the salt of the pseudonyms, but for a line break at the end: the same salt gives a patient"
                    + " the same pseudonym in all"
                    + " datasets (default: a secret salt made of the notes themselves).")
    private Path saltFile;

    @Option(names = "--keep-ids", description = "Call patients by their names in the notes.")
    private boolean idsKept;

    @Option(names = "--patient-column", paramLabel = "NAME",
            description = "Of tables and JSON Lines (default: SUBJECT_ID; in JSON and Parquet group).")
    private String patientColumn;

    @Option(names = "--text-column", paramLabel = "NAME", description = "Likewise (default: TEXT; in JSON and Parquet text).")
    private String textColumn;

    @Option(names = "--ignore", paramLabel = "PATTERN",
            description = "Files that are not to be read, such as '*.md' or 'old/**', by their names or their paths in their input;"
                    + " can be repeated. A file that is neither read nor ignored is an error.")
    private List<String> ignored = List.of();

    @Option(names = "--quote", paramLabel = "double|none", converter = QuotingConverter.class,
            description = "What quotation marks are in tables: around fields, and doubled within, or characters like others (default: found"
                    + " out).")
    private Quoting quoting;

    @Option(names = "--on-bad-row", paramLabel = "fail|skip", converter = PolicyConverter.class, defaultValue = "fail",
            description = "What to do with a row that can't be read; skipped ones are counted and named in datasheet.json (default:"
                    + " ${DEFAULT-VALUE}).")
    private BadRowPolicy onBadRow;

    @Override
    void execute() {
        OutputFolder.at(output).unfinished()
                .forEach(folder -> warn(folder + " was left by a run that was killed, and may hold notes; remove it"));
        Datasheet sheet = preparation().prepareInto(output).datasheet();
        sheet.inputs().keySet().stream().map(PrepareCommand::role).distinct().forEach(role -> printFiles(role, sheet));
        sheet.sets().forEach(PrepareCommand::print);
        warnings(sheet).forEach(PrepareCommand::warn);
        System.out.println("written to " + output);
    }

    /** What makes the sets less apart than they look. */
    private static List<String> warnings(Datasheet sheet) {
        List<String> warnings = new ArrayList<>();
        for (Population population : List.of(Population.MEMBERS, Population.NON_MEMBERS)) {
            Datasheet.SetCounts counts = sheet.sets().get(population);
            if (counts.patientsSeen() + counts.patientsExcluded() == 0) {
                warnings.add("the " + (population == Population.MEMBERS ? "training" : "nontraining")
                        + " notes name no patient: patients can't be told apart, so none can be left out; name the column by"
                        + " --patient-column");
            }
        }
        if (!sheet.badRows().isEmpty()) {
            warnings.add(sheet.badRows().size() + " bad rows skipped; datasheet.json names them");
        }
        if (sheet.trainingRowsUnread() > 0) {
            warnings.add("of " + sheet.trainingRowsUnread()
                    + " of them, in the training notes, the patient can't be told, so a patient of theirs may be among the"
                    + " non-members; mend them");
        }
        return warnings;
    }

    private static void warn(String warning) {
        System.err.println("mia: warning: " + warning);
    }

    private static void printFiles(String role, Datasheet sheet) {
        Map<String, Long> formats = sheet.inputs().keySet().stream().filter(name -> role(name).equals(role))
                .collect(Collectors.groupingBy(PrepareCommand::ending, TreeMap::new, Collectors.counting()));
        List<String> ignored = sheet.ignored().stream().filter(name -> role(name).equals(role)).toList();
        System.out.printf("%-12s %s read%s%n", role,
                formats.entrySet().stream().map(format -> format.getValue() + " " + format.getKey()).collect(Collectors.joining(", ")),
                ignored.isEmpty() ? ""
                        : "; " + ignored.size() + " not read: " + ignored.stream().limit(IGNORED_NAMED).collect(Collectors.joining(", "))
                                + (ignored.size() > IGNORED_NAMED ? " and others, see datasheet.json" : ""));
    }

    private static String role(String input) {
        return input.substring(0, input.indexOf('/'));
    }

    private static String ending(String input) {
        String name = input.toLowerCase(Locale.ROOT);
        String unpacked = name.replaceFirst("\\.(gz|bz2|zst)$", "");
        return name.substring(unpacked.lastIndexOf('.'));
    }

    private DatasetPreparation preparation() {
        return BadUsageException.ifRefused(() -> {
            DatasetPreparation preparation = DatasetPreparation.of(files(training), files(nonTraining)).withSize(patients, sentences)
                    .withMostPerPatient(mostPerPatient).withLeastLength(minimumLength, minimumWords).withoutBoilerplate(boilerplatePatients)
                    .withNormalisation(digitsIgnored ? Normalisation.CASE_SPACE_AND_DIGITS : Normalisation.CASE_AND_SPACE)
                    .withSimilarity(similarity).withSeed(seed);
            DatasetPreparation named = withPseudonyms(preparation);
            DatasetPreparation sized = fewerAllowed ? named.withFewerAllowed() : named;
            DatasetPreparation matched = lengthsMatched ? sized.withMatchedLengths() : sized;
            return external == null ? matched : matched.withExternal(files(external));
        });
    }

    private DatasetPreparation withPseudonyms(DatasetPreparation preparation) {
        if (idsKept) {
            return preparation.withPseudonyms(Pseudonyms.none());
        }
        return saltFile == null ? preparation : preparation.withPseudonyms(Pseudonyms.salted(salt()));
    }

    private byte[] salt() {
        try {
            byte[] bytes = Files.readAllBytes(saltFile);
            int length = bytes.length;
            length -= length > 0 && bytes[length - 1] == '\n' ? 1 : 0;
            length -= length > 0 && bytes[length - 1] == '\r' ? 1 : 0;
            if (length == 0) {
                throw new InvalidFileException(saltFile, "is empty; a salt needs many random bytes");
            }
            return Arrays.copyOf(bytes, length);
        } catch (IOException e) {
            throw new InvalidFileException(saltFile, e);
        }
    }

    private NoteFiles files(Path path) {
        NoteFiles all = NoteFiles.at(path).withBadRows(onBadRow).withIgnored(ignored);
        NoteFiles files = quoting == null ? all : all.withQuoting(quoting);
        NoteFiles named = patientColumn == null ? files : files.withPatientColumn(patientColumn);
        return textColumn == null ? named : named.withTextColumn(textColumn);
    }

    private static void print(Population population, Datasheet.SetCounts counts) {
        String nobody = counts.notesOfNobody() == 0 ? "" : ", " + counts.notesOfNobody() + " notes name nobody";
        String shared = counts.amongNonMembers() == 0 ? ""
                : "; " + counts.amongNonMembers() + " of those left stand among the non-members too";
        System.out.printf(
                "%-12s %d sentences of %d patients%s; left out: %d patients of the training notes, %d short sentences, %d repeated, %d"
                        + " in the training"
                        + " notes, %d nearly, %d boilerplate%s%n",
                population.label(), counts.sampled(), counts.sampledPatients(), nobody, counts.patientsExcluded(), counts.tooShort(),
                counts.repeated(), counts.inTraining(), counts.nearlyInTraining(), counts.boilerplate(), shared);
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

    static final class QuotingConverter implements ITypeConverter<Quoting> {
        @Override
        public Quoting convert(String value) {
            return switch (value) {
                case "double" -> Quoting.DOUBLED;
                case "none" -> Quoting.NONE;
                default -> throw new TypeConversionException("'" + value + "' is neither double nor none");
            };
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
