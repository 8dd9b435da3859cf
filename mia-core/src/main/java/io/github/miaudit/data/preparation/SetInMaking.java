package io.github.miaudit.data.preparation;

import io.github.miaudit.data.Population;
import io.github.miaudit.notes.PatientKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One set on its way from the chosen patients' sentences to the sample. */
final class SetInMaking {

    private final Population population;
    private final SentencePool pool;
    /** What is left, by what it says: of sentences that say the same, the first. */
    private final Map<String, Candidate> left = new HashMap<>();
    private final long repeated;
    private final Sampling.LookedFor lookedFor;
    /** Of what is left, what is said of others too. */
    private final Set<String> shared = new HashSet<>();
    private long inTraining;
    private long nearlyInTraining;
    private long saidOfOthers;
    private long boilerplate;
    private long unmatched;
    private List<Candidate> sampled = List.of();

    /** A set of all that a pool has, or of what must be looked for at first. */
    SetInMaking(Population population, SentencePool pool, Sampling sampling, boolean all) {
        this.population = population;
        this.pool = pool;
        pool.candidates().forEach(candidate -> left.merge(candidate.normalised(), candidate, Candidate::first));
        this.repeated = pool.sentences() - pool.tooShort() - left.size();
        this.lookedFor = all ? new Sampling.LookedFor(left.size(), Set.copyOf(left.values()), Set.of()) : sampling.lookedFor(left.values());
        left.values().removeIf(candidate -> !lookedFor.holds(candidate));
    }

    /** Whether the sample would be the same if all sentences had been looked for: it is full, of those that come first. */
    boolean isSettled(int patients, int sentences) {
        return lookedFor.isAll() || sampled.size() >= sentences && lookedFor.first().containsAll(sampled)
                && (patients == DatasetPreparation.ALL || owners() >= patients);
    }

    /** How many have a sentence left. */
    long owners() {
        return left.values().stream().map(Candidate::owner).distinct().count();
    }

    Population population() {
        return population;
    }

    Collection<Candidate> left() {
        return left.values();
    }

    Set<String> said() {
        return left.keySet();
    }

    /** What is said of more than so many chosen patients. */
    Stream<String> saidOfMoreThan(int most) {
        Map<String, Set<Owner>> patients = new HashMap<>();
        pool.candidates()
                .forEach(candidate -> patients.computeIfAbsent(candidate.normalised(), first -> new HashSet<>()).add(candidate.owner()));
        return patients.entrySet().stream().filter(entry -> entry.getValue().size() > most).map(Map.Entry::getKey);
    }

    /** Removes what the training notes of others say, exactly or nearly. */
    void removeTrained(Overlaps trained) {
        inTraining = remove(trained::holdOfOthers);
        nearlyInTraining = remove(trained::nearlyHoldOfOthers);
    }

    /** Removes what notes of others say, exactly or nearly, that were not trained on. */
    void removeSaidOfOthers(Overlaps overlaps) {
        saidOfOthers += remove(sentence -> isSaidOfOthers(sentence, overlaps));
    }

    /** Marks what notes of others say, exactly or nearly. */
    void markShared(Overlaps overlaps) {
        left.values().stream().filter(sentence -> isSaidOfOthers(sentence, overlaps)).map(Candidate::normalised).forEach(shared::add);
    }

    private static boolean isSaidOfOthers(Candidate sentence, Overlaps overlaps) {
        return overlaps.holdOfOthers(sentence) || overlaps.nearlyHoldOfOthers(sentence);
    }

    void removeBoilerplate(Set<String> lost) {
        boilerplate = remove(sentence -> lost.contains(sentence.normalised()));
    }

    private long remove(Predicate<Candidate> lost) {
        int before = left.size();
        left.values().removeIf(lost);
        return before - left.size();
    }

    List<Candidate> sampled() {
        return sampled;
    }

    void sample(List<Candidate> sample) {
        sampled = sample;
    }

    /** Takes a sample of those that have a counterpart; without one are so many. */
    void sample(List<Candidate> sample, long withoutCounterpart) {
        sampled = sample;
        unmatched = withoutCounterpart;
    }

    /** The sample as it is written. */
    List<PreparedSentence> named(Pseudonyms names) {
        char prefix = population.label().charAt(0);
        return IntStream.range(0, sampled.size()).mapToObj(row -> {
            Candidate candidate = sampled.get(row);
            Optional<String> group = candidate.owner().patient().map(patient -> names.of(population, patient));
            return new PreparedSentence(prefix + Integer.toString(row + 1), group, candidate.text(), candidate.source(),
                    shared.contains(candidate.normalised()), candidate.annotations());
        }).toList();
    }

    Datasheet.SetCounts counts() {
        return new Datasheet.SetCounts(pool.patientsSeen(), pool.notesOfNobody(), pool.patientsExcluded(), pool.patientsChosen(),
                pool.notes(), pool.sentences(), pool.tooShort(), repeated,
                lookedFor.first().size() + lookedFor.ofOwners().size(), inTraining, nearlyInTraining, saidOfOthers,
                boilerplate, left.size(), left.keySet().stream().filter(shared::contains).count(), unmatched, sampled.size(),
                sampled.stream().map(Candidate::owner).filter(owner -> owner.patient().isPresent()).distinct().count(),
                quantiles());
    }

    private List<Integer> quantiles() {
        int[] lengths = sampled.stream().mapToInt(Candidate::length).sorted().toArray();
        return Stream.of(0, 1, 2, 3, 4).map(quarter -> lengths[(lengths.length - 1) * quarter / 4]).toList();
    }

    /** What the whole preparation is for. */
    void requireApart(SetInMaking other) {
        Set<String> texts = sampled.stream().map(Candidate::normalised).collect(Collectors.toSet());
        Set<String> patients = sampled.stream().flatMap(SetInMaking::patientKey).collect(Collectors.toSet());
        if (other.sampled.stream()
                .anyMatch(sentence -> texts.contains(sentence.normalised()) || patientKey(sentence).anyMatch(patients::contains))) {
            throw new IllegalStateException("a patient or a sentence stands both in the members and in the non-members");
        }
    }

    private static Stream<String> patientKey(Candidate candidate) {
        return candidate.owner().patient().flatMap(PatientKey::of).stream();
    }
}
