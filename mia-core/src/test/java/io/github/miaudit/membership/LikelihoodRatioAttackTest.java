package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LikelihoodRatioAttackTest extends MembershipAttackContract {

    private static final ModelIdentity TARGET = new ModelIdentity("target", "1", "tokens", 100, Casing.CASED, "float32",
            LengthPolicy.WINDOW, "fake");
    private static final ModelIdentity SAME_TOKENS = new ModelIdentity("reference", "2", "tokens", 100, Casing.CASED, "float32",
            LengthPolicy.WINDOW, "fake");
    private static final ModelIdentity OTHER_TOKENS = new ModelIdentity("reference", "2", "other", 100, Casing.CASED, "float32",
            LengthPolicy.WINDOW, "fake");

    @Override
    protected MembershipAttack attack() {
        return LikelihoodRatioAttack.withDefaults();
    }

    @Test
    void isTheDifferenceOfWithinWordMeans() {
        assertEquals(Set.of(MaskingRule.withinWordLeftToRight()), attack().targetRules());
        assertEquals(Set.of(MaskingRule.withinWordLeftToRight()), attack().referenceRules());
        assertArrayEquals(new double[] {0.25, 0.25}, attack().membershipScores(table(0.25), Population.MEMBERS), 1e-12);
    }

    @Test
    void swappingTargetAndReferenceNegatesIt() {
        ScoreTable table = table(0.25);
        ScoreTable swapped = LikelihoodRatioAttackTest.swap(table);
        double[] scores = attack().membershipScores(table, Population.MEMBERS);
        double[] negated = attack().membershipScores(swapped, Population.MEMBERS);
        for (int row = 0; row < scores.length; row++) {
            assertEquals(scores[row], -negated[row]);
        }
    }

    @Test
    void refusesTheMeanPerTokenAcrossTokenizers() {
        attack().requireApplicable(TARGET, List.of(SAME_TOKENS));
        String message = assertThrows(AuditException.class, () -> attack().requireApplicable(TARGET, List.of(OTHER_TOKENS))).getMessage();
        assertTrue(message.contains("different tokenizers") && message.contains("per-character"), message);
    }

    @ParameterizedTest
    @EnumSource(value = Reduction.class, names = "MEAN", mode = EnumSource.Mode.EXCLUDE)
    void otherReductionsCompareTheSameStringAcrossTokenizers(Reduction reduction) {
        LikelihoodRatioAttack.withDefaults().withReduction(reduction).requireApplicable(TARGET, List.of(OTHER_TOKENS));
    }

    @Test
    void needsAReference() {
        assertTrue(assertThrows(AuditException.class, () -> attack().requireApplicable(TARGET, List.of())).getMessage()
                .startsWith("attack likelihood-ratio takes at least 1 reference model, not 0"));
        attack().requireApplicable(TARGET, List.of(SAME_TOKENS, SAME_TOKENS));
        assertThrows(AuditException.class, () -> attack().requireApplicable(TARGET, List.of(SAME_TOKENS, OTHER_TOKENS)));
    }

    @Test
    void severalReferencesAreAveraged() {
        ModelScores target = ModelScores.of(new FakeScorer("target", "t", 0), DATASET, attack().targetRules(), ScoringListener.NONE);
        List<ModelScores> references = Stream.of(-0.1, -0.5).map(
                bias -> ModelScores.of(new FakeScorer("reference", "t", bias), DATASET, attack().referenceRules(), ScoringListener.NONE))
                .toList();
        ScoreTable table = ScoreTable.of(DATASET, target, references);
        assertArrayEquals(new double[] {0.3, 0.3}, attack().membershipScores(table, Population.MEMBERS), 1e-12);
        // -math.log((math.exp(-0.1) + math.exp(-0.5)) / 2)
        assertArrayEquals(new double[] {0.28013192816, 0.28013192816},
                LikelihoodRatioAttack.withDefaults().withReferenceMean(ReferenceMean.LOG_MEAN_EXP)
                        .membershipScores(table, Population.MEMBERS),
                1e-8);
    }

    private static ScoreTable swap(ScoreTable table) {
        return ScoreTable.of(DATASET, table.references().get(0), List.of(table.target()));
    }
}
