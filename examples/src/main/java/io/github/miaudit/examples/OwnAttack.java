package io.github.miaudit.examples;

import io.github.miaudit.Audit;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.MembershipAttack;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * An attack of one's own, beside a published one: of a sentence that was learnt, even the rarest word is no surprise.
 * Run: {@code OwnAttack [FOLDER]}; FOLDER holds {@code dataset}, {@code target} and {@code reference}, by default the
 * demonstration's.
 */
public final class OwnAttack implements MembershipAttack {

    private static final MaskingRule RULE = MaskingRule.original();

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "mia-cli/src/main/resources/io/github/miaudit/cli/demo");
        AttackDataset data = AttackDataset.readJsonLines(folder.resolve("dataset"));
        try (SequenceScorer target = MaskedLmScorer.open(folder.resolve("target"));
                SequenceScorer reference = MaskedLmScorer.open(folder.resolve("reference"))) {
            System.out.println(Audit.of(data, target).withReference(reference)
                    .withAttacks(LikelihoodRatioAttack.withDefaults(), new OwnAttack()).run().toText());
        }
    }

    @Override
    public String name() {
        return "least-likely-token";
    }

    @Override
    public String definition() {
        return "s = min over tokens of the token log-likelihood by " + RULE.label();
    }

    @Override
    public Set<MaskingRule> targetRules() {
        return Set.of(RULE);
    }

    /** One score a sentence: higher = more likely a member. */
    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        return table.target().scores(RULE, population).stream()
                .mapToDouble(score -> DoubleStream.of(score.logLikelihoods()).min().orElseThrow()).toArray();
    }
}
