package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One sentence's tokens by the target and by the references, by several rules that score each token once.
 *
 * @param target    of each token the mean over rules of the target's log-likelihoods, nats
 * @param reference by rule of the same tokens the mean of the references' log-likelihoods
 */
record SentenceReadings(double[] target, double[][] reference) {

    /**
     * The tokens of a sentence for an attack.
     *
     * @throws AuditException if a reference did not score the tokens that the target did, or a rule others than the first
     */
    static SentenceReadings of(String attack, ScoreTable table, List<MaskingRule> rules, Population population, int row) {
        double[][] reference = new double[rules.size()][];
        double[] mean = null;
        for (int rule = 0; rule < reference.length; rule++) {
            PairedTokens tokens = PairedTokens.of(attack, table, rules.get(rule), population, row);
            reference[rule] = tokens.reference();
            mean = mean == null ? new double[tokens.target().length] : mean;
            if (tokens.target().length != mean.length) {
                throw new AuditException("attack " + attack + ": of sentence " + table.rows(population).get(row).id() + " rule "
                        + rules.get(rule).label() + " scored " + tokens.target().length + " tokens and rule " + rules.get(0).label() + " "
                        + mean.length + "; leave the sentence out");
            }
            for (int token = 0; token < mean.length; token++) {
                mean[token] += tokens.target()[token] / reference.length;
            }
        }
        return new SentenceReadings(Objects.requireNonNull(mean, "an attack without rules"), reference);
    }

    int tokenCount() {
        return target.length;
    }

    /** How much likelier the target finds a token than the references do: the mean over rules. */
    double gap(int token) {
        double sum = 0;
        for (double[] ofRule : reference) {
            sum += ofRule[token];
        }
        return target[token] - sum / reference.length;
    }

    /** The mean over tokens of the references' log-likelihoods by the first rule. */
    double referenceMean() {
        return Arrays.stream(reference[0]).average().orElseThrow();
    }
}
