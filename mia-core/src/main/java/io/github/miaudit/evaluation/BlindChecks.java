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
 * than membership, and an attack may be measuring that: the reference alone, length alone, words alone. And how many
 * sentences stand in both sets. Immutable.
 */
public final class BlindChecks {

    static final String BAG_OF_WORDS = "bag-of-words";

    private final List<AttackScores> everywhere;
    private final Map<Population, AttackScores> byWords;
    private final Map<Population, Overlap> overlaps;
    private final List<String> missing;

    private BlindChecks(List<AttackScores> everywhere, Map<Population, AttackScores> byWords, Map<Population, Overlap> overlaps,
            List<String> missing) {
        this.everywhere = List.copyOf(everywhere);
        this.byWords = byWords;
        this.overlaps = overlaps;
        this.missing = List.copyOf(missing);
    }

    /**
     * All checks: {@code reference-only} (minus the first reference's mean log-likelihood by its first rule),
     * {@code length} (code points) and {@code bag-of-words} (naive Bayes, out of fold by patient).
     *
     * @param dataset the sentences
     * @param table   their scores; a part of the dataset's sentences, in order
     * @param seed    of the folds
     */
    public static BlindChecks of(AttackDataset dataset, ScoreTable table, long seed) {
        PerPopulation<List<Sample>> samples = PerPopulation.of(population -> {
            Set<String> scored = table.rows(population).stream().map(ScoreTable.Row::id).collect(Collectors.toSet());
            return dataset.samples(population).stream().filter(sample -> scored.contains(sample.id())).toList();
        });
        PerPopulation<List<Patient>> patients = table.patients();
        AttackScores length = new AttackScores("length", "s = number of code points", samples.map(
                sentences -> sentences.stream().mapToDouble(sample -> sample.text().codePointCount(0, sample.text().length())).toArray()),
                patients);
        Map<Population, AttackScores> byWords = new EnumMap<>(Population.class);
        Map<Population, Overlap> overlaps = new EnumMap<>(Population.class);
        List<String> members = samples.of(Population.MEMBERS).stream().map(Sample::text).toList();
        Set<String> same = members.stream().map(Normalisation.CASE_AND_SPACE::of).collect(Collectors.toCollection(HashSet::new));
        NearDuplicates near = NearDuplicates.of(members, Normalisation.CASE_AND_SPACE, Overlap.SIMILARITY);
        for (Population other : List.of(Population.NON_MEMBERS, Population.EXTERNALS)) {
            double[][] outOfFold = BagOfWords.outOfFold(samples.of(Population.MEMBERS), samples.of(other), seed);
            byWords.put(other, new AttackScores(BAG_OF_WORDS, "s = log-odds of the words, naive Bayes out of fold", PerPopulation
                    .of(population -> population == Population.MEMBERS ? outOfFold[0] : population == other ? outOfFold[1] : new double[0]),
                    PerPopulation.of(
                            population -> population == Population.MEMBERS || population == other ? patients.of(population) : List.of())));
            List<String> different = samples.of(other).stream().map(Sample::text)
                    .filter(text -> !same.contains(Normalisation.CASE_AND_SPACE.of(text))).toList();
            overlaps.put(other,
                    new Overlap(samples.of(other).size() - different.size(), (int) different.stream().filter(near::contains).count()));
        }
        if (table.references().isEmpty()) {
            return new BlindChecks(List.of(length), byWords, overlaps,
                    List.of("without a reference model, reference-only could not be checked"));
        }
        ModelScores reference = table.references().get(0);
        LogLikelihood mean = LogLikelihood.mean(reference.rules().iterator().next());
        AttackScores referenceOnly = new AttackScores("reference-only", "s = -ll_R; ll = " + mean.label(),
                PerPopulation.of(population -> negated(mean.of(reference, population))), patients);
        return new BlindChecks(List.of(referenceOnly, length), byWords, overlaps, List.of());
    }

    /**
     * What can be checked without texts.
     *
     * @param referenceOnly the reference's scores, negated
     * @return the checks; those of words, length and overlap are said to be missing
     */
    public static BlindChecks ofReference(AttackScores referenceOnly) {
        return new BlindChecks(List.of(referenceOnly), Map.of(), Map.of(),
                List.of("without texts, length, bag-of-words and overlap could not be checked"));
    }

    /** The blind scores of members against a population. */
    List<AttackScores> scores(Population other) {
        return Stream.concat(everywhere.stream(), Stream.ofNullable(byWords.get(other))).toList();
    }

    /** The reference's scores, negated, if there is a reference. */
    Optional<AttackScores> referenceOnly() {
        return everywhere.stream().filter(scores -> scores.name().equals("reference-only")).findFirst();
    }

    /** How many sentences of a population are, or nearly are, members too; empty if texts are not known. */
    Optional<Overlap> overlap(Population other) {
        return Optional.ofNullable(overlaps.get(other));
    }

    /** What could not be checked, in words. */
    List<String> missing() {
        return missing;
    }

    private static double[] negated(double[] values) {
        return Arrays.stream(values).map(value -> -value).toArray();
    }
}
