package io.github.miaudit.report.output;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code audit.json} holds, member by member; {@code audit.schema.json} says what each means. Everything that is
 * published is made from it, so no page can tell more than the file does. What is {@code null} there is empty here.
 */
record AuditDocument(int schemaVersion, String conclusion, List<Comparison> comparisons, List<Histogram> histograms, Optional<Likelihoods> likelihoods,
        List<ExposedPatient> mostExposedPatients, List<Excerpt> excerpts, List<ModelSummary> models, List<String> warnings, List<Exclusion> excluded,
        Optional<Datasheet> datasheet, Settings settings, Provenance provenance) {

    private static final Gson JSON = new GsonBuilder().registerTypeAdapterFactory(new OptionalAdapterFactory()).create();

    record Comparison(String members, String nonMembers, int memberCount, int nonMemberCount, String conclusion, String strongestAttack,
            List<Attack> attacks, Validity validity) {

        /** The attack that the conclusion rests on. */
        Attack strongest() {
            return attacks.stream().filter(attack -> attack.name().equals(strongestAttack)).findFirst().orElseThrow();
        }

        /** Whether sentences come in patients on both sides, and enough of them to be told. */
        boolean byPatient() {
            return attacks.get(0).byGroup().isPresent();
        }
    }

    record Attack(String name, String definition, double auc, Optional<Interval> aucInterval, Advantage bestAdvantage, List<OperatingPoint> tprAtFpr,
            List<Calibrated> calibrated, Optional<Double> permutationPValue, Optional<Leakage> empiricalLeakage, Optional<CanaryBound> canaryBound,
            List<List<Double>> roc, Optional<ByGroup> byGroup) {

        /** By sentence, or by patient where sentences depend on one another. */
        Optional<Leakage> leakage() {
            return empiricalLeakage.or(() -> byGroup.flatMap(ByGroup::empiricalLeakage));
        }
    }

    record ByGroup(String definition, int memberCount, int nonMemberCount, double auc, Optional<Interval> aucInterval, Advantage bestAdvantage,
            List<OperatingPoint> tprAtFpr, List<Calibrated> calibrated, Optional<Double> permutationPValue, Optional<Leakage> empiricalLeakage,
            Optional<CanaryBound> canaryBound, List<Exposed> exposed) {
    }

    record Interval(double lower, double upper, double level, String method) {
    }

    record Advantage(Optional<Double> advantage, Optional<Double> realisedFpr, Optional<Double> threshold, Optional<Integer> truePositives,
            Optional<Integer> falsePositives, Optional<Double> precision, Optional<Double> accuracy, boolean suppressed) {
    }

    record OperatingPoint(double fpr, Optional<Double> tpr, Optional<Interval> interval, Optional<Interval> fprInterval, int falsePositivesAllowed,
            boolean resolvable, Optional<Double> standardisedPartialAuc, Optional<Double> ppvAtPrior, Optional<Double> realisedFpr,
            Optional<Double> threshold, Optional<Integer> truePositives, Optional<Integer> falsePositives, Optional<Double> precision,
            Optional<Double> accuracy, boolean suppressed) {
    }

    record Calibrated(double alpha, Optional<Double> realisedFpr, Optional<Interval> realisedFprInterval, Optional<Double> tpr,
            Optional<Interval> tprInterval, int calibrationNonMembers, long calibrationNonMembersNeeded, boolean suppressed) {

        /** Whether there are enough to calibrate on; what came of it may not be told. */
        boolean isPromised() {
            return suppressed || tpr.isPresent();
        }
    }

    record Leakage(double bound, double level, int thresholds, String meaning) {
    }

    record CanaryBound(int canaries, int guesses, int correct, double epsilonLowerBound, double delta, double level) {
    }

    record Exposed(double fpr, Optional<Integer> groups, int of, Optional<Double> lower, Optional<Double> upper, boolean resolvable, boolean suppressed) {
    }

    record Validity(String verdict, List<String> reasons, List<Check> checks, Optional<Overlap> overlap) {
    }

    record Check(String name, boolean blind, double auc, Optional<Interval> interval) {
    }

    record Overlap(int exact, int near) {
    }

    /** Counts that are null are not told. */
    record Histogram(String attack, double from, double width, Map<String, List<Integer>> counts) {
    }

    record Likelihoods(String definition, Map<String, Points> points, Optional<Grid> grid) {
    }

    record Points(List<Double> reference, List<Double> target) {
    }

    /** Counts that are null are not told. */
    record Grid(double referenceFrom, double referenceWidth, double targetFrom, double targetWidth, int columns, Map<String, List<Integer>> counts) {
    }

    record ExposedPatient(String patient, int sentences, double score, Optional<Double> exposedAtFpr) {
    }

    record Excerpt(String id, Optional<String> patient, double score, String text, List<Token> tokens) {
    }

    record Token(String text, Optional<Double> gap) {
    }

    record ModelSummary(String role, String name, int vocabularySize, double tokensPerWord, double unknownTokenRate, long specialLiterals,
            Map<String, Long> sentences) {
    }

    record Exclusion(String population, String id, String reason) {
    }

    record Datasheet(Map<String, JsonObject> sets, Map<String, String> settings, Optional<String> saltDigest, int inputs, long trainingRowsUnread,
            int ignored, int badRows) {
    }

    record Settings(List<Double> falsePositiveRates, double confidence, String areaInterval, String rateInterval, int bootstrapReplicates, int permutations,
            long seed, String groupScore, Optional<Double> prior, int smallestCount) {
    }

    record Provenance(String dataDigest, Optional<Model> target, List<Model> references, List<String> rules, Optional<Long> seed, Map<String, String> versions) {
    }

    record Model(String name, String modelDigest, String tokenizerDigest, int vocabularySize, String precision, String lengthPolicy, String engine) {
    }

    /** The document of a report's JSON. Its texts come out as harmless lines, whatever was in them. */
    static AuditDocument of(String json) {
        return read(json, AuditDocument.class);
    }

    /** Any such document. */
    static <T> T read(String json, Class<T> type) {
        return JSON.fromJson(harmless(JsonParser.parseString(json)), type);
    }

    private static JsonElement harmless(JsonElement element) {
        if (element instanceof JsonArray array) {
            JsonArray copy = new JsonArray(array.size());
            array.forEach(item -> copy.add(harmless(item)));
            return copy;
        }
        if (element instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            object.entrySet().forEach(member -> copy.add(PlainText.line(member.getKey()), harmless(member.getValue())));
            return copy;
        }
        return element instanceof JsonPrimitive text && text.isString() ? new JsonPrimitive(PlainText.line(text.getAsString())) : element;
    }

    /** The comparison that the audit's question is about. */
    Comparison main() {
        return comparisons.get(0);
    }
}
