package io.github.miaudit.spark;

import com.sun.management.OperatingSystemMXBean;
import io.github.miaudit.djl.MaskedLmOptions;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.djl.ScoringDevice;
import io.github.miaudit.io.ChildProgram;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreFile;
import io.github.miaudit.likelihood.ScoredSentence;
import io.github.miaudit.likelihood.SequenceScore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * What Spark costs on two cores, in pairs of processes, whose order changes from pair to pair: to open a model and score sentences by rule
 * {@code within-word-l2r} in one call on two cores, and in tasks of {@code local[2]}; wall and processor seconds, the ratio with the
 * standard error of its logarithm between pairs, and shuffled bytes. Arguments: {@code pairs}, the model, how many sentences of each of the
 * demonstration's populations, buckets and pairs. Or {@code reading} and a number of rows: microseconds a row for a task that picks its
 * bucket out of a table in Parquet, and for the count.
 */
final class OverheadReport {

    private OverheadReport() {
    }

    /** Prints Markdown. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        switch (arguments[0]) {
            case "pairs" -> pairs(arguments[1], Integer.parseInt(arguments[2]), arguments[3], Integer.parseInt(arguments[4]));
            case "plain" -> plain(Path.of(arguments[1]), Path.of(arguments[2]));
            case "spark" -> spark(Path.of(arguments[1]), Path.of(arguments[2]), Integer.parseInt(arguments[3]));
            case "reading" -> reading(Long.parseLong(arguments[1]));
            default -> throw new IllegalArgumentException("pairs MODEL SENTENCES BUCKETS PAIRS, or reading ROWS");
        }
    }

    private static void pairs(String model, int sentences, String buckets, int pairs) throws IOException, InterruptedException {
        Path folder = Demonstration.write(Files.createTempDirectory("overhead"), sentences);
        List<double[]> ratios = new ArrayList<>();
        System.out.println("| pair | without Spark, s | processor s | on Spark, s | processor s | digests and copy, s |"
                + " wall | processor | shuffled bytes |\n|---|---|---|---|---|---|---|---|---|");
        for (int pair = 0; pair < pairs; pair++) {
            double[] plain = pair % 2 == 0 ? child("2", "plain", model, folder) : new double[0];
            double[] spark = child("1", "spark", model, folder, buckets);
            plain = plain.length > 0 ? plain : child("2", "plain", model, folder);
            double[] ratio = {spark[0] / plain[0], spark[1] / plain[1]};
            ratios.add(ratio);
            System.out.printf(Locale.ROOT, "| %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.3f | %.3f | %.0f |%n", pair + 1, plain[0], plain[1],
                    spark[0], spark[1], spark[2], ratio[0], ratio[1], spark[3]);
        }
        for (int place = 0; place < 2; place++) {
            int which = place;
            double[] logarithms = ratios.stream().mapToDouble(ratio -> Math.log(ratio[which])).toArray();
            double mean = Arrays.stream(logarithms).average().orElseThrow();
            double error = Math.sqrt(Arrays.stream(logarithms).map(each -> (each - mean) * (each - mean)).sum() / (pairs - 1) / pairs);
            System.out.printf(Locale.ROOT, "%s: ratio %.3f, standard error %.1f %%%n", which == 0 ? "wall" : "processor", Math.exp(mean),
                    100 * error);
        }
    }

    /** The numbers that a process prints in its last line. */
    private static double[] child(String threads, Object... arguments) throws IOException, InterruptedException {
        ChildProgram.Outcome outcome = ChildProgram.of(OverheadReport.class, arguments)
                .withJavaOptions(System.getProperty("spark.opens").split(" ")).withEnvironment("OMP_NUM_THREADS", threads).run();
        String[] lines = outcome.out().strip().split("\n");
        if (outcome.exitCode() != 0) {
            throw new IllegalStateException(outcome.out() + outcome.err());
        }
        return Arrays.stream(lines[lines.length - 1].split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static void plain(Path model, Path sentences) throws IOException {
        Path output = Files.createTempDirectory("plain");
        double[] took = took(() -> {
            try (MaskedLmScorer scorer = MaskedLmScorer.open(model, MaskedLmOptions.withDefaults().withDevice(ScoringDevice.of("cpu")))) {
                List<SequenceScore> scores = scorer.score(WrittenScores.samples(sentences), MaskingRule.withinWordLeftToRight());
                ScoreFile.write(output.resolve("scores.jsonl"),
                        scores.stream().map(score -> new ScoredSentence(Optional.empty(), Optional.empty(), score)).toList());
            }
        });
        System.out.println(took[0] + " " + took[1]);
    }

    private static void spark(Path model, Path sentences, int buckets) throws IOException {
        Path output = Files.createTempDirectory("spark");
        try (SparkSession spark = session()) {
            spark.range(1).count(); // starts what Spark starts late
            AtomicLong shuffled = new AtomicLong();
            spark.sparkContext().addSparkListener(new SparkListener() {
                @Override
                public void onTaskEnd(SparkListenerTaskEnd end) {
                    shuffled.addAndGet(end.taskMetrics().shuffleWriteMetrics().bytesWritten());
                }
            });
            ClusterModel[] found = new ClusterModel[1];
            double[] copied = took(() -> found[0] = ClusterModel.at(model.toUri().toString()));
            ClusterScoring scoring = ClusterScoring.of(Demonstration.read(spark, sentences), Demonstration.COLUMNS, found[0])
                    .withRules(MaskingRule.withinWordLeftToRight()).withBuckets(buckets);
            double[] scored = took(() -> scoring.withoutProbe().into(output.toUri().toString()));
            System.out.println(scored[0] + " " + scored[1] + " " + copied[0] + " " + shuffled.get());
        }
    }

    private static SparkSession session() {
        return SparkSession.builder().master("local[2]").config("spark.ui.enabled", false).config("spark.driver.host", "localhost")
                .getOrCreate();
    }

    /** Sentences of 24 words or so, each another. */
    private static void reading(long rows) throws IOException {
        Path table = Files.createTempDirectory("reading").resolve("table");
        try (SparkSession spark = session()) {
            spark.range(0, rows, 1, 16)
                    .select(functions.expr("concat('s', id) as id"), functions.expr("concat('p', id div 50) as patient"),
                            functions.expr("concat_ws(' ', transform(sequence(1, 24), k -> substr(sha2(concat(id, '/', k), 256), 1,"
                                    + " 4))) as text"),
                            functions.expr("if(id % 2 = 0, 'member', 'non_member') as population"))
                    .write().mode(SaveMode.ErrorIfExists).parquet(table.toUri().toString());
            JavaRDD<Row> read = Demonstration.COLUMNS.of(spark.read().parquet(table.toUri().toString())).toJavaRDD();
            for (int round = 0; round < 3; round++) {
                print("a task picks a bucket out of all", rows, () -> EveryPartition.of(read.rdd(), 1).toJavaRDD()
                        .filter(row -> SentenceRow.fault(row).isEmpty() && SentenceRow.bucket(SentenceRow.name(row), 1024) == 7).count());
                print("the count, by two tasks at a time", rows, () -> InputCount.of(read, 1024));
            }
        }
    }

    private static void print(String what, long rows, Runnable work) {
        double[] took = took(work);
        System.out.printf(Locale.ROOT, "| %s | %.2f | %.2f |%n", what, took[0] / rows * 1e6, took[1] / rows * 1e6);
    }

    /** Wall and processor seconds. */
    private static double[] took(Runnable work) {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long wall = System.nanoTime();
        long processor = process.getProcessCpuTime();
        work.run();
        return new double[] {(System.nanoTime() - wall) / 1e9, (process.getProcessCpuTime() - processor) / 1e9};
    }
}
