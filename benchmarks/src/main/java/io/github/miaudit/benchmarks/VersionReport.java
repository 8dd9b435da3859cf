package io.github.miaudit.benchmarks;

import io.github.miaudit.ComparativeAudit;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.metrics.BinomialInterval;
import io.github.miaudit.metrics.CounterRandom;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.report.ComparisonDecision;
import io.github.miaudit.report.ComparisonDocument;
import io.github.miaudit.report.Decision;
import io.github.miaudit.report.VersionVerdict;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How often a comparison of two versions says what: two models of the same kind, each of which remembers members by its own amount, in
 * deviations of a sentence, and of which a shift between the sets may move the first alone. Prints a Markdown table. The argument is the
 * number of comparisons a row (default 200).
 */
public final class VersionReport {

    private static final Evaluation EVALUATION = Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(1000);

    /**
     * A truth about two versions.
     *
     * @param words  what it is
     * @param world  of both, without a leak
     * @param before what the baseline says of members beyond others, by memory or, where the sets shift, by that
     * @param after  what the other version does
     */
    private record Truth(String words, SimulatedWorld world, double before, double after) {

        private SimulatedAudit draw(int patients, long seed) {
            SimulatedAudit drawn = world.draw(patients, seed);
            return new SimulatedAudit(drawn.dataset(), drawn.likelihoods().entrySet().stream().collect(Collectors.toMap(
                    each -> each.getKey(), each -> moved(each.getKey().startsWith("m") ? 1 : 0, each.getValue()))));
        }

        private SimulatedAudit.Likelihoods moved(int member, SimulatedAudit.Likelihoods said) {
            return new SimulatedAudit.Likelihoods(said.target() + member * before, said.control() + member * after, said.reference());
        }
    }

    /** What a comparison says. */
    private record Said(VersionVerdict verdict, Decision.Light light) {
    }

    private VersionReport() {
    }

    public static void main(String[] arguments) {
        int comparisons = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        System.out.printf("%d comparisons a row; in brackets 95 %% intervals.%n%n", comparisons);
        System.out.println("| Two versions | Patients a side | leaks less | leaks more | no difference found | can't be told | green |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (Truth truth : List.of(new Truth("neither leaks", SimulatedWorld.NO_LEAK, 0, 0),
                new Truth("both leak alike", SimulatedWorld.NO_LEAK, 1.045, 1.045),
                new Truth("the leak is gone", SimulatedWorld.NO_LEAK, 1.045, 0),
                new Truth("half the leak is gone", SimulatedWorld.NO_LEAK, 1.045, 0.522),
                new Truth("a leak is new", SimulatedWorld.NO_LEAK, 0, 1.045),
                new Truth("neither leaks, the sets shift for both", SimulatedWorld.DOMAIN_SHIFT, 0, 0),
                new Truth("neither leaks, the sets shift for the first alone", SimulatedWorld.DOMAIN_SHIFT, 0, -0.47))) {
            for (int patients : new int[] {30, 100}) {
                row(truth, patients, comparisons);
            }
        }
    }

    private static void row(Truth truth, int patients, int comparisons) {
        List<Said> said = IntStream.range(0, comparisons).parallel().mapToObj(number -> compare(truth, patients, number)).toList();
        System.out.printf(Locale.ROOT, "| %s | %d | %s |%n", truth.words, patients, String.join(" | ",
                share(said, each -> each.verdict == VersionVerdict.LEAKS_LESS),
                share(said, each -> each.verdict == VersionVerdict.LEAKS_MORE),
                share(said, each -> each.verdict == VersionVerdict.NO_DIFFERENCE_FOUND), share(said, each -> !each.verdict.isAnswer()),
                share(said, each -> each.light == Decision.Light.CLEAR)));
    }

    private static Said compare(Truth truth, int patients, int number) {
        SimulatedAudit drawn = truth.draw(patients, CounterRandom.mix(number, patients));
        ComparisonDocument document = ComparativeAudit.of(drawn.dataset()).withTarget("before", drawn.target())
                .withTarget("after", drawn.control()).withReference("base", drawn.reference()).withEvaluation(EVALUATION.withSeed(number))
                .run().document();
        return new Said(document.verdicts().get(0).verdict(), ComparisonDecision.of(document).versions().get(0).light());
    }

    private static String share(List<Said> said, Predicate<Said> is) {
        int count = (int) said.stream().filter(is).count();
        Interval interval = BinomialInterval.of(count, said.size(), 0.95);
        return String.format(Locale.ROOT, "%.1f %% [%.1f, %.1f]", 100.0 * count / said.size(), 100 * interval.lower(),
                100 * interval.upper());
    }
}
