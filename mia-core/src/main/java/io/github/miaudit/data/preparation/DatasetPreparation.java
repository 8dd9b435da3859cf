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
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    private final NoteFiles training;
    private final NoteFiles nonTraining;
    private final Optional<NoteFiles> external;
    private final SentenceSplitter splitter;
    private final Limits limits;
    private final Normalisation normalisation;
    private final double similarity;
    private final long seed;
    private final Optional<Pseudonyms> pseudonyms;

    /** Numbers that can be asked for. */
    private record Limits(int patients, int sentences, boolean fewerAllowed, int mostPerPatient, boolean lengthsMatched, int fewestCharacters, int fewestWords,
            int boilerplatePatients) {
    }

    private DatasetPreparation(NoteFiles training, NoteFiles nonTraining, Optional<NoteFiles> external, SentenceSplitter splitter, Limits limits,
            Normalisation normalisation, double similarity, long seed, Optional<Pseudonyms> pseudonyms) {
        this.training = training;
        this.nonTraining = nonTraining;
        this.external = external;
        this.splitter = splitter;
        this.limits = limits;
        this.normalisation = normalisation;
        this.similarity = similarity;
        this.seed = seed;
        this.pseudonyms = pseudonyms;
    }

    /**
     * A preparation of 90 patients and 1000 sentences of at least 20 characters a set, as the predecessor's; near
     * overlap from a Jaccard similarity of 0.8; boilerplate stays; seed 1; pseudonyms whose salt is the notes themselves.
     *
     * @param training    all notes that the target was trained on
     * @param nonTraining notes of the same kind that it was not
     * @return the preparation
     */
    public static DatasetPreparation of(NoteFiles training, NoteFiles nonTraining) {
        return new DatasetPreparation(training, nonTraining, Optional.empty(), new ClinicalSentenceSplitter(),
                new Limits(90, 1000, false, ALL, false, 20, 1, ALL), Normalisation.CASE_AND_SPACE, 0.8, 1, Optional.empty());
    }

    /**
     * The preparation with a third set.
     *
     * @param other notes from elsewhere
     * @return a copy
     */
    public DatasetPreparation withExternal(NoteFiles other) {
        return new DatasetPreparation(training, nonTraining, Optional.of(other), splitter, limits, normalisation, similarity, seed, pseudonyms);
    }

    /**
     * The preparation with another splitter.
     *
     * @param other cuts notes into sentences
     * @return a copy
     */
    public DatasetPreparation withSplitter(SentenceSplitter other) {
        return new DatasetPreparation(training, nonTraining, external, other, limits, normalisation, similarity, seed, pseudonyms);
    }

    /**
     * The preparation of another size.
     *
     * @param patients  of each set, or {@link #ALL}; at least 1
     * @param sentences of each set, or {@link #ALL}; at least 1
     * @return a copy
     * @throws IllegalArgumentException if a number is below 1
     */
    public DatasetPreparation withSize(int patients, int sentences) {
        return with(new Limits(atLeast(1, "patients", patients), atLeast(1, "sentences", sentences), limits.fewerAllowed, limits.mostPerPatient, limits.lengthsMatched,
                limits.fewestCharacters, limits.fewestWords, limits.boilerplatePatients));
    }

    /**
     * The preparation that takes what there is where there are too few patients or sentences, which is an error else.
     *
     * @return a copy
     */
    public DatasetPreparation withFewerAllowed() {
        return with(new Limits(limits.patients, limits.sentences, true, limits.mostPerPatient, limits.lengthsMatched,
                limits.fewestCharacters, limits.fewestWords, limits.boilerplatePatients));
    }

    /**
     * The preparation with at most so many sentences of a patient.
     *
     * @param most at least 1
     * @return a copy
     * @throws IllegalArgumentException if it is below 1
     */
    public DatasetPreparation withMostPerPatient(int most) {
        return with(new Limits(limits.patients, limits.sentences, limits.fewerAllowed, atLeast(1, "sentences per patient", most), limits.lengthsMatched,
                limits.fewestCharacters, limits.fewestWords, limits.boilerplatePatients));
    }

    /**
     * The preparation with another least length.
     *
     * @param characters code points; at least 0
     * @param words      separated by white space; at least 0
     * @return a copy
     * @throws IllegalArgumentException if a number is below 0
     */
    public DatasetPreparation withLeastLength(int characters, int words) {
        return with(new Limits(limits.patients, limits.sentences, limits.fewerAllowed, limits.mostPerPatient, limits.lengthsMatched,
                atLeast(0, "characters", characters), atLeast(0, "words", words), limits.boilerplatePatients));
    }

    /**
     * The preparation without sentences that are said, normalised, of more than so many chosen patients of
     * a set.
     *
     * @param most at least 1
     * @return a copy
     * @throws IllegalArgumentException if it is below 1
     */
    public DatasetPreparation withoutBoilerplate(int most) {
        return with(new Limits(limits.patients, limits.sentences, limits.fewerAllowed, limits.mostPerPatient, limits.lengthsMatched,
                limits.fewestCharacters, limits.fewestWords, atLeast(1, "patients who share a sentence", most)));
    }

    /**
     * The preparation with members and non-members in pairs of the same length, to within an eighth: so length alone can't
     * tell the sets apart. They have as many sentences, fewer than wanted if too few have a counterpart.
     *
     * @return a copy
     */
    public DatasetPreparation withMatchedLengths() {
        return with(new Limits(limits.patients, limits.sentences, limits.fewerAllowed, limits.mostPerPatient, true,
                limits.fewestCharacters, limits.fewestWords, limits.boilerplatePatients));
    }

    /**
     * The preparation with another notion of when two sentences are the same, exactly or nearly.
     *
     * @param other what they may differ in
     * @return a copy
     */
    public DatasetPreparation withNormalisation(Normalisation other) {
        return new DatasetPreparation(training, nonTraining, external, splitter, limits, other, similarity, seed, pseudonyms);
    }

    /**
     * The preparation with another bound of near overlap.
     *
     * @param jaccard in (0, 1]; see {@link NearDuplicates}
     * @return a copy
     * @throws IllegalArgumentException if it is out of bounds
     */
    public DatasetPreparation withSimilarity(double jaccard) {
        if (!(jaccard > 0 && jaccard <= 1)) {
            throw new IllegalArgumentException("similarity threshold is " + jaccard + "; it must be in (0, 1]");
        }
        return new DatasetPreparation(training, nonTraining, external, splitter, limits, normalisation, jaccard, seed, pseudonyms);
    }

    /**
     * The preparation with other draws.
     *
     * @param other any number
     * @return a copy
     */
    public DatasetPreparation withSeed(long other) {
        return new DatasetPreparation(training, nonTraining, external, splitter, limits, normalisation, similarity, other, pseudonyms);
    }

    /**
     * The preparation with other names for patients.
     *
     * @param other salted, or none
     * @return a copy
     */
    public DatasetPreparation withPseudonyms(Pseudonyms other) {
        return new DatasetPreparation(training, nonTraining, external, splitter, limits, normalisation, similarity, seed, Optional.of(other));
    }

    /**
     * Makes the sets and writes them; whether that is possible is found out before anything is read.
     *
     * @param folder does not exist, or is empty
     * @return the dataset
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
     * @return the dataset
     * @throws io.github.miaudit.io.InvalidFileException if a file can't be read, has a bad row that should not be skipped, or
     *                                                changes meanwhile
     * @throws AuditException                          if there are too few patients or sentences, with how many there are
     */
    public PreparedDataset prepare() {
        Inputs inputs = new Inputs();
        Set<String> trained = new HashSet<>();
        EnumMap<Population, SentencePool> pools = new EnumMap<>(Population.class);
        SentencePool members = new SentencePool(this, "members");
        pools.put(Population.MEMBERS, members);
        NotesRead first = inputs.read("training", training, note -> {
            note.patient().map(PatientKey::of).ifPresent(trained::add);
            members.add(note);
        }, remains -> remains.patient().map(PatientKey::of).ifPresent(trained::add));
        pools.put(Population.NON_MEMBERS, nonMembers(inputs, trained));
        external.ifPresent(files -> pools.put(Population.EXTERNALS, externals(inputs, files)));

        EnumMap<Population, Map<String, Candidate>> left = new EnumMap<>(Population.class);
        pools.forEach((population, pool) -> left.put(population, withoutRepetitions(pool.candidates())));
        Set<String> others = left.values().stream().skip(1).flatMap(candidates -> candidates.keySet().stream()).collect(Collectors.toSet());
        TrainingOverlap overlap = TrainingOverlap.none();
        training.requireSame(first, overlap.compare(others, training, splitter, normalisation, similarity));
        Set<String> boilerplate = pools.values().stream().flatMap(pool -> boilerplate(pool.candidates()).stream()).collect(Collectors.toSet());

        EnumMap<Population, Losses> losses = new EnumMap<>(Population.class);
        left.forEach((population, candidates) -> {
            long different = candidates.size();
            long same = population == Population.MEMBERS ? 0 : remove(candidates, overlap.same());
            long similar = population == Population.MEMBERS ? 0 : remove(candidates, overlap.similar());
            losses.put(population, new Losses(different, same, similar, remove(candidates, boilerplate)));
        });

        Pseudonyms names = pseudonyms.orElseGet(() -> Pseudonyms.of(inputs.notes()));
        EnumMap<Population, List<PreparedSentence>> sets = new EnumMap<>(Population.class);
        EnumMap<Population, Datasheet.SetCounts> counts = new EnumMap<>(Population.class);
        Map<Population, List<Candidate>> samples = samples(left);
        requireApart(samples.get(Population.MEMBERS), samples.get(Population.NON_MEMBERS));
        samples.forEach((population, sampled) -> {
            sets.put(population, named(population, sampled, names));
            counts.put(population, counts(population, pools.get(population), losses.get(population), left, sampled));
        });
        return new PreparedDataset(sets, new Datasheet(counts, settings(), names.saltDigest(), inputs.digests(), inputs.ignored(), inputs.badRows(),
                first.badRowsOfNobody()));
    }

    int patients() {
        return limits.patients;
    }

    long seed() {
        return seed;
    }

    SentenceSplitter splitter() {
        return splitter;
    }

    Normalisation normalisation() {
        return normalisation;
    }

    boolean isLongEnough(String sentence) {
        return sentence.codePointCount(0, sentence.length()) >= limits.fewestCharacters && sentence.split(" ").length >= limits.fewestWords;
    }

    private SentencePool nonMembers(Inputs inputs, Set<String> trained) {
        SentencePool pool = new SentencePool(this, "nontraining");
        inputs.read("nontraining", nonTraining, note -> {
            Optional<String> key = note.patient().map(PatientKey::of).filter(trained::contains);
            if (key.isPresent()) {
                pool.exclude(key.get());
            } else {
                pool.add(note);
            }
        }, remains -> { });
        return pool;
    }

    private SentencePool externals(Inputs inputs, NoteFiles files) {
        SentencePool pool = new SentencePool(this, "external");
        inputs.read("external", files, pool::add, remains -> { });
        return pool;
    }

    /** What became of the different sentences of a set. */
    private record Losses(long different, long same, long similar, long boilerplate) {
    }

    private static Datasheet.SetCounts counts(Population population, SentencePool pool, Losses losses, Map<Population, Map<String, Candidate>> left,
            List<Candidate> sampled) {
        Set<String> available = left.get(population).keySet();
        Set<String> nonMembers = left.get(Population.NON_MEMBERS).keySet();
        return new Datasheet.SetCounts(pool.patientsSeen(), pool.notesOfNobody(), pool.patientsExcluded(), pool.patientsChosen(), pool.notes(), pool.sentences(),
                pool.tooShort(), pool.sentences() - pool.tooShort() - losses.different, losses.same, losses.similar, losses.boilerplate, available.size(),
                population == Population.EXTERNALS ? available.stream().filter(nonMembers::contains).count() : 0, sampled.size(),
                sampled.stream().map(Candidate::owner).filter(owner -> owner.patient().isPresent()).distinct().count(), quantiles(sampled));
    }

    /** What the whole preparation is for. */
    private static void requireApart(List<Candidate> members, List<Candidate> nonMembers) {
        Set<String> texts = members.stream().map(Candidate::normalised).collect(Collectors.toSet());
        Set<String> patients = members.stream().flatMap(member -> member.owner().patient().stream()).map(PatientKey::of).collect(Collectors.toSet());
        if (nonMembers.stream().anyMatch(other -> texts.contains(other.normalised())
                || other.owner().patient().map(PatientKey::of).filter(patients::contains).isPresent())) {
            throw new IllegalStateException("a patient or a sentence stands both in the members and in the non-members");
        }
    }

    private static Map<String, Candidate> withoutRepetitions(List<Candidate> candidates) {
        Map<String, Candidate> first = new HashMap<>();
        candidates.forEach(candidate -> first.merge(candidate.normalised(), candidate, Candidate::first));
        return first;
    }

    private Set<String> boilerplate(List<Candidate> candidates) {
        if (limits.boilerplatePatients == ALL) {
            return Set.of();
        }
        Map<String, Set<Owner>> patients = new HashMap<>();
        candidates.forEach(candidate -> patients.computeIfAbsent(candidate.normalised(), first -> new HashSet<>()).add(candidate.owner()));
        return patients.entrySet().stream().filter(entry -> entry.getValue().size() > limits.boilerplatePatients).map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static long remove(Map<String, Candidate> candidates, Set<String> lost) {
        int before = candidates.size();
        candidates.keySet().removeAll(lost);
        return before - candidates.size();
    }

    private Map<Population, List<Candidate>> samples(Map<Population, Map<String, Candidate>> left) {
        Sampling sampling = new Sampling(new SeededOrder(seed), limits.sentences, limits.mostPerPatient);
        Map<Population, List<Candidate>> samples = new EnumMap<>(Population.class);
        left.forEach((population, candidates) -> samples.put(population, sampling.of(candidates.values())));
        if (limits.lengthsMatched) {
            Sampling.Matched matched = sampling.matched(left.get(Population.MEMBERS).values(), left.get(Population.NON_MEMBERS).values());
            samples.put(Population.MEMBERS, matched.sample());
            samples.put(Population.NON_MEMBERS, matched.other());
        }
        samples.forEach((population, sample) -> requireEnough(population, left.get(population).values(), sample.size()));
        return samples;
    }

    private void requireEnough(Population population, Collection<Candidate> available, int sampled) {
        String counterpart = limits.lengthsMatched && population != Population.EXTERNALS ? " that have a counterpart of their length" : "";
        if (sampled == 0) {
            throw new AuditException("0 sentences are left for the " + population.label() + counterpart
                    + "; give more notes" + (limits.patients == ALL ? "" : ", take more patients") + ", or want shorter sentences");
        }
        List<Owner> owners = available.stream().map(Candidate::owner).distinct().toList();
        if (!limits.fewerAllowed && limits.patients != ALL && owners.size() < limits.patients) {
            boolean known = owners.stream().allMatch(owner -> owner.patient().isPresent());
            throw new AuditException(owners.size() + (known ? " patients" : " patients or notes of nobody") + " with a sentence are left for the " + population.label()
                    + ", but " + limits.patients + " are wanted; want fewer, or allow fewer");
        }
        if (!limits.fewerAllowed && limits.sentences != ALL && sampled < limits.sentences) {
            throw new AuditException(sampled + " sentences are left for the " + population.label() + counterpart
                    + ", but " + limits.sentences + " are wanted; want fewer, take more patients, or allow fewer");
        }
    }

    private List<PreparedSentence> named(Population population, List<Candidate> sampled, Pseudonyms names) {
        String prefix = switch (population) {
            case MEMBERS -> "m";
            case NON_MEMBERS -> "n";
            case EXTERNALS -> "e";
        };
        return IntStream.range(0, sampled.size()).mapToObj(row -> {
            Candidate candidate = sampled.get(row);
            Optional<String> group = candidate.owner().patient().map(patient -> names.of(population, patient));
            return new PreparedSentence(prefix + (row + 1), group, candidate.text(), candidate.source());
        }).toList();
    }

    private static List<Integer> quantiles(List<Candidate> sampled) {
        int[] lengths = sampled.stream().mapToInt(Candidate::length).sorted().toArray();
        return Stream.of(0, 1, 2, 3, 4).map(quarter -> lengths[(lengths.length - 1) * quarter / 4]).toList();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("version", SoftwareVersions.miaudit());
        settings.put("splitter", name(splitter.getClass()));
        settings.put("patients", number(limits.patients));
        settings.put("sentences", number(limits.sentences));
        settings.put("allow-fewer", Boolean.toString(limits.fewerAllowed));
        settings.put("most-per-patient", number(limits.mostPerPatient));
        settings.put("min-length", number(limits.fewestCharacters));
        settings.put("min-words", number(limits.fewestWords));
        settings.put("boilerplate-patients", number(limits.boilerplatePatients));
        settings.put("match-lengths", Boolean.toString(limits.lengthsMatched));
        settings.put("ignore-digits", Boolean.toString(normalisation == Normalisation.CASE_SPACE_AND_DIGITS));
        settings.put("similarity", Double.toString(similarity));
        settings.put("seed", Long.toString(seed));
        settings.put("on-bad-row", perRole(files -> files.badRows().name().toLowerCase(Locale.ROOT)));
        settings.put("patient-column", perRole(files -> files.columns().patient().orElse("usual")));
        settings.put("text-column", perRole(files -> files.columns().text().orElse("usual")));
        return settings;
    }

    /** What a class is called that can be found by its name. */
    private static String name(Class<?> type) {
        return type.isAnonymousClass() || type.isHidden() || type.isSynthetic() ? "custom" : type.getSimpleName();
    }

    /** A setting of the files, once if it is the same for all. */
    private String perRole(Function<NoteFiles, String> setting) {
        Map<String, NoteFiles> inputs = inputs();
        List<String> values = inputs.values().stream().map(setting).distinct().toList();
        return values.size() == 1 ? values.get(0)
                : inputs.entrySet().stream().map(input -> input.getKey() + " " + setting.apply(input.getValue())).collect(Collectors.joining(", "));
    }

    private Map<String, NoteFiles> inputs() {
        Map<String, NoteFiles> inputs = new LinkedHashMap<>();
        inputs.put("training", training);
        inputs.put("nontraining", nonTraining);
        external.ifPresent(files -> inputs.put("external", files));
        return inputs;
    }

    private static String number(int value) {
        return value == ALL ? "all" : Integer.toString(value);
    }

    private DatasetPreparation with(Limits others) {
        return new DatasetPreparation(training, nonTraining, external, splitter, others, normalisation, similarity, seed, pseudonyms);
    }

    private static int atLeast(int least, String what, int number) {
        if (number < least) {
            throw new IllegalArgumentException(what + " are " + number + "; at least " + least + " is needed");
        }
        return number;
    }
}
