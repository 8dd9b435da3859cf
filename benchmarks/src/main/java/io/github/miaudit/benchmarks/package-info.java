/**
 * How fast the library is, by JMH or as whole programs, compared within one run. And how often its intervals cover,
 * by simulation.
 *
 * <p>A new report is a class here, with its part of {@code benchmarks/README.md}.
 */
package io.github.miaudit.benchmarks;
