/**
 * Figures from membership scores: pure functions on arrays, without I/O or logging. What is drawn at random (the bootstrap, the
 * permutation test, the halves of a calibration) is drawn from a generator that is keyed by a seed, so that the same arguments give
 * the same figures on every machine and any number of threads.
 *
 * <pre>{@code
 * double[] members = {0.9, 0.8, 0.7, 0.6, 0.3};
 * double[] others = {0.6, 0.5, 0.4, 0.2, 0.1};
 * RocCurve curve = RocCurve.of(members, others);
 * RocPoint atTenth = curve.bestAtFalsePositiveRate(0.1);
 * Interval interval = DeLong.of(members, others).interval(0.95);
 * System.out.println("AUC " + curve.areaUnderCurve() + " [" + interval.lower() + ", " + interval.upper() + "], TPR "
 *         + atTenth.truePositiveRate() + " at FPR " + atTenth.falsePositiveRate());
 * }</pre>
 *
 * <p>Membership scores are higher = more likely a member; a sentence is predicted a member if and only if its score is at least the
 * threshold. Log-likelihoods are in nats, higher = likelier. No input is changed. All functions are thread-safe.
 *
 * <p>To add a figure, write a final class with a private constructor and a static function, or a record that a static factory makes;
 * to add an interval, a constant of {@link io.github.miaudit.metrics.Interval.Method}, which says whose it is. Its test holds values
 * from elsewhere, with their maker beside them.
 *
 * <p>Curves and thresholds: {@link RocCurve}, {@link RocPoint}, {@link ConfusionMatrix}, {@link DecisionThreshold},
 * {@link ConformalCalibration}, {@link StratifiedArea}. Rows of the same patient belong together: {@link Groups}, {@link GroupedScores},
 * put into one score by a {@link GroupReduction}, and {@link GroupedCounts}. Intervals: {@link DeLong} of an AUC and
 * {@link PairedDifference} of two, {@link ClusterBootstrap} of rates, {@link BinomialInterval}, {@link SkewedMean}. Tests:
 * {@link PermutationTest}, {@link JointPermutationTest}, {@link MaximumTest}, on {@link GroupPermutations}; {@link ExceedanceTest};
 * {@link MultipleTesting} corrects them. {@link EmpiricalLeakage} is on the scale of differential privacy,
 * {@link PropensityWeights} make sets alike.
 *
 * <p>Statistics that attacks are made of: {@link MembershipStatistic}, {@link TokenGapStatistic}, {@link SequenceLira} with its
 * {@link LiraVariance}, {@link QuantileRegression}, {@link LogisticRegression}; learned out of fold by {@link OneWayCrossFit},
 * with what {@link Refitting} adds to a variance. {@link RoundingTies} and {@link CounterRandom} make them the same everywhere.
 *
 * <p>Of identifiers among surrogates: {@link CandidateScores} give {@link CandidateRanks}, each a {@link CandidateRank};
 * {@link RankedIdentities} are many, of which {@link RankStatistic}, {@link TopShare}, {@link MeanExposure} and
 * {@link ExposedPatients} are figures, {@link PreferenceTest} and {@link ExchangeabilityTest} tests, by
 * {@link RankRandomisation}.
 */
@NullMarked
package io.github.miaudit.metrics;

import org.jspecify.annotations.NullMarked;
