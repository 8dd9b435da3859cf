package io.github.miaudit.cli;

import io.github.miaudit.data.Population;
import io.github.miaudit.data.preparation.DatasetPreparation;
import io.github.miaudit.data.preparation.Datasheet;
import io.github.miaudit.io.OutputFolder;
import io.github.miaudit.notes.NoteInputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mia prepare}: a dataset from notes. */
@Command(name = "prepare", defaultValueProvider = RecipeFile.Defaults.class,
        description = "Makes the three sets of an audit from notes: .csv, .tsv, .json, .xml (n2c2, i2b2) or .txt files, also with .gz,"
                + " .bz2 or .zst or in a .zip, or .parquet files.")
final class PrepareCommand extends MiaCommand {

    private static final int IGNORED_NAMED = 3;

    @Option(names = "--training", paramLabel = "NOTES", converter = NotesInput.Converter.class,
            description = "All notes that the target was trained on: a file or a folder of files, or notes=PATH and how they are read:"
                    + " preset=NAME, patient=COLUMN, text=COLUMN, where=COLUMN:VALUE|VALUE, where=COLUMN!:VALUE, on-bad-row=skip, with"
                    + " commas between. May be given several times, as the next two.")
    private List<NotesInput> training = List.of();

    @Option(names = "--nontraining", paramLabel = "NOTES", converter = NotesInput.Converter.class,
            description = "Notes of the same kind that it was not trained on.")
    private List<NotesInput> nonTraining = List.of();

    @Option(names = "--external", paramLabel = "NOTES", converter = NotesInput.Converter.class, description = "Notes from elsewhere.")
    private List<NotesInput> external = List.of();

    @Option(names = RecipeFile.OPTION, paramLabel = "FILE", converter = RecipeFile.Converter.class,
            description = "Inputs and options in YAML, or a datasheet.json, whose dataset is made again; options that are given here too"
                    + " win.")
    private RecipeFile recipe;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for the dataset; must be new or empty.")
    private Path output;

    @Mixin
    private NotesOptions notes;

    @Mixin
    private PreparationOptions options;

    @Override
    void execute() {
        OutputFolder.at(output).unfinished()
                .forEach(folder -> warn(folder + " was left by a run that was killed, and may hold notes; remove it"));
        Datasheet sheet = preparation().prepareInto(output).datasheet();
        sheet.inputs().keySet().stream().map(PrepareCommand::role).distinct().forEach(role -> printFiles(role, sheet));
        sheet.sets().forEach(PrepareCommand::print);
        printPromises(sheet.sets().get(Population.NON_MEMBERS).sampledPatients());
        warnings(sheet).forEach(PrepareCommand::warn);
        if (recipe != null) {
            recipe.changes(sheet).forEach(PrepareCommand::warn);
        }
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
            } else if (counts.notesOfNobody() > 0) {
                warnings.add(counts.notesOfNobody() + " of the " + (population == Population.MEMBERS ? "training" : "nontraining")
                        + " notes name no patient, so whose they are may stand in the other set too; name the column by --patient-column,"
                        + " or of an input of its own by patient=");
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
        long leftOut = sheet.rowsLeftOut().get(role);
        System.out.printf("%-12s %s read%s%s%n", role,
                formats.entrySet().stream().map(format -> format.getValue() + " " + format.getKey()).collect(Collectors.joining(", ")),
                leftOut == 0 ? "" : "; " + leftOut + " rows left out, as where says",
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
        DatasetPreparation preparation = options.of(required("training", training), required("nontraining", nonTraining));
        return inputs("external", external).map(preparation::withExternal).orElse(preparation);
    }

    private NoteInputs required(String role, List<NotesInput> given) {
        return inputs(role, given).orElseThrow(() -> new BadUsageException(
                "Missing required option: '--" + role + "=NOTES'" + (recipe == null ? "" : ", which the recipe doesn't name either")));
    }

    private Optional<NoteInputs> inputs(String role, List<NotesInput> given) {
        List<NotesInput> ofRecipe = recipe == null ? List.of() : recipe.inputs(role);
        if (!given.isEmpty() && !ofRecipe.isEmpty()) {
            throw new BadUsageException("--" + role + " and the recipe both name " + role + " notes; leave one out");
        }
        List<NotesInput> inputs = given.isEmpty() ? ofRecipe : given;
        return inputs.isEmpty() ? Optional.empty() : Optional.of(NotesInput.toInputs(inputs, notes));
    }

    private static void print(Population population, Datasheet.SetCounts counts) {
        String nobody = counts.notesOfNobody() == 0 ? "" : ", " + counts.notesOfNobody() + " notes name nobody";
        String shared = counts.shared() == 0 ? "" : "; " + counts.shared() + " of those left are said of others too";
        String unmatched = counts.unmatched() == 0 ? "" : "; " + counts.unmatched() + " of those left have no counterpart";
        System.out.printf(
                "%-12s %d sentences of %d patients%s; left out: %d patients of the training notes, %d short sentences, %d repeated,"
                        + " %d in others' training notes, %d nearly, %d in the notes of others who were not trained on, %d"
                        + " boilerplate%s%s%n",
                population.words(), counts.sampled(), counts.sampledPatients(), nobody, counts.patientsExcluded(), counts.tooShort(),
                counts.repeated(), counts.inTraining(), counts.nearlyInTraining(), counts.saidOfOthers(), counts.boilerplate(), shared,
                unmatched);
    }

    private static void printPromises(long patients) {
        System.out.println("An audit can promise a false positive rate by patient with enough non-members: "
                + Datasheet.promises().stream().map(promise -> String.format(Locale.ROOT, "%.1f %% with %d patients, near it %d",
                        100 * promise.fpr(), promise.patients(), promise.near())).collect(Collectors.joining("; "))
                + "; there are " + patients);
    }
}
