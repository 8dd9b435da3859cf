package io.github.miaudit.benchmarks;

import io.github.miaudit.metrics.ClusterBootstrap;
import io.github.miaudit.metrics.DeLong;
import io.github.miaudit.metrics.GroupedScores;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.OneWayCrossFit;
import io.github.miaudit.metrics.OneWayCrossFit.Part;
import io.github.miaudit.metrics.OneWayCrossFit.Row;
import io.github.miaudit.metrics.Refitting;
import io.github.miaudit.metrics.RocCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether intervals of a fitted attack hold what it would find if it were fitted anew, to as many other patients of the simulated world of
 * {@link CrossFitReport}: the mean, over all simulations, of what the fits of each find in fresh patients. Prints a Markdown table. The
 * first argument is the number of simulations (default 500), the second the patients a side, separated by commas.
 */
public final class RefitReport {

    private static final double PENALTY = 1;
    private static final double LEVEL = 0.95;
    private static final double RATE = 0.1;
    private static final int FRESH = 500; // patients a side

    /** What one simulation shows; an area and a rate of fresh patients are those of its fits. */
    private record Outcome(double area, double ofFresh, double variance, double added, Interval fixed, Interval refitted,
            double rateOfFresh,
            Interval rate) {
    }

    private RefitReport() {
    }

    public static void main(String[] arguments) {
        int simulations = arguments.length == 0 ? 500 : Integer.parseInt(arguments[0]);
        String patients = arguments.length < 2 ? "10,20,50,100" : arguments[1];
        System.out.printf("%d simulations a row.%n%n", simulations);
        System.out.println("| Patients | Difference | AUC of the attack | its deviation | its standard error, fits fixed, refitted"
                + " | interval holds it, fits fixed | refitted | holds that of its own fits, refitted | width, fits fixed, refitted"
                + " | TPR at 10 % | interval holds it |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        for (int size : Stream.of(patients.split(",")).mapToInt(Integer::parseInt).toArray()) {
            for (double difference : new double[] {0, 0.25, 0.7}) {
                row(size, difference, simulations);
            }
        }
    }

    private static void row(int patients, double difference, int simulations) {
        List<Outcome> outcomes = IntStream.range(0, simulations).parallel().mapToObj(seed -> outcome(patients, difference, seed)).toList();
        double truth = mean(outcomes, Outcome::ofFresh);
        double rate = mean(outcomes, Outcome::rateOfFresh);
        double mean = mean(outcomes, Outcome::area);
        double deviation = Math.sqrt(mean(outcomes, outcome -> Math.pow(outcome.area - mean, 2)));
        double ofTruth = Math.sqrt(mean(outcomes, outcome -> Math.pow(outcome.ofFresh - truth, 2)) / simulations);
        System.out.printf("| %d + %d | %s | %.3f ± %.3f | %.3f | %.3f, %.3f | %.3f | %.3f | %.3f | %.3f, %.3f | %.3f | %.3f |%n", patients,
                patients, difference, truth, ofTruth, deviation, Math.sqrt(mean(outcomes, Outcome::variance)),
                Math.sqrt(mean(outcomes, outcome -> outcome.variance + outcome.added)),
                share(outcomes, outcome -> outcome.fixed.contains(truth)), share(outcomes, outcome -> outcome.refitted.contains(truth)),
                share(outcomes, outcome -> outcome.refitted.contains(outcome.ofFresh)),
                mean(outcomes, outcome -> outcome.fixed.upper() - outcome.fixed.lower()),
                mean(outcomes, outcome -> outcome.refitted.upper() - outcome.refitted.lower()), rate,
                share(outcomes, outcome -> outcome.rate.contains(rate)));
    }

    private static double mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> of) {
        return outcomes.stream().mapToDouble(of).average().orElseThrow();
    }

    private static double share(List<Outcome> outcomes, Predicate<Outcome> of) {
        return outcomes.stream().filter(of).count() / (double) outcomes.size();
    }

    private static Outcome outcome(int patients, double difference, long seed) {
        Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L + patients);
        List<Row> rows = CrossFitReport.rows(patients, difference, random);
        OneWayCrossFit fit = OneWayCrossFit.of(IntStream.range(0, 2 * patients).mapToObj(group -> part(group, patients)).toList(), rows,
                PENALTY, seed);
        GroupedScores members = grouped(rows, fit, Part.FIRST);
        GroupedScores others = grouped(rows, fit, Part.SECOND);
        DeLong area = DeLong.of(members, others);
        Refitting refitting = refitting(rows, fit, members, others);
        List<Row> fresh = new ArrayList<>(); // scored as if they stood in the place of those who are there
        for (int drawn = 0; drawn < FRESH; drawn += patients) {
            fresh.addAll(CrossFitReport.rows(patients, difference, random));
        }
        RocCurve ofFresh = RocCurve.of(grouped(fresh, fit, Part.FIRST).scores(), grouped(fresh, fit, Part.SECOND).scores());
        return new Outcome(area.areaUnderCurve(), ofFresh.areaUnderCurve(), area.variance(), refitting.addedVariance(),
                area.interval(LEVEL), area.refitted(refitting).interval(LEVEL), ofFresh.bestAtFalsePositiveRate(RATE).truePositiveRate(),
                ClusterBootstrap.of(members, others).withReplicates(500).truePositiveRates(List.of(RATE), LEVEL).get(0));
    }

    private static Part part(int group, int patients) {
        return group < patients ? Part.FIRST : Part.SECOND;
    }

    private static Refitting refitting(List<Row> rows, OneWayCrossFit fit, GroupedScores members, GroupedScores others) {
        List<Refitting.Without> refits = new ArrayList<>();
        for (Part of : List.of(Part.FIRST, Part.SECOND)) {
            for (int[] left : fit.parts(of)) {
                OneWayCrossFit anew = fit.without(left);
                refits.add(new Refitting.Without(of.ordinal(), grouped(rows, anew, Part.FIRST).scores(),
                        grouped(rows, anew, Part.SECOND).scores(), kept(rows, Part.FIRST, left), kept(rows, Part.SECOND, left)));
            }
        }
        return Refitting.of(members, others, refits);
    }

    private static boolean[] kept(List<Row> rows, Part part, int[] left) {
        List<Row> own = rows.stream().filter(row -> row.part() == part).toList();
        boolean[] kept = new boolean[own.size()];
        for (int row = 0; row < kept.length; row++) {
            int group = own.get(row).group();
            kept[row] = IntStream.of(left).noneMatch(each -> each == group);
        }
        return kept;
    }

    private static GroupedScores grouped(List<Row> rows, OneWayCrossFit fit, Part part) {
        List<Row> own = rows.stream().filter(row -> row.part() == part).toList();
        return GroupedScores.of(own.stream().mapToDouble(row -> fit.score(row.features(), row.group())).toArray(),
                own.stream().map(Row::group).toList());
    }
}
