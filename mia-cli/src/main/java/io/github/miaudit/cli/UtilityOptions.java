package io.github.miaudit.cli;

import io.github.miaudit.report.StatedUtilities;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How useful each version is, beside what it leaks. */
final class UtilityOptions {

    @Option(names = "--utility", paramLabel = "NAME=VALUE",
            description = "How useful a target is, as you measured it, such as its F1; higher is better. Of each target, or of none.")
    private List<String> utilities = new ArrayList<>();

    @Option(names = "--utility-name", paramLabel = "TEXT",
            description = "What --utility measures, such as F1 (default: " + StatedUtilities.UNNAMED + ").")
    private String name;

    /** What is stated, if anything is, of these targets; to be asked for before any long work. */
    Optional<StatedUtilities> toUtilities(List<String> targets) {
        if (utilities.isEmpty()) {
            if (name != null) {
                throw new BadUsageException(
                        "--utility-name is \"" + name + "\", but nothing is stated; add --utility NAME=VALUE of each target");
            }
            return Optional.empty();
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (String utility : utilities) {
            int equals = utility.indexOf('=');
            if (equals < 1) {
                throw new BadUsageException("--utility is \"" + utility + "\"; it must be NAME=VALUE with the name of a --target, such as "
                        + targets.get(0) + "=0.81");
            }
            String target = utility.substring(0, equals);
            if (values.put(target, value(utility, utility.substring(equals + 1))) != null) {
                throw new BadUsageException("--utility " + utility + " states a second value of " + target + "; leave one out");
            }
        }
        return Optional.of(BadUsageException.ifRefused(() -> {
            StatedUtilities stated = new StatedUtilities(name == null ? StatedUtilities.UNNAMED : name, values);
            stated.requireOf(targets);
            return stated;
        }));
    }

    private static double value(String utility, String text) {
        try {
            double value = new BigDecimal(text).doubleValue();
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) { // said below
        }
        throw new BadUsageException("--utility " + utility + " has the value \"" + text + "\"; it must be a finite number, such as 0.81");
    }
}
