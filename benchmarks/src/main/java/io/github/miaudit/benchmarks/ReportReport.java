package io.github.miaudit.benchmarks;

import io.github.miaudit.AuditReport;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.membership.LossFile;
import io.github.miaudit.report.output.Publication;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * How long an audit of losses takes up to its page, in how much memory, and how large its files are; as a Markdown table. The
 * argument, if there is one, is the number of permutations, 0 for none.
 */
public final class ReportReport {

    private static final int[] SENTENCES = {1_000, 100_000, 1_000_000};
    private static final int SENTENCES_A_PATIENT = 50;

    public static void main(String[] arguments) throws IOException {
        Evaluation evaluation = arguments.length == 0 ? Evaluation.withDefaults()
                : Evaluation.withDefaults().withPermutations(Integer.parseInt(arguments[0]));
        System.out.println("| Sentences | Patients | Audit | audit.json | report.html | All | Peak heap | audit.json | report.html |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (int sentences : SENTENCES) {
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
            ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
            long start = System.nanoTime();
            AuditReport report = AuditReport.ofLosses(losses, LossFile.ATTACKS, evaluation);
            long audited = System.nanoTime();
            report.writeJson(json);
            long written = System.nanoTime();
            Publication.of(report).writeHtml(page);
            long shown = System.nanoTime();
            long peak = ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                    .mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
            System.out.printf(Locale.ROOT, "| %,d | %s | %.1f s | %.1f s | %.1f s | %.1f s | %d MB | %d kB | %d kB |%n", sentences,
                    patients ? String.format(Locale.ROOT, "%,d", sentences / SENTENCES_A_PATIENT) : "not known", (audited - start) / 1e9,
                    (written - audited) / 1e9, (shown - written) / 1e9, (shown - start) / 1e9, peak >> 20, Files.size(json) / 1000,
                    Files.size(page) / 1000);
        }
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
