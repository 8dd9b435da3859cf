package io.github.miaudit.cli;

import io.github.miaudit.data.Rewriting;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LiraAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.membership.LowerCaseAttack;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.membership.MinKAttack;
import io.github.miaudit.membership.MinKPlusPlusAttack;
import io.github.miaudit.membership.NeighbourhoodAttack;
import io.github.miaudit.membership.QuantileAttack;
import io.github.miaudit.membership.RmiaAttack;
import io.github.miaudit.membership.ZlibAttack;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An attack that can be asked for by name. */
enum AttackName {

    LIKELIHOOD_RATIO("likelihood-ratio", (rule, reduction, neighbours) -> LikelihoodRatioAttack.withDefaults().withRule(rule).withReduction(reduction)),
    LOSS("loss", (rule, reduction, neighbours) -> LossAttack.withDefaults().withReduction(reduction)),
    LIRA("lira", (rule, reduction, neighbours) -> LiraAttack.withDefaults().withRule(rule).withReduction(reduction)),
    RMIA("experimental-rmia", (rule, reduction, neighbours) -> RmiaAttack.withDefaults().withRule(rule)),
    QUANTILE("experimental-quantile", (rule, reduction, neighbours) -> QuantileAttack.withDefaults().withRule(rule)),
    MIN_K("experimental-min-k", (rule, reduction, neighbours) -> MinKAttack.withDefaults()),
    MIN_K_PLUS_PLUS("experimental-min-k-plus-plus", (rule, reduction, neighbours) -> MinKPlusPlusAttack.withDefaults()),
    ZLIB("experimental-zlib", (rule, reduction, neighbours) -> ZlibAttack.withDefaults()),
    LOWER_CASE("experimental-lower-case", (rule, reduction, neighbours) -> LowerCaseAttack.withDefaults()),
    NEIGHBOURHOOD("experimental-neighbourhood", (rule, reduction, neighbours) -> NeighbourhoodAttack.of(neighbours.get()));

    private final String label;
    private final Maker maker;

    AttackName(String label, Maker maker) {
        this.label = label;
        this.maker = maker;
    }

    /**
     * Makes the attack.
     *
     * @param rule       of the attacks with references
     * @param reduction  of those that leave a choice
     * @param neighbours asked for only if the attack needs them
     */
    MembershipAttack attack(MaskingRule rule, Reduction reduction, Supplier<Rewriting> neighbours) {
        return maker.make(rule, reduction, neighbours);
    }

    private interface Maker {
        MembershipAttack make(MaskingRule rule, Reduction reduction, Supplier<Rewriting> neighbours);
    }

    static final class Converter implements ITypeConverter<AttackName> {
        @Override
        public AttackName convert(String value) {
            return Stream.of(AttackName.values()).filter(name -> name.label.equals(value)).findFirst().orElseThrow(() -> new TypeConversionException(
                    "'" + value + "' is none of " + Stream.of(AttackName.values()).map(name -> name.label).collect(Collectors.joining(", "))));
        }
    }
}
