package io.github.miaudit.cli;

import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.SharedPatients;
import io.github.miaudit.metrics.GroupReduction;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How to evaluate. */
final class EvaluationOptions {

    @Option(names = "--fpr", paramLabel = "RATE", split = ",", converter = RateConverter.class, defaultValue = "0.1,0.01,0.001",
            description = "False positive rates to report the true positive rate at (default: ${DEFAULT-VALUE}).")
    private List<Double> rates;

    @Option(names = "--confidence", paramLabel = "LEVEL", defaultValue = "0.95",
            description = "Of all intervals (default: ${DEFAULT-VALUE}).")
    private double confidence;

    @Option(names = "--bootstrap", paramLabel = "N", defaultValue = "2000",
            description = "Replicates, for the intervals of true positive rates (default: ${DEFAULT-VALUE}).")
    private int bootstrap;

    @Option(names = "--permutations", paramLabel = "N", defaultValue = "10000",
            description = "Of the tests of the AUC; 0 for tests by its standard error, which saves time with millions of sentences"
                    + " (default:"
                    + " ${DEFAULT-VALUE}).")
    private int permutations;

    @Option(names = "--group-score", paramLabel = "NAME", converter = GroupReductionConverter.class, defaultValue = "mean",
            description = "Of a patient's sentences: mean, sum, max, top-mean (of the highest fifth), fisher or harmonic-mean (of p-values)"
                    + " (default: ${DEFAULT-VALUE}).")
    private GroupReduction groupReduction;

    @Option(names = "--canary-guesses", paramLabel = "R",
            description = "The dataset is from mia canaries: guess the membership of so many, half the highest, half the lowest, for a"
                    + " lower bound of epsilon."
                    + " To be fixed beforehand.")
    private Integer canaryGuesses;

    @Option(names = "--smallest-count", paramLabel = "N", defaultValue = "5",
            description = "Tell no count of fewer patients, nor what betrays one; 1 tells all (default: ${DEFAULT-VALUE}).")
    private int smallestCount;

    @Option(names = "--allow-shared-patients",
            description = "Audit although patients of the members stand among the non-members or the externals too, and warn.")
    private boolean sharedPatientsAllowed;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Of bootstrap, permutations, calibration half and surrogates (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--prior", paramLabel = "P",
            description = "The share of members among those asked about, for the positive predictive value.")
    private Double prior;

    /** The evaluation; a value that it can't be is bad usage. */
    Evaluation toEvaluation() {
        return BadUsageException.ifRefused(() -> {
            Evaluation evaluation = Evaluation.withDefaults()
                    .withFalsePositiveRates(rates.stream().mapToDouble(Double::doubleValue).toArray()).withConfidence(confidence)
                    .withBootstrapReplicates(bootstrap).withPermutations(permutations).withSeed(seed).withGroupReduction(groupReduction)
                    .withSmallestCount(smallestCount)
                    .withSharedPatients(sharedPatientsAllowed ? SharedPatients.ALLOWED : SharedPatients.REFUSED);
            Evaluation withPrior = prior == null ? evaluation : evaluation.withPrior(prior);
            return canaryGuesses == null ? withPrior : withPrior.withCanaryGuesses(canaryGuesses);
        });
    }

    static final class GroupReductionConverter implements ITypeConverter<GroupReduction> {
        @Override
        public GroupReduction convert(String value) {
            return switch (value) {
                case "mean" -> GroupReduction.mean();
                case "sum" -> GroupReduction.sum();
                case "max" -> GroupReduction.max();
                case "top-mean" -> GroupReduction.topMean(0.2);
                case "fisher" -> GroupReduction.fisher();
                case "harmonic-mean" -> GroupReduction.harmonicMean();
                default -> throw Misspelling.noneOf(value, List.of("mean", "sum", "max", "top-mean", "fisher", "harmonic-mean"));
            };
        }
    }

    static final class RateConverter implements ITypeConverter<Double> {
        @Override
        public Double convert(String value) {
            double rate;
            try {
                rate = Double.parseDouble(value.trim());
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + value + "' is no number");
            }
            if (!(rate >= 0 && rate <= 1)) {
                throw new TypeConversionException("'" + value + "' is not in [0, 1]");
            }
            return rate;
        }
    }
}
