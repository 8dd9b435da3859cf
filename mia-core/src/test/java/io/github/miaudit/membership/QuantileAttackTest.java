package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantileAttackTest extends MembershipAttackContract {

    private AttackDataset dataset = AttackDataset.of(samples("m", 60), samples("n", 150));

    @Override
    protected MembershipAttack attack() {
        return QuantileAttack.withDefaults();
    }

    @Override
    protected AttackDataset dataset() {
        return dataset;
    }

    /** The reference says what the target says, so the quantile of the one given the other is the target's own. */
    @Test
    void nothingIsLeftWhereTheReferenceSaysItAll() {
        assertEquals(0, Arrays.stream(attack().membershipScores(table(0), Population.NON_MEMBERS)).map(Math::abs).max().orElseThrow(),
                1e-4);
        assertEquals(0, Arrays.stream(attack().membershipScores(table(0.5), Population.MEMBERS)).map(score -> Math.abs(score - 0.5)).max()
                .orElseThrow(), 1e-4);
    }

    @Test
    void aNonMemberHasNoSayInItsOwnFold() {
        double before = attack().membershipScores(table(0), Population.NON_MEMBERS)[0];
        List<Sample> others = samples("n", 150);
        dataset = AttackDataset.of(samples("m", 60), IntStream.range(0, 150)
                .mapToObj(row -> row == 1 ? Sample.of("n1", "group n0", "zzzzzzzzzzzzz") : others.get(row)).toList());
        assertEquals(before, attack().membershipScores(table(0), Population.NON_MEMBERS)[0], "n0 and n1 are one patient");
        dataset = AttackDataset.of(samples("m", 60), IntStream.range(0, 40).mapToObj(row -> others.get(row)).toList());
        AuditException refused = assertThrows(AuditException.class, () -> attack().membershipScores(table(0), Population.NON_MEMBERS));
        assertTrue(refused.getMessage().contains("at least 50 are needed"), refused.getMessage());
    }

    @Test
    void quantileHasBounds() {
        assertThrows(IllegalArgumentException.class, () -> QuantileAttack.withDefaults().withQuantile(1));
        assertNotEquals(QuantileAttack.withDefaults().definition(), QuantileAttack.withDefaults().withQuantile(0.5).definition());
    }

    /** Two sentences a patient, of varying letters and length. */
    private static List<Sample> samples(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(row -> Sample.of(prefix + row, "group " + prefix + row / 2 * 2,
                prefix + " word " + (char) ('a' + row % 26) + "x".repeat(1 + row * row % 11) + (row % 3 == 0 ? " end" : ""))).toList();
    }
}
