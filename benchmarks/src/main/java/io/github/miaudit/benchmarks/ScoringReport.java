package io.github.miaudit.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the scoring benchmarks, each beside the yardstick, and prints a table of rates and ratios: this library against its
 * rivals for several mixes of lengths, then this library alone with other rules, precisions and token budgets, and families
 * of one size. Takes about half an hour.
 */
public final class ScoringReport {

    private static final List<String> WAYS = List.of("miaudit", "allPositionsBySentence", "reloadedAndPadded");
    private static final String MIX = "log-normal";

    public static void main(String[] arguments) throws RunnerException {
        StringBuilder table = new StringBuilder(
                "| mix | rule | precision | budget | way | rows/s | tokens/s | needed arithmetic, share of float32 GEMM peak | MIAudit"
                        + " is faster by |\n"
                        + "|---|---|---|---|---|---|---|---|---|\n");
        for (String mix : List.of("16", "128", MIX)) {
            double peak = peak();
            double ours = 0;
            for (String way : WAYS) {
                RunResult result = run("ScoringBenchmark." + way, Map.of("mix", mix));
                ours = way.equals("miaudit") ? rate(result, "rows") : ours;
                append(table, way, result, peak, String.format(Locale.ROOT, "%.1f", ours / rate(result, "rows")));
            }
        }
        for (Map<String, String> settings : List.of(Map.of("mix", MIX, "precision", "bfloat16"), Map.of("mix", MIX, "budget", "512"),
                Map.of("mix", MIX, "budget", "8192"), Map.of("mix", MIX, "rule", "within-word-l2r"), Map.of("mix", MIX, "rule", "energy"),
                Map.of("mix", "128", "shape", "distilroberta-base"))) {
            append(table, "miaudit", run("ScoringBenchmark.miaudit", settings), peak(), "");
        }
        append(table, "miaudit", run("ScoringBenchmark.miaudit", Map.of("mix", "log-normal-512")), peak(), "");
        for (String mix : List.of("128", "512")) {
            for (String family : List.of("roberta", "longformer", "deberta-v2")) {
                Map<String, String> settings = Map.of("mix", mix, "shape", "small", "family", family);
                append(table, "miaudit", run("ScoringBenchmark.miaudit", settings), peak(), "");
            }
        }
        System.out.println(table);
    }

    private static RunResult run(String method, Map<String, String> settings) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder().include("\\." + method + "$")
                .jvmArgsAppend("-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true").shouldFailOnError(true);
        if (settings.getOrDefault("mix", "").startsWith(MIX)) {
            options.warmupIterations(0).measurementIterations(1); // one call is a minute or more
        }
        settings.forEach(options::param);
        return new Runner(options.build()).runSingle();
    }

    private static double peak() throws RunnerException {
        return rate(run("GemmBenchmark.multiply", Map.of()), "flop");
    }

    private static void append(StringBuilder table, String way, RunResult result, double peak, String ratio) {
        table.append(String.format(Locale.ROOT, "| %s | %s | %s | %s | %s | %.2f | %.0f | %.0f %% of %.0f GFLOP/s | %s |%n",
                parameter(result, "mix"), parameter(result, "rule"), parameter(result, "precision"), parameter(result, "budget"),
                way + unlessUsual(result, "shape", "roberta-base") + unlessUsual(result, "family", "roberta"), rate(result, "rows"),
                rate(result, "tokens"), 100 * rate(result, "flop") / peak, peak / 1e9, ratio));
    }

    private static String unlessUsual(RunResult result, String name, String usual) {
        return parameter(result, name).equals(usual) ? "" : ", " + parameter(result, name);
    }

    private static String parameter(RunResult result, String name) {
        return result.getParams().getParam(name);
    }

    /** A counter's rate per second. */
    private static double rate(RunResult result, String counter) {
        return result.getSecondaryResults().get(counter).getScore();
    }
}
