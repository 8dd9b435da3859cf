/**
 * Scores of more sentences than one machine can compute, on Apache Spark.
 */
@NullMarked
package io.github.miaudit.spark;

import org.jspecify.annotations.NullMarked;
