package io.github.miaudit.cli;

import io.github.miaudit.likelihood.MaskingRule;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which masking rule, and the parameters of those that draw masks at random. */
final class RuleOptions {

    @Option(names = "--rule", paramLabel = "RULE", converter = RuleConverter.class, defaultValue = "within-word-l2r",
            description = "${bundle:" + HelpTexts.RULES + "} (default: ${DEFAULT-VALUE}).")
    private MaskingRule rule;

    @Option(names = "--mask-seed", paramLabel = "N", description = "Of the masks of energy, partition and progressive (default: 1).")
    private Long seed;

    @Option(names = "--fraction", paramLabel = "SHARE", description = "Tokens that energy and partition mask at once (default: 0.15).")
    private Double fraction;

    @Option(names = "--draws", paramLabel = "N", description = "Masks that energy draws (default: 20).")
    private Integer draws;

    @Option(names = "--repetitions", paramLabel = "N", description = "Times that partition scores each token (default: 1).")
    private Integer repetitions;

    @Option(names = "--steps", paramLabel = "N", description = "Masks of progressive, each larger than the one before (default: 4).")
    private Integer steps;

    /** The rule; a parameter that it doesn't have is bad usage. */
    MaskingRule toRule() {
        MaskingRule drawn = with(rule, "draws", "--draws", draws);
        MaskingRule repeated = with(drawn, "repetitions", "--repetitions", repetitions);
        MaskingRule stepped = with(repeated, "steps", "--steps", steps);
        return with(with(stepped, "fraction", "--fraction", fraction), "seed", "--mask-seed", seed);
    }

    private MaskingRule with(MaskingRule known, String parameter, String option, Number value) {
        return BadUsageException.ifRefused(() -> value == null ? known : known.withParameter(parameter, value)
                .orElseThrow(() -> new BadUsageException("Option '" + option + "' is of no use to rule " + rule.label())));
    }

    static final class RuleConverter implements ITypeConverter<MaskingRule> {
        @Override
        public MaskingRule convert(String value) {
            try {
                return MaskingRule.named(value).orElseThrow(() -> Misspelling.noneOf(value, MaskingRule.names()));
            } catch (IllegalArgumentException e) { // a parameter out of bounds
                throw new TypeConversionException("'" + value + "': " + e.getMessage());
            }
        }
    }
}
