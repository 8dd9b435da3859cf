/**
 * What takes one machine too long, on the executors of an Apache Spark cluster: to search training notes for the sentences of an audit, and
 * to score sentences.
 *
 * <pre>{@code
 * static PreparedDataset prepare(SparkSession spark, DatasetPreparation preparation) {
 *     Dataset<Row> notes = spark.read().parquet("hdfs:///notes/training");
 *     return preparation.withTrainingSearch(ClusterOverlaps.of(notes, "SUBJECT_ID", "TEXT")).prepareInto(Path.of("dataset"));
 * }
 *
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
