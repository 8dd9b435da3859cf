package io.github.miaudit.suite;

import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.membership.MembershipAttack;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An attack in the benchmark.
 *
 * @param attack     its name
 * @param rules      by which it has models scored, joined by {@code +}; empty if that is not known
 * @param definition what it computes
 * @param passes     rows through networks a sentence; empty if they are not known
 * @param scoring    makes its scores
 */
record Contender(String attack, String rules, String definition, OptionalDouble passes, Scoring scoring) {

    /** Makes scores of a target and seed; none if it has nothing to say of them. */
    interface Scoring {
        Optional<AttackScores> of(BenchmarkTarget target, long seed, ScoreTable table);
    }

    static Contender of(MembershipAttack attack, double passes) {
        String rules = Stream.concat(attack.targetRules().stream(), attack.referenceRules().stream()).map(MaskingRule::label).distinct()
                .collect(Collectors.joining("+"));
        return new Contender(attack.name(), rules, attack.definition(), OptionalDouble.of(passes),
                (target, seed, table) -> Optional.of(AttackScores.of(attack, table)));
    }

    static Contender of(SubmittedAttack submitted) {
        return new Contender(submitted.name(), "", "as submitted", OptionalDouble.empty(), submitted::of);
    }
}
