package io.github.miaudit.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What {@code mia score} takes to score one word with a random RoBERTa-base of 500 MB, from the start of Java to its end, by one
 * launcher or by several checkouts' in turn, beside a Java that only loads the natives; and the phases that {@code --verbose} prints. Of
 * each the least of several runs. Arguments: runs, 5 if there is none, then launchers, {@code ./mia} if there is none. Takes some
 * minutes, and 500 MB among the temporary files.
 */
public final class StartUpReport {

    private static final Pattern PHASE = Pattern.compile("mia: (?:[^:]*: )?(.*?) (\\d+\\.\\d\\d) s(?:, ended after (\\d+\\.\\d\\d) s)?");
    private static final int SAMPLING_MILLIS = 5;

    /** Seconds on the clock, and of all processors together. */
    private record Cost(double wall, double processors) {

        private Cost least(Cost other) {
            return new Cost(Math.min(wall, other.wall), Math.min(processors, other.processors));
        }
    }

    private final Map<String, Cost> programs = new LinkedHashMap<>();
    private final Map<String, double[]> phases = new LinkedHashMap<>();

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int runs = arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]);
        List<String> launchers = arguments.length < 2 ? List.of("./mia") : List.of(arguments).subList(1, arguments.length);
        StartUpReport report = new StartUpReport();
        try (RandomCheckpoint checkpoint = RandomCheckpoint.create(NetworkShape.ROBERTA_BASE);
                TemporaryFolder folder = TemporaryFolder.create()) {
            Path input = Files.writeString(folder.path().resolve("input.txt"), "w1\n");
            for (int run = 0; run <= runs; run++) { // the first reads the files into memory, and does not count
                report.natives(run, folder.path());
                for (String launcher : launchers) {
                    report.score(run, launcher, checkpoint.folder(), input, folder.path());
                }
            }
        }
        report.print();
    }

    private void natives(int run, Path folder) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        measure(run, "Java and natives alone", folder, List.of(java, "-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true", "-cp",
                System.getProperty("java.class.path"), Natives.class.getName()));
    }

    private void score(int run, String launcher, Path model, Path input, Path folder) throws IOException, InterruptedException {
        List<String> lines = measure(run, launcher, folder, List.of(launcher, "score", "--verbose", "--device", "cpu", "--model",
                model.toString(), "--input", input.toString(), "--output", folder.resolve("scores.jsonl").toString()));
        lines.stream().map(PHASE::matcher).filter(Matcher::matches).forEach(phase -> phases.merge(launcher + " | " + phase.group(1),
                new double[] {Double.parseDouble(phase.group(2)), phase.group(3) == null ? Double.NaN : Double.parseDouble(phase.group(3))},
                (one, other) -> IntStream.range(0, one.length).mapToDouble(part -> Math.min(one[part], other[part])).toArray()));
    }

    /** Runs a program to its end, whose lines are given back. */
    private List<String> measure(int run, String name, Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("lines.txt");
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        Duration processors = Duration.ZERO;
        while (!process.waitFor(SAMPLING_MILLIS, TimeUnit.MILLISECONDS)) {
            processors = process.info().totalCpuDuration().orElse(processors);
        }
        Cost cost = new Cost((System.nanoTime() - start) / 1e9, processors.toNanos() / 1e9);
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
            throw new IllegalStateException(name + " failed: " + lines);
        }
        if (run == 0) {
            return List.of();
        }
        programs.merge(name, cost, Cost::least);
        return lines;
    }

    private void print() {
        System.out.printf("| program | s | s of processors |%n|---|---|---|%n");
        programs.forEach((name, cost) -> System.out.printf(Locale.ROOT, "| %s | %.2f | %.2f |%n", name, cost.wall, cost.processors));
        System.out.printf("%n| launcher | phase | s | ended after, s |%n|---|---|---|---|%n");
        phases.forEach((name, times) -> System.out.printf(Locale.ROOT, "| %s | %.2f | %s |%n", name, times[0],
                Double.isNaN(times[1]) ? "" : String.format(Locale.ROOT, "%.2f", times[1])));
    }

    /** Loads PyTorch and the tokenizers, and nothing else. */
    static final class Natives {

        public static void main(String[] arguments) {
            LibUtils.checkStatus();
            Engine.getEngine("PyTorch");
        }
    }
}
