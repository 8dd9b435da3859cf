package io.github.miaudit.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.membership.NamedAttack;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private static final ModelIdentity REFERENCE = new ModelIdentity("reference", "m", "t", 100, Casing.CASED, "float32",
            LengthPolicy.REJECT, "software");

    /** The combination takes the rule that is asked for beside others: for two of those it is the same attack. */
    @Test
    void theSameRulesInAnotherOrderAreTriedOnce() {
        MaskingRule word = MaskingRule.withinWordLeftToRight();
        MaskingRule original = MaskingRule.original();
        MaskingRule partition = MaskingRule.partition();
        List<MembershipAttack> attacks = Attempts.of(named("experimental-combined", "likelihood-ratio"),
                List.of(word, original, partition), AttackDataset.of(samples("m"), samples("n")), REFERENCE).attacks();
        assertEquals(List.of(Set.of(word, original, partition), Set.of(original, partition), Set.of(word), Set.of(original),
                Set.of(partition)), attacks.stream().map(MembershipAttack::targetRules).toList());
    }

    private static List<NamedAttack> named(String... names) {
        return Stream.of(names).map(name -> NamedAttack.named(name).orElseThrow()).toList();
    }

    private static List<Sample> samples(String prefix) {
        return IntStream.range(0, 6).mapToObj(row -> Sample.of(prefix + row, "group " + prefix + row, "text")).toList();
    }
}
