package io.github.miaudit.cli;

import io.github.miaudit.data.Rewriting;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.membership.NamedAttack;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How to attack. */
final class AttackOptions {

    @Option(names = {"--attack", "--attacks"}, paramLabel = "NAME", split = ",", arity = "1..*", converter = ChosenConverter.class,
            defaultValue = "standard",
            description = "${bundle:" + HelpTexts.ATTACKS + "}. Several may be given (default: ${DEFAULT-VALUE}, which is ${bundle:"
                    + HelpTexts.STANDARD + "}).")
    private List<Chosen> attacks;

    @Option(names = "--reduction", paramLabel = "REDUCTION", converter = ReductionConverter.class, defaultValue = "mean",
            description = "Of token log-likelihoods: sum, mean, per-character or per-word (default: ${DEFAULT-VALUE});"
                    + " models with different tokenizers need another than mean.")
    private Reduction reduction;

    @Mixin
    private RuleOptions rule;

    /** The attacks; neighbours are asked for only if one needs them. */
    List<MembershipAttack> toAttacks(Supplier<Rewriting> neighbours) {
        NamedAttack.Settings settings = new NamedAttack.Settings(new LogLikelihood(rule.toRule(), reduction), neighbours);
        return attacks.stream().flatMap(chosen -> chosen.attacks.stream()).distinct().map(attack -> attack.attack(settings)).toList();
    }

    /** What one name stands for. */
    record Chosen(List<NamedAttack> attacks) {
    }

    static final class ChosenConverter implements ITypeConverter<Chosen> {
        @Override
        public Chosen convert(String value) {
            return new Chosen(value.equals("standard") ? NamedAttack.standard() : List.of(new AttackConverter().convert(value)));
        }
    }

    static final class AttackConverter implements ITypeConverter<NamedAttack> {
        @Override
        public NamedAttack convert(String value) {
            return NamedAttack.named(value)
                    .orElseThrow(() -> Misspelling.noneOf(value, NamedAttack.all().stream().map(NamedAttack::name).toList()));
        }
    }

    static final class ReductionConverter implements ITypeConverter<Reduction> {
        @Override
        public Reduction convert(String value) {
            return Stream.of(Reduction.values()).filter(reduction -> reduction.label().equals(value)).findFirst()
                    .orElseThrow(() -> Misspelling.noneOf(value, List.of("sum", "mean", "per-character", "per-word")));
        }
    }
}
