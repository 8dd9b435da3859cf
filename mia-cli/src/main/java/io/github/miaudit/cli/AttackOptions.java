package io.github.miaudit.cli;

import io.github.miaudit.data.Rewriting;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.membership.MembershipAttack;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How to attack. */
final class AttackOptions {

    @Option(names = "--attack", paramLabel = "NAME", split = ",", arity = "1..*", converter = AttackName.Converter.class, defaultValue = "likelihood-ratio,loss",
            description = "likelihood-ratio, loss, lira (at least 2 references); or, not validated on masked models, experimental-rmia, -quantile,"
                    + " -min-k, -min-k-plus-plus, -zlib, -lower-case, -neighbourhood (50 scorings a sentence, by swaps of the first reference)."
                    + " Several may be given (default: ${DEFAULT-VALUE}).")
    private List<AttackName> attackNames;

    @Option(names = "--reduction", paramLabel = "REDUCTION", converter = ReductionConverter.class, defaultValue = "mean",
            description = "Of token log-likelihoods: sum, mean, per-character or per-word (default: ${DEFAULT-VALUE});"
                    + " models with different tokenizers need another than mean.")
    private Reduction reduction;

    @Mixin
    private RuleOptions rule;

    /** The attacks; neighbours are asked for only if one needs them. */
    List<MembershipAttack> toAttacks(Supplier<Rewriting> neighbours) {
        MaskingRule ofReferences = rule.toRule();
        return attackNames.stream().distinct().map(name -> name.attack(ofReferences, reduction, neighbours)).toList();
    }

    /** Whether some attack looks at the spread of the whole vocabulary. */
    boolean needVocabularyMoments() {
        return attackNames.contains(AttackName.MIN_K_PLUS_PLUS);
    }

    static final class ReductionConverter implements ITypeConverter<Reduction> {
        @Override
        public Reduction convert(String value) {
            for (Reduction reduction : Reduction.values()) {
                if (reduction.label().equals(value)) {
                    return reduction;
                }
            }
            throw new TypeConversionException("'" + value + "' is none of sum, mean, per-character, per-word");
        }
    }
}
