package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import java.util.function.ToDoubleFunction;

/**
 * An attack on how much likelier the target finds each token of a sentence than a reference does. Of several references the mean of a
 * token's log-likelihoods is taken.
 *
 * @param <R> the rules that it can be made by
 */
abstract class TokenGapAttack<R extends MaskingRule> extends TokenAttack<R> {

    TokenGapAttack(R rule) {
        super(rule, 1);
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.github.miaudit.io.AuditException if a reference did not score the tokens of a sentence that the target did
     */
    @Override
    public final double[] membershipScores(ScoreTable table, Population population) {
        ToDoubleFunction<PairedTokens> statistic = statistic();
        double[] scores = new double[table.rows(population).size()];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = statistic.applyAsDouble(PairedTokens.of(name(), table, rule, population, row));
        }
        return scores;
    }

    /** The membership score of one sentence; asked for once for many, so that it may keep what sentences have in common. */
    abstract ToDoubleFunction<PairedTokens> statistic();
}
