package io.github.miaudit.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.StrictJson;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How the dataset was prepared, as a report tells it: counts and settings without the names of files, which can be patients', and
 * without counts of few patients, or others from which one follows by subtraction.
 *
 * @param sets               for each set its counts, as {@code datasheet.json} has them, but for lengths, which are rounded outwards
 * @param settings           the options of the preparation by name
 * @param saltDigest         SHA-256 of the salt of the patients' pseudonyms, if the data sheet has one
 * @param inputs             how many files were read
 * @param trainingRowsUnread malformed rows of the training files whose patient can't be told
 * @param ignored            files that were left out: hidden, never notes, or by the user
 * @param badRows            malformed rows that were left out
 */
public record Datasheet(Map<String, Map<String, Count>> sets, Map<String, String> settings, Optional<String> saltDigest, int inputs,
        long trainingRowsUnread, int ignored, int badRows) {

    /**
     * What a step counted.
     *
     * @param numbers one, or a list of another length such as quantiles; empty if they are not told
     */
    public record Count(Optional<List<BigDecimal>> numbers) {

        private static final int CLASSES_OF_LENGTHS = 20;
        private static final BigDecimal FEWEST_CHARACTERS = BigDecimal.TEN;

        static final Count UNTOLD = new Count(Optional.empty());

        /** Copies the list. */
        public Count {
            numbers = numbers.map(List::copyOf);
        }

        private static Count of(JsonElement count) {
            List<JsonElement> numbers = count instanceof JsonArray several ? several.asList() : List.of(count);
            if (!numbers.stream().allMatch(number -> number instanceof JsonPrimitive primitive && primitive.isNumber())) {
                throw new AuditException(
                        "the dataset's data sheet counts what is no number; prepare the dataset anew, or remove the data sheet");
            }
            return new Count(Optional.of(numbers.stream().map(JsonElement::getAsBigDecimal).toList()));
        }

        /** Quantiles, of which the ends are single sentences': the lower half down to a round number, the upper half up. */
        private Count outward() {
            List<BigDecimal> exact = numbers.orElseThrow();
            if (exact.isEmpty()) {
                return this;
            }
            BigDecimal range = exact.get(exact.size() - 1).subtract(exact.get(0));
            BigDecimal step = Digits.upToRound(Math.max(1, range.doubleValue() / CLASSES_OF_LENGTHS)).max(FEWEST_CHARACTERS);
            return new Count(Optional.of(IntStream.range(0, exact.size()).mapToObj(index -> exact.get(index)
                    .divide(step, 0, index < exact.size() / 2 ? RoundingMode.FLOOR : RoundingMode.CEILING).multiply(step)).toList()));
        }
    }

    private static final String LENGTHS = "lengthQuantiles";

    /** Copies the maps, in their order. */
    public Datasheet {
        Map<String, Map<String, Count>> copy = new LinkedHashMap<>();
        sets.forEach((set, counts) -> copy.put(set, Collections.unmodifiableMap(new LinkedHashMap<>(counts))));
        sets = Collections.unmodifiableMap(copy);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    static Datasheet of(String datasheet, Disclosure disclosure) {
        JsonObject sheet = StrictJson.parse(datasheet).getAsJsonObject();
        Map<String, Map<String, Count>> sets = new LinkedHashMap<>();
        object(sheet, "sets").entrySet().forEach(set -> sets.put(set.getKey(), told(set.getValue().getAsJsonObject(), disclosure)));
        Map<String, String> settings = new LinkedHashMap<>();
        object(sheet, "settings").entrySet().forEach(setting -> settings.put(setting.getKey(), setting.getValue().getAsString()));
        return new Datasheet(sets, settings,
                Optional.ofNullable(sheet.get("saltDigest")).filter(salt -> !salt.isJsonNull()).map(JsonElement::getAsString),
                object(sheet, "inputs").size(), sheet.has("trainingRowsUnread") ? sheet.get("trainingRowsUnread").getAsLong() : 0,
                names(sheet, "ignored"), names(sheet, "badRows"));
    }

    /** Where a count of patients or the difference of two is of few, of all of them that of the sample alone is told. */
    private static Map<String, Count> told(JsonObject counts, Disclosure disclosure) {
        List<Long> ofPatients = new ArrayList<>(counts.entrySet().stream().filter(count -> isOfPatients(count.getKey()))
                .map(count -> count.getValue().getAsLong()).toList());
        if (counts.has("patientsSeen") && counts.has("patientsExcluded")) {
            ofPatients.add(counts.get("patientsSeen").getAsLong() - counts.get("patientsExcluded").getAsLong());
        }
        boolean anyFew = ofPatients.stream().anyMatch(disclosure::hides)
                || ofPatients.stream().anyMatch(one -> ofPatients.stream().anyMatch(other -> other > one && disclosure.hides(other - one)));
        Map<String, Count> told = new LinkedHashMap<>();
        counts.entrySet().forEach(count -> told.put(count.getKey(), isOfPatients(count.getKey())
                && (disclosure.hides(count.getValue().getAsLong()) || anyFew && !count.getKey().equals("sampledPatients")) ? Count.UNTOLD
                        : count.getKey().equals(LENGTHS) ? Count.of(count.getValue()).outward() : Count.of(count.getValue())));
        return told;
    }

    private static boolean isOfPatients(String name) {
        return name.toLowerCase(Locale.ROOT).contains("patients");
    }

    private static JsonObject object(JsonObject sheet, String name) {
        return sheet.has(name) ? sheet.getAsJsonObject(name) : new JsonObject();
    }

    private static int names(JsonObject sheet, String list) {
        return sheet.get(list) instanceof JsonArray names ? names.size() : 0;
    }
}
