/** A job to copy, for clusters; {@code docs/spark.md} has a line that submits it. */
package io.github.miaudit.examples.spark;
