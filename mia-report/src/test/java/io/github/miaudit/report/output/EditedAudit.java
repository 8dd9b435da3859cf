package io.github.miaudit.report.output;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.AuditReport;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.report.AuditDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The JSON of an audit that leaks, to be changed: 400 sentences of 40 patients in each set, attacks likelihood-ratio and loss; as if it
 * were valid, which losses without texts can't be shown to be.
 */
final class EditedAudit {

    private static final String LEAKING = Reports.of(40, 0.5, Evaluation.withDefaults().withSmallestCount(1)).toJson();

    private static final String IDENTIFIERS = SnapshotInputs.identifiersRemembered().document().identifiers().orElseThrow().toJson();

    private final JsonObject root = JsonParser.parseString(LEAKING).getAsJsonObject();

    /** All is told, and then said to hide counts below 5. */
    EditedAudit() {
        root.getAsJsonObject("settings").addProperty("smallestCount", 5);
        comparison().getAsJsonObject("validity").addProperty("verdict", "VALID");
    }

    /** By patient, the number of exposed is not told at a wanted rate, nor what tells it. */
    void hideExposed(int rate) {
        JsonObject exposed = at(byPatient(), "exposed", rate);
        nothing(exposed, "patients", "lower", "upper");
        JsonObject point = at(byPatient(), "tprAtFpr", rate);
        nothing(point, "tpr", "tprInterval");
        for (JsonObject hidden : List.of(exposed, point)) {
            hidden.addProperty("members", "FEW");
            hidden.addProperty("suppressed", true);
        }
        point.addProperty("tprAtMost", 0.1);
    }

    JsonObject root() {
        return root;
    }

    /** With the non-members. */
    JsonObject comparison() {
        return at(root, "comparisons", 0);
    }

    /** The first, likelihood-ratio. */
    JsonObject attack() {
        return at(comparison(), "attacks", 0);
    }

    /** Of its figures by patient. */
    JsonObject byPatient() {
        return attack().getAsJsonObject("byPatient");
    }

    static JsonObject at(JsonObject object, String array, int index) {
        return object.getAsJsonArray(array).get(index).getAsJsonObject();
    }

    EditedAudit edit(Consumer<EditedAudit> edit) {
        edit.accept(this);
        return this;
    }

    /** The likelihood-ratio attack, called otherwise everywhere. */
    EditedAudit rename(String name) {
        replace(root, "likelihood-ratio", name);
        return this;
    }

    EditedAudit withTarget(String name) {
        JsonObject target = new JsonObject();
        target.addProperty("name", name);
        target.addProperty("modelDigest", "m".repeat(64));
        target.addProperty("tokenizerDigest", "t".repeat(64));
        target.addProperty("vocabularySize", 100);
        target.addProperty("precision", "float32");
        target.addProperty("lengthPolicy", "window");
        target.addProperty("engine", "fake");
        root.getAsJsonObject("provenance").add("target", target);
        return this;
    }

    /** With 40 patients, surnames of whom are remembered, by a target that works. */
    EditedAudit withIdentifiers() {
        JsonObject identifiers = JsonParser.parseString(IDENTIFIERS).getAsJsonObject();
        identifiers.add("reasons", new JsonArray()); // as if all had a verdict
        root.add("identifiers", identifiers);
        return this;
    }

    JsonObject identifiers() {
        return root.getAsJsonObject("identifiers");
    }

    JsonObject exposedByIdentifiers() {
        return identifiers().getAsJsonObject("exposed");
    }

    /** Ranked by the target less the reference: those of all types, and of each. */
    void ofAllIdentifiers(Consumer<JsonObject> edit) {
        edit.accept(at(identifiers(), "rankings", 0));
        identifiers().getAsJsonArray("types").asList().stream().map(JsonElement::getAsJsonObject)
                .filter(type -> !type.getAsJsonArray("rankings").isEmpty()).forEach(type -> edit.accept(at(type, "rankings", 0)));
    }

    static void nothing(JsonObject object, String... names) {
        for (String name : names) {
            object.add(name, JsonNull.INSTANCE);
        }
    }

    /** An interval that ends there. */
    static void upTo(double upper, JsonObject interval) {
        interval.addProperty("lower", 0);
        interval.addProperty("upper", upper);
    }

    static JsonArray strings(String... values) {
        JsonArray array = new JsonArray();
        for (String value : values) {
            array.add(value);
        }
        return array;
    }

    /** The report as it is read from the edited file. */
    AuditReport report() {
        return read(root);
    }

    static AuditReport read(AuditDocument document) {
        return read(JsonParser.parseString(document.toJson()));
    }

    private static AuditReport read(JsonElement json) {
        try {
            Path file = Files.writeString(Files.createTempFile("edited", ".json"), escaped(json.toString()));
            try {
                return AuditReport.read(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Half a pair of characters can stand in a file only so. */
    private static String escaped(String json) {
        return json.chars().mapToObj(character -> character < 128 ? Character.toString(character) : String.format("\\u%04x", character))
                .collect(Collectors.joining());
    }

    AuditDocument document() {
        return report().document();
    }

    private static void replace(JsonElement element, String name, String other) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(child -> replace(child, name, other));
        } else if (element.isJsonObject()) {
            for (var member : element.getAsJsonObject().entrySet()) {
                if (member.getValue().isJsonPrimitive() && member.getValue().getAsString().equals(name)) {
                    member.setValue(new JsonPrimitive(other));
                } else {
                    replace(member.getValue(), name, other);
                }
            }
        }
    }
}
