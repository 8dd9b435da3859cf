package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Rewriting;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.Reduction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamedAttackTest {

    private static final NamedAttack.Settings SETTINGS = new NamedAttack.Settings(new LogLikelihood(MaskingRule.wholeWord(), Reduction.SUM),
            () -> Rewriting.LOWER_CASE);

    @Test
    void thoseThatAreValidatedComeFirst() {
        assertEquals(
                List.of("ez-mia", "informia", "likelihood-ratio", "lira", "loss", "residual", "rmia", "wbc", "experimental-combined",
                        "experimental-lower-case", "experimental-min-k", "experimental-min-k-plus-plus", "experimental-neighbourhood",
                        "experimental-quantile", "experimental-sama", "experimental-surprisal-weighted", "experimental-zlib"),
                NamedAttack.all().stream().map(NamedAttack::name).toList());
        assertEquals(8, NamedAttack.all().stream().filter(attack -> !attack.isExperimental()).count());
    }

    @Test
    void makesTheAttackOfTheName() {
        for (NamedAttack named : NamedAttack.all()) {
            assertEquals(named.name(), named.attack(SETTINGS).name());
        }
        assertEquals(Optional.empty(), NamedAttack.named("guess"));
    }

    @Test
    void attacksTakeWhatTheyHaveAUseFor() {
        assertEquals("s = ll_T - mean_k ll_Rk; ll = sum of token log-likelihoods by whole-word", attack("likelihood-ratio").definition());
        assertEquals("s = ll_T; ll = sum of token log-likelihoods by maskless", attack("loss").definition());
        assertTrue(attack("lira").definition().endsWith("; ll = sum of token log-likelihoods by whole-word"));
        assertTrue(attack("rmia").definition().endsWith("; P = exp of the mean of token log-likelihoods by whole-word"));
        assertTrue(attack("experimental-quantile").definition().endsWith("; ll = mean of token log-likelihoods by whole-word"));
        assertEquals(Set.of(Rewriting.LOWER_CASE), attack("experimental-neighbourhood").targetRewritings().keySet());
    }

    @Test
    void namesDiffer() {
        AuditException error = assertThrows(AuditException.class, () -> NamedAttack.ordered(
                List.of(new LossAttack.ByName(), new ZlibAttack.ByName(), new LossAttack.ByName())));
        String name = LossAttack.ByName.class.getName();
        assertEquals("two attacks on the class path are named loss: " + name + " and " + name + "; rename one, or leave it out",
                error.getMessage());
    }

    @Test
    void anAttackSaysWhetherItNeedsMoments() {
        assertEquals(List.of("experimental-min-k-plus-plus"), NamedAttack.all().stream().map(named -> named.attack(SETTINGS))
                .filter(MembershipAttack::needsVocabularyMoments).map(MembershipAttack::name).toList());
    }

    private static MembershipAttack attack(String name) {
        return NamedAttack.named(name).orElseThrow().attack(SETTINGS);
    }
}
