package io.github.miaudit.benchmarks;

import io.github.miaudit.metrics.LiraVariance;
import io.github.miaudit.metrics.MembershipStatistic;
import io.github.miaudit.metrics.RocCurve;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * What LiRA's scores don't mean, in simulation: log-likelihoods are normal. Prints three Markdown tables, the second and third after
 * Jälkö et al. 2026, arXiv 2605.25819. The argument is the number of sentences (default 20 000).
 */
public final class LiraReport {

    private static final double LOW = 0.01;

    private final Random random = new Random(1);
    private final int sentences;

    private LiraReport(int sentences) {
        this.sentences = sentences;
    }

    public static void main(String[] arguments) {
        LiraReport report = new LiraReport(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000);
        report.oneReferenceLess();
        report.halvesOfOneSet();
        report.oneThreshold();
    }

    /** The target as one of models of which half saw each sentence, and nothing leaks: so members have one reference less that did. */
    private void oneReferenceLess() {
        System.out.printf("| References a side | spread | AUC, one less on the target's side | TPR at 1 %% | AUC, as many | TPR at 1 %% |%n"
                + "|---|---|---|---|---|---|%n");
        for (int side : new int[] {3, 4, 8, 16, 32}) {
            for (LiraVariance variance : LiraVariance.values()) {
                RocCurve less = withoutLeak(side - 1, side, variance);
                RocCurve asMany = withoutLeak(side, side, variance);
                System.out.printf("| %d | %s | %.3f | %.4f | %.3f | %.4f |%n", side, words(variance), less.areaUnderCurve(), atLow(less),
                        asMany.areaUnderCurve(), atLow(asMany));
            }
        }
    }

    private RocCurve withoutLeak(int targetsSide, int otherSide, LiraVariance variance) {
        int models = targetsSide + otherSide;
        double[] target = normal(2 * sentences);
        double[][] references = IntStream.range(0, models).mapToObj(model -> normal(2 * sentences)).toArray(double[][]::new);
        boolean[][] saw = new boolean[models][2 * sentences];
        for (int model = 0; model < models; model++) {
            Arrays.fill(saw[model], 0, sentences, model < targetsSide); // members first
            Arrays.fill(saw[model], sentences, 2 * sentences, model >= targetsSide);
        }
        double[] scores = MembershipStatistic.onlineLira(target, references, saw, variance);
        return RocCurve.of(Arrays.copyOf(scores, sentences), Arrays.copyOfRange(scores, sentences, 2 * sentences));
    }

    /**
     * A model is the mean of 100 numbers that it was trained on, and a sentence's log-likelihood is that mean, higher by a number that
     * it adds itself. References are trained on fresh numbers each, or on halves of one set of 200.
     */
    private void halvesOfOneSet() {
        double fresh = averageDeviation(set -> StatUtils.mean(normal(100)));
        double halves = averageDeviation(this::meanOfHalf);
        System.out.printf("%n| References trained on | deviation | TPR at 1 %% that it promises |%n|---|---|---|%n");
        row("fresh numbers", fresh);
        row("halves of one set", halves);
        row("halves, divided by sqrt(1 - share)", halves / Math.sqrt(1 - 0.5));
    }

    private static void row(String name, double deviation) {
        System.out.printf("| %s | %.4f | %.3f |%n", name, deviation, promised(deviation));
    }

    /** Of 64 models, over 200 sets. */
    private double averageDeviation(ToDoubleFunction<double[]> model) {
        return Math.sqrt(IntStream.range(0, 200).mapToDouble(each -> {
            double[] set = normal(200);
            return StatUtils.variance(IntStream.range(0, 64).mapToDouble(index -> model.applyAsDouble(set)).toArray());
        }).average().orElseThrow());
    }

    private double meanOfHalf(double[] set) {
        int half = set.length / 2;
        for (int place = 0; place < half; place++) {
            int other = place + random.nextInt(set.length - place);
            double swapped = set[place];
            set[place] = set[other];
            set[other] = swapped;
        }
        return StatUtils.mean(set, 0, half);
    }

    /** Of a sentence that lifts the mean by 0.2. */
    private static double promised(double deviation) {
        NormalDistribution normal = new NormalDistribution();
        return 1 - normal.cumulativeProbability(normal.inverseCumulativeProbability(1 - LOW) - 0.2 / deviation);
    }

    /** Sentences of different spread and leak, one threshold of which 1 % of all scores of non-members are above. */
    private void oneThreshold() {
        System.out.printf(
                "%n| Score | FPR of single sentences at the threshold of 1 %% of all: 10 %% of them below | median | 10 %% above |%n"
                        + "|---|---|---|---|%n");
        int some = Math.min(sentences, 1000);
        double[] deviations = random.doubles(some)
                .map(chance -> Math.exp(new NormalDistribution().inverseCumulativeProbability(chance) / 2))
                .toArray();
        double[] leaks = random.doubles(some).map(chance -> 2 * chance).toArray();
        double[][] references = new double[32][some];
        boolean[][] saw = new boolean[32][some];
        for (int model = 0; model < 32; model++) {
            for (int sentence = 0; sentence < some; sentence++) {
                saw[model][sentence] = model % 2 == 0;
                references[model][sentence] = deviations[sentence] * random.nextGaussian() + (model % 2 == 0 ? leaks[sentence] : 0);
            }
        }
        double[][] targets = new double[2000][some];
        for (double[] target : targets) {
            Arrays.setAll(target, sentence -> deviations[sentence] * random.nextGaussian());
        }
        for (LiraVariance variance : LiraVariance.values()) {
            spread("online, " + words(variance),
                    scores(targets, target -> MembershipStatistic.onlineLira(target, references, saw, variance)));
            spread("offline, " + words(variance),
                    scores(targets, target -> MembershipStatistic.offlineLira(target, references, saw, variance)));
        }
    }

    private static double[][] scores(double[][] targets, UnaryOperator<double[]> attack) {
        return Arrays.stream(targets).map(attack).toArray(double[][]::new);
    }

    /** Of one array a target. */
    private static void spread(String name, double[][] scores) {
        double[] all = Arrays.stream(scores).flatMapToDouble(Arrays::stream).sorted().toArray();
        double threshold = all[(int) (all.length * (1 - LOW))];
        double[] rates = IntStream.range(0, scores[0].length)
                .mapToDouble(sentence -> Arrays.stream(scores).filter(ofTarget -> ofTarget[sentence] > threshold).count()
                        / (double) scores.length)
                .sorted().toArray();
        System.out.printf("| %s | %.4f | %.4f | %.4f |%n", name, rates[rates.length / 10], rates[rates.length / 2],
                rates[rates.length * 9 / 10]);
    }

    private static double atLow(RocCurve curve) {
        return curve.bestAtFalsePositiveRate(LOW).truePositiveRate();
    }

    private static String words(LiraVariance variance) {
        return variance == LiraVariance.POOLED ? "pooled" : "per sentence";
    }

    private double[] normal(int count) {
        return IntStream.range(0, count).mapToDouble(index -> random.nextGaussian()).toArray();
    }
}
