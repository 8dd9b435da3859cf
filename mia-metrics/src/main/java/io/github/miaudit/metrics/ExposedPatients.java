package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.List;

/**
 * Of which patients a model gives away the identifiers: a p-value for each, and how many stay when all are tested. Immutable.
 *
 * <p>Of identities that move together ({@link RankedIdentities}) the p-value is the share of persons, the true one among them, whose
 * exposures have a sum at least as large: at least 1 / (K + 1), however many identities they are, since there are no more persons to
 * compare with. Where a patient has several that were drawn without regard to one another, it is the chance that independent draws
 * have a product of p-values as small; at least {@code 1 / (K + 1)^n} of n. Valid for any K, any number of mentions, and ties.
 */
public final class ExposedPatients {

    /** Of a bit: how finely products are told apart. Rounded so that a p-value is never too small; it is too large by some per cent. */
    private static final int STEPS = 64;

    private static final double NOISE = 1e-9; // of sums in bits

    private final double[] pValues;

    private ExposedPatients(double[] pValues) {
        this.pValues = pValues;
    }

    /** Tests each patient; O(candidates log candidates), and for each patient O(n² K log K) where n of his were drawn apart. */
    public static ExposedPatients of(RankedIdentities identities) {
        return new ExposedPatients(identities.personsByPatient().parallelStream().mapToDouble(ExposedPatients::pValue).toArray());
    }

    /** Of each patient, in the order in which patients first appear. */
    public double[] pValues() {
        return pValues.clone();
    }

    /**
     * The p-values adjusted as {@link MultipleTesting#benjaminiHochberg} does, in the same order: of the patients that have at most 0.05
     * no more than 5 % are expected to be there by chance. It needs no more than the p-values themselves do, that patients were drawn
     * without regard to one another: whatever a model likes, and whoever else it remembers, the rank of one whom it does not remember is
     * then any by chance alone.
     */
    public double[] adjusted() {
        return MultipleTesting.benjaminiHochberg(pValues);
    }

    /**
     * How many patients are exposed at a false discovery rate.
     *
     * @throws IllegalArgumentException if it is not in [0, 1]
     */
    public int count(double falseDiscoveryRate) {
        Arguments.requireRate("false discovery rate", falseDiscoveryRate);
        return (int) Arrays.stream(adjusted()).filter(value -> value <= falseDiscoveryRate).count();
    }

    /**
     * The least number of surrogates with which so many exposed patients, all of whose identities rank first, are found among all:
     * {@code (K + 1)^n >= m / (alpha e)} for e of m patients and n identities of each that were drawn without regard to one another.
     * With fewer, no such patient can be found, however well he is remembered: 799 for 1 of 40 with n = 1, 79 for 10, and 28 for 1 with
     * n = 2.
     *
     * @throws IllegalArgumentException if there is no patient, the exposed are not from 1 to all, n is below 1 or the rate not in (0, 1]
     */
    public static double surrogatesNeeded(int patients, int exposed, int drawnApart, double falseDiscoveryRate) {
        Arguments.requireAtLeast("patients", patients, 1);
        Arguments.requireAtLeast("exposed patients", exposed, 1);
        Arguments.requireAtLeast("patients", patients, exposed);
        Arguments.requireAtLeast("identities drawn apart", drawnApart, 1);
        Arguments.requirePositiveRate("false discovery rate", falseDiscoveryRate);
        double least = patients / falseDiscoveryRate / exposed;
        return Math.max(1, Math.ceil(Math.pow(least, 1.0 / drawnApart) - NOISE) - 1);
    }

    private static double pValue(List<InventedPersons> patient) {
        double[][] pValues = patient.stream().map(ExposedPatients::ofPersons).toArray(double[][]::new);
        return pValues.length == 1 ? pValues[0][0] : ofProduct(pValues);
    }

    /** Of each person the share of persons whose sum of exposures is at least as large. */
    private static double[] ofPersons(InventedPersons persons) {
        double[] sums = persons.sums(RankStatistic.EXPOSURE);
        double[] ascending = SortedOrder.ascending(sums);
        return Arrays.stream(sums)
                .map(sum -> (ascending.length - SortedOrder.countBelow(ascending, sum - NOISE)) / (double) ascending.length).toArray();
    }

    /**
     * The chance that a product of p-values, one drawn from each array, is as small as that of their first: by adding up, in steps of
     * bits, what the minus logarithms may sum to, each rounded up, the observed sum down.
     */
    private static double ofProduct(double[][] pValues) {
        double observed = Arrays.stream(pValues).mapToDouble(values -> steps(values[0])).sum();
        int reached = (int) Math.floor(observed - 1e-6);
        if (reached <= 0) {
            return 1;
        }
        double[] below = new double[reached]; // the chance of each sum that does not reach it
        below[0] = 1;
        double atLeast = 0;
        for (double[] values : pValues) {
            double[] chances = chances(values, reached);
            double[] next = new double[reached];
            for (int step = 0; step <= reached; step++) {
                for (int sum = 0; sum < reached && chances[step] > 0; sum++) {
                    if (sum + step < reached) {
                        next[sum + step] += below[sum] * chances[step];
                    } else {
                        atLeast += below[sum] * chances[step];
                    }
                }
            }
            below = next;
        }
        return Math.min(1, atLeast);
    }

    /** The chance of each number of steps, those from the last on together. */
    private static double[] chances(double[] values, int last) {
        double[] chances = new double[last + 1];
        for (double value : values) {
            chances[(int) Math.min(last, Math.ceil(steps(value) - NOISE))] += 1.0 / values.length;
        }
        return chances;
    }

    private static double steps(double pValue) {
        return -Math.log(pValue) / Math.log(2) * STEPS;
    }
}
