package io.github.miaudit.evaluation;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PatientColumn;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.membership.MembershipAttack;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * @param dataset    the sentences; empty if no text is known
     * @param table      their scores; a part of the dataset's sentences, in order
     * @param attacks    that are made of them
     * @param evaluation by whose seed patients are drawn where there are too many sentences to compare all
     */
    static BlindChecks of(Optional<AttackDataset> dataset, ScoreTable table, List<MembershipAttack> attacks, Evaluation evaluation) {
        PerPopulation<PatientColumn> patients = table.patients();
        Optional<PerPopulation<List<Sample>>> samples = dataset
                .map(data -> PerPopulation.of(population -> scored(data.samples(population), table.rows(population))));
        return new BlindChecks(table.references().stream().findFirst().map(first -> referenceOnly(first, patients)),
                length(table, samples),
                attacks.stream().flatMap(attack -> attack.blindTwin().stream()).map(twin -> AttackScores.withRefits(twin, table)).toList(),
                samples, samples.map(texts -> overlaps(texts, patients, evaluation.seed())).orElse(Map.of()));
    }

    /** Those of a set that were scored; both are in the same order. Each is asked for when it is needed. */
    private static List<Sample> scored(List<Sample> samples, List<ScoreTable.Row> rows) {
        if (samples.size() == rows.size()) {
            return samples;
        }
        int[] places = new int[rows.size()];
        int found = 0;
        int place = 0;
        for (Sample sample : samples) {
            if (found < rows.size() && rows.get(found).id().equals(sample.id())) {
                places[found++] = place;
            }
            place++;
        }
        return new AbstractList<>() {
            @Override
            public Sample get(int row) {
                return samples.get(places[row]);
            }

            @Override
            public int size() {
                return places.length;
            }
        };
    }

    /** By the texts, or by what was measured of them. */
    private static Optional<AttackScores> length(ScoreTable table, Optional<PerPopulation<List<Sample>>> samples) {
        String definition = "s = number of code points";
        if (samples.isPresent()) {
            return Optional.of(new AttackScores("length", definition,
                    samples.get().map(sentences -> sentences.stream()
                            .mapToDouble(sample -> sample.text().codePointCount(0, sample.text().length())).toArray()),
                    table.patients()));
        }
        PerPopulation<double[]> measured = PerPopulation.of(population -> table.target().scores(table.target().mainRule(), population)
                .stream().mapToDouble(score -> score.measures().isKnown() ? score.measures().characters() : Double.NaN).toArray());
        return measured.stream().flatMapToDouble(Arrays::stream).anyMatch(Double::isNaN) ? Optional.empty()
                : Optional.of(new AttackScores("length", definition, measured, table.patients()));
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

    private static AttackScores referenceOnly(ModelScores reference, PerPopulation<PatientColumn> patients) {
        LogLikelihood mean = LogLikelihood.mean(reference.rules().iterator().next());
        return new AttackScores("reference-only", "s = -ll_R; ll = " + mean.label(),
                PerPopulation.of(population -> Arrays.stream(mean.of(reference, population)).map(value -> -value).toArray()), patients);
    }

    private static Map<Population, Overlap> overlaps(PerPopulation<List<Sample>> samples, PerPopulation<PatientColumn> patients,
            long seed) {
        MemberSearch withMembers = new MemberSearch(samples.of(Population.MEMBERS));
        Map<Population, Overlap> overlaps = new EnumMap<>(Population.class);
        for (Population other : List.of(Population.NON_MEMBERS, Population.EXTERNALS)) {
            overlaps.put(other, withMembers.with(samples.of(other), patients.of(other), seed));
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
                samples.isPresent() ? ""
                        : "without texts, " + (length.isPresent() ? "" : "length, ") + "bag-of-words and overlap could not be checked")
                .filter(words -> !words.isEmpty()).toList();
    }
}
