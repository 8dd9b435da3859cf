package io.github.miaudit.cli;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.membership.NamedAttack;
import java.util.Set;

/** An attack as a user may write one: long sentences are members. */
public record TokenCountAttack(LogLikelihood chosen) implements MembershipAttack {

    /** The attack by its name. */
    public static final class ByName extends NamedAttack {

        /** For {@link java.util.ServiceLoader}. */
        public ByName() {
            super("token-count", "a test's", settings -> new TokenCountAttack(settings.logLikelihood()));
        }
    }

    @Override
    public String name() {
        return "token-count";
    }

    @Override
    public String definition() {
        return "s = tokens, whatever the " + chosen.label();
    }

    @Override
    public Set<MaskingRule> targetRules() {
        return Set.of(MaskingRule.maskless());
    }

    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        return table.target().scores(MaskingRule.maskless(), population).stream().mapToDouble(SequenceScore::tokenCount).toArray();
    }
}
