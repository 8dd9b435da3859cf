package io.github.miaudit.report.output;

import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.Validity.Verdict;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.io.StrictYaml;
import io.github.miaudit.io.YamlValue;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a policy from a file that nobody vouches for. */
final class PolicyFile {

    /** The policy, its limits, a limit; and one more, so that a limit's value that is a list is called by its name. */
    private static final StrictYaml.Kind KIND = new StrictYaml.Kind("policy", "limits", 1 << 16, 4,
            "a limit's values are texts or numbers");
    private static final List<String> KEYS = List.of("against", "limits");
    private static final List<String> KEYS_OF_LIMIT = List.of("figure", "attack", "fpr", "at-most", "at-least");

    private final Path file;

    PolicyFile(Path file) {
        this.file = file;
    }

    Policy read() {
        Map<String, YamlValue> entries = StrictYaml.read(file, KIND).entries(KEYS, "a policy");
        Population against = Population.NON_MEMBERS;
        if (entries.containsKey("against")) {
            String label = text(entries, "against");
            against = Stream.of(Population.NON_MEMBERS, Population.EXTERNALS).filter(population -> population.label().equals(label))
                    .findFirst().orElseThrow(() -> unfit(entries, "against", "be non_members or externals"));
        }
        if (!entries.containsKey("limits")) {
            throw new InvalidFileException(file, "has no key limits; add it, with one limit or more");
        }
        YamlValue list = entries.get("limits");
        List<YamlValue> values = list.list()
                .orElseThrow(() -> list.problem("limits is no list; start each limit with a dash, such as - figure: auc"));
        if (values.isEmpty()) {
            throw list.problem("limits is empty; at least one limit is needed");
        }
        List<Limit> limits = new ArrayList<>();
        values.forEach(limit -> limits.add(limit(limit, limit.entries(KEYS_OF_LIMIT, "a limit"))));
        return new Policy(against, limits);
    }

    private static Limit limit(YamlValue limit, Map<String, YamlValue> entries) {
        if (!entries.containsKey("figure")) {
            throw limit.problem("this limit has no figure; known are " + Figure.labels());
        }
        String label = text(entries, "figure");
        Figure figure = Figure.labelled(label).orElseThrow(
                () -> entries.get("figure").problem("figure " + PlainText.name(label) + " is unknown; known are " + Figure.labels()));
        String bound = figure.unit() == Figure.Unit.VERDICT ? "at-least" : "at-most";
        refuse(entries, figure, bound.equals("at-most") ? "at-least" : "at-most", "say " + bound);
        if (!figure.isOfAnAttack()) {
            refuse(entries, figure, "attack", "leave it out");
        }
        if (!figure.isAtARate()) {
            refuse(entries, figure, "fpr", "leave it out");
        }
        require(limit, entries, figure, bound, bound.equals("at-least") ? "VALID" : figure.unit() == Figure.Unit.COUNT ? "3" : "0.6");
        if (figure.isAtARate()) {
            require(limit, entries, figure, "fpr", "0.01");
        }
        Optional<String> attack = entries.containsKey("attack") ? Optional.of(text(entries, "attack")) : Optional.empty();
        Optional<Double> rate = entries.containsKey("fpr") ? Optional.of(share(entries, "fpr")) : Optional.empty();
        return new Limit(figure, attack, rate, switch (figure.unit()) {
            case SHARE -> share(entries, bound); // above 1 nothing would break it: somebody meant per cent
            case COUNT, NATS, BITS -> number(entries, bound, Double.MAX_VALUE, "be at least 0, and finite");
            case VERDICT -> verdict(entries, bound);
        });
    }

    private static void refuse(Map<String, YamlValue> entries, Figure figure, String key, String advice) {
        if (entries.containsKey(key)) {
            throw entries.get(key).problem("figure " + figure.label() + " takes no " + key + "; " + advice);
        }
    }

    private static void require(YamlValue limit, Map<String, YamlValue> entries, Figure figure, String key, String example) {
        if (!entries.containsKey(key)) {
            throw limit.problem("figure " + figure.label() + " needs the key " + key + ", such as " + key + ": " + example);
        }
    }

    private static double verdict(Map<String, YamlValue> entries, String key) {
        String name = text(entries, key);
        return Stream.of(Verdict.values()).filter(verdict -> verdict.name().equals(name)).findFirst()
                .orElseThrow(() -> unfit(entries, key, "be VALID, SHIFTED, UNDECIDED, NOT_INTERPRETABLE or NOT_CHECKED")).ordinal();
    }

    private static double share(Map<String, YamlValue> entries, String key) {
        return number(entries, key, 1, "lie in [0, 1]");
    }

    private static double number(Map<String, YamlValue> entries, String key, double most, String range) {
        double value = number(entries, key);
        if (value < 0 || value > most) {
            throw unfit(entries, key, range);
        }
        return value;
    }

    private static double number(Map<String, YamlValue> entries, String key) {
        String text = text(entries, key);
        try {
            if (entry(entries, key).isPlain()) {
                return new BigDecimal(text).doubleValue(); // unlike Double's, its numbers are digits alone
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw unfit(entries, key, "be a number such as 0.02, without quotes");
    }

    /** Of a key that is there. */
    private static YamlValue entry(Map<String, YamlValue> entries, String key) {
        return Objects.requireNonNull(entries.get(key));
    }

    private static InvalidFileException unfit(Map<String, YamlValue> entries, String key, String must) {
        return entry(entries, key).problem(key + " is " + PlainText.name(text(entries, key)) + "; it must " + must);
    }

    private static String text(Map<String, YamlValue> entries, String key) {
        return entry(entries, key).text(key);
    }
}
