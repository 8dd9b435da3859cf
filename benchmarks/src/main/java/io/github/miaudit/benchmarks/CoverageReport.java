package io.github.miaudit.benchmarks;

import io.github.miaudit.metrics.BinomialInterval;
import io.github.miaudit.metrics.ClusterBootstrap;
import io.github.miaudit.metrics.ConformalCalibration;
import io.github.miaudit.metrics.DeLong;
import io.github.miaudit.metrics.GroupedCounts;
import io.github.miaudit.metrics.GroupedScores;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.PairedDifference;
import io.github.miaudit.metrics.PermutationTest;
import io.github.miaudit.metrics.RocCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How often the intervals hold the truth, on simulated scores whose truth is known: non-members are standard normal,
 * members normal with the mean that makes the AUC what it is said to be; a sentence is the sum of its patient's normal
 * effect (half of the variance) and its own. Prints a Markdown table. The first argument is the number of simulations
 * (default 2000).
 */
public final class CoverageReport {

    private static final NormalDistribution NORMAL = new NormalDistribution();
    private static final double LEVEL = 0.95;

    public static void main(String[] arguments) {
        int simulations = arguments.length == 0 ? 2000 : Integer.parseInt(arguments[0]);
        System.out.printf("%d simulations a row; a share of 0.95 is then measured to within %.3f (two standard errors).%n%n", simulations,
                2 * Math.sqrt(LEVEL * (1 - LEVEL) / simulations));
        System.out.println("| Interval, 95 % | Data | Holds the truth |");
        System.out.println("|---|---|---|");
        for (int patients : new int[] {5, 10, 20, 50, 100}) {
            for (double area : new double[] {0.5, 0.7, 0.9, 0.99}) {
                row("AUC by patient", patients + " + " + patients + " patients, AUC " + area, simulations,
                        random -> DeLong.of(sentences(random, patients, area), sentences(random, patients, 0.5)).interval(LEVEL)
                                .contains(area));
                row("AUC", patients + " + " + patients + " patients of 1 to 20 sentences, AUC " + area, simulations,
                        random -> DeLong.of(patients(random, patients, area), patients(random, patients, 0.5)).interval(LEVEL)
                                .contains(area));
            }
        }
        row("AUC", "200 + 200 sentences, AUC 0.7", simulations,
                random -> DeLong.of(sentences(random, 200, 0.7), sentences(random, 200, 0.5)).interval(LEVEL).contains(0.7));
        row("AUC, patients ignored", "50 + 50 patients of 1 to 20 sentences, AUC 0.7", simulations,
                random -> DeLong.of(patients(random, 50, 0.7).scores(), patients(random, 50, 0.5).scores()).interval(LEVEL).contains(0.7));
        for (double share : new double[] {0.1, 0.01}) {
            double threshold = -NORMAL.inverseCumulativeProbability(share);
            row("share accepted by a fixed threshold, Korn-Graubard", "50 patients of 1 to 20 sentences, share " + share, simulations,
                    random -> {
                        GroupedScores patients = patients(random, 50, 0.5);
                        return BinomialInterval
                                .clustered(GroupedCounts.of(patients, score -> score >= threshold), LEVEL)
                                .contains(share);
                    });
        }
        row("difference of AUCs, paired", "200 + 200 sentences, AUC 0.8 and 0.7, correlation 0.5", simulations,
                random -> paired(random, 0.8, 0.7).interval().contains(0.1));
        row("difference of AUCs, paired by patient", "50 + 50 patients of 1 to 20 sentences, AUC 0.8 and 0.7", simulations,
                random -> pairedByPatient(random, 50, 0.8, 0.7).interval().contains(0.1));
        truePositiveRates(Math.max(100, simulations / 4));
        System.out.printf("%n| Promise | Data | Measured |%n|---|---|---|%n");
        for (double alpha : new double[] {0.1, 0.01}) {
            mean("realised FPR at alpha " + alpha + ", conformal", "500 + 500 non-members", simulations,
                    random -> accepted(GroupedScores.ungrouped(sentences(random, 500, 0.5)),
                            GroupedScores.ungrouped(sentences(random, 500, 0.5)), alpha));
            mean("realised FPR at alpha " + alpha + ", conformal", "200 patients of 1 to 20 sentences, halved by patient", simulations,
                    random -> {
                        List<GroupedScores> halves = patients(random, 200, 0.5).halves(random.nextLong());
                        return accepted(halves.get(0), halves.get(1), alpha);
                    });
            mean("realised FPR at alpha " + alpha + ", conformal, patients ignored", "20 patients of 1 to 20 sentences, halved by patient",
                    simulations, random -> {
                        List<GroupedScores> halves = patients(random, 20, 0.5).halves(random.nextLong());
                        return accepted(GroupedScores.ungrouped(halves.get(0).scores()), halves.get(1), alpha);
                    });
        }
        mean("share of p-values up to 0.05, permutation test", "20 + 20 patients of 1 to 20 sentences, AUC 0.5", simulations,
                random -> PermutationTest.of(patients(random, 20, 0.5), patients(random, 20, 0.5), 1000, random.nextLong()).higher() <= 0.05
                        ? 1 : 0);
        for (int patients : new int[] {5, 10, 20}) {
            String data = patients + " + " + patients + " patients of 1 to 20 sentences, both AUC 0.7";
            mean("share of p-values up to 0.05, paired by patient", data, simulations,
                    random -> pairedByPatient(random, patients, 0.7, 0.7).pValue() <= 0.05 ? 1 : 0);
        }
        for (int patients : new int[] {20, 50}) {
            double told = IntStream.range(0, 500).mapToDouble(simulation -> pairedByPatient(new Random(simulation), patients, 0.7, 0.7)
                    .smallestDetectable(LEVEL, 1).orElseThrow()).average().orElseThrow();
            mean(String.format(Locale.ROOT, "share found of a difference of %.3f, as large as is said to be found in 80 %%", told),
                    patients + " + " + patients + " patients of 1 to 20 sentences, AUC 0.7 and more", simulations,
                    random -> pairedByPatient(random, patients, 0.7 + told, 0.7).pValue() <= 0.05 ? 1 : 0);
        }
        mean("share of p-values up to 0.05, paired", "200 + 200 sentences, both AUC 0.7, correlation 0.5", simulations,
                random -> paired(random, 0.7, 0.7).pValue() <= 0.05 ? 1 : 0);
        mean("AUC of equal distributions", "200 + 200 sentences", simulations,
                random -> RocCurve.of(sentences(random, 200, 0.5), sentences(random, 200, 0.5)).areaUnderCurve());
    }

    /** The mean over patients of the share of their sentences that is accepted; 0 where the rate can't be promised. */
    private static double accepted(GroupedScores calibration, GroupedScores evaluated, double alpha) {
        ConformalCalibration calibrated = ConformalCalibration.of(calibration);
        if (calibrated.groupCount() < ConformalCalibration.groupsNeeded(alpha)) {
            return 0;
        }
        double threshold = calibrated.threshold(alpha);
        return GroupedCounts.of(evaluated, score -> score > threshold).meanShare();
    }

    private static void row(String interval, String data, int simulations, Predicate<Random> holds) {
        mean(interval, data, simulations, random -> holds.test(random) ? 1 : 0);
    }

    private static void mean(String what, String data, int simulations, ToDoubleFunction<Random> measured) {
        double sum = IntStream.range(0, simulations).parallel()
                .mapToDouble(simulation -> measured.applyAsDouble(new Random(simulation * 0x9E3779B97F4A7C15L))).sum();
        System.out.printf("| %s | %s | %.4f |%n", what, data, sum / simulations);
    }

    /** The mean of members that makes the AUC: two unit normals differ by it. */
    private static double shift(double area) {
        return Math.sqrt(2) * NORMAL.inverseCumulativeProbability(area);
    }

    private static double[] sentences(Random random, int count, double area) {
        double shift = shift(area);
        return IntStream.range(0, count).mapToDouble(row -> shift + random.nextGaussian()).toArray();
    }

    /** Two scores of the same sentences that correlate by half. */
    private static double[][] pairs(Random random, int count, double first, double second) {
        double[][] scores = new double[2][count];
        for (int row = 0; row < count; row++) {
            double shared = random.nextGaussian();
            scores[0][row] = shift(first) + Math.sqrt(0.5) * (shared + random.nextGaussian());
            scores[1][row] = shift(second) + Math.sqrt(0.5) * (shared + random.nextGaussian());
        }
        return scores;
    }

    private static PairedDifference paired(Random random, double first, double second) {
        double[][] members = pairs(random, 200, first, second);
        double[][] nonMembers = pairs(random, 200, 0.5, 0.5);
        return DeLong.of(members[0], nonMembers[0]).minus(DeLong.of(members[1], nonMembers[1]), LEVEL);
    }

    private static PairedDifference pairedByPatient(Random random, int patients, double first, double second) {
        GroupedScores members = patients(random, patients, first);
        GroupedScores nonMembers = patients(random, patients, 0.5);
        DeLong other = DeLong.of(noisier(random, members, first, second), noisier(random, nonMembers, 0.5, 0.5));
        return DeLong.of(members, nonMembers).minus(other, LEVEL);
    }

    private static GroupedScores patients(Random random, int count, double area) {
        return patients(random, count, area, 20, 0);
    }

    /** Of 1 to so many sentences; a share of the patients stands 3.4 deviations higher. */
    private static GroupedScores patients(Random random, int count, double area, int most, double leaking) {
        double shift = shift(area);
        List<Double> scores = new ArrayList<>();
        List<Integer> groups = new ArrayList<>();
        for (int patient = 0; patient < count; patient++) {
            double effect = Math.sqrt(0.5) * random.nextGaussian() + (random.nextDouble() < leaking ? 3.4 : 0);
            int sentences = 1 + random.nextInt(most);
            for (int sentence = 0; sentence < sentences; sentence++) {
                scores.add(shift + effect + Math.sqrt(0.5) * random.nextGaussian());
                groups.add(patient);
            }
        }
        return GroupedScores.of(scores.stream().mapToDouble(Double::doubleValue).toArray(), groups);
    }

    /** On which side of the interval of a TPR the truth falls, where all members leak a little or a share of patients by 3.4 deviations. */
    private static void truePositiveRates(int simulations) {
        System.out.printf(
                "%n%d simulations a row.%n%n| TPR at FPR | Data | truth | below the interval | above it |%n|---|---|---|---|---|%n",
                simulations);
        for (double rate : new double[] {0.1, 0.01}) {
            for (int patients : new int[] {20, 50, 100}) {
                for (double leaking : new double[] {0, 0.05, 0.1}) {
                    for (int most : new int[] {1, 20}) {
                        double area = leaking == 0 ? 0.7 : 0.5;
                        double threshold = -NORMAL.inverseCumulativeProbability(rate);
                        double truth = (1 - leaking) * NORMAL.cumulativeProbability(shift(area) - threshold)
                                + leaking * NORMAL.cumulativeProbability(3.4 - threshold);
                        double[] ends = IntStream.range(0, simulations).parallel().mapToObj(simulation -> {
                            Random random = new Random(simulation * 0x9E3779B97F4A7C15L);
                            Interval interval = ClusterBootstrap
                                    .of(patients(random, patients, area, most, leaking), patients(random, patients, 0.5, most, 0))
                                    .withReplicates(1000).truePositiveRates(List.of(rate), LEVEL).get(0);
                            return new double[] {truth < interval.lower() ? 1 : 0, truth > interval.upper() ? 1 : 0};
                        }).reduce((first, second) -> new double[] {first[0] + second[0], first[1] + second[1]}).orElseThrow();
                        System.out.printf("| %s | %d + %d patients of %s, %s | %.3f | %.3f | %.3f |%n", rate, patients, patients,
                                most == 1 ? "1 sentence" : "1 to 20 sentences",
                                leaking == 0 ? "AUC 0.7" : Math.round(100 * leaking) + " % leak", truth, ends[0] / simulations,
                                ends[1] / simulations);
                    }
                }
            }
        }
    }

    /** Another score of the same sentences: half of it noise, still of unit variance, with the mean of another AUC. */
    private static GroupedScores noisier(Random random, GroupedScores scores, double area, double other) {
        double[] noisy = Arrays.stream(scores.scores())
                .map(score -> shift(other) + Math.sqrt(0.5) * (score - shift(area)) + Math.sqrt(0.5) * random.nextGaussian()).toArray();
        return scores.withScores(noisy);
    }
}
