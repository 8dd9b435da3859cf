package io.github.miaudit.examples;

import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** At which false positive rates to report. */
final class RateOptions {

    @Option(names = "--fpr", paramLabel = "RATE", split = ",", converter = RateConverter.class, defaultValue = "0.1,0.01,0.001",
            description = "False positive rates to report the true positive rate at (default: ${DEFAULT-VALUE}).")
    private List<Double> rates;

    List<Double> rates() {
        return rates;
    }

    double[] toArray() {
        return rates.stream().mapToDouble(Double::doubleValue).toArray();
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
