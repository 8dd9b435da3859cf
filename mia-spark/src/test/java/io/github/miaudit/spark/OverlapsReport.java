package io.github.miaudit.spark;

import com.sun.management.OperatingSystemMXBean;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.preparation.DatasetPreparation;
import io.github.miaudit.data.preparation.Datasheet;
import io.github.miaudit.data.preparation.Overlaps;
import io.github.miaudit.data.preparation.SentenceSearch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * What it costs to have the training notes of a preparation searched by tasks of {@code local[2]}: seconds, and processor seconds.
 * Arguments: {@code write}, {@code plain} or {@code spark}; a folder; for {@code write} the number of notes. Run each in a process of its
 * own.
 */
final class OverlapsReport {

    private OverlapsReport() {
    }

    /** Prints rows of Markdown. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        DatasetPreparation preparation = GeneratedNotes.preparation(folder).withSize(1500, 1250);
        if (arguments[0].equals("write")) {
            GeneratedNotes.write(Files.createDirectories(folder), Integer.parseInt(arguments[2]), 1);
        } else if (arguments[0].equals("plain")) {
            print(timed("whole preparation, one machine", preparation::prepare).datasheet());
        } else {
            try (SparkSession spark = SparkSession.builder().master("local[2]").config("spark.ui.enabled", false)
                    .config("spark.driver.host", "localhost").config("spark.io.encryption.enabled", true).getOrCreate()) {
                spark.range(1).count(); // starts what Spark starts late
                ClusterOverlaps cluster = ClusterOverlaps.of(GeneratedNotes.read(spark, folder), "patient", "text");
                print(timed("whole preparation, notes searched by `local[2]`", preparation.withTrainingSearch(search -> {
                    printMemory(search);
                    return OverlapsReport.<Overlaps>timed("of it the search", () -> cluster.find(search));
                })::prepare).datasheet());
            }
        }
    }

    private static void print(Datasheet sheet) {
        Datasheet.SetCounts members = sheet.sets().get(Population.MEMBERS);
        Datasheet.SetCounts others = sheet.sets().get(Population.NON_MEMBERS);
        System.out.printf(Locale.ROOT, "%d sentences looked for, %d of the members and %d of the others in training notes; settings %s%n",
                members.lookedFor() + others.lookedFor(), members.inTraining(), others.inTraining(), sheet.settings().get("version"));
    }

    private static void printMemory(SentenceSearch search) {
        String json = search.toJson();
        long before = used();
        SentenceSearch another = SentenceSearch.parse(json);
        System.out.printf(Locale.ROOT, "%d sentences of %d characters as JSON, %d bytes of heap%n", another.size(), json.length(),
                used() - before);
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static <T> T timed(String what, Supplier<T> work) {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long wall = System.nanoTime();
        long processor = process.getProcessCpuTime();
        T made = work.get();
        System.out.printf(Locale.ROOT, "| %s | %.1f | %.1f |%n", what, (System.nanoTime() - wall) / 1e9,
                (process.getProcessCpuTime() - processor) / 1e9);
        return made;
    }
}
