/**
 * How fast the library is, by JMH: each figure beside a yardstick measured in the same run. And how often its intervals cover,
 * by simulation.
 *
 * <p>A new one is a class here, with its line in {@code benchmarks/README.md}.
 */
package io.github.miaudit.benchmarks;
