package io.github.miaudit.data.preparation;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.OutputFolder;
import io.github.miaudit.io.SoftwareVersions;
import io.github.miaudit.notes.Note;
import io.github.miaudit.notes.NoteFiles;
import io.github.miaudit.notes.NoteInputs;
import io.github.miaudit.notes.NotesRead;
import io.github.miaudit.notes.PatientKey;
import io.github.miaudit.notes.Quoting;
import io.github.miaudit.text.NearDuplicates;
import io.github.miaudit.text.Normalisation;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the three sets of an audit from notes: members from the training files, non-members from files of the same kind that
 * were not trained on, externals from elsewhere. Immutable; {@code with…} returns a copy; nothing is read before
 * {@link #prepare()}.
 *
 * <ol>
 * <li>Patients of the training files are left out of the non-members, however the files spell them. Externals are other people,
 *     whatever they are called.</li>
 * <li>For each set so many patients are chosen, in a seeded order, and their notes cut into sentences.</li>
 * <li>Short sentences and repetitions within a set go.</li>
 * <li>From all sets goes what notes of another patient say, exactly or nearly: any training notes, and those of the chosen
 *     non-members; from the externals also what another external says. So members are what is said of one patient only, as the
 *     others are, and if the model remembers nothing, members and non-members can be told apart by nothing but chance.</li>
 * <li>If asked for, boilerplate goes from all sets: what is said of more than so many chosen patients of one.</li>
 * <li>Of what is left so many sentences are taken, in a seeded order; if asked for, members and non-members in pairs
 *     ({@link Matching}).</li>
 * </ol>
 *
 * <p>Where bad rows of the training files are skipped, they give no members, but what can be read of them still counts in the
 * first and the fourth step.
 *
 * <p>The sentences depend on the notes and the options alone: not on files, their names and order, the machine or the Java
 * version. All files are read twice, as streams (Parquet files twice more for their digests), and once more if so many sentences go
 * that the first that were looked for are not enough; input that changes meanwhile is an error. Memory holds the chosen patients' sentences
 * and a little of every patient.
 */
public final class DatasetPreparation {

    /** As many patients, or sentences, as there are. */
    public static final int ALL = Integer.MAX_VALUE;

    private final Draft options;

    private DatasetPreparation(Draft options) {
        this.options = options;
    }

    /**
     * A preparation of 90 patients and 1000 sentences of at least 20 characters a set, as the predecessor's; near
     * overlap from a Jaccard similarity of 0.8; boilerplate stays; seed 1; pseudonyms whose salt is the notes themselves.
     *
     * @param training    all notes that the target was trained on
     * @param nonTraining notes of the same kind that it was not
     */
    public static DatasetPreparation of(NoteFiles training, NoteFiles nonTraining) {
        return of(new NoteInputs(List.of(training)), new NoteInputs(List.of(nonTraining)));
    }

    /**
     * Likewise a preparation from several inputs of a role, each with columns and conditions of its own. It makes no difference which
     * note stands in which of them: who is the same patient in one is so in all.
     *
     * @param training    all notes that the target was trained on
     * @param nonTraining notes of the same kind that it was not
     */
    public static DatasetPreparation of(NoteInputs training, NoteInputs nonTraining) {
        return new DatasetPreparation(new Draft(training, nonTraining));
    }

    /**
     * The preparation with a third set.
     *
     * @param other notes from elsewhere
     */
    public DatasetPreparation withExternal(NoteFiles other) {
        return withExternal(new NoteInputs(List.of(other)));
    }

    /**
     * The preparation with a third set from several inputs.
     *
     * @param other notes from elsewhere
     */
    public DatasetPreparation withExternal(NoteInputs other) {
        return with(draft -> draft.external = Optional.of(other));
    }

    /**
     * The preparation with another splitter.
     *
     * @param other cuts notes into sentences
     */
    public DatasetPreparation withSplitter(SentenceSplitter other) {
        return with(draft -> draft.splitter = other);
    }

    /**
     * The preparation of another size.
     *
     * @param patients  of each set, or {@link #ALL}; at least 1
     * @param sentences of each set, or {@link #ALL}; at least 1
     * @throws IllegalArgumentException if a number is below 1
     */
    public DatasetPreparation withSize(int patients, int sentences) {
        return with(draft -> {
            draft.patients = atLeast(1, "patients", patients);
            draft.sentences = atLeast(1, "sentences", sentences);
        });
    }

    /** The preparation that takes what there is where there are too few patients or sentences, which is an error else. */
    public DatasetPreparation withFewerAllowed() {
        return with(draft -> draft.fewerAllowed = true);
    }

    /**
     * The preparation with at most so many sentences of a patient.
     *
     * @param most at least 1
     * @throws IllegalArgumentException if it is below 1
     */
    public DatasetPreparation withMostPerPatient(int most) {
        return with(draft -> draft.mostPerPatient = atLeast(1, "sentences per patient", most));
    }

    /**
     * The preparation with another least length.
     *
     * @param characters code points; at least 0
     * @param words      separated by white space; at least 0
     * @throws IllegalArgumentException if a number is below 0
     */
    public DatasetPreparation withLeastLength(int characters, int words) {
        return with(draft -> {
            draft.fewestCharacters = atLeast(0, "characters", characters);
            draft.fewestWords = atLeast(0, "words", words);
        });
    }

    /**
     * The preparation without sentences that are said, normalised, of more than so many chosen patients of
     * a set.
     *
     * @param most at least 1
     * @throws IllegalArgumentException if it is below 1
     */
    public DatasetPreparation withoutBoilerplate(int most) {
        return with(draft -> draft.boilerplatePatients = atLeast(1, "patients who share a sentence", most));
    }

    /**
     * The preparation that keeps members that notes of others say too, and marks them. Sentences of the other sets that the training
     * notes say are members in truth, and go all the same: so the sets differ by more than memory, and an audit may well find that
     * nothing can be told.
     */
    public DatasetPreparation withSharedKept() {
        return with(draft -> draft.sharedKept = true);
    }

    /**
     * The preparation with members and non-members in pairs. They have as many sentences, fewer than wanted if too few have a
     * counterpart.
     *
     * @param other in what they are alike
     */
    public DatasetPreparation withMatching(Matching other) {
        return with(draft -> draft.matching = other);
    }

    /**
     * The preparation with another notion of when two sentences are the same, exactly or nearly.
     *
     * @param other what they may differ in
     */
    public DatasetPreparation withNormalisation(Normalisation other) {
        return with(draft -> draft.normalisation = other);
    }

    /**
     * The preparation with another bound of near overlap.
     *
     * @param jaccard in (0, 1]; see {@link NearDuplicates}
     * @throws IllegalArgumentException if it is out of bounds
     */
    public DatasetPreparation withSimilarity(double jaccard) {
        if (!(jaccard > 0 && jaccard <= 1)) {
            throw new IllegalArgumentException("similarity threshold is " + jaccard + "; it must be in (0, 1]");
        }
        return with(draft -> draft.similarity = jaccard);
    }

    /**
     * The preparation that has the training notes searched for overlaps by somebody else, such as a cluster: all of the fourth step that is
     * about them. The training files are read once all the same, for their patients. The dataset and its data sheet are the same.
     *
     * @param other must search all notes of the training files, also what can be read of bad rows that are skipped; what searched others is
     *              refused when the sets are made
     */
    public DatasetPreparation withTrainingSearch(TrainingSearch other) {
        return with(draft -> draft.trainingSearch = Optional.of(other));
    }

    /** The preparation with other draws. */
    public DatasetPreparation withSeed(long other) {
        return with(draft -> draft.seed = other);
    }

    /**
     * The preparation with other names for patients.
     *
     * @param other salted, or none
     */
    public DatasetPreparation withPseudonyms(Pseudonyms other) {
        return with(draft -> draft.pseudonyms = Optional.of(other));
    }

    /**
     * Makes the sets and writes them; whether that is possible is found out before anything is read.
     *
     * @param folder does not exist, or is empty
     * @throws io.github.miaudit.io.InvalidFileException as {@link #prepare()} and {@link PreparedDataset#write} do, and if the
     *                                                folder lies in one of the inputs
     * @throws AuditException                          as {@link #prepare()} does
     */
    public PreparedDataset prepareInto(Path folder) {
        OutputFolder output = OutputFolder.at(folder);
        output.requireFree();
        roles().values().forEach(input -> input.requireApart(output));
        PreparedDataset dataset = prepare();
        dataset.write(folder);
        return dataset;
    }

    /**
     * Reads the files and makes the sets.
     *
     * @throws io.github.miaudit.io.InvalidFileException if a file can't be read, has a bad row that should not be skipped, or
     *                                                changes meanwhile
     * @throws AuditException                          if there are too few patients or sentences, with how many there are, or a search
     *                                                elsewhere was of other notes
     */
    public PreparedDataset prepare() {
        Inputs inputs = new Inputs();
        Set<String> trained = new HashSet<>();
        Chosen training = chosenOfTraining(inputs, trained);
        Chosen nonTraining = chosenOfNonTraining(inputs, trained);
        Optional<Chosen> external = options.external.map(files -> chosenOfExternal(inputs, files));
        Sets first = sets(training, nonTraining, external, options.sentences == ALL || options.matching.isNeeded());
        Sets sets = first.all().stream().allMatch(set -> set.isSettled(options.patients, options.sentences)) ? first
                : sets(training, nonTraining, external, true);
        sets.all().forEach(this::requireEnough);
        sets.members.requireApart(sets.nonMembers);

        Pseudonyms names = options.pseudonyms.orElseGet(() -> Pseudonyms.of(inputs.notes()));
        Datasheet datasheet = new Datasheet(sets.all().stream().collect(Collectors.toMap(SetInMaking::population, SetInMaking::counts)),
                settings(), Recipe.of(roles(), recipe()).toString(), names.saltDigest(), inputs.digests(), inputs.dialects(),
                inputs.ignored(),
                inputs.badRows(), inputs.rowsLeftOut(), training.read.badRowsOfNobody());
        return new PreparedDataset(sets.all().stream().collect(Collectors.toMap(SetInMaking::population, set -> set.named(names))),
                datasheet);
    }

    /** The sets with their samples. */
    private record Sets(SetInMaking members, SetInMaking nonMembers, Optional<SetInMaking> externals) {

        private List<SetInMaking> all() {
            return Stream.concat(Stream.of(members, nonMembers), externals.stream()).toList();
        }
    }

    private Sets sets(Chosen training, Chosen nonTraining, Optional<Chosen> external, boolean all) {
        Sampling sampling = new Sampling(new SeededOrder(options.seed), options.sentences, options.mostPerPatient);
        Sets sets = new Sets(new SetInMaking(Population.MEMBERS, training.pool, sampling, all),
                new SetInMaking(Population.NON_MEMBERS, nonTraining.pool, sampling, all),
                external.map(chosen -> new SetInMaking(Population.EXTERNALS, chosen.pool, sampling, all)));
        removeOrMarkShared(sets, training, nonTraining, external);
        Set<String> boilerplate = options.boilerplatePatients == ALL ? Set.of()
                : sets.all().stream().flatMap(set -> set.saidOfMoreThan(options.boilerplatePatients)).collect(Collectors.toSet());
        sets.all().forEach(set -> set.removeBoilerplate(boilerplate));
        sets.all().forEach(set -> set.sample(sampling.of(set.left())));
        if (options.matching.isNeeded()) {
            Sampling.Matched matched = sampling.matched(sets.members.left(), sets.nonMembers.left(), options.matching);
            sets.members.sample(matched.sample(), matched.unmatched());
            sets.nonMembers.sample(matched.other(), matched.unmatchedOthers());
        }
        return sets;
    }

    private void removeOrMarkShared(Sets sets, Chosen training, Chosen nonTraining, Optional<Chosen> external) {
        SentenceSearch search = SentenceSearch.of(sets.all().stream().flatMap(set -> set.said().stream()).collect(Collectors.toSet()),
                options.splitter, options.normalisation, options.similarity, new SeededOrder(options.seed));
        Overlaps inTraining = options.trainingSearch.map(elsewhere -> training.overlapsElsewhere(search, elsewhere))
                .orElseGet(() -> training.overlaps(search, note -> Optional.of(training.pool.owner(note))));
        Overlaps ofNonMembers = nonTraining.overlaps(search, nonTraining.pool::chosenOwner);
        Overlaps ofExternals = external.map(chosen -> chosen.overlaps(search, chosen.pool::chosenOwner))
                .orElseGet(() -> Overlaps.of(search));
        sets.all().stream().filter(set -> set != sets.members || !options.sharedKept).forEach(set -> set.removeTrained(inTraining));
        if (options.sharedKept) {
            sets.members.markShared(inTraining);
            sets.all().forEach(set -> set.markShared(ofNonMembers));
            sets.externals.ifPresent(set -> set.markShared(ofExternals));
        } else {
            sets.all().forEach(set -> set.removeSaidOfOthers(ofNonMembers));
            sets.externals.ifPresent(set -> set.removeSaidOfOthers(ofExternals));
        }
    }

    int patients() {
        return options.patients;
    }

    long seed() {
        return options.seed;
    }

    SentenceSplitter splitter() {
        return options.splitter;
    }

    Normalisation normalisation() {
        return options.normalisation;
    }

    boolean isLongEnough(String sentence) {
        return sentence.codePointCount(0, sentence.length()) >= options.fewestCharacters
                && sentence.split(" ").length >= options.fewestWords;
    }

    /** What a role's files gave when they were read first: the chosen patients' sentences, and what a search elsewhere must have read. */
    private record Chosen(NoteInputs files, NotesRead read, SentencePool pool, SearchedNotes searchable) {

        /** Has all notes searched elsewhere. */
        private Overlaps overlapsElsewhere(SentenceSearch search, TrainingSearch elsewhere) {
            Overlaps overlaps = elsewhere.find(search);
            overlaps.requireAll(search, searchable.digest());
            return overlaps;
        }

        /** Reads the files again for whose notes hold which sentences. */
        private Overlaps overlaps(SentenceSearch search, Function<Note, Optional<Owner>> ownerOf) {
            Overlaps overlaps = Overlaps.of(search);
            files.requireSame(read, NotesSearch.read(files, ownerOf, overlaps));
            return overlaps;
        }
    }

    private Chosen chosenOfTraining(Inputs inputs, Set<String> trained) {
        SentencePool pool = new SentencePool(this, Owner.TRAINING);
        NoteInputs files = options.training.withLabels(options.matching.columns());
        SearchedNotes searchable = new SearchedNotes();
        Consumer<Note> all = note -> {
            note.patient().flatMap(PatientKey::of).ifPresent(trained::add);
            if (options.trainingSearch.isPresent()) {
                searchable.add(note.patient(), note.text());
            }
        };
        return new Chosen(files, inputs.read("training", files, all.andThen(pool::add), all), pool, searchable);
    }

    private Chosen chosenOfNonTraining(Inputs inputs, Set<String> trained) {
        SentencePool pool = new SentencePool(this, "nontraining");
        NoteInputs files = options.nonTraining.withLabels(options.matching.columns());
        return new Chosen(files, inputs.read("nontraining", files, note -> {
            Optional<String> key = note.patient().flatMap(PatientKey::of).filter(trained::contains);
            if (key.isPresent()) {
                pool.exclude(key.get());
            } else {
                pool.add(note);
            }
        }, remains -> {
        }), pool, new SearchedNotes());
    }

    private Chosen chosenOfExternal(Inputs inputs, NoteInputs files) {
        SentencePool pool = new SentencePool(this, "external");
        return new Chosen(files, inputs.read("external", files, pool::add, remains -> {
        }), pool, new SearchedNotes());
    }

    private void requireEnough(SetInMaking set) {
        Population population = set.population();
        int sampled = set.sampled().size();
        String counterpart = options.matching.isNeeded() && population != Population.EXTERNALS
                ? " that have a counterpart by " + options.matching
                : "";
        if (sampled == 0) {
            throw new AuditException("0 sentences are left for the " + population.words() + counterpart + "; give more notes"
                    + (options.patients == ALL ? "" : ", take more patients") + remedy("want shorter sentences"));
        }
        List<Owner> owners = set.left().stream().map(Candidate::owner).distinct().toList();
        if (!options.fewerAllowed && options.patients != ALL && owners.size() < options.patients) {
            boolean known = owners.stream().allMatch(owner -> owner.patient().isPresent());
            throw new AuditException(
                    owners.size() + (known ? " patients" : " patients or notes of nobody") + " with a sentence are left for the "
                            + population.words() + ", but " + options.patients + " are wanted; want fewer, or allow fewer");
        }
        if (!options.fewerAllowed && options.sentences != ALL && sampled < options.sentences) {
            throw new AuditException(sampled + " sentences are left for the " + population.words() + counterpart + ", but "
                    + options.sentences + " are wanted; want fewer, take more patients" + remedy("allow fewer"));
        }
    }

    private String remedy(String last) {
        return options.sharedKept ? ", or " + last : ", " + last + ", or keep what is said of others too";
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("version", SoftwareVersions.miaudit());
        settings.put("splitter", name(options.splitter.getClass()));
        settings.putAll(sampling());
        settings.put("on-bad-row", perRole(files -> word(files.badRows())));
        // patterns can name patients, whose names files have; the recipe holds them
        settings.put("ignore", perRole(files -> files.ignored().isEmpty() ? "nothing" : files.ignored().size() + " patterns"));
        settings.put("quote", perRole(files -> files.quoting().map(Quoting::label).orElse("found out")));
        settings.put("text-files", perRole(files -> files.textFiles().label()));
        settings.put("patient-column", perRole(files -> files.columns().patient().orElse("usual")));
        settings.put("text-column", perRole(files -> files.columns().text().orElse("usual")));
        settings.put("where", perRole(files -> files.filter().columns().isEmpty() ? "all" : String.join(" ", files.filter().columns())));
        return settings;
    }

    /** The options of a recipe, which are those of the command line. */
    private Map<String, String> recipe() {
        Map<String, String> recipe = sampling();
        if (!options.matching.isNeeded()) {
            recipe.remove("match");
        }
        if (!(options.splitter instanceof ClinicalSentenceSplitter)) {
            recipe.put("splitter", name(options.splitter.getClass())); // no command line has it, so it can be repeated from Java alone
        }
        options.pseudonyms.ifPresent(pseudonyms -> recipe.putAll(pseudonyms.recipe()));
        return recipe;
    }

    /** The options by which sentences are chosen. */
    private Map<String, String> sampling() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("patients", number(options.patients));
        settings.put("sentences", number(options.sentences));
        settings.put("allow-fewer", Boolean.toString(options.fewerAllowed));
        settings.put("most-per-patient", number(options.mostPerPatient));
        settings.put("min-length", number(options.fewestCharacters));
        settings.put("min-words", number(options.fewestWords));
        settings.put("boilerplate-patients", number(options.boilerplatePatients));
        settings.put("keep-shared", Boolean.toString(options.sharedKept));
        settings.put("match", options.matching.toString());
        settings.put("ignore-digits", Boolean.toString(options.normalisation == Normalisation.CASE_SPACE_AND_DIGITS));
        settings.put("similarity", Double.toString(options.similarity));
        settings.put("seed", Long.toString(options.seed));
        return settings;
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a class is called that can be found by its name. */
    private static String name(Class<?> type) {
        return type.isAnonymousClass() || type.isHidden() || type.isSynthetic() ? "custom" : type.getSimpleName();
    }

    /** A setting of the inputs, once if it is the same for all. */
    private String perRole(Function<NoteFiles, String> setting) {
        Map<String, NoteFiles> inputs = inputs();
        List<String> values = inputs.values().stream().map(setting).distinct().toList();
        return values.size() == 1 ? values.get(0) : inputs.entrySet().stream()
                .map(input -> input.getKey() + " " + setting.apply(input.getValue())).collect(Collectors.joining(", "));
    }

    /** All inputs by their names, which tell the role and, where it has several, the number. */
    private Map<String, NoteFiles> inputs() {
        Map<String, NoteFiles> inputs = new LinkedHashMap<>();
        roles().forEach((role, ofRole) -> {
            for (int input = 0; input < ofRole.files().size(); input++) {
                inputs.put(ofRole.files().size() == 1 ? role : role + "/" + (input + 1), ofRole.files().get(input));
            }
        });
        return inputs;
    }

    private Map<String, NoteInputs> roles() {
        Map<String, NoteInputs> roles = new LinkedHashMap<>();
        roles.put("training", options.training);
        roles.put("nontraining", options.nonTraining);
        options.external.ifPresent(files -> roles.put("external", files));
        return roles;
    }

    private static String number(int value) {
        return value == ALL ? "all" : Integer.toString(value);
    }

    private DatasetPreparation with(Consumer<Draft> change) {
        return new DatasetPreparation(options.with(change));
    }

    private static int atLeast(int least, String what, int number) {
        if (number < least) {
            throw new IllegalArgumentException(what + " are " + number + "; at least " + least + " is needed");
        }
        return number;
    }

    /** The options; changed only before they are anybody's. */
    private static final class Draft implements Cloneable {
        private final NoteInputs training;
        private final NoteInputs nonTraining;
        private Optional<NoteInputs> external = Optional.empty();
        private SentenceSplitter splitter = new ClinicalSentenceSplitter();
        private int patients = 90;
        private int sentences = 1000;
        private boolean fewerAllowed;
        private int mostPerPatient = ALL;
        private boolean sharedKept;
        private Matching matching = Matching.none();
        private int fewestCharacters = 20;
        private int fewestWords = 1;
        private int boilerplatePatients = ALL;
        private Normalisation normalisation = Normalisation.CASE_AND_SPACE;
        private double similarity = 0.8;
        private long seed = 1;
        private Optional<Pseudonyms> pseudonyms = Optional.empty();
        private Optional<TrainingSearch> trainingSearch = Optional.empty();

        private Draft(NoteInputs training, NoteInputs nonTraining) {
            this.training = training;
            this.nonTraining = nonTraining;
        }

        private Draft with(Consumer<Draft> change) {
            try {
                Draft copy = (Draft) clone();
                change.accept(copy);
                return copy;
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
