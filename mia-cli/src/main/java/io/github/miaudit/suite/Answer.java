package io.github.miaudit.suite;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.ComparisonResult;
import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.Validity;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.membership.NamedAttack;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a whole audit answers about one target of one seed, with nothing known of the models but their scores and no control.
 *
 * @param conclusion whether members can be told
 * @param verdict    whether the comparison could show memory
 * @param attack     that the conclusion rests on
 */
record Answer(Conclusion conclusion, Validity.Verdict verdict, String attack) {

    /** Those that {@code mia audit} makes if nothing else is asked for, and the one that learns whatever tells the sets apart. */
    static final List<MembershipAttack> ATTACKS = Stream
            .concat(NamedAttack.standard().stream(), NamedAttack.named("experimental-combined").stream())
            .map(attack -> attack.attack(new NamedAttack.Settings(LogLikelihood.mean(MaskingRule.withinWordLeftToRight()), () -> {
                throw new AuditException(attack.name() + " needs neighbours of every sentence, which the suite does not make");
            }))).toList();

    /** The table is of all sentences, scored by {@link #ATTACKS}' rules first, as an audit's is, and the target was probed. */
    static Answer of(AttackDataset dataset, ScoreTable table) {
        ComparisonResult comparison = AuditResults.of(dataset, table, table, List.of(), ATTACKS, Evaluation.withDefaults()).comparisons()
                .get(0);
        return new Answer(comparison.conclusion(), comparison.validity().verdict(), comparison.surest().name());
    }

    /** The conclusion for people, such as "members can be told". */
    String words() {
        return conclusion.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
