package io.github.miaudit.report.output.dossier;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.io.StrictYaml;
import io.github.miaudit.io.YamlValue;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the makers of a dossier state and no audit can know. Nothing of it is measured. Texts are single harmless lines. Immutable.
 *
 * @param unitOfPrivacy    whose presence in the training data is to be kept secret, such as {@code patient}
 * @param threatModel      who may attack, with what, and why
 * @param recipients       who gets the model, and what of it; none where not stated
 * @param training         how the model was trained
 * @param comparableBecause why members and the others were drawn alike
 * @param attacksFixedBeforehand the attacks that were fixed beforehand, by name; none where not stated
 * @param attacksFixedOn   when
 * @param mitigations      what was done against leaks; none where not stated
 * @param decision         what was decided
 * @param expires          the last day on which the decision holds
 * @param review           when it is to be looked at again
 */
public record DossierFacts(Optional<String> unitOfPrivacy, Optional<String> threatModel, List<Recipient> recipients, Training training,
        Optional<String> comparableBecause, List<String> attacksFixedBeforehand, Optional<LocalDate> attacksFixedOn,
        List<String> mitigations,
        Optional<Stated> decision, Optional<LocalDate> expires, Optional<LocalDate> review) {

    /** A text has at most so many characters. */
    public static final int MOST_CHARACTERS = 2000;
    /** A list has at most so many entries. */
    public static final int MOST_ENTRIES = 100;

    private static final int MOST_DIGITS = 30;
    private static final int LARGEST_EXPONENT = 300;
    /** The file, decision, signatories, one of them; and one more, so that a deeper value is called by its name. */
    private static final StrictYaml.Kind KIND = new StrictYaml.Kind("dossier", "decision", 1 << 16, 5, "its values are texts or numbers");
    private static final String UNIT = "unit-of-privacy";
    private static final String THREAT = "threat-model";
    private static final String RECIPIENTS = "recipients";
    private static final String TRAINING = "training";
    private static final String COMPARABLE = "comparable-because";
    private static final String ATTACKS = "attacks-fixed-beforehand";
    private static final String FIXED_ON = "attacks-fixed-on";
    private static final String MITIGATIONS = "mitigations";
    private static final String DECISION = "decision";
    private static final String EXPIRES = "expires";
    private static final String REVIEW = "review";
    private static final List<String> KEYS = List.of(UNIT, THREAT, RECIPIENTS, TRAINING, COMPARABLE, ATTACKS, FIXED_ON, MITIGATIONS,
            DECISION, EXPIRES, REVIEW);

    /** What a recipient can do with a model. */
    public enum Access {
        /** He has the model itself, so he can do all that follows, and look inside. */
        WEIGHTS,
        /** He learns how likely the model finds each token, as the attacks of an audit do. */
        LOGITS,
        /** He sees only what the model decides or writes. */
        OUTPUTS;

        /** As it is written. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What was decided of the model. */
    public enum Outcome {
        RELEASE, RELEASE_WITH_CONDITIONS, NO_RELEASE;

        /** As it is written, such as {@code no-release}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether somebody gets the model. */
        public boolean isRelease() {
            return this != NO_RELEASE;
        }
    }

    /**
     * Who gets the model.
     *
     * @param who    such as {@code partner hospitals}
     * @param access to what of it
     */
    public record Recipient(String who, Access access) {

        /** Checks the text; throws an {@link IllegalArgumentException} if it is no harmless line. */
        public Recipient {
            requireLine("who", Optional.of(who));
        }
    }

    /**
     * How the model was trained.
     *
     * @param epochs     how often it saw each sentence
     * @param duplicates what was done about sentences that stand there twice
     * @param optimizer  such as {@code AdamW}
     * @param epsilon    of differential privacy, nats
     * @param delta      of the same
     * @param recipe     where the recipe is, or its digest
     */
    public record Training(Optional<BigDecimal> epochs, Optional<String> duplicates, Optional<String> optimizer,
            Optional<BigDecimal> epsilon, Optional<BigDecimal> delta, Optional<String> recipe) {

        private static final List<String> KEYS = List.of("epochs", "duplicates", "optimizer", "epsilon", "delta", "recipe");

        /**
         * Checks what is stated.
         *
         * @throws IllegalArgumentException if a number is negative or too long, a delta is not below 1, or a text is no harmless line
         */
        public Training {
            epochs.ifPresent(number -> requireNumber("epochs", number));
            requireLine("duplicates", duplicates);
            requireLine("optimizer", optimizer);
            epsilon.ifPresent(number -> requireNumber("epsilon", number));
            delta.ifPresent(number -> requireNumber("delta", number));
            requireLine("recipe", recipe);
        }

        private Stream<Boolean> stated() {
            return Stream.of(epochs, duplicates, optimizer, epsilon, delta, recipe).map(Optional::isPresent);
        }

        private static Training of(Map<String, YamlValue> entries) {
            return new Training(number(entries, "epochs"), DossierFacts.text(entries, "duplicates"),
                    DossierFacts.text(entries, "optimizer"), number(entries, "epsilon"), number(entries, "delta"),
                    DossierFacts.text(entries, "recipe"));
        }
    }

    /**
     * What was decided, and by whom.
     *
     * @param outcome     the decision
     * @param reason      why
     * @param on          when
     * @param signatories who answers for it; none where not stated
     */
    public record Stated(Outcome outcome, Optional<String> reason, Optional<LocalDate> on, List<Signatory> signatories) {

        private static final List<String> KEYS = List.of("outcome", "reason", "on", "signatories");

        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if there are too many signatories, the reason is no harmless line, or the day can't be
         */
        public Stated {
            signatories = List.copyOf(signatories);
            requireLine("reason", reason);
            on.ifPresent(day -> requireDay("on", day));
            requireFew("signatories", signatories);
        }

        private Stream<Boolean> stated() {
            return Stream.of(true, reason.isPresent(), on.isPresent(), !signatories.isEmpty());
        }
    }

    /**
     * Who answers for a decision.
     *
     * @param name of the person
     * @param role such as {@code data protection officer}; empty where not stated
     */
    public record Signatory(String name, Optional<String> role) {

        private static final List<String> KEYS = List.of("name", "role");

        /** Checks the texts; throws an {@link IllegalArgumentException} if one is no harmless line. */
        public Signatory {
            requireLine("name", Optional.of(name));
            requireLine("role", role);
        }
    }

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if a list has too many entries, a text is no harmless line, or a day can't be
     */
    public DossierFacts {
        recipients = List.copyOf(recipients);
        attacksFixedBeforehand = List.copyOf(attacksFixedBeforehand);
        mitigations = List.copyOf(mitigations);
        requireLine(UNIT, unitOfPrivacy);
        requireLine(THREAT, threatModel);
        requireFew(RECIPIENTS, recipients);
        requireLine(COMPARABLE, comparableBecause);
        requireFew(ATTACKS, attacksFixedBeforehand);
        attacksFixedBeforehand.forEach(attack -> requireLine(ATTACKS, Optional.of(attack)));
        attacksFixedOn.ifPresent(day -> requireDay(FIXED_ON, day));
        requireFew(MITIGATIONS, mitigations);
        mitigations.forEach(mitigation -> requireLine(MITIGATIONS, Optional.of(mitigation)));
        expires.ifPresent(day -> requireDay(EXPIRES, day));
        review.ifPresent(day -> requireDay(REVIEW, day));
    }

    private static void requireLine(String key, Optional<String> text) {
        text.filter(each -> !line(key, each).equals(each)).ifPresent(each -> {
            throw new IllegalArgumentException(key + " holds line breaks or characters without a glyph, or spaces at an end");
        });
    }

    private static void requireFew(String key, List<?> list) {
        if (list.size() > MOST_ENTRIES) {
            throw new IllegalArgumentException(
                    key + " has " + list.size() + " entries; it must have 1 to " + MOST_ENTRIES + ", or leave it out");
        }
    }

    private static void requireDay(String key, LocalDate day) {
        if (day.getYear() < 1900 || day.getYear() > 9999) {
            throw new IllegalArgumentException(key + " is " + day + "; it must be a day such as 2026-11-28");
        }
    }

    private static void requireNumber(String key, BigDecimal number) {
        boolean isDelta = key.equals("delta");
        if (number.precision() > MOST_DIGITS || Math.abs(number.scale()) > LARGEST_EXPONENT || number.signum() < 0
                || isDelta && number.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException(key + " is " + PlainText.name(number.toString()) + numberWords(key));
        }
    }

    private static String numberWords(String key) {
        return "; it must be a number of at least 0" + (key.equals("delta") ? " and below 1" : "") + ", such as 3, without quotes";
    }

    /**
     * Reads {@code dossier.yaml}.
     *
     * @throws InvalidFileException if it can't be read, is no YAML, or states what can't be; the message names the line
     */
    public static DossierFacts read(Path file) {
        return of(StrictYaml.read(file, KIND));
    }

    private static DossierFacts of(YamlValue file) {
        Map<String, YamlValue> entries = file.entries(KEYS, "a dossier");
        return new DossierFacts(text(entries, UNIT), text(entries, THREAT), list(entries, RECIPIENTS, DossierFacts::recipient),
                Training.of(entries.containsKey(TRAINING) ? entries.get(TRAINING).entries(Training.KEYS, TRAINING) : Map.of()),
                text(entries, COMPARABLE), list(entries, ATTACKS, DossierFacts::line), date(entries, FIXED_ON),
                list(entries, MITIGATIONS, DossierFacts::line),
                Optional.ofNullable(entries.get(DECISION)).map(DossierFacts::decision), date(entries, EXPIRES), date(entries, REVIEW));
    }

    private static Recipient recipient(YamlValue value, String key) {
        Map<String, YamlValue> entries = value.entries(List.of("who", "access"), "a recipient");
        return new Recipient(needed(value, entries, "a recipient", "who", "partner hospitals"),
                choice(value, entries, "a recipient", "access", Access.values(), Access::label));
    }

    private static Stated decision(YamlValue value) {
        Map<String, YamlValue> entries = value.entries(Stated.KEYS, DECISION);
        return new Stated(choice(value, entries, DECISION, "outcome", Outcome.values(), Outcome::label), text(entries, "reason"),
                date(entries, "on"), list(entries, "signatories", DossierFacts::signatory));
    }

    private static Signatory signatory(YamlValue value, String key) {
        Map<String, YamlValue> entries = value.entries(Signatory.KEYS, "a signatory");
        return new Signatory(needed(value, entries, "a signatory", "name", "A. Meier"), text(entries, "role"));
    }

    private static <T> T choice(YamlValue owner, Map<String, YamlValue> entries, String what, String key, T[] values,
            Function<T, String> label) {
        String known = Stream.of(values).map(label).collect(Collectors.joining(", "));
        String said = needed(owner, entries, what, key, label.apply(values[0]));
        return Stream.of(values).filter(value -> label.apply(value).equals(said)).findFirst().orElseThrow(
                () -> entry(entries, key).problem(key + " is " + PlainText.name(said) + "; it must be one of " + known));
    }

    private static String needed(YamlValue owner, Map<String, YamlValue> entries, String what, String key, String example) {
        return text(entries, key).orElseThrow(
                () -> owner.problem(what + " needs the key " + key + ", such as " + key + ": " + example));
    }

    private static <T> List<T> list(Map<String, YamlValue> entries, String key, BiFunction<YamlValue, String, T> item) {
        if (!entries.containsKey(key)) {
            return List.of();
        }
        YamlValue value = entries.get(key);
        List<YamlValue> values = value.list().orElseThrow(() -> value.problem(key + " is no list; start each entry with a dash"));
        if (values.isEmpty()) {
            throw value.problem(key + " has no entries; it must have 1 to " + MOST_ENTRIES + ", or leave it out");
        }
        checked(value, () -> requireFew(key, values));
        return values.stream().map(each -> item.apply(each, key)).toList();
    }

    private static Optional<String> text(Map<String, YamlValue> entries, String key) {
        return Optional.ofNullable(entries.get(key)).map(value -> line(value, key));
    }

    private static String line(YamlValue value, String key) {
        String text = value.text(key);
        checked(value, () -> line(key, text));
        return line(key, text);
    }

    private static String line(String key, String text) {
        String line = PlainText.line(text);
        if (line.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    key + " has " + line.length() + " characters; it must have at most " + MOST_CHARACTERS);
        }
        if (line.isBlank()) {
            throw new IllegalArgumentException(key + " is empty; give it a value, or leave it out");
        }
        return line;
    }

    /** Of a key that is there. */
    private static YamlValue entry(Map<String, YamlValue> entries, String key) {
        return Objects.requireNonNull(entries.get(key));
    }

    /** An error of what a value states names its line. */
    private static void checked(YamlValue value, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw value.problem(Objects.requireNonNull(e.getMessage()));
        }
    }

    private static Optional<LocalDate> date(Map<String, YamlValue> entries, String key) {
        return text(entries, key).map(text -> {
            try {
                LocalDate day = LocalDate.parse(text);
                checked(entry(entries, key), () -> requireDay(key, day));
                return day;
            } catch (DateTimeParseException e) {
                throw entry(entries, key).problem(key + " is " + PlainText.name(text) + "; it must be a day such as 2026-11-28");
            }
        });
    }

    private static Optional<BigDecimal> number(Map<String, YamlValue> entries, String key) {
        return text(entries, key).map(text -> {
            YamlValue value = entry(entries, key);
            try {
                if (value.isPlain()) {
                    BigDecimal number = new BigDecimal(text);
                    checked(value, () -> requireNumber(key, number));
                    return number;
                }
            } catch (NumberFormatException e) { // told below
            }
            throw value.problem(key + " is " + PlainText.name(text) + numberWords(key));
        });
    }

    /** What is not stated, as it would be written, in order. */
    List<String> notStated() {
        Stream<Boolean> all = Stream.of(unitOfPrivacy.isPresent(), threatModel.isPresent(), !recipients.isEmpty(),
                training.stated().anyMatch(each -> each), comparableBecause.isPresent(), !attacksFixedBeforehand.isEmpty(),
                attacksFixedOn.isPresent(), !mitigations.isEmpty(), decision.isPresent(), expires.isPresent(), review.isPresent());
        return Stream.of(missing("", KEYS, all),
                Stream.of(training).filter(each -> each.stated().anyMatch(stated -> stated))
                        .flatMap(each -> missing(TRAINING + ": ", Training.KEYS, each.stated())),
                decision.stream().flatMap(each -> missing(DECISION + ": ", Stated.KEYS, each.stated())))
                .flatMap(each -> each).toList();
    }

    private static Stream<String> missing(String prefix, List<String> keys, Stream<Boolean> stated) {
        List<Boolean> are = stated.toList();
        return IntStream.range(0, keys.size()).filter(index -> !are.get(index)).mapToObj(index -> prefix + keys.get(index));
    }
}
