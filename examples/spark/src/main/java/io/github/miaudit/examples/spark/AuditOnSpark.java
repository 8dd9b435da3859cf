package io.github.miaudit.examples.spark;

import io.github.miaudit.AuditReport;
import io.github.miaudit.data.Population;
import io.github.miaudit.report.output.Publication;
import io.github.miaudit.spark.ClusterModel;
import io.github.miaudit.spark.ClusterScores;
import io.github.miaudit.spark.ClusterScoring;
import io.github.miaudit.spark.SentenceColumns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Scores a dataset by a target and a reference on the executors of a cluster, and audits the scores on the driver.
 * Run: {@code spark-submit … AuditOnSpark [DATASET TARGET REFERENCE SCORES OUTPUT]}; DATASET is what {@code mia prepare} wrote, TARGET and
 * REFERENCE are models, by default the demonstration's, and SCORES is a folder to write to, all in any file system that Spark knows;
 * OUTPUT, on the driver's disk, gets {@code audit.json} and {@code report.html}.
 */
public final class AuditOnSpark {

    public static void main(String[] arguments) throws IOException {
        String demo = "mia-cli/src/main/resources/io/github/miaudit/cli/demo/";
        String[] given = arguments.length > 0 ? arguments
                : new String[] {demo + "dataset", demo + "target", demo + "reference", "demo-scores", "demo-audit"};
        Path output = Path.of(given[4]);

        try (SparkSession spark = SparkSession.builder().appName("audit").getOrCreate()) {
            Dataset<Row> sentences = sentences(spark, given[0]);
            SentenceColumns columns = SentenceColumns.named("id", "group", "text", "population");
            ClusterModel target = ClusterModel.at(given[1]);
            ClusterModel reference = ClusterModel.at(given[2]);
            for (ClusterModel model : List.of(target, reference)) {
                ClusterScoring.of(sentences, columns, model)
                        .withBuckets(64)
                        .into(given[3]);
            }
            AuditReport report = ClusterScores.read(spark, given[3])
                    .audit(target.digest())
                    .withReference(reference.digest())
                    .run();

            System.out.println(report.toText());
            report.writeJson(output.resolve("audit.json"));
            Publication.of(report).writeHtml(output.resolve("report.html"));
        }
    }

    /** Of a table that has a column of the population, just {@code spark.read().parquet(uri)}. */
    private static Dataset<Row> sentences(SparkSession spark, String dataset) {
        return Stream.of(Population.MEMBERS, Population.NON_MEMBERS)
                .map(population -> spark.read().schema("id STRING, `group` STRING, text STRING")
                        .json(dataset + "/" + population.label() + ".jsonl")
                        .withColumn("population", functions.lit(population.rowLabel())))
                .reduce(Dataset::union).orElseThrow();
    }
}
