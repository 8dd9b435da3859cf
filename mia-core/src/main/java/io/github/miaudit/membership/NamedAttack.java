package io.github.miaudit.membership;

import io.github.miaudit.data.Rewriting;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.Services;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.IntStream;

/**
 * An attack that can be asked for by name, as {@code mia audit --attack NAME} does. Found by {@link ServiceLoader}: whoever
 * extends this, with a public constructor without parameters, and registers it has {@code mia} make an attack of their own, which
 * the launcher finds on {@code MIA_CLASS_PATH}. Threads may share it.
 */
public abstract class NamedAttack {

    private static final String NOT_VALIDATED = "experimental-";

    /** Looked for when first asked for. */
    private static List<NamedAttack> found = List.of();

    private final String name;
    private final String remark;
    private final Function<Settings, MembershipAttack> maker;

    /**
     * What may be chosen of an attack that is asked for by name; it takes what it has a use for.
     *
     * @param logLikelihood what attacks with references compare; those without take its reduction alone
     * @param neighbours    proposes neighbours of a sentence; asked for only by an attack that needs them
     */
    public record Settings(LogLikelihood logLikelihood, Supplier<Rewriting> neighbours) {
    }

    /**
     * An attack of which nothing need be said.
     *
     * @param name  as {@link MembershipAttack#name()}; begins with {@code experimental-} if it is not validated on masked models
     * @param maker makes the attack
     */
    protected NamedAttack(String name, Function<Settings, MembershipAttack> maker) {
        this(name, "", maker);
    }

    /**
     * An attack.
     *
     * @param name   as {@link MembershipAttack#name()}; begins with {@code experimental-} if it is not validated on masked models
     * @param remark what users must know who ask for it, in a few words
     * @param maker  makes the attack
     */
    protected NamedAttack(String name, String remark, Function<Settings, MembershipAttack> maker) {
        this.name = name;
        this.remark = remark;
        this.maker = maker;
    }

    /**
     * All attacks that have a name.
     *
     * @return those that are validated on masked models, then the others, each by name
     * @throws AuditException if two have the same
     */
    public static List<NamedAttack> all() {
        synchronized (NamedAttack.class) {
            if (found.isEmpty()) {
                found = ordered(Services.of(NamedAttack.class));
            }
            return found;
        }
    }

    /**
     * The attacks that an audit makes unless it is told which: {@code residual}, which finds most on the whole where the project's
     * benchmark tells attacks apart, on which the answer is planned to rest; {@code likelihood-ratio}, which most papers report; and
     * {@code loss}, which needs no reference. Fixed beforehand, as choosing among attacks by what they find would be no test.
     */
    public static List<NamedAttack> standard() {
        return Stream.of("residual", "likelihood-ratio", "loss").map(name -> named(name).orElseThrow()).toList();
    }

    /** The rules by which the target is scored for the {@linkplain #standard standard} attacks; references are by some of them. */
    public static List<MaskingRule> standardRules() {
        Settings settings = new Settings(LogLikelihood.mean(MaskingRule.withinWordLeftToRight()), () -> {
            throw new IllegalStateException("a standard attack on neighbours");
        });
        return standard().stream().flatMap(attack -> attack.attack(settings).targetRules().stream()).distinct().toList();
    }

    /**
     * The attack of a name.
     *
     * @param name such as {@code loss}
     * @return empty if there is none
     * @throws AuditException if any two attacks have the same name
     */
    public static Optional<NamedAttack> named(String name) {
        return all().stream().filter(attack -> attack.name.equals(name)).findFirst();
    }

    /** The name, in lower case, words joined by hyphens. */
    public final String name() {
        return name;
    }

    /** What users must know who ask for the attack: a few words, or none. */
    public final String remark() {
        return remark;
    }

    /** Whether the attack is not validated on masked models, as its name says. */
    public final boolean isExperimental() {
        return name.startsWith(NOT_VALIDATED);
    }

    /**
     * Makes the attack.
     *
     * @param settings what was chosen
     */
    public final MembershipAttack attack(Settings settings) {
        return maker.apply(settings);
    }

    static List<NamedAttack> ordered(List<NamedAttack> found) {
        List<NamedAttack> attacks = found.stream()
                .sorted(Comparator.comparing(NamedAttack::isExperimental).thenComparing(NamedAttack::name)).toList();
        IntStream.range(1, attacks.size()).filter(place -> attacks.get(place).name.equals(attacks.get(place - 1).name)).findFirst()
                .ifPresent(place -> {
                    throw new AuditException("two attacks on the class path are named " + attacks.get(place).name + ": "
                            + attacks.get(place - 1).getClass().getName() + " and " + attacks.get(place).getClass().getName()
                            + "; rename one, or leave it out");
                });
        return attacks;
    }
}
