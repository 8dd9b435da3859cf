package io.github.miaudit.evaluation;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Patient;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.text.NearDuplicates;
import io.github.miaudit.text.Normalisation;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Scores that tell members from others without looking at the target. Where they succeed, the two sets differ in more
 * than membership, and an attack may be measuring that: the reference alone, length alone, words alone, an attack that
 * is fitted to the members without its target. And how many
 * sentences stand in both sets. Immutable.
 */
public final class BlindChecks {

    private final Optional<AttackScores> reference;
    private final Optional<AttackScores> length;
    private final List<AttackScores> twins;
    private final Optional<PerPopulation<List<Sample>>> samples;
    private final Map<Population, Overlap> overlaps;

    private BlindChecks(Optional<AttackScores> reference, Optional<AttackScores> length, List<AttackScores> twins,
            Optional<PerPopulation<List<Sample>>> samples, Map<Population, Overlap> overlaps) {
        this.reference = reference;
        this.length = length;
        this.twins = twins;
        this.samples = samples;
        this.overlaps = overlaps;
    }

    /**
     * All checks: {@code reference-only} (minus the first reference's mean log-likelihood by its first rule),
     * {@code length} (code points), {@code bag-of-words} (naive Bayes, out of fold by patient), and the attacks' blind twins.
     *
     * @param dataset the sentences
     * @param table   their scores; a part of the dataset's sentences, in order
     * @param attacks that are made of them
     */
    public static BlindChecks of(AttackDataset dataset, ScoreTable table, List<MembershipAttack> attacks) {
        PerPopulation<List<Sample>> samples = PerPopulation.of(population -> {
            Set<String> scored = table.rows(population).stream().map(ScoreTable.Row::id).collect(Collectors.toSet());
            return dataset.samples(population).stream().filter(sample -> scored.contains(sample.id())).toList();
        });
        PerPopulation<List<Patient>> patients = table.patients();
        AttackScores length = new AttackScores("length", "s = number of code points", samples.map(
                sentences -> sentences.stream().mapToDouble(sample -> sample.text().codePointCount(0, sample.text().length())).toArray()),
                patients);
        return new BlindChecks(table.references().stream().findFirst().map(first -> referenceOnly(first, patients)), Optional.of(length),
                attacks.stream().flatMap(attack -> attack.blindTwin().stream()).map(twin -> AttackScores.withRefits(twin, table)).toList(),
                Optional.of(samples), overlaps(samples));
    }

    /**
     * What can be checked without texts.
     *
     * @param referenceOnly the reference's scores, negated
     * @return the checks; those of words, length and overlap are missing
     */
    public static BlindChecks ofReference(AttackScores referenceOnly) {
        return new BlindChecks(Optional.of(referenceOnly), Optional.empty(), List.of(), Optional.empty(), Map.of());
    }

    private static AttackScores referenceOnly(ModelScores reference, PerPopulation<List<Patient>> patients) {
        LogLikelihood mean = LogLikelihood.mean(reference.rules().iterator().next());
        return new AttackScores("reference-only", "s = -ll_R; ll = " + mean.label(),
                PerPopulation.of(population -> Arrays.stream(mean.of(reference, population)).map(value -> -value).toArray()), patients);
    }

    private static Map<Population, Overlap> overlaps(PerPopulation<List<Sample>> samples) {
        List<String> members = samples.of(Population.MEMBERS).stream().map(Sample::text).toList();
        Set<String> same = members.stream().map(Normalisation.CASE_AND_SPACE::of).collect(Collectors.toCollection(HashSet::new));
        NearDuplicates near = NearDuplicates.of(members, Normalisation.CASE_AND_SPACE, Overlap.SIMILARITY);
        Map<Population, Overlap> overlaps = new EnumMap<>(Population.class);
        for (Population other : List.of(Population.NON_MEMBERS, Population.EXTERNALS)) {
            List<String> different = samples.of(other).stream().map(Sample::text)
                    .filter(text -> !same.contains(Normalisation.CASE_AND_SPACE.of(text))).toList();
            overlaps.put(other,
                    new Overlap(samples.of(other).size() - different.size(), (int) different.stream().filter(near::contains).count()));
        }
        return overlaps;
    }

    /**
     * The scores that are tested as they stand when patients are dealt anew: the reference's, the lengths and those of attacks' blind
     * twins.
     */
    List<AttackScores> scores() {
        return Stream.of(reference.stream(), length.stream(), twins.stream()).flatMap(some -> some).toList();
    }

    /** The reference's scores, negated, if there is a reference. */
    Optional<AttackScores> referenceOnly() {
        return reference;
    }

    /** The sentences, if texts are known. */
    Optional<PerPopulation<List<Sample>>> samples() {
        return samples;
    }

    /** How many sentences of a population are, or nearly are, members too; empty if texts are not known. */
    Optional<Overlap> overlap(Population other) {
        return Optional.ofNullable(overlaps.get(other));
    }

    /** What could not be checked, in words. */
    List<String> missing() {
        return Stream.of(reference.isEmpty() ? "without a reference model, reference-only could not be checked" : "",
                samples.isEmpty() ? "without texts, length, bag-of-words and overlap could not be checked" : "")
                .filter(words -> !words.isEmpty()).toList();
    }
}
