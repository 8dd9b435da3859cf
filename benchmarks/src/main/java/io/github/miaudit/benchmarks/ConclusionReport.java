package io.github.miaudit.benchmarks;

import io.github.miaudit.Audit;
import io.github.miaudit.AuditReport;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.ComparisonResult;
import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.Validity.Verdict;
import io.github.miaudit.metrics.BinomialInterval;
import io.github.miaudit.metrics.CounterRandom;
import io.github.miaudit.metrics.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How often whole audits answer right, on simulated patients, texts and models whose truth is known: without and with a leak, with sets
 * that differ and that do not, with and without a control, with and without texts; where there are texts by the standard attacks. Prints a
 * Markdown table. The arguments are the number of
 * audits a cell (default 500) and the numbers of patients a side (default 10,20,50,100).
 */
public final class ConclusionReport {

    private static final Evaluation EVALUATION = Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(1000);

    /** What is given to an audit. */
    private enum Given {
        TEXTS, TEXTS_AND_CONTROL, SCORES, SCORES_AND_CONTROL;

        private boolean hasTexts() {
            return this == TEXTS || this == TEXTS_AND_CONTROL;
        }

        private boolean hasControl() {
            return this == TEXTS_AND_CONTROL || this == SCORES_AND_CONTROL;
        }

        private String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private ConclusionReport() {
    }

    public static void main(String[] arguments) {
        int audits = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
        int[] patients = arguments.length > 1 ? Stream.of(arguments[1].split(",")).mapToInt(Integer::parseInt).toArray()
                : new int[] {10, 20, 50, 100};
        System.out.printf("%d audits a row; in brackets 95 %% intervals.%n%n", audits);
        System.out
                .println("| World | Patients a side | Given | members can be told | the other way | nothing detected | not interpretable |"
                        + " VALID | SHIFTED | UNDECIDED | NOT_CHECKED |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        for (SimulatedWorld world : SimulatedWorld.values()) {
            for (int count : patients) {
                for (Given given : Given.values()) {
                    row(world, count, given, audits);
                }
            }
        }
    }

    private static void row(SimulatedWorld world, int patients, Given given, int audits) {
        List<ComparisonResult> results = IntStream.range(0, audits).parallel().mapToObj(audit -> audit(world, patients, given, audit))
                .toList();
        Map<Conclusion, Long> conclusions = results.stream()
                .collect(Collectors.groupingBy(ComparisonResult::conclusion, () -> new EnumMap<>(Conclusion.class), Collectors.counting()));
        Map<Verdict, Long> verdicts = results.stream().collect(
                Collectors.groupingBy(result -> result.validity().verdict(), () -> new EnumMap<>(Verdict.class), Collectors.counting()));
        List<String> cells = new ArrayList<>(List.of(world.words(), Integer.toString(patients), given.words()));
        for (Conclusion conclusion : List.of(Conclusion.MEMBERS_CAN_BE_TOLD, Conclusion.TOLD_THE_OTHER_WAY,
                Conclusion.NO_DIFFERENCE_DETECTED, Conclusion.NOT_INTERPRETABLE)) {
            cells.add(share(conclusions.getOrDefault(conclusion, 0L), audits));
        }
        for (Verdict verdict : List.of(Verdict.VALID, Verdict.SHIFTED, Verdict.UNDECIDED, Verdict.NOT_CHECKED)) {
            cells.add(share(verdicts.getOrDefault(verdict, 0L), audits));
        }
        System.out.println("| " + String.join(" | ", cells) + " |");
    }

    private static String share(long count, int audits) {
        Interval interval = BinomialInterval.of((int) count, audits, 0.95);
        return String.format(Locale.ROOT, "%.1f %% [%.1f, %.1f]", 100.0 * count / audits, 100 * interval.lower(), 100 * interval.upper());
    }

    private static ComparisonResult audit(SimulatedWorld world, int patients, Given given, int number) {
        SimulatedAudit simulated = world.draw(patients, CounterRandom.mix(number, patients));
        Evaluation evaluation = EVALUATION.withSeed(number);
        AuditResults results = given.hasTexts() ? ofTexts(simulated, given, evaluation) : ofLosses(simulated, given, evaluation);
        return results.comparisons().get(0);
    }

    private static AuditResults ofTexts(SimulatedAudit simulated, Given given, Evaluation evaluation) {
        Audit audit = Audit.of(simulated.dataset(), simulated.target()).withReference(simulated.reference()).withEvaluation(evaluation);
        return (given.hasControl() ? audit.withControl(simulated.control()) : audit).run().confidential();
    }

    private static AuditResults ofLosses(SimulatedAudit simulated, Given given, Evaluation evaluation) {
        try {
            Path file = Files.createTempFile("losses", ".csv");
            Files.writeString(file, simulated.losses(given.hasControl()));
            AuditResults results = AuditReport.ofLosses(file, List.of("likelihood-ratio", "loss"), evaluation).confidential();
            Files.delete(file);
            return results;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
