package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import io.github.miaudit.Audit;
import io.github.miaudit.AuditReport;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Sample;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.metrics.GroupReduction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AuditSchemaTest {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema SCHEMA = SCHEMAS.getSchema(AuditReport.jsonSchema(), InputFormat.JSON);
    private static final Evaluation QUICK = Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(1000);
    private static final String DATASHEET = """
            {"sets": {"members": {"patientsSeen": 9, "notesOfNobody": 1, "patientsExcluded": 1, "patientsChosen": 8, "notes": 12,
              "sentences": 40, "tooShort": 3, "repeated": 2, "lookedFor": 35,
              "inTraining": 0, "nearlyInTraining": 0, "saidOfOthers": 0, "boilerplate": 1, "available": 34, "shared": 0, "unmatched": 2,
              "sampled": 13,
              "sampledPatients": 6,
              "lengthQuantiles": [1, 3, 4, 6, 9], "sharedRate": 0.0, "mine": 3}},
             "settings": {"option": "1"}, "saltDigest": "5a", "inputs": {"members/notes.csv": "00"}, "trainingRowsUnread": 1,
             "ignored": ["members/a.pdf"], "badRows": [], "digests": {}}""";

    /** Populations without sentences, statuses that no sentence has, software by name, and what a data sheet may lack. */
    private static final String MAY_BE_ABSENT = """
            histograms.counts.externals likelihoods.grid.counts.externals models.sentences.SCORED
            models.sentences.EMPTY provenance.versions.java provenance.versions.miaudit datasheet.settings.option datasheet.sets.members
            datasheet.sets.members.patientsSeen datasheet.sets.members.notesOfNobody datasheet.sets.members.patientsExcluded
            datasheet.sets.members.shared datasheet.sets.members.unmatched datasheet.sets.members.saidOfOthers
            datasheet.sets.members.lookedFor
            datasheet.sets.members.patientsChosen datasheet.sets.members.notes
            datasheet.sets.members.sentences datasheet.sets.members.tooShort datasheet.sets.members.repeated
            datasheet.sets.members.inTraining datasheet.sets.members.nearlyInTraining datasheet.sets.members.boilerplate
            datasheet.sets.members.available datasheet.sets.members.sampled datasheet.sets.members.sampledPatients
            datasheet.sets.members.lengthQuantiles datasheet.sets.members.sharedRate datasheet.sets.members.mine""";

    /** Some only where something is suppressed already. */
    private static final String MAY_BE_NULL = """
            attack.aucInterval attack.bestAdvantage.precision attack.bestAdvantage.threshold attack.byPatient
            attack.byPatient.aucInterval attack.byPatient.bestAdvantage.precision
            attack.byPatient.calibrated.fpr attack.byPatient.calibrated.fprInterval attack.byPatient.calibrated.tpr
            attack.byPatient.calibrated.tprInterval attack.byPatient.control attack.byPatient.control.exceeding
            attack.byPatient.control.exceeding.count attack.byPatient.control.exceeding.pValue attack.byPatient.control.tprDifferences[]
            attack.byPatient.empiricalLeakage attack.byPatient.exceeding attack.byPatient.exceeding.count
            attack.byPatient.exceeding.pValue attack.byPatient.exposed.lower attack.byPatient.exposed.upper
            attack.byPatient.tprAtFpr.falsePositives attack.byPatient.tprAtFpr.fpr attack.byPatient.tprAtFpr.fprInterval
            attack.byPatient.tprAtFpr.ppvAtPrior attack.byPatient.tprAtFpr.precision attack.byPatient.tprAtFpr.standardisedPartialAuc
            attack.byPatient.tprAtFpr.tpr attack.byPatient.tprAtFpr.tprAtLeast
            attack.byPatient.tprAtFpr.tprAtMost attack.byPatient.tprAtFpr.tprInterval attack.byPatient.tprAtFpr.truePositives
            attack.calibrated.fpr attack.calibrated.fprInterval attack.calibrated.tpr attack.calibrated.tprInterval attack.canaryBound
            attack.control attack.control.tprDifferences[] attack.exceeding attack.exceeding.count attack.exceeding.pValue
            attack.tprAtFpr.falsePositives attack.tprAtFpr.fpr attack.tprAtFpr.fprInterval attack.tprAtFpr.ppvAtPrior
            attack.tprAtFpr.precision attack.tprAtFpr.standardisedPartialAuc attack.tprAtFpr.threshold attack.tprAtFpr.tpr
            attack.tprAtFpr.tprAtMost attack.tprAtFpr.tprInterval attack.tprAtFpr.truePositives comparisons.tests.adjustedPValue
            comparisons.tests.pValue comparisons.validity.checks.aucInterval comparisons.validity.checks.effectUpTo
            comparisons.validity.checks.pValue comparisons.validity.overlap comparisons.validity.shiftPValue datasheet
            datasheet.saltDigest datasheet.sets.members.mine datasheet.sets.members.sampledPatients datasheet.settings.option
            excerpts.patient excerpts.tokens.gap histograms.counts.externals[] histograms.counts.members[]
            histograms.counts.non_members[] likelihoods likelihoods.grid.counts.externals[]
            likelihoods.grid.counts.members[] likelihoods.grid.counts.non_members[]
            mostExposedPatients.exposedAtFpr provenance.seed provenance.target settings.prior strata
            strata.patientsNotCompared.patients strata.patientsWithoutRow.patients strata.variables.exposedAtFpr
            strata.variables.strata.exposed strata.worst targetChecks.bound targetChecks.value""";

    static Stream<AuditReport> reports() {
        return Stream.of(
                Reports.leaking(),
                Reports.of(3, 0.5, QUICK),
                Reports.of(1, 0.5, QUICK),
                Reports.of(6, 0, QUICK.withFalsePositiveRates(1, 0.5, 0)),
                Reports.of(6, 0, QUICK.withFalsePositiveRates()),
                Reports.of(40, 0.5, QUICK.withPrior(0.01).withCanaryGuesses(100).withSeed(Long.MIN_VALUE)),
                Reports.of(40, 0.5, QUICK.withConfidence(0.9)),
                Reports.controlled(),
                SnapshotInputs.identifiersRemembered(),
                SnapshotInputs.identifiersOfABrokenTarget(),
                Reports.of(40, 5, QUICK.withSmallestCount(1).withGroupReduction(GroupReduction.topMean(0.0001))),
                Reports.of(40, 0.5, QUICK.withPermutations(0).withGroupReduction(GroupReduction.harmonicMean())),
                manySentences(),
                scored(),
                scoredWithoutReference());
    }

    @ParameterizedTest
    @MethodSource("reports")
    void everyReportIsValid(AuditReport report) {
        assertEquals(List.of(), SCHEMA.validate(report.toJson(), InputFormat.JSON));
    }

    @Test
    void theReportsShowWhatTheSchemaAllows() {
        JsonObject scored = json(scored());
        assertEquals(2, scored.getAsJsonArray("comparisons").size());
        assertEquals(1, scored.getAsJsonArray("excluded").size());
        assertEquals(2, scored.getAsJsonArray("warnings").size());
        JsonObject excerpt = scored.getAsJsonArray("excerpts").get(0).getAsJsonObject();
        assertTrue(excerpt.getAsJsonArray("tokens").get(0).getAsJsonObject().get("gap").isJsonPrimitive());
        assertTrue(excerpt.get("patient").isJsonPrimitive());
        assertTrue(scored.getAsJsonObject("datasheet").getAsJsonObject("sets").getAsJsonObject("members").get("patientsExcluded")
                .isJsonNull());
        JsonObject alone = json(scoredWithoutReference());
        assertTrue(alone.get("likelihoods").isJsonNull());
        assertTrue(alone.getAsJsonArray("excerpts").get(0).getAsJsonObject().getAsJsonArray("tokens").get(0).getAsJsonObject().get("gap")
                .isJsonNull());
        assertTrue(json(manySentences()).getAsJsonObject("likelihoods").get("grid").isJsonObject());
        assertTrue(Reports.of(3, 0.5, QUICK).toJson().contains("\"byPatient\": null"));
        assertTrue(Reports.leaking().toJson().contains("\"suppressed\": true"));
        assertTrue(Reports.of(40, 0.5, QUICK.withCanaryGuesses(100)).toJson().contains("\"epsilonLowerBound\""));
    }

    @Test
    void whatNoReportWritesIsRefused() {
        Set<String> absent = new TreeSet<>();
        Set<String> unknown = new TreeSet<>();
        Set<String> empty = new TreeSet<>();
        Set<String> otherwise = new TreeSet<>();
        Mutations mutations = new Mutations((mutation, path) -> (switch (mutation) {
            case "absent" -> absent;
            case "unknown" -> unknown;
            case "null" -> empty;
            default -> otherwise;
        }).add(path));
        Stream.of(Reports.of(40, 0.5, QUICK.withPrior(0.01).withCanaryGuesses(100)), manySentences(), scored(), scoredWithoutReference(),
                Reports.controlled(), StratifiedReports.ofNothing(QUICK),
                Reports.of(3, 0.5, QUICK.withSmallestCount(1)))
                .forEach(report -> mutations.of(json(report)));
        assertEquals(words(MAY_BE_ABSENT), absent);
        assertEquals(Set.of("datasheet.settings.unknown", "provenance.versions.unknown"), unknown, "names are data there");
        assertEquals(words(MAY_BE_NULL), empty);
        assertEquals(Set.of("datasheet.sets.members.mine", "datasheet.settings.option"), otherwise, "the data sheet's own");
    }

    @ParameterizedTest
    @CsvSource({"auc, 1.5", "auc, -0.1", "truePositives, -1", "truePositives, 0.5", "conclusion, MAYBE", "verdict, MAYBE",
            "nonMembers, members",
            "method, bayes", "schemaVersion, 1", "level, 1", "aucPValue, 2", "lengthPolicy, cut", "patient, 0123",
            "bootstrapReplicates, 99",
            "permutations, 1", "patientScore, median", "width, 0", "role, judge", "reason, DULL", "fpr, 2", "delta, 0.1",
            "smallestCount, 0"})
    void valuesOutOfBoundsAreRefused(String member, String value) {
        JsonElement other = value.matches("[-0-9.]+") && !member.equals("patient") ? new JsonPrimitive(Double.valueOf(value))
                : new JsonPrimitive(value);
        for (AuditReport report : List.of(Reports.of(40, 0.5, QUICK.withCanaryGuesses(100)), scored())) {
            JsonObject document = json(report);
            if (replaceFirst(document, member, other)) {
                assertFalse(isValid(document), member);
                return;
            }
        }
        throw new AssertionError("no member " + member);
    }

    @Test
    void identifiersAreAsTheirOwnSchemaSays() {
        JsonObject document = json(SnapshotInputs.identifiersRemembered());
        assertTrue(isValid(document));
        JsonObject identifiers = document.getAsJsonObject("identifiers");
        for (String member : List.copyOf(identifiers.keySet())) {
            JsonElement removed = identifiers.remove(member);
            assertFalse(isValid(document), member);
            identifiers.add(member, removed);
        }
        identifiers.getAsJsonArray("targetChecks").get(0).getAsJsonObject().addProperty("outcome", "PERHAPS");
        assertFalse(isValid(document));
    }

    @Test
    void aCurvesPointHasBothEndsOrNone() {
        JsonObject document = json(scored());
        JsonArray point = document.getAsJsonArray("comparisons").get(0).getAsJsonObject().getAsJsonArray("attacks").get(0).getAsJsonObject()
                .getAsJsonArray("roc").get(0).getAsJsonArray();
        assertEquals(4, point.size());
        point.remove(3);
        assertFalse(isValid(document));
        point.remove(2);
        assertTrue(isValid(document));
        point.remove(1);
        assertFalse(isValid(document));
    }

    @Test
    void theSchemaIsOne() {
        Schema metaSchema = SCHEMAS.getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));
        assertEquals(List.of(), metaSchema.validate(AuditReport.jsonSchema(), InputFormat.JSON));
        assertFalse(metaSchema.validate("{\"type\": \"count\"}", InputFormat.JSON).isEmpty(), "it does check");
        JsonObject schema = schema();
        assertEquals("urn:miaudit:audit:" + schema.getAsJsonObject("properties").getAsJsonObject("schemaVersion").get("const"),
                schema.get("$id").getAsString());
    }

    @Test
    void everyMemberIsDescribed() {
        List<String> described = new ArrayList<>();
        forEachObjectSchema((name, object) -> object.getAsJsonObject("properties").entrySet().forEach(member -> {
            String description = description(member.getValue().getAsJsonObject());
            assertTrue(description.matches("[A-Z0-9](?s:.*)\\."), name + "." + member.getKey() + ": " + description);
            described.add(member.getKey());
        }));
        assertTrue(described.containsAll(List.of("schemaVersion", "auc", "tpr", "epsilonLowerBound", "engine")), described.toString());
    }

    @Test
    void everyObjectIsClosedAndRequiresItsMembers() {
        forEachObjectSchema((name, object) -> {
            if (object.has("$ref") || name.equals("setCounts")) {
                return; // narrows another, which is closed; a data sheet's own
            }
            assertEquals(new JsonPrimitive(false), object.get("additionalProperties"), name);
            Set<String> members = new TreeSet<>(object.getAsJsonObject("properties").keySet());
            if (object.has("required")) {
                Set<String> required = new TreeSet<>();
                object.getAsJsonArray("required").forEach(member -> required.add(member.getAsString()));
                members.remove("externals");
                assertEquals(members, required, name);
            } else {
                assertTrue(members.contains("externals") || members.contains("SCORED"), name);
            }
        });
    }

    @Test
    void everyDefinitionIsUsed() {
        JsonObject schema = schema();
        assertEquals("urn:miaudit:identifiers:3", schema.getAsJsonObject("$defs").getAsJsonObject("identifiers").get("$id").getAsString());
        assertTrue(AuditReport.jsonSchema().contains("\"$ref\": \"urn:miaudit:identifiers:3\""));
        ownDefinitions().forEach(name -> assertTrue(AuditReport.jsonSchema().contains("\"#/$defs/" + name + "\""), name));
    }

    private static Set<String> words(String text) {
        return new TreeSet<>(List.of(text.strip().split("\\s+")));
    }

    private static AuditReport manySentences() {
        return Reports.of(70, 0.5, QUICK.withPermutations(0));
    }

    /** Models, excerpts with tokens, an exclusion, two warnings (a rule's, an external without a patient), a data sheet. */
    private static AuditReport scored() {
        List<Sample> members = new ArrayList<>(samples("m", "ab"));
        members.add(Sample.of("empty", "m0", ""));
        AuditReport report = Audit
                .of(AttackDataset.of(members, samples("n", "xz"), List.of(Sample.of("e", "A"))),
                        new TellingScorer(new FakeScorer("target", "characters", -0.5)))
                .withReference(new FakeScorer("reference", "characters", -1))
                .withAttacks(LikelihoodRatioAttack.withDefaults(), LossAttack.withDefaults().withRule(MaskingRule.seedCompatibleLoss()))
                .withEvaluation(QUICK).withExcerpts(3).run();
        return withDatasheet(report, DATASHEET);
    }

    private static AuditReport scoredWithoutReference() {
        AttackDataset dataset = AttackDataset.of(List.of(Sample.of("1", "pain"), Sample.of("2", "fever")),
                List.of(Sample.of("3", "zzz"), Sample.of("4", "yyy")));
        AuditReport report = Audit.of(dataset, new TellingScorer(new FakeScorer("target", "characters", -0.5)))
                .withAttacks(LossAttack.withDefaults())
                .withEvaluation(QUICK).withExcerpts(1).run();
        return withDatasheet(report, "{\"digests\": {}}");
    }

    private static AuditReport withDatasheet(AuditReport report, String sheet) {
        AuditResults results = report.confidential();
        return AuditReport.of(new AuditResults(results.comparisons(), results.targetChecks(), results.likelihoods(), results.patients(),
                results.excerpts(),
                results.models(),
                results.warnings(), results.exclusions(), Optional.of(sheet), results.evaluation(), results.dataDigest(),
                results.sketches(), results.rules(), results.sentences(), results.strata()));
    }

    /** Two sentences each of six patients. */
    private static List<Sample> samples(String prefix, String letters) {
        return IntStream.range(0, 12).mapToObj(index -> Sample.of(prefix + index, prefix + index / 2, letters.repeat(index + 1))).toList();
    }

    private static JsonObject json(AuditReport report) {
        return JsonParser.parseString(report.toJson()).getAsJsonObject();
    }

    private static JsonObject schema() {
        return JsonParser.parseString(AuditReport.jsonSchema()).getAsJsonObject();
    }

    /** Fails unless the report is as the schema says. */
    static void requireValid(AuditReport report) {
        assertEquals(List.of(), SCHEMA.validate(report.toJson(), InputFormat.JSON));
    }

    private static boolean isValid(JsonObject document) {
        return SCHEMA.validate(document.toString(), InputFormat.JSON).isEmpty();
    }

    private static boolean replaceFirst(JsonElement element, String member, JsonElement value) {
        if (element instanceof JsonArray array) {
            return array.asList().stream().anyMatch(item -> replaceFirst(item, member, value));
        }
        if (element instanceof JsonObject object && object.has(member) && !object.get(member).isJsonNull()) {
            object.add(member, value);
            return true;
        }
        return element instanceof JsonObject object
                && object.asMap().values().stream().anyMatch(inner -> replaceFirst(inner, member, value));
    }

    /** The schemas with members, but for those that only state a condition. */
    private static void forEachObjectSchema(BiConsumer<String, JsonObject> visitor) {
        JsonObject schema = schema();
        visit("audit", schema, visitor);
        ownDefinitions().forEach(name -> visit(name, schema.getAsJsonObject("$defs").get(name), visitor));
    }

    /** But for the schema of identifiers, whose definitions are its own. */
    private static List<String> ownDefinitions() {
        return schema().getAsJsonObject("$defs").keySet().stream().filter(name -> !name.equals("identifiers")).toList();
    }

    private static void visit(String name, JsonElement element, BiConsumer<String, JsonObject> visitor) {
        if (element instanceof JsonArray array) {
            array.forEach(item -> visit(name, item, visitor));
        } else if (element instanceof JsonObject object) {
            if (object.has("properties")) {
                visitor.accept(name, object);
                object.getAsJsonObject("properties").asMap().values().forEach(member -> visit(name, member, visitor));
            }
            Stream.of("items", "oneOf", "additionalProperties").filter(object::has)
                    .forEach(keyword -> visit(name, object.get(keyword), visitor));
        }
    }

    private static String description(JsonObject member) {
        return member.has("description") ? member.get("description").getAsString()
                : description(schema().getAsJsonObject("$defs").getAsJsonObject(member.get("$ref").getAsString().replace("#/$defs/", "")));
    }

    /** Documents that differ from a valid one in one member or item. Of an array, the first and the last are changed. */
    private static final class Mutations {

        private static final JsonElement TEXT = new JsonPrimitive("Text");
        private static final Map<String, JsonElement> OTHERS = Map.of("null", JsonNull.INSTANCE, "boolean", new JsonPrimitive(true),
                "number", new JsonPrimitive(7),
                "string", TEXT, "array", new JsonArray(), "object", new JsonObject());

        private final BiConsumer<String, String> accepted;
        private final Set<String> seen = new HashSet<>();
        private JsonObject document;

        /** Tells of the mutations that are not refused: what was done, and to which member. */
        Mutations(BiConsumer<String, String> accepted) {
            this.accepted = accepted;
        }

        void of(JsonObject valid) {
            document = valid;
            assertTrue(isValid(document));
            inside("", valid);
            assertTrue(isValid(document), "all was put back");
        }

        private void inside(String path, JsonElement element) {
            if (element instanceof JsonObject object) {
                if (seen.add(path + " unknown")) {
                    object.add("unknown", TEXT);
                    check("unknown", path + ".unknown");
                    object.remove("unknown");
                }
                for (String member : List.copyOf(object.keySet())) {
                    JsonElement original = object.get(member);
                    String inner = path + "." + member;
                    if (seen.add(inner + " " + kind(original) + " " + object.get("suppressed"))) {
                        object.remove(member);
                        check("absent", inner);
                        change(original, inner, other -> object.add(member, other));
                    }
                    inside(inner, original);
                }
            } else if (element instanceof JsonArray array) {
                IntStream.of(0, array.size() - 1).filter(index -> !array.isEmpty()).forEach(index -> {
                    JsonElement original = array.get(index);
                    if (seen.add(path + "[] " + kind(original))) {
                        change(original, path + "[]", other -> array.set(index, other));
                    }
                    inside(path + "[]", original);
                });
            }
        }

        /** Puts values of other types in a value's place. What stands for a null elsewhere can't be told from it. */
        private void change(JsonElement original, String path, Consumer<JsonElement> place) {
            OTHERS.forEach((kind, other) -> {
                if (!kind.equals(kind(original)) && !(original.isJsonNull() && (kind.equals("number") || kind.equals("string")))) {
                    place.accept(other.deepCopy());
                    check(kind, path);
                }
            });
            place.accept(original);
        }

        private void check(String mutation, String path) {
            if (isValid(document)) {
                accepted.accept(mutation, path.substring(1).replace("comparisons[].attacks[]", "attack").replace("[].", "."));
            }
        }

        private static String kind(JsonElement element) {
            return element.isJsonNull() ? "null" : element.isJsonArray() ? "array" : element.isJsonObject() ? "object"
                    : element.getAsJsonPrimitive().isBoolean() ? "boolean" : element.getAsJsonPrimitive().isNumber() ? "number" : "string";
        }
    }

    /** Says which tokens a sentence has. */
    private record TellingScorer(FakeScorer scorer) implements SequenceScorer {

        @Override
        public ModelIdentity model() {
            return scorer.model();
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            return scorer.score(samples, rules, listener);
        }

        @Override
        public Optional<List<String>> tokens(Sample sample) {
            return Optional.of(sample.text().codePoints().mapToObj(Character::toString).toList());
        }

        @Override
        public void close() {
            scorer.close();
        }
    }
}
