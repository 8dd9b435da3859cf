package io.github.miaudit.data.preparation;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.OutputFolder;
import io.github.miaudit.io.SoftwareVersions;
import io.github.miaudit.notes.NoteFiles;
import io.github.miaudit.notes.NotesRead;
import io.github.miaudit.notes.PatientKey;
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
 * <li>Sentences of the other sets that stand in the training files, anywhere, or nearly do, are members in truth, and go.</li>
 * <li>If asked for, boilerplate goes from all sets: what is said of more than so many chosen patients of one.</li>
 * <li>Of what is left so many sentences are taken, in a seeded order; if asked for, members and non-members in pairs of
 *     the same length.</li>
 * </ol>
 *
 * <p>Where bad rows of the training files are skipped, they give no members, but what can be read of them still counts in the
 * first and the fourth step.
 *
 * <p>The sentences depend on the notes and the options alone: not on files, their names and order, the machine or the Java
 * version. The training files are read twice, the others once, as streams (Parquet files are read twice more for their
 * digests); input that changes meanwhile is an error. Memory holds the chosen patients' sentences and a little of every patient.
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
        return new DatasetPreparation(new Draft(training, nonTraining));
    }

    /**
     * The preparation with a third set.
     *
     * @param other notes from elsewhere
     */
    public DatasetPreparation withExternal(NoteFiles other) {
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
     * The preparation with members and non-members in pairs of the same length, to within an eighth: so length alone can't
     * tell the sets apart. They have as many sentences, fewer than wanted if too few have a counterpart.
     */
    public DatasetPreparation withMatchedLengths() {
        return with(draft -> draft.lengthsMatched = true);
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
        inputs().values().forEach(input -> input.requireApart(output));
        PreparedDataset dataset = prepare();
        dataset.write(folder);
        return dataset;
    }

    /**
     * Reads the files and makes the sets.
     *
     * @throws io.github.miaudit.io.InvalidFileException if a file can't be read, has a bad row that should not be skipped, or
     *                                                changes meanwhile
     * @throws AuditException                          if there are too few patients or sentences, with how many there are
     */
    public PreparedDataset prepare() {
        Inputs inputs = new Inputs();
        Set<String> trained = new HashSet<>();
        SentencePool chosen = new SentencePool(this, "members");
        NotesRead first = inputs.read("training", options.training, note -> {
            note.patient().flatMap(PatientKey::of).ifPresent(trained::add);
            chosen.add(note);
        }, remains -> remains.patient().flatMap(PatientKey::of).ifPresent(trained::add));
        SetInMaking members = new SetInMaking(Population.MEMBERS, chosen);
        SetInMaking nonMembers = new SetInMaking(Population.NON_MEMBERS, nonMembers(inputs, trained));
        Optional<SetInMaking> externals = options.external.map(files -> new SetInMaking(Population.EXTERNALS, externals(inputs, files)));
        List<SetInMaking> others = Stream.concat(Stream.of(nonMembers), externals.stream()).toList();
        List<SetInMaking> sets = Stream.concat(Stream.of(members), others.stream()).toList();

        Set<String> said = others.stream().flatMap(set -> set.said().stream()).collect(Collectors.toSet());
        TrainingOverlap overlap = TrainingOverlap.none();
        options.training.requireSame(first,
                overlap.compare(said, options.training, options.splitter, options.normalisation, options.similarity));
        Set<String> boilerplate = options.boilerplatePatients == ALL ? Set.of()
                : sets.stream().flatMap(set -> set.saidOfMoreThan(options.boilerplatePatients)).collect(Collectors.toSet());
        others.forEach(set -> set.removeTrained(overlap));
        sets.forEach(set -> set.removeBoilerplate(boilerplate));

        Sampling sampling = new Sampling(new SeededOrder(options.seed), options.sentences, options.mostPerPatient);
        sets.forEach(set -> set.sample(sampling.of(set.left())));
        if (options.lengthsMatched) {
            Sampling.Matched matched = sampling.matched(members.left(), nonMembers.left());
            members.sample(matched.sample());
            nonMembers.sample(matched.other());
        }
        sets.forEach(this::requireEnough);
        members.requireApart(nonMembers);

        Pseudonyms names = options.pseudonyms.orElseGet(() -> Pseudonyms.of(inputs.notes()));
        Datasheet datasheet = new Datasheet(sets.stream().collect(Collectors.toMap(SetInMaking::population, set -> set.counts(nonMembers))),
                settings(), names.saltDigest(), inputs.digests(), inputs.dialects(), inputs.ignored(), inputs.badRows(),
                first.badRowsOfNobody());
        return new PreparedDataset(sets.stream().collect(Collectors.toMap(SetInMaking::population, set -> set.named(names))), datasheet);
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

    private SentencePool nonMembers(Inputs inputs, Set<String> trained) {
        SentencePool pool = new SentencePool(this, "nontraining");
        inputs.read("nontraining", options.nonTraining, note -> {
            Optional<String> key = note.patient().flatMap(PatientKey::of).filter(trained::contains);
            if (key.isPresent()) {
                pool.exclude(key.get());
            } else {
                pool.add(note);
            }
        }, remains -> {
        });
        return pool;
    }

    private SentencePool externals(Inputs inputs, NoteFiles files) {
        SentencePool pool = new SentencePool(this, "external");
        inputs.read("external", files, pool::add, remains -> {
        });
        return pool;
    }

    private void requireEnough(SetInMaking set) {
        Population population = set.population();
        int sampled = set.sampled().size();
        String counterpart = options.lengthsMatched && population != Population.EXTERNALS ? " that have a counterpart of their length" : "";
        if (sampled == 0) {
            throw new AuditException("0 sentences are left for the " + population.label() + counterpart + "; give more notes"
                    + (options.patients == ALL ? "" : ", take more patients") + ", or want shorter sentences");
        }
        List<Owner> owners = set.left().stream().map(Candidate::owner).distinct().toList();
        if (!options.fewerAllowed && options.patients != ALL && owners.size() < options.patients) {
            boolean known = owners.stream().allMatch(owner -> owner.patient().isPresent());
            throw new AuditException(
                    owners.size() + (known ? " patients" : " patients or notes of nobody") + " with a sentence are left for the "
                            + population.label() + ", but " + options.patients + " are wanted; want fewer, or allow fewer");
        }
        if (!options.fewerAllowed && options.sentences != ALL && sampled < options.sentences) {
            throw new AuditException(sampled + " sentences are left for the " + population.label() + counterpart + ", but "
                    + options.sentences + " are wanted; want fewer, take more patients, or allow fewer");
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("version", SoftwareVersions.miaudit());
        settings.put("splitter", name(options.splitter.getClass()));
        settings.put("patients", number(options.patients));
        settings.put("sentences", number(options.sentences));
        settings.put("allow-fewer", Boolean.toString(options.fewerAllowed));
        settings.put("most-per-patient", number(options.mostPerPatient));
        settings.put("min-length", number(options.fewestCharacters));
        settings.put("min-words", number(options.fewestWords));
        settings.put("boilerplate-patients", number(options.boilerplatePatients));
        settings.put("match-lengths", Boolean.toString(options.lengthsMatched));
        settings.put("ignore-digits", Boolean.toString(options.normalisation == Normalisation.CASE_SPACE_AND_DIGITS));
        settings.put("similarity", Double.toString(options.similarity));
        settings.put("seed", Long.toString(options.seed));
        settings.put("on-bad-row", perRole(files -> word(files.badRows())));
        settings.put("ignore", perRole(files -> files.ignored().isEmpty() ? "nothing" : String.join(" ", files.ignored())));
        settings.put("quote", perRole(files -> files.quoting().map(DatasetPreparation::word).orElse("found out")));
        settings.put("plain-text", perRole(files -> word(files.plainText())));
        settings.put("patient-column", perRole(files -> files.columns().patient().orElse("usual")));
        settings.put("text-column", perRole(files -> files.columns().text().orElse("usual")));
        return settings;
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a class is called that can be found by its name. */
    private static String name(Class<?> type) {
        return type.isAnonymousClass() || type.isHidden() || type.isSynthetic() ? "custom" : type.getSimpleName();
    }

    /** A setting of the files, once if it is the same for all. */
    private String perRole(Function<NoteFiles, String> setting) {
        Map<String, NoteFiles> inputs = inputs();
        List<String> values = inputs.values().stream().map(setting).distinct().toList();
        return values.size() == 1 ? values.get(0) : inputs.entrySet().stream()
                .map(input -> input.getKey() + " " + setting.apply(input.getValue())).collect(Collectors.joining(", "));
    }

    private Map<String, NoteFiles> inputs() {
        Map<String, NoteFiles> inputs = new LinkedHashMap<>();
        inputs.put("training", options.training);
        inputs.put("nontraining", options.nonTraining);
        options.external.ifPresent(files -> inputs.put("external", files));
        return inputs;
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
        private final NoteFiles training;
        private final NoteFiles nonTraining;
        private Optional<NoteFiles> external = Optional.empty();
        private SentenceSplitter splitter = new ClinicalSentenceSplitter();
        private int patients = 90;
        private int sentences = 1000;
        private boolean fewerAllowed;
        private int mostPerPatient = ALL;
        private boolean lengthsMatched;
        private int fewestCharacters = 20;
        private int fewestWords = 1;
        private int boilerplatePatients = ALL;
        private Normalisation normalisation = Normalisation.CASE_AND_SPACE;
        private double similarity = 0.8;
        private long seed = 1;
        private Optional<Pseudonyms> pseudonyms = Optional.empty();

        private Draft(NoteFiles training, NoteFiles nonTraining) {
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
