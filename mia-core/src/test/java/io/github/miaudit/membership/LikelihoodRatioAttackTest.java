package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.AuditException;
import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.ScoreTable;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LikelihoodRatioAttackTest extends MembershipAttackContract {

    private static final ModelIdentity TARGET = new ModelIdentity("target", "1", "tokens", 100, "float32", LengthPolicy.WINDOW, "fake");
    private static final ModelIdentity SAME_TOKENS = new ModelIdentity("reference", "2", "tokens", 100, "float32", LengthPolicy.WINDOW, "fake");
    private static final ModelIdentity OTHER_TOKENS = new ModelIdentity("reference", "2", "other", 100, "float32", LengthPolicy.WINDOW, "fake");

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
    void needsOneReference() {
        assertTrue(assertThrows(AuditException.class, () -> attack().requireApplicable(TARGET, List.of())).getMessage()
                .startsWith("attack likelihood-ratio takes exactly 1 reference model, not 0"));
        assertThrows(AuditException.class, () -> attack().requireApplicable(TARGET, List.of(SAME_TOKENS, SAME_TOKENS)));
    }

    private static ScoreTable swap(ScoreTable table) {
        return ScoreTable.of(DATASET, table.references().get(0), List.of(table.target()));
    }
}
