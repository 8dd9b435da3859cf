package io.github.miaudit.benchmarks;

import com.sun.management.GarbageCollectionNotificationInfo;
import io.github.miaudit.AuditReport;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.membership.LossFile;
import io.github.miaudit.report.output.Publication;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * How long an audit of losses takes up to its page, in how much memory, and how large its files are; as a Markdown table. The
 * first argument, if there is one, are the numbers of sentences, parted by commas; the second the number of permutations, 0 for none.
 * The peak is of what is left after a collection, the most of all collections: less than the heap must be.
 */
public final class ReportReport {

    private static final String SENTENCES = "1000,100000,1000000";
    private static final int SENTENCES_A_PATIENT = 50;

    public static void main(String[] arguments) throws IOException {
        Evaluation evaluation = arguments.length < 2 ? Evaluation.withDefaults()
                : Evaluation.withDefaults().withPermutations(Integer.parseInt(arguments[1]));
        System.out.println("| Sentences | Patients | Audit | audit.json | report.html | All | Peak heap | audit.json | report.html |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (int sentences : Stream.of((arguments.length == 0 ? SENTENCES : arguments[0]).split(",")).mapToInt(Integer::parseInt)
                .toArray()) {
            measure(sentences, true, evaluation);
            measure(sentences, false, evaluation);
        }
    }

    private static void measure(int sentences, boolean patients, Evaluation evaluation) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Path losses = folder.path().resolve("losses.csv");
            Path json = folder.path().resolve("audit.json");
            Path page = folder.path().resolve("report.html");
            write(losses, sentences, patients);
            System.gc();
            AtomicLong peak = peakOfCollections();
            long start = System.nanoTime();
            AuditReport report = AuditReport.ofLosses(losses, LossFile.ATTACKS, evaluation);
            long audited = System.nanoTime();
            report.writeJson(json);
            long written = System.nanoTime();
            Publication.of(report).writeHtml(page);
            long shown = System.nanoTime();
            System.out.printf(Locale.ROOT, "| %,d | %s | %.1f s | %.1f s | %.1f s | %.1f s | %d MB | %d kB | %d kB |%n", sentences,
                    patients ? String.format(Locale.ROOT, "%,d", sentences / SENTENCES_A_PATIENT) : "not known", (audited - start) / 1e9,
                    (written - audited) / 1e9, (shown - written) / 1e9, (shown - start) / 1e9, peak.get() >> 20, Files.size(json) / 1000,
                    Files.size(page) / 1000);
        }
    }

    /** The most bytes that a collection left, from now on. */
    static AtomicLong peakOfCollections() {
        AtomicLong peak = new AtomicLong();
        Set<String> heap = ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getName).collect(Collectors.toSet());
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector).addNotificationListener((notification, unused) -> {
                Map<String, MemoryUsage> left = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                        .getGcInfo().getMemoryUsageAfterGc();
                peak.accumulateAndGet(heap.stream().mapToLong(pool -> left.get(pool).getUsed()).sum(), Math::max);
            }, null, null);
        }
        return peak;
    }

    /** Half members, half non-members. */
    private static void write(Path file, int sentences, boolean patients) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write(patients ? "population,target_loss,reference_loss,group\n" : "population,target_loss,reference_loss\n");
            for (int row = 0; row < sentences; row++) {
                String population = row < sentences / 2 ? "member" : "non_member";
                double reference = 15 + random.nextGaussian();
                double target = reference + 0.5 * random.nextGaussian() - (row < sentences / 2 ? 0.2 : 0);
                writer.write(population + "," + target + "," + reference + (patients ? "," + population + row / SENTENCES_A_PATIENT : "")
                        + "\n");
            }
        }
    }
}
