package io.github.miaudit.benchmarks;

import io.github.miaudit.metrics.CounterRandom;
import io.github.miaudit.metrics.DeLong;
import io.github.miaudit.metrics.GroupedScores;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.LogisticRegression;
import io.github.miaudit.metrics.OneWayCrossFit;
import io.github.miaudit.metrics.OneWayCrossFit.Part;
import io.github.miaudit.metrics.OneWayCrossFit.Row;
import io.github.miaudit.metrics.PermutationTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Whether scores of a fitted attack can be tested and their AUC's interval be taken as if the attack had been fixed before: the
 * simulated patients have 1 to 9 sentences of 14 features that correlate by 0.7, half of whose variance is the patient's; of members,
 * three features stand higher by a difference. Prints a Markdown table. The first argument is the number of simulations (default 500).
 */
public final class CrossFitReport {

    private static final int FEATURES = 14;
    private static final int SHIFTED = 3;
    private static final double PENALTY = 1;
    private static final int FOLDS = 5;
    private static final double LEVEL = 0.95;

    /** A way to score rows by fits to other rows. */
    private interface Way {
        double[] scores(List<Row> rows, long seed);
    }

    /** What one simulation shows. */
    private record Outcome(double area, double standardError, Interval interval, double pValue) {
    }

    private CrossFitReport() {
    }

    public static void main(String[] arguments) {
        int simulations = arguments.length == 0 ? 500 : Integer.parseInt(arguments[0]);
        System.out.printf("%d simulations a row.%n%n", simulations);
        System.out.println(
                "| Patients | Difference | Way | AUC | its deviation | its standard error as told | interval of 95 % holds the mean"
                        + " AUC | p <= 0.05 |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (int patients : new int[] {10, 20, 50}) {
            for (double difference : new double[] {0, 0.25, 0.7}) {
                row(patients, difference, "each fold by all others", CrossFitReport::byAllOthers, simulations);
                row(patients, difference, "one way", (rows, seed) -> OneWayCrossFit.scores(rows, PENALTY, seed), simulations);
            }
        }
    }

    private static void row(int patients, double difference, String name, Way way, int simulations) {
        List<Outcome> outcomes = IntStream.range(0, simulations).parallel()
                .mapToObj(simulation -> outcome(rows(patients, difference, new Random(simulation * 0x9E3779B97F4A7C15L)), way, simulation))
                .toList();
        double mean = outcomes.stream().mapToDouble(Outcome::area).average().orElseThrow();
        double deviation = Math.sqrt(outcomes.stream().mapToDouble(outcome -> Math.pow(outcome.area - mean, 2)).average().orElseThrow());
        System.out.printf("| %d + %d | %s | %s | %.3f ± %.3f | %.3f | %.3f | %.3f | %.3f |%n", patients, patients, difference, name, mean,
                deviation / Math.sqrt(simulations), deviation,
                outcomes.stream().mapToDouble(Outcome::standardError).average().orElseThrow(),
                outcomes.stream().filter(outcome -> outcome.interval.contains(mean)).count() / (double) simulations,
                outcomes.stream().filter(outcome -> outcome.pValue <= 0.05).count() / (double) simulations);
    }

    private static Outcome outcome(List<Row> rows, Way way, long seed) {
        double[] scores = way.scores(rows, seed);
        GroupedScores members = grouped(rows, scores, Part.FIRST);
        GroupedScores others = grouped(rows, scores, Part.SECOND);
        DeLong area = DeLong.of(members, others);
        return new Outcome(area.areaUnderCurve(), Math.sqrt(area.variance()), area.interval(LEVEL),
                PermutationTest.of(members, others, 1000, seed).higher());
    }

    private static GroupedScores grouped(List<Row> rows, double[] scores, Part part) {
        int[] places = IntStream.range(0, scores.length).filter(row -> rows.get(row).part() == part).toArray();
        return GroupedScores.of(Arrays.stream(places).mapToDouble(row -> scores[row]).toArray(),
                Arrays.stream(places).mapToObj(row -> rows.get(row).group()).toList());
    }

    /** The common way: patients are dealt to folds, evenly by class, and a fold's log-odds are of a fit to all others. */
    private static double[] byAllOthers(List<Row> rows, long seed) {
        int groups = rows.stream().mapToInt(Row::group).max().orElseThrow() + 1;
        int[] foldOf = new int[groups];
        for (Part part : List.of(Part.FIRST, Part.SECOND)) {
            int[] order = rows.stream().filter(row -> row.part() == part).mapToInt(Row::group).distinct().toArray();
            order = new CounterRandom(seed, part.ordinal()).sample(order, order.length);
            for (int place = 0; place < order.length; place++) {
                foldOf[order[place]] = place % FOLDS;
            }
        }
        double[] scores = new double[rows.size()];
        for (int fold = 0; fold < FOLDS; fold++) {
            int scored = fold;
            LogisticRegression fit = LogisticRegression.fit(features(rows, foldOf, scored, Part.FIRST),
                    features(rows, foldOf, scored, Part.SECOND), PENALTY);
            IntStream.range(0, scores.length).filter(row -> foldOf[rows.get(row).group()] == scored)
                    .forEach(row -> scores[row] = fit.logOdds(rows.get(row).features()));
        }
        return scores;
    }

    private static double[][] features(List<Row> rows, int[] foldOf, int left, Part part) {
        return rows.stream().filter(row -> row.part() == part && foldOf[row.group()] != left).map(Row::features).toArray(double[][]::new);
    }

    static List<Row> rows(int patients, double difference, Random random) {
        List<Row> rows = new ArrayList<>();
        for (int patient = 0; patient < 2 * patients; patient++) {
            double[] own = correlated(random);
            int sentences = 1 + random.nextInt(9);
            for (int sentence = 0; sentence < sentences; sentence++) {
                double[] features = correlated(random);
                for (int feature = 0; feature < FEATURES; feature++) {
                    features[feature] = Math.sqrt(0.5) * (own[feature] + features[feature])
                            + (patient < patients && feature < SHIFTED ? difference : 0);
                }
                rows.add(new Row(features, patient < patients ? Part.FIRST : Part.SECOND, patient));
            }
        }
        return rows;
    }

    private static double[] correlated(Random random) {
        double shared = Math.sqrt(0.7) * random.nextGaussian();
        return IntStream.range(0, FEATURES).mapToDouble(feature -> shared + Math.sqrt(0.3) * random.nextGaussian()).toArray();
    }
}
