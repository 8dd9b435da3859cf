package io.github.miaudit.cli;

import io.github.miaudit.djl.MaskedLmOptions;
import io.github.miaudit.djl.Precision;
import io.github.miaudit.djl.ScoringDevice;
import io.github.miaudit.likelihood.LengthPolicy;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options of commands that score. */
final class ModelOptions {

    @Option(names = "--device", paramLabel = "DEVICE", converter = DeviceConverter.class, defaultValue = "auto",
            description = "auto, cpu, gpu, gpu:N, several such as gpu:0,gpu:1, or gpus for all (default: ${DEFAULT-VALUE}).")
    private ScoringDevice device;

    @Option(names = "--precision", paramLabel = "PRECISION",
            description = "float32, bfloat16 or float16; by default float32 on a CPU and half precision on a GPU. Scores of different"
                    + " precisions don't mix.")
    private Precision precision;

    @Option(names = "--token-budget", paramLabel = "N", converter = BudgetConverter.class,
            description = "Tokens passed through a model at once; bounds memory, not the result.")
    private Integer tokenBudget;

    @Option(names = "--length-policy", paramLabel = "POLICY", defaultValue = "window",
            description = "For sentences longer than the model: window, truncate or reject (default: ${DEFAULT-VALUE}).")
    private LengthPolicy lengthPolicy;

    @Mixin
    private ProgramOptions programs;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    MaskedLmOptions toOptions() {
        MaskedLmOptions options = programs.toOptions().withDevice(device).withLengthPolicy(lengthPolicy);
        options = ((MiaCommand) command.userObject()).isVerbose() ? options.withStartUpListener(new StartUpTimes()) : options;
        options = precision == null ? options : options.withPrecision(precision);
        return tokenBudget == null ? options : options.withTokenBudget(tokenBudget);
    }

    static final class DeviceConverter implements ITypeConverter<ScoringDevice> {
        @Override
        public ScoringDevice convert(String value) {
            try {
                return ScoringDevice.of(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class BudgetConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            if (!value.matches("[1-9]\\d{0,8}")) {
                throw new TypeConversionException("'" + value + "' is no whole number from 1 to 999999999");
            }
            return Integer.valueOf(value);
        }
    }
}
