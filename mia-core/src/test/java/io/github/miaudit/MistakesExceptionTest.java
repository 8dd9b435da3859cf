package io.github.miaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.membership.ResidualAttack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** All that is missing or wrong is told at once, with the call that mends it, and nothing is scored. */
class MistakesExceptionTest {

    private static final AttackDataset DATASET = AttackDataset.of(List.of(Sample.of("m1", "p1", "abba"), Sample.of("m2", "p2", "cab")),
            List.of(Sample.of("n1", "p3", "zz"), Sample.of("n2", "p4", "yy")));

    private final AtomicInteger scored = new AtomicInteger();

    /** Counts what it is asked to score. */
    private final class Counted extends FakeScorer {

        private final List<Sample> trainedOn;

        private Counted(String name, List<Sample> trainedOn) {
            super(name, "characters", 0);
            this.trainedOn = trainedOn;
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            scored.incrementAndGet();
            return super.score(samples, rules, listener);
        }

        @Override
        public boolean isKnownToBeTrainedOn(List<Sample> samples) {
            return samples.equals(trainedOn);
        }
    }

    private Counted model(String name) {
        return new Counted(name, List.of());
    }

    @AfterEach
    void nothingIsScored() {
        assertEquals(0, scored.get());
    }

    @Test
    void allMistakesOfAnAuditAreToldAtOnce() {
        Counted target = new Counted("target", DATASET.samples(Population.NON_MEMBERS));
        MistakesException told = assertThrows(MistakesException.class, Audit.of(DATASET, target)
                .withControl(new Counted("control", DATASET.samples(Population.NON_MEMBERS)))
                .withEvaluation(Evaluation.withDefaults().withCanaryGuesses(9))::run);

        assertEquals(List.of("withControl(…)", "", "withReference(…) or withAttacks(…)", "withReference(…) or withAttacks(…)",
                "withEvaluation(….withCanaryGuesses(…))"), told.mistakes().stream().map(MistakesException.Mistake::call).toList());
        assertTrue(told.getMessage().startsWith("5 things are missing or wrong: (1) control control is known to have been trained on the"
                + " non-members"), told.getMessage());
        assertTrue(told.getMessage().contains("(3) attack residual takes at least 1 reference model, not 0"), told.getMessage());
        assertTrue(told.getMessage().contains("leave the attack out [withReference(…) or withAttacks(…)]; (4) attack likelihood-ratio"),
                told.getMessage());
        assertTrue(told.getMessage().endsWith("(5) 9 canary guesses, but only 4 canaries; guess at most as many"
                + " [withEvaluation(….withCanaryGuesses(…))]"), told.getMessage());
        assertTrue(told.problems().endsWith("guess at most as many"), "without calls");
        assertEquals(told.mistakes().size(), told.getSuppressed().length, "where each was found");
    }

    @Test
    void whatTheCallsMendIsMended() {
        Audit audit = Audit.of(DATASET, model("target"));
        assertEquals(2, assertThrows(MistakesException.class, audit::requireSound).mistakes().size());
        audit.withReference(model("reference")).requireSound();
        audit.withAttacks(LossAttack.withDefaults()).requireSound();
    }

    @Test
    void aSingleMistakeIsToldAlone() {
        MistakesException told = assertThrows(MistakesException.class,
                Audit.of(DATASET, model("target")).withAttacks(LikelihoodRatioAttack.withDefaults())::run);
        assertEquals("attack likelihood-ratio takes at least 1 reference model, not 0; give more, or choose the loss attack alone"
                + " [withReference(…) or withAttacks(…)]", told.getMessage());
    }

    /** A dataset of the user's own may be without sentences. */
    @Test
    void setsWithoutSentencesAreMistakes() {
        AttackDataset empty = new AttackDataset() {
            @Override
            public List<Sample> samples(Population population) {
                return List.of();
            }

            @Override
            public Optional<String> datasheet() {
                return Optional.empty();
            }
        };
        MistakesException told = assertThrows(MistakesException.class,
                Audit.of(empty, model("target")).withAttacks(LossAttack.withDefaults())::run);
        assertTrue(told.getMessage().contains("0 members; at least 1 sentence is needed [AttackDataset.of(members, nonMembers)]"),
                told.getMessage());
        assertTrue(told.getMessage().contains("0 non-members; at least 1 sentence is needed"), told.getMessage());
    }

    @Test
    void allMistakesOfAComparisonAreToldAtOnce() {
        Counted same = model("same");
        MistakesException told = assertThrows(MistakesException.class, ComparativeAudit.of(DATASET).withTarget("before", same)
                .withTarget("after", same).withAttacks(ResidualAttack.withDefaults())::run);
        assertEquals(List.of("withReference(name, …)", ""), told.mistakes().stream().map(MistakesException.Mistake::call).toList());
        assertTrue(told.problems().contains("target before and target after are the same model"), told.problems());
    }

    @TestFactory
    Stream<DynamicTest> whatIsNullIsNamed() {
        Audit audit = Audit.of(DATASET, model("target"));
        ComparativeAudit comparison = ComparativeAudit.of(DATASET);
        Map<String, Function<Audit, Object>> calls = Map.of(
                "dataset", any -> Audit.of(null, model("target")),
                "target", any -> Audit.of(DATASET, null),
                "reference", any -> any.withReference(null),
                "control", any -> any.withControl(null),
                "identifiers", any -> any.withIdentifiers(null),
                "strata", any -> any.withStrata(null),
                "attack", any -> any.withAttacks(LossAttack.withDefaults(), null),
                "evaluation", any -> any.withEvaluation(null),
                "listener", any -> any.withListener(null),
                "name", any -> comparison.withTarget(null, model("target")));
        return calls.entrySet().stream().map(call -> DynamicTest.dynamicTest(call.getKey(), () -> assertEquals(call.getKey(),
                assertThrows(NullPointerException.class, () -> call.getValue().apply(audit)).getMessage())));
    }
}
