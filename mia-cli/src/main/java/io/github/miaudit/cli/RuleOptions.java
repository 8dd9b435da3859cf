package io.github.miaudit.cli;

import io.github.miaudit.likelihood.EnergyRule;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.PartitionRule;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Which masking rule, and the parameters of those that draw masks at random. */
final class RuleOptions {

    private static final String NAMES = "original, within-word-l2r, whole-word, global-l2r, global-l2r-masking-end, energy, partition, maskless"
            + " or seed-compat-loss";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--rule", paramLabel = "RULE", converter = RuleConverter.class, defaultValue = "within-word-l2r",
            description = NAMES + " (default: ${DEFAULT-VALUE}).")
    private MaskingRule rule;

    @Option(names = "--mask-seed", paramLabel = "N", description = "Of the masks of energy and partition (default: 1).")
    private Long seed;

    @Option(names = "--fraction", paramLabel = "SHARE", description = "Tokens that energy and partition mask at once (default: 0.15).")
    private Double fraction;

    @Option(names = "--draws", paramLabel = "N", description = "Masks that energy draws (default: 20).")
    private Integer draws;

    @Option(names = "--repetitions", paramLabel = "N", description = "Times that partition scores each token (default: 1).")
    private Integer repetitions;

    /** The rule; a parameter that it doesn't have is bad usage. */
    MaskingRule toRule() {
        try {
            if (rule instanceof EnergyRule energy) {
                refuse("--repetitions", repetitions);
                return energy(energy);
            }
            refuse("--draws", draws);
            if (rule instanceof PartitionRule partition) {
                return partition(partition);
            }
            refuse("--repetitions", repetitions);
            refuse("--fraction", fraction);
            refuse("--mask-seed", seed);
            return rule;
        } catch (IllegalArgumentException e) {
            throw badUsage(e.getMessage());
        }
    }

    private MaskingRule energy(EnergyRule energy) {
        EnergyRule seeded = seed == null ? energy : energy.withSeed(seed);
        EnergyRule masking = fraction == null ? seeded : seeded.withFraction(fraction);
        return draws == null ? masking : masking.withDraws(draws);
    }

    private MaskingRule partition(PartitionRule partition) {
        PartitionRule seeded = seed == null ? partition : partition.withSeed(seed);
        PartitionRule masking = fraction == null ? seeded : seeded.withFraction(fraction);
        return repetitions == null ? masking : masking.withRepetitions(repetitions);
    }

    private void refuse(String option, Object value) {
        if (value != null) {
            throw badUsage("Option '" + option + "' is of no use to rule " + rule.label());
        }
    }

    private ParameterException badUsage(String problem) {
        return new ParameterException(new CommandLine(command), problem);
    }

    static final class RuleConverter implements ITypeConverter<MaskingRule> {
        @Override
        public MaskingRule convert(String value) {
            return MaskingRule.named(value).orElseThrow(() -> new TypeConversionException("'" + value + "' is none of " + NAMES.replace(" or ", ", ")));
        }
    }
}
