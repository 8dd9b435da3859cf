package io.github.miaudit.membership;

import com.google.auto.service.AutoService;
import io.github.miaudit.data.Patient;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.metrics.CounterRandom;
import io.github.miaudit.metrics.QuantileRegression;
import io.github.miaudit.notes.PatientKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * members and non-members are treated alike, and no non-member is lost to calibration. Of more than {@value LearnedSentences#MOST}
 * non-members that many are fitted, as evenly of the patients as they have sentences, drawn by a hash of the ids.
 *
 * <p>Source: Bertran et al. 2023, arXiv 2307.03694.
 */
public final class QuantileAttack extends ReferenceAttack<QuantileAttack> implements WholeTableAttack {

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
    public PerPopulation<double[]> membershipScores(ScoreTable table) {
        Map<Patient, Integer> folds = new HashMap<>();
        PerPopulation<Sentences> all = PerPopulation.of(population -> sentences(table, population, folds));
        Sentences nonMembers = all.of(Population.NON_MEMBERS);
        int[] learned = LearnedSentences.of(table, Population.NON_MEMBERS, LearnedSentences.MOST);
        QuantileRegression[] fits = new QuantileRegression[FOLDS];
        return all.map(sentences -> {
            double[] scores = new double[sentences.folds.length];
            for (int row = 0; row < scores.length; row++) {
                int fold = sentences.folds[row];
                fits[fold] = fits[fold] == null ? fitOutside(fold, nonMembers, learned) : fits[fold];
                scores[row] = sentences.target[row] - fits[fold].predict(sentences.features(row));
            }
            return scores;
        });
    }

    private QuantileRegression fitOutside(int fold, Sentences nonMembers, int[] learned) {
        int[] outside = IntStream.of(learned).filter(row -> nonMembers.folds[row] != fold).toArray();
        int needed = 10 * (FEATURES + 1);
        if (outside.length < needed) {
            throw new AuditException(
                    "attack " + name() + " is fitted to " + outside.length + " non-members outside a fold of patients; at least " + needed
                            + " are needed: give more, of more patients, or leave the attack out");
        }
        return QuantileRegression.fit(IntStream.of(outside).mapToObj(nonMembers::features).toArray(double[][]::new),
                IntStream.of(outside).mapToDouble(row -> nonMembers.target[row]).toArray(), quantile);
    }

    private Sentences sentences(ScoreTable table, Population population, Map<Patient, Integer> known) {
        List<ScoreTable.Row> rows = table.rows(population);
        List<Patient> patients = table.patients().of(population);
        int[] folds = IntStream.range(0, rows.size()).map(row -> patients.get(row).isKnown()
                ? known.computeIfAbsent(patients.get(row), unseen -> fold(rows.get(row)))
                : fold(rows.get(row))).toArray();
        return new Sentences(folds, logLikelihood.of(table.target(), population),
                ReferenceMean.ARITHMETIC.of(ofReferences(table, population)), table.target().scores(logLikelihood.rule(), population));
    }

    /** A population's, one number a sentence. */
    private record Sentences(int[] folds, double[] target, double[] references, List<SequenceScore> scores) {

        double[] features(int row) {
            SequenceScore score = scores.get(row);
            double unknown = (double) score.unknownCount() / score.tokenCount();
            return new double[] {references[row], score.tokenCount(), score.measures().characters(), unknown};
        }
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
