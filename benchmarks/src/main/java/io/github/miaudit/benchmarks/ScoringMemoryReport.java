package io.github.miaudit.benchmarks;

import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How much memory scoring takes of as many sentences as the argument says: a tiny network, rule {@code maskless}, a log-normal mix
 * of lengths. To be run on Linux, once a size, with {@code -XX:+UseSerialGC -Xmn32m -XX:MinHeapFreeRatio=2 -XX:MaxHeapFreeRatio=4},
 * so that the heap is hardly larger than what is in use. Prints a row of Markdown.
 */
public final class ScoringMemoryReport {

    public static void main(String[] arguments) throws IOException {
        int count = Integer.parseInt(arguments[0]);
        try (RandomCheckpoint checkpoint = RandomCheckpoint.create(NetworkShape.TINY); MaskedLmScorer scorer = checkpoint.scorer()) {
            long nothing = heap();
            List<Sample> sentences = new Workload(Workload.drawn(count, 2), MaskingRule.maskless()).sentences(NetworkShape.TINY);
            long start = System.nanoTime();
            List<SequenceScore> scores = scorer.score(sentences, MaskingRule.maskless());
            double seconds = (System.nanoTime() - start) / 1e9;
            long peak = status("VmHWM");
            long kept = heap() - nothing;
            System.out.printf(Locale.ROOT, "| %d | %.0f | %.0f MB | %.0f MB | %.0f MB |%n", scores.size(), scores.size() / seconds,
                    peak / 1e6, kept / 1e6, (peak - kept) / 1e6);
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElseThrow();
    }
}
