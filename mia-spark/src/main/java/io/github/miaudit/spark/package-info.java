/**
 * Scores of more sentences than one machine can compute, on the executors of an Apache Spark cluster.
 *
 * <pre>{@code
 * static ClusterScores score(SparkSession spark) {
 *     Dataset<Row> sentences = spark.read().parquet("hdfs:///audit/sentences");
 *     SentenceColumns columns = SentenceColumns.named("id", "patient", "text", "population");
 *     ClusterModel model = ClusterModel.at("hdfs:///models/clinical-roberta");
 *     return ClusterScoring.of(sentences, columns, model).withRules(MaskingRule.withinWordLeftToRight()).withBuckets(64)
 *             .into("hdfs:///audit/scores");
 * }
 * }</pre>
 *
 * <p>Only strings cross between driver and executors: rows, labels, digests. No row is shuffled, and no text reaches a log. A call that
 * ended early goes on when it is made again. {@code docs/spark.md} has a job to submit, and what to set for confidential tables.
 */
@NullMarked
package io.github.miaudit.spark;

import org.jspecify.annotations.NullMarked;
