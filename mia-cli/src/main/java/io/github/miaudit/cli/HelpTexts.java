package io.github.miaudit.cli;

import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.membership.NamedAttack;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parts of help texts that depend on what is on the class path. */
final class HelpTexts extends ListResourceBundle {

    static final String ATTACKS = "known-attacks";
    static final String STANDARD = "standard-attacks";
    static final String RULES = "known-rules";

    @Override
    protected Object[][] getContents() {
        return new Object[][] {{ATTACKS, attacks()},
                {STANDARD, NamedAttack.standard().stream().map(NamedAttack::name).collect(Collectors.joining(", "))},
                {RULES, String.join(", ", MaskingRule.names()).replaceFirst(", (?!.*, )", " or ")}};
    }

    private static String attacks() {
        List<NamedAttack> attacks = NamedAttack.all();
        Stream<String> validated = attacks.stream().filter(attack -> !attack.isExperimental())
                .map(attack -> attack.name() + remark(attack));
        List<NamedAttack> others = attacks.stream().filter(NamedAttack::isExperimental).toList();
        return validated.collect(Collectors.joining(", ")) + "; or, not validated on masked models, experimental" + others.stream()
                .map(attack -> attack.name().replaceFirst("experimental", "") + remark(attack)).collect(Collectors.joining(", "));
    }

    private static String remark(NamedAttack attack) {
        return attack.remark().isEmpty() ? "" : " (" + attack.remark() + ")";
    }
}
