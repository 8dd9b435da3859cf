package io.github.miaudit.membership;

import com.google.auto.service.AutoService;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoreTable;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the target knows of each token beyond what the reference lets expect. A token's gap {@code g_t} is the mean over rules of
 * {@code ll_T,t - ll_R,t}. It is explained by the reference by least squares over all tokens of all sentences, whoever's they are; with
 * residuals {@code e_t} whose mean square is {@code σ²},
 * <pre>{@code s = sum_t clip(e_t / σ, -1, 1) / √n}</pre>
 * of a sentence of n tokens. What explains it: a constant, each rule's {@code ll_R,t} and {@code exp(ll_R,t)}, all products of two of
 * these {@code ll_R,t}, and the sentence's mean of the first rule's. So a token counts for what is unexpected of it; a few tokens that the
 * two models read quite differently decide nothing; and long sentences, which say more, may stand out. Where the target says what the
 * reference lets expect, up to rounding, all scores are 0; with few tokens the gap itself counts, for coefficients are shrunk as by 20
 * more tokens.
 *
 * <p>The fit is told of no sentence whether it is a member, and takes members, non-members and externals alike: with sets that are
 * exchangeable, scores are exchangeable too, so that tests and intervals hold as they do for any attack, and an attacker needs no known
 * member, only sentences to compare. By default the rules are {@code within-word-l2r} and {@code partition}; of several, each must score
 * every token once. Needs a reference with the target's tokenizer; of several, the mean of a token's log-likelihoods counts.
 *
 * <p>The fit is to all sentences, or to 50 000 of a set that has more, drawn by their ids. O(tokens &times; rules&sup2;).
 *
 * <p>Calibration by the difficulty of a sample is Watson et al. 2022, arXiv 2111.08440; regression on the reference's log-likelihoods, of
 * tokens and without labels, is this project's, validated on masked models by its benchmark alone.
 */
public final class ResidualAttack implements WholeTableAttack {

    private static final ResidualAttack DEFAULTS = new ResidualAttack(
            List.of(MaskingRule.withinWordLeftToRight(), MaskingRule.partition()));

    private final List<MaskingRule> rules;

    private ResidualAttack(List<MaskingRule> rules) {
        this.rules = rules;
    }

    /** The attack by the rules {@code within-word-l2r} and {@code partition}. */
    public static ResidualAttack withDefaults() {
        return DEFAULTS;
    }

    /**
     * The attack by other rules.
     *
     * @param others at least one; of several, each must score every token once; those given twice count once
     * @throws IllegalArgumentException if there is none
     */
    public ResidualAttack withRules(MaskingRule... others) {
        if (others.length == 0) {
            throw new IllegalArgumentException("0 rules; at least 1 is needed");
        }
        return new ResidualAttack(Stream.of(others).distinct().toList());
    }

    @Override
    public String name() {
        return "residual";
    }

    @Override
    public String definition() {
        return "s = sum over tokens of e / σ, at most 1 in size, over √tokens; e = mean over rules of ll_T - ll_R, less what ll_R"
                + " explains of it by least squares over all sentences; by "
                + rules.stream().map(MaskingRule::label).collect(Collectors.joining(", "));
    }

    @Override
    public Set<MaskingRule> targetRules() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(rules));
    }

    @Override
    public Set<MaskingRule> referenceRules() {
        return targetRules();
    }

    /**
     * {@inheritDoc}
     *
     * @throws AuditException if there is no reference with the target's tokenizer, or one of several rules scores tokens several times or
     *                        never
     */
    @Override
    public void requireApplicable(ModelIdentity target, List<ModelIdentity> references) {
        PairedTokens.requireApplicable(name(), 1, target, references);
        for (MaskingRule rule : rules) {
            if (rules.size() > 1 && !PairedTokens.scoresEachTokenOnce(rule)) {
                throw new AuditException("rule " + rule.label() + " scores some tokens several times or never, so attack " + name()
                        + " can't lay it beside another rule; give one that scores each once, such as within-word-l2r or partition, or"
                        + " leave the attack out");
            }
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws AuditException if a reference did not score the tokens of a sentence that the target did
     */
    @Override
    public PerPopulation<double[]> membershipScores(ScoreTable table) {
        ExpectedGap expected = ExpectedGap.of(name(), table, rules);
        return PerPopulation.of(population -> {
            double[] scores = new double[table.rows(population).size()];
            for (int row = 0; row < scores.length; row++) {
                scores[row] = expected.score(SentenceReadings.of(name(), table, rules, population, row));
            }
            return scores;
        });
    }

    /** The attack by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedAttack.class)
    public static final class ByName extends NamedAttack {
        public ByName() {
            super("residual", settings -> beside(settings.logLikelihood().rule()));
        }

        /** By partition too, where tokens can be laid beside one another. */
        private static ResidualAttack beside(MaskingRule rule) {
            return PairedTokens.scoresEachTokenOnce(rule) ? DEFAULTS.withRules(rule, MaskingRule.partition()) : DEFAULTS.withRules(rule);
        }
    }
}
