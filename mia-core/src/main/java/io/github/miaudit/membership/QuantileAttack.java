package io.github.miaudit.membership;

import com.google.auto.service.AutoService;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.metrics.CounterRandom;
import io.github.miaudit.metrics.QuantileRegression;
import io.github.miaudit.notes.PatientKey;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Quantile regression, experimental: what the target finds likelier than nearly all non-members that look the same.
 * {@code s = ll_T - q(x)}, where {@code q} is the conditional quantile (0.9 by default) of {@code ll_T} given
 * {@code ll_R}, tokens, characters and the share of unknown tokens, linear, fitted to non-members. Needs a reference
 * with the target's tokenizer; of several, the mean counts. Published for images and tables; for masked models there is
 * no published validation. By default {@code ll} is the mean of the within-word left-to-right pseudo-log-likelihood.
 *
 * <p>No sentence is judged by a fit that saw it or its patient: patients of all populations are dealt into
 * {@value #FOLDS} folds by their name, and a sentence is judged by the fit to the non-members outside its fold. So
 * members and non-members are treated alike, and no non-member is lost to calibration.
 *
 * <p>Source: Bertran et al. 2023, arXiv 2307.03694.
 */
public final class QuantileAttack extends ReferenceAttack<QuantileAttack> {

    private static final int FOLDS = 5;
    private static final int FEATURES = 4;
    private static final QuantileAttack DEFAULTS = new QuantileAttack(LogLikelihood.mean(MaskingRule.withinWordLeftToRight()), 0.9);

    private final double quantile;

    private QuantileAttack(LogLikelihood logLikelihood, double quantile) {
        super(logLikelihood, 1);
        this.quantile = quantile;
    }

    /** The attack with the quantile 0.9 by the within-word left-to-right rule. */
    public static QuantileAttack withDefaults() {
        return DEFAULTS;
    }

    /**
     * The attack with another quantile, 1 minus the false positive rate that it should do best at.
     *
     * @param other in (0, 1)
     * @throws IllegalArgumentException if it is not in (0, 1)
     */
    public QuantileAttack withQuantile(double other) {
        if (!(other > 0 && other < 1)) {
            throw new IllegalArgumentException("quantile is " + other + "; it must lie in (0, 1)");
        }
        return new QuantileAttack(logLikelihood, other);
    }

    @Override
    QuantileAttack with(LogLikelihood other) {
        return new QuantileAttack(other, quantile);
    }

    @Override
    public String name() {
        return "experimental-quantile";
    }

    @Override
    public String definition() {
        return "s = ll_T - q(x), q = quantile " + quantile + " given ll_R, tokens, characters and unknown tokens, out of fold; ll = "
                + logLikelihood.label();
    }

    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        double[] target = logLikelihood.of(table.target(), population);
        double[][] features = features(table, population);
        List<ScoreTable.Row> rows = table.rows(population);
        QuantileRegression[] fits = new QuantileRegression[FOLDS];
        double[] scores = new double[rows.size()];
        for (int row = 0; row < scores.length; row++) {
            int fold = fold(rows.get(row));
            fits[fold] = fits[fold] == null ? fitOutside(table, fold) : fits[fold];
            scores[row] = target[row] - fits[fold].predict(features[row]);
        }
        return scores;
    }

    private QuantileRegression fitOutside(ScoreTable table, int fold) {
        double[] target = logLikelihood.of(table.target(), Population.NON_MEMBERS);
        double[][] features = features(table, Population.NON_MEMBERS);
        List<ScoreTable.Row> rows = table.rows(Population.NON_MEMBERS);
        int[] outside = IntStream.range(0, rows.size()).filter(row -> fold(rows.get(row)) != fold).toArray();
        int needed = 10 * (FEATURES + 1);
        if (outside.length < needed) {
            throw new AuditException(
                    "attack " + name() + " is fitted to " + outside.length + " non-members outside a fold of patients; at least " + needed
                            + " are needed: give more, of more patients, or leave the attack out");
        }
        return QuantileRegression.fit(Arrays.stream(outside).mapToObj(row -> features[row]).toArray(double[][]::new),
                Arrays.stream(outside).mapToDouble(row -> target[row]).toArray(), quantile);
    }

    private double[][] features(ScoreTable table, Population population) {
        double[] references = ReferenceMean.ARITHMETIC.of(ofReferences(table, population));
        List<SequenceScore> scores = table.target().scores(logLikelihood.rule(), population);
        double[][] features = new double[references.length][];
        for (int row = 0; row < features.length; row++) {
            SequenceScore score = scores.get(row);
            double unknown = (double) score.unknownCount() / score.tokenCount();
            features[row] = new double[] {references[row], score.tokenCount(), score.measures().characters(), unknown};
        }
        return features;
    }

    /** The same for all sentences of a patient, in whichever population. */
    private static int fold(ScoreTable.Row row) {
        return new CounterRandom(0, row.group().flatMap(PatientKey::of).orElse(row.id()).hashCode()).nextInt(FOLDS);
    }

    /** The attack by its name, for {@link java.util.ServiceLoader}. */
    @AutoService(NamedAttack.class)
    public static final class ByName extends NamedAttack {
        public ByName() {
            super("experimental-quantile", settings -> DEFAULTS.withRule(settings.logLikelihood().rule()));
        }
    }
}
