package io.github.miaudit.cli;

import io.github.miaudit.likelihood.MaskingRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which masking rule, and the parameters of those that draw masks at random. */
final class RuleOptions {

    @Option(names = "--rule", paramLabel = "RULE", converter = RuleConverter.class,
            description = "${bundle:" + HelpTexts.RULES + "} (default: within-word-l2r).")
    private List<MaskingRule> rules = List.of();

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

    /** The one rule; a parameter that it doesn't have is bad usage. */
    MaskingRule toRule() {
        List<MaskingRule> chosen = toRules(List.of(MaskingRule.withinWordLeftToRight()));
        if (chosen.size() > 1) {
            throw new BadUsageException("Option '--rule' is given " + chosen.size() + " times; give one rule");
        }
        return chosen.get(0);
    }

    /** The rules; a parameter that none of them has is bad usage. */
    List<MaskingRule> toRules(List<MaskingRule> otherwise) {
        List<MaskingRule> drawn = with(rules.isEmpty() ? otherwise : rules, "draws", "--draws", draws);
        List<MaskingRule> repeated = with(drawn, "repetitions", "--repetitions", repetitions);
        List<MaskingRule> stepped = with(repeated, "steps", "--steps", steps);
        return with(with(stepped, "fraction", "--fraction", fraction), "seed", "--mask-seed", seed).stream().distinct().toList();
    }

    private static List<MaskingRule> with(List<MaskingRule> known, String parameter, String option, Number value) {
        if (value == null) {
            return known;
        }
        List<Optional<MaskingRule>> changed = known.stream()
                .map(rule -> BadUsageException.ifRefused(() -> rule.withParameter(parameter, value))).toList();
        if (changed.stream().allMatch(Optional::isEmpty)) {
            throw new BadUsageException("Option '" + option + "' is of no use to rule "
                    + known.stream().map(MaskingRule::label).collect(Collectors.joining(", ")));
        }
        return IntStream.range(0, known.size()).mapToObj(place -> changed.get(place).orElse(known.get(place))).toList();
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
