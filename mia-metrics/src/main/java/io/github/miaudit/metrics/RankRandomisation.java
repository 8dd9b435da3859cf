package io.github.miaudit.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How figures of ranks vary if the true identifiers are nothing special: for each patient one of the candidates, with all identities
 * that move together, is drawn at random to stand for the true one, any of them equally likely, the true one too. A figure is the mean
 * over patients of the mean over a patient's identities. Immutable.
 */
public final class RankRandomisation {

    /** Draws made at a time. */
    private static final int BLOCK = 2048;

    private final List<List<InventedPersons>> patients;

    private RankRandomisation(List<List<InventedPersons>> patients) {
        this.patients = patients;
    }

    /** Of these identities. */
    public static RankRandomisation of(RankedIdentities identities) {
        return new RankRandomisation(identities.personsByPatient());
    }

    /** The figure of the true ones. */
    public double observed(RankStatistic statistic) {
        return mean(persons -> persons.sumOfTrue(statistic));
    }

    /** The exact mean of the figure over all draws; with ties, and with candidates that never stand for the true one, as they are. */
    public double byChance(RankStatistic statistic) {
        return mean(persons -> Arrays.stream(persons.sums(statistic)).sum() / persons.count());
    }

    private double mean(ToDoubleFunction<InventedPersons> figure) {
        double total = 0;
        for (List<InventedPersons> patient : patients) {
            double weight = weight(patient);
            for (InventedPersons persons : patient) {
                total += weight * figure.applyAsDouble(persons);
            }
        }
        return total;
    }

    /**
     * The figures of draws: of each draw one for each statistic, in their order. In O(draws &times; patients + candidates &times;
     * draws / {@value #BLOCK}), in parallel, the same for any number of threads.
     *
     * @throws IllegalArgumentException if there is no draw or no statistic
     */
    public double[][] drawn(List<RankStatistic> statistics, int draws, long seed) {
        Arguments.requireAtLeast("statistics", statistics.size(), 1);
        Arguments.requireAtLeast("draws", draws, 1);
        double[][] figures = new double[draws][statistics.size()];
        IntStream.range(0, (draws + BLOCK - 1) / BLOCK).parallel()
                .forEach(block -> draw(statistics, figures, block * BLOCK, Math.min(draws, (block + 1) * BLOCK), seed));
        return figures;
    }

    /** Patient by patient, so that what is read stays near. */
    private void draw(List<RankStatistic> statistics, double[][] figures, int from, int to, long seed) {
        int number = 0;
        for (List<InventedPersons> patient : patients) {
            double weight = weight(patient);
            for (InventedPersons persons : patient) {
                CounterRandom random = new CounterRandom(seed, number++, from);
                double[][] sums = statistics.stream().map(persons::sums).toArray(double[][]::new);
                for (int draw = from; draw < to; draw++) {
                    int person = random.nextInt(sums[0].length);
                    for (int statistic = 0; statistic < sums.length; statistic++) {
                        figures[draw][statistic] += weight * sums[statistic][person];
                    }
                }
            }
        }
    }

    private double weight(List<InventedPersons> patient) {
        return 1.0 / patients.size() / patient.stream().mapToInt(persons -> persons.identities().size()).sum();
    }
}
