package io.github.miaudit.benchmarks;

import java.util.Collection;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the scoring benchmarks and the yardstick in one go and prints a table of rates and ratios. */
public final class ScoringReport {

    private ScoringReport() {
    }

    /**
     * Runs and prints.
     *
     * @param arguments none
     * @throws RunnerException if a benchmark fails
     */
    public static void main(String[] arguments) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                .include(GemmBenchmark.class.getSimpleName()).include(ScoringBenchmark.class.getSimpleName())
                .jvmArgsAppend("-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true")
                .shouldFailOnError(true).build()).run();
        double peak = rate(find(results, "multiply", null), "flop");
        System.out.printf("%nGEMM peak %.0f GFLOP/s%n", peak / 1e9);
        System.out.println("| length | way | rows/s | tokens/s | needed arithmetic, share of GEMM peak | MIAudit is faster by |");
        System.out.println("|---|---|---|---|---|---|");
        for (String length : new String[] {"16", "32", "128"}) {
            double ours = rate(find(results, "miaudit", length), "rows");
            for (String way : new String[] {"miaudit", "allPositionsBySentence", "reloadedAndPadded"}) {
                RunResult result = find(results, way, length);
                System.out.printf("| %s | %s | %.2f | %.0f | %.0f %% | %.1f |%n", length, way, rate(result, "rows"), rate(result, "tokens"),
                        100 * rate(result, "flop") / peak, ours / rate(result, "rows"));
            }
        }
    }

    private static RunResult find(Collection<RunResult> results, String method, String length) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
                .filter(result -> length == null || length.equals(result.getParams().getParam("length")))
                .findFirst().orElseThrow();
    }

    /** A counter's rate per second. */
    private static double rate(RunResult result, String counter) {
        Map<String, ? extends Result<?>> secondary = secondary(result);
        return secondary.get(counter).getScore();
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // JMH's results are raw
    private static Map<String, ? extends Result<?>> secondary(RunResult result) {
        return (Map) result.getSecondaryResults();
    }
}
