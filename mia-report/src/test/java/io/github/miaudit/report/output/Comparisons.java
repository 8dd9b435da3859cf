package io.github.miaudit.report.output;

import io.github.miaudit.ComparativeAudit;
import io.github.miaudit.ComparisonReport;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LossAttack;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Comparisons of made-up models. */
final class Comparisons {

    private static final AttackDataset DATASET = AttackDataset.of(notes("m", 160), notes("n", 200), notes("x", 140));

    private Comparisons() {
    }

    /** A target that remembers most members beside one that remembers few and one that is nearly the same, against two references. */
    static ComparisonReport ofThree() {
        return ComparativeAudit.of(DATASET)
                .withTarget("before", target("digest 1", text -> text.hashCode() % 3 != 0))
                .withTarget("after", target("digest 2", text -> text.hashCode() % 7 == 0))
                .withTarget("again",
                        target("digest 3", text -> text.hashCode() % 3 != 0 ? text.hashCode() % 20 != 5 : text.hashCode() % 10 == 4))
                .withReference("even", new FakeScorer("even", "t", 0.1, text -> text.length() % 2 == 0))
                .withReference("third", new FakeScorer("third", "t", 0.1, text -> text.length() % 3 == 0))
                .withAttacks(LikelihoodRatioAttack.withDefaults().withRule(MaskingRule.maskless()), LossAttack.withDefaults())
                .withEvaluation(Evaluation.withDefaults().withFalsePositiveRates(0.1).withBootstrapReplicates(2000).withPermutations(1000))
                .run();
    }

    /** The first two of 40 patients a side, of whom all is told. */
    static ComparisonReport ofTwo() {
        return ComparativeAudit.of(AttackDataset.of(notes("m", 160), notes("n", 160)))
                .withTarget("A", target("digest 1", text -> text.hashCode() % 3 != 0))
                .withTarget("B", target("digest 2", text -> text.hashCode() % 7 == 0))
                .withReference("even", new FakeScorer("even", "t", 0.1, text -> text.length() % 2 == 0))
                .withAttacks(LikelihoodRatioAttack.withDefaults().withRule(MaskingRule.maskless()), LossAttack.withDefaults())
                .withEvaluation(Evaluation.withDefaults().withFalsePositiveRates(0.1).withBootstrapReplicates(200).withPermutations(1000)
                        .withSmallestCount(1).withMargin(0.02))
                .run();
    }

    /** Two of so many patients a side, of four notes each. */
    static ComparisonReport ofPatients(int patients) {
        return ComparativeAudit.of(AttackDataset.of(notes("m", 4 * patients), notes("n", 4 * patients)))
                .withTarget("A", target("digest 1", text -> text.hashCode() % 3 != 0))
                .withTarget("B", target("digest 2", text -> text.hashCode() % 7 == 0))
                .withReference("even", new FakeScorer("even", "t", 0.1, text -> text.length() % 2 == 0))
                .withEvaluation(Evaluation.withDefaults().withFalsePositiveRates(0.1).withBootstrapReplicates(200).withPermutations(1000))
                .run();
    }

    private static FakeScorer target(String digest, Predicate<String> remembers) {
        List<String> members = DATASET.samples(Population.MEMBERS).stream().map(Sample::text).toList();
        return new FakeScorer(digest, "t", 0.2, text -> members.contains(text) && remembers.test(text)).withName("target");
    }

    private static List<Sample> notes(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(row -> Sample.of(prefix + row, prefix + "p" + row / 4,
                "Note " + prefix + row * 7919 % 1009 + " says " + "ab".repeat(row % 9))).toList();
    }
}
