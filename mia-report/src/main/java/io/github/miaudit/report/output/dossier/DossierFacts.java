package io.github.miaudit.report.output.dossier;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.io.StrictYaml;
import io.github.miaudit.io.YamlValue;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the makers of a dossier state and no audit can know. Nothing of it is measured. Texts are single harmless lines. Immutable.
 *
 * @param unitOfPrivacy    whose presence in the training data is to be kept secret, such as {@code patient}
 * @param threatModel      who may attack, with what, and why
 * @param recipients       who gets the model, and what of it; none where not stated
 * @param training         how the model was trained
 * @param comparable       why members and the others were drawn alike
 * @param attacks          the attacks that were fixed beforehand, by name; none where not stated
 * @param attacksFixedOn   when
 * @param mitigations      what was done against leaks; none where not stated
 * @param decision         what was decided
 * @param expires          the last day on which the decision holds
 * @param review           when it is to be looked at again
 */
public record DossierFacts(Optional<String> unitOfPrivacy, Optional<String> threatModel, List<Recipient> recipients, Training training,
        Optional<String> comparable, List<String> attacks, Optional<LocalDate> attacksFixedOn, List<String> mitigations,
        Optional<Stated> decision, Optional<LocalDate> expires, Optional<LocalDate> review) {

    /** A text has at most so many characters. */
    public static final int MOST_CHARACTERS = 2000;
    /** A list has at most so many entries. */
    public static final int MOST_ENTRIES = 100;

    private static final int LONGEST_NUMBER = 30;
    /** The file, decision, signatories, one of them; and one more, so that a deeper value is called by its name. */
    private static final StrictYaml.Kind KIND = new StrictYaml.Kind("dossier", "decision", 1 << 16, 5, "its values are texts or numbers");
    /** As JSON the same takes more room. */
    private static final StrictYaml.Kind STORED = new StrictYaml.Kind("dossier", "decision", 1 << 20, 5, "its values are texts or numbers");
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

        /** Copies the list. */
        public Stated {
            signatories = List.copyOf(signatories);
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
    }

    /** Copies the lists. */
    public DossierFacts {
        recipients = List.copyOf(recipients);
        attacks = List.copyOf(attacks);
        mitigations = List.copyOf(mitigations);
    }

    /**
     * Reads {@code dossier.yaml}.
     *
     * @throws InvalidFileException if it can't be read, is no YAML, or states what can't be; the message names the line
     */
    public static DossierFacts read(Path file) {
        return of(StrictYaml.read(file, KIND));
    }

    /** Reads what {@link #toJson} made, which is such YAML too. */
    static DossierFacts parse(Path file, String json) {
        return of(StrictYaml.parse(file, json, STORED));
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
                () -> entries.get(key).problem(key + " is " + PlainText.name(said) + "; it must be one of " + known));
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
        if (values.isEmpty() || values.size() > MOST_ENTRIES) {
            throw value.problem(
                    key + " has " + values.size() + " entries; it must have 1 to " + MOST_ENTRIES + ", or leave it out");
        }
        return values.stream().map(each -> item.apply(each, key)).toList();
    }

    private static Optional<String> text(Map<String, YamlValue> entries, String key) {
        return Optional.ofNullable(entries.get(key)).map(value -> line(value, key));
    }

    private static String line(YamlValue value, String key) {
        String line = PlainText.line(value.text(key));
        if (line.length() > MOST_CHARACTERS) {
            throw value.problem(key + " has " + line.length() + " characters; it must have at most " + MOST_CHARACTERS);
        }
        if (line.isBlank()) {
            throw value.problem(key + " is empty; give it a value, or leave it out");
        }
        return line;
    }

    private static Optional<LocalDate> date(Map<String, YamlValue> entries, String key) {
        return text(entries, key).map(text -> {
            try {
                LocalDate date = LocalDate.parse(text);
                if (date.getYear() >= 1900 && date.getYear() <= 9999) {
                    return date;
                }
            } catch (DateTimeParseException e) { // told below
            }
            throw entries.get(key).problem(key + " is " + PlainText.name(text) + "; it must be a day such as 2026-11-28");
        });
    }

    private static Optional<BigDecimal> number(Map<String, YamlValue> entries, String key) {
        return text(entries, key).map(text -> {
            try {
                if (entries.get(key).isPlain() && text.length() <= LONGEST_NUMBER) {
                    BigDecimal number = new BigDecimal(text);
                    Predicate<BigDecimal> fits = key.equals("delta") ? each -> each.compareTo(BigDecimal.ONE) < 0
                            : each -> Double.isFinite(each.doubleValue());
                    if (number.signum() >= 0 && fits.test(number)) {
                        return number;
                    }
                }
            } catch (NumberFormatException e) { // told below
            }
            throw entries.get(key).problem(key + " is " + PlainText.name(text) + "; it must be a number of at least 0"
                    + (key.equals("delta") ? " and below 1" : "") + ", such as 3, without quotes");
        });
    }

    /** What is not stated, as it would be written, in order. */
    List<String> notStated() {
        JsonObject stated = toJson();
        List<String> missing = new ArrayList<>(KEYS.stream().filter(key -> !stated.has(key)).toList());
        JsonObject ofTraining = stated.has(TRAINING) ? stated.getAsJsonObject(TRAINING) : new JsonObject();
        Training.KEYS.stream().filter(key -> stated.has(TRAINING) && !ofTraining.has(key)).map(key -> TRAINING + ": " + key)
                .forEach(missing::add);
        decision.ifPresent(each -> Stated.KEYS.stream().filter(key -> !stated.getAsJsonObject(DECISION).has(key))
                .map(key -> DECISION + ": " + key).forEach(missing::add));
        return List.copyOf(missing);
    }

    /** What is stated, in the keys and the words of {@code dossier.yaml}; what is not is left out. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        unitOfPrivacy.ifPresent(text -> json.addProperty(UNIT, text));
        threatModel.ifPresent(text -> json.addProperty(THREAT, text));
        add(json, RECIPIENTS, recipients.stream().map(recipient -> {
            JsonObject each = new JsonObject();
            each.addProperty("who", recipient.who());
            each.addProperty("access", recipient.access().label());
            return each;
        }).toList());
        JsonObject trained = new JsonObject();
        training.epochs().ifPresent(number -> trained.addProperty("epochs", number));
        training.duplicates().ifPresent(text -> trained.addProperty("duplicates", text));
        training.optimizer().ifPresent(text -> trained.addProperty("optimizer", text));
        training.epsilon().ifPresent(number -> trained.addProperty("epsilon", number));
        training.delta().ifPresent(number -> trained.addProperty("delta", number));
        training.recipe().ifPresent(text -> trained.addProperty("recipe", text));
        if (!trained.isEmpty()) {
            json.add(TRAINING, trained);
        }
        comparable.ifPresent(text -> json.addProperty(COMPARABLE, text));
        addTexts(json, ATTACKS, attacks);
        attacksFixedOn.ifPresent(date -> json.addProperty(FIXED_ON, date.toString()));
        addTexts(json, MITIGATIONS, mitigations);
        decision.ifPresent(stated -> json.add(DECISION, toJson(stated)));
        expires.ifPresent(date -> json.addProperty(EXPIRES, date.toString()));
        review.ifPresent(date -> json.addProperty(REVIEW, date.toString()));
        return json;
    }

    private static JsonObject toJson(Stated stated) {
        JsonObject json = new JsonObject();
        json.addProperty("outcome", stated.outcome().label());
        stated.reason().ifPresent(text -> json.addProperty("reason", text));
        stated.on().ifPresent(date -> json.addProperty("on", date.toString()));
        add(json, "signatories", stated.signatories().stream().map(signatory -> {
            JsonObject each = new JsonObject();
            each.addProperty("name", signatory.name());
            signatory.role().ifPresent(role -> each.addProperty("role", role));
            return each;
        }).toList());
        return json;
    }

    private static void add(JsonObject json, String key, List<JsonObject> values) {
        if (!values.isEmpty()) {
            JsonArray list = new JsonArray();
            values.forEach(list::add);
            json.add(key, list);
        }
    }

    private static void addTexts(JsonObject json, String key, List<String> texts) {
        if (!texts.isEmpty()) {
            JsonArray list = new JsonArray();
            texts.forEach(list::add);
            json.add(key, list);
        }
    }
}
