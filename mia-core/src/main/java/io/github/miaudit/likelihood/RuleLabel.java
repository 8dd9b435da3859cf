package io.github.miaudit.likelihood;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a rule's label says, such as {@code energy(fraction=0.15,draws=20,seed=1)}: its name, and its parameters in their order. */
record RuleLabel(String name, List<Map.Entry<String, Number>> parameters) {

    private static final Pattern LABEL = Pattern.compile("([^()]+)(?:\\(([^()]*)\\))?");
    private static final Pattern PARAMETER = Pattern.compile("([a-zA-Z]+)=([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)");

    /** Empty if a text is no label. */
    static Optional<RuleLabel> of(String text) {
        Matcher label = LABEL.matcher(text);
        if (!label.matches()) {
            return Optional.empty();
        }
        List<Map.Entry<String, Number>> parameters = new ArrayList<>();
        for (String part : label.group(2) == null ? new String[0] : label.group(2).split(",", -1)) {
            Matcher parameter = PARAMETER.matcher(part);
            Optional<Number> value = parameter.matches() ? number(parameter.group(2)) : Optional.empty();
            if (value.isEmpty()) {
                return Optional.empty();
            }
            parameters.add(Map.entry(parameter.group(1), value.get()));
        }
        return Optional.of(new RuleLabel(label.group(1), List.copyOf(parameters)));
    }

    /** Seeds are whole numbers of 64 bits, of which a double would round some. */
    private static Optional<Number> number(String text) {
        try {
            BigDecimal value = new BigDecimal(text);
            return Optional.of(text.matches("[-+]?[0-9]+") ? (Number) value.longValueExact() : (Number) value.doubleValue());
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A rule of that name with these parameters; empty if it has no such parameter. */
    Optional<MaskingRule> appliedTo(MaskingRule defaults) {
        Optional<MaskingRule> rule = Optional.of(defaults);
        for (Map.Entry<String, Number> parameter : parameters) {
            rule = rule.flatMap(before -> before.withParameter(parameter.getKey(), parameter.getValue()));
        }
        return rule;
    }
}
