package io.github.miaudit.examples;

import io.github.miaudit.report.Evaluation;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** How to evaluate. */
final class EvaluationOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--fpr", paramLabel = "RATE", split = ",", converter = RateConverter.class, defaultValue = "0.1,0.01,0.001",
            description = "False positive rates to report the true positive rate at (default: ${DEFAULT-VALUE}).")
    private List<Double> rates;

    @Option(names = "--confidence", paramLabel = "LEVEL", defaultValue = "0.95", description = "Of all intervals (default: ${DEFAULT-VALUE}).")
    private double confidence;

    @Option(names = "--bootstrap", paramLabel = "N", defaultValue = "2000",
            description = "Replicates, where sentences have groups (default: ${DEFAULT-VALUE}).")
    private int bootstrap;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the bootstrap and of the calibration half (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--prior", paramLabel = "P", description = "The share of members among those asked about, for the positive predictive value.")
    private Double prior;

    /** The evaluation; a value that it can't be is bad usage. */
    Evaluation toEvaluation() {
        try {
            Evaluation evaluation = Evaluation.withDefaults().withFalsePositiveRates(rates.stream().mapToDouble(Double::doubleValue).toArray())
                    .withConfidence(confidence).withBootstrapReplicates(bootstrap).withSeed(seed);
            return prior == null ? evaluation : evaluation.withPrior(prior);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(new CommandLine(command), e.getMessage());
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
