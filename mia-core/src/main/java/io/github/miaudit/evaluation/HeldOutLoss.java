package io.github.miaudit.evaluation;

import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.GroupReduction;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.MultipleTesting;
import io.github.miaudit.metrics.SkewedMean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;

/**
 * How well a version of a target knows what no version was trained on: its loss on the non-members, by the rule that the target checks
 * judge it by. Of a sentence {@code l = -(1 / T) sum of ln p(token | the rest)} over its T scored tokens, of a patient the mean of his
 * sentences' l, and of the version the mean over patients; a sentence of nobody known counts as a patient of its own. In nats a token;
 * lower = better.
 *
 * @param target   the version's name
 * @param patients how many there are
 * @param mean     the loss
 * @param beside   the baseline; empty of the baseline itself, and where the two were scored by different rules or read the sentences as
 *                 different tokens, of which each is as hard as the tokenizer makes it
 */
public record HeldOutLoss(String target, int patients, double mean, Optional<Beside> beside) {

    /**
     * Of fewer patients no difference is found: where a few of them gain or lose far more than the others, those are too often not among so
     * few, and the mean of the others passes for that of all. Simulated, one of 6 versions was wrongly found worse in up to 14.5 % of cases
     * with 20 patients, and in up to 7.0 % with 50 ({@code HeldOutLossReport}).
     */
    public static final int FEWEST_TO_FIND = 50;

    /**
     * A version's loss beside the baseline's, paired: the same patients.
     *
     * @param difference the version's minus the baseline's; above 0, the version is worse
     * @param test       of it; empty with fewer than {@value AttackResult#FEWEST_FOR_INTERVAL} patients
     */
    public record Beside(double difference, Optional<Test> test) {
    }

    /**
     * What is known of a difference.
     *
     * @param patients       how many it is of
     * @param interval       {@link SkewedMean} of the patients' differences, not corrected for the number of versions
     * @param adjustedPValue of the hypothesis that there is none, corrected for the number of versions that are compared (Holm 1979)
     */
    public record Test(int patients, Interval interval, double adjustedPValue) {

        /**
         * Whether a difference is found: the corrected p-value is at most 1 - level of the interval. Empty with fewer than
         * {@value HeldOutLoss#FEWEST_TO_FIND} patients.
         */
        public Optional<Boolean> isDetected() {
            return patients < FEWEST_TO_FIND ? Optional.empty() : Optional.of(adjustedPValue <= 1 - interval.level());
        }
    }

    /**
     * Of each version.
     *
     * @param targets    name and scores of each, the baseline first; of the same sentences, all of them scored, some of them non-members
     * @param evaluation level of the intervals
     * @throws IllegalArgumentException if there is no version, or the sentences differ
     */
    public static List<HeldOutLoss> of(Map<String, ScoreTable> targets, Evaluation evaluation) {
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("0 targets; at least 1 is needed");
        }
        ScoreTable baseline = targets.values().iterator().next();
        double[] before = losses(baseline);
        List<HeldOutLoss> losses = new ArrayList<>();
        targets.forEach((target, table) -> {
            double[] now = losses(table);
            losses.add(new HeldOutLoss(target, now.length, mean(now),
                    table == baseline || !readAlike(table.target(), baseline.target()) ? Optional.empty()
                            : Optional.of(beside(now, before, evaluation))));
        });
        return corrected(losses);
    }

    /** With p-values corrected for the number of those that have one. */
    private static List<HeldOutLoss> corrected(List<HeldOutLoss> losses) {
        PrimitiveIterator.OfDouble adjusted = Arrays.stream(MultipleTesting.holm(losses.stream().flatMap(loss -> loss.beside.stream())
                .flatMap(beside -> beside.test.stream()).mapToDouble(Test::adjustedPValue).toArray())).iterator();
        return losses.stream().map(loss -> new HeldOutLoss(loss.target, loss.patients, loss.mean,
                loss.beside.map(beside -> new Beside(beside.difference,
                        beside.test.map(test -> new Test(test.patients, test.interval, adjusted.nextDouble()))))))
                .toList();
    }

    /** One a patient. */
    private static double[] losses(ScoreTable table) {
        AttackScores likelihoods = AuditResults.means(table, table.target(), table.target().mainRule());
        return Arrays.stream(likelihoods.grouped(Population.NON_MEMBERS).reduce(GroupReduction.mean())).map(each -> -each).toArray();
    }

    private static Beside beside(double[] now, double[] before, Evaluation evaluation) {
        if (now.length != before.length) {
            throw new IllegalArgumentException(now.length + " patients by one target but " + before.length + " by the other; all must be of"
                    + " the same sentences");
        }
        double[] differences = IntStream.range(0, now.length).mapToDouble(patient -> now[patient] - before[patient]).toArray();
        if (differences.length < AttackResult.FEWEST_FOR_INTERVAL) {
            return new Beside(mean(differences), Optional.empty());
        }
        SkewedMean found = SkewedMean.of(differences, evaluation.confidence());
        return new Beside(found.mean(), Optional.of(new Test(differences.length, found.interval(), found.pValue())));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static boolean readAlike(ModelScores one, ModelScores other) {
        return one.mainRule().equals(other.mainRule()) && sameTokens(one, other, one.mainRule());
    }

    private static boolean sameTokens(ModelScores one, ModelScores other, MaskingRule rule) {
        Iterator<SequenceScore> others = other.scores(rule, Population.NON_MEMBERS).iterator();
        return one.scores(rule, Population.NON_MEMBERS).stream()
                .allMatch(score -> others.hasNext() && Arrays.equals(score.tokenIds(), others.next().tokenIds()));
    }
}
