package io.github.miaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.Exclusion;
import io.github.miaudit.evaluation.ModelSummary;
import io.github.miaudit.evaluation.SharedPatients;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.ScoreSummaryFile;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LiraAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.membership.NamedAttack;
import io.github.miaudit.metrics.BinomialInterval;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.report.ModelReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way with scorers that a user wrote, without DJL. */
class AuditTest {

    /** The fake finds early letters likelier, so these members look like members to the loss attack. */
    private static final AttackDataset DATASET = AttackDataset.of(
            List.of(Sample.of("m1", "p1", "abba cab"), Sample.of("m2", "p2", "SECRET"), Sample.of("m3", "p2", "")),
            List.of(Sample.of("n1", "p3", "zzyzx"), Sample.of("n2", "p4", "yyy xxx")),
            List.of(Sample.of("e1", "A")));

    private static final String NO_EXTERNAL_PATIENT = "patients are known among the members only, not among the externals: "
            + "so there are no figures by patient, patients who"
            + " stand in both can't be found, and intervals take each sentence of the externals for another patient's";

    private static final SequenceScorer NEVER = new BrokenScorer(samples -> {
        throw new AssertionError("scored");
    });

    @TempDir
    private Path folder;

    @Test
    void comparesMembersWithEachOtherPopulationApart() {
        AuditReport report = audit().run();

        assertEquals(List.of(Population.NON_MEMBERS, Population.EXTERNALS),
                report.confidential().comparisons().stream().map(comparison -> comparison.nonMembers()).toList());
        assertEquals(2, report.confidential().comparisons().get(0).memberCount());
        assertEquals(2, report.confidential().comparisons().get(0).nonMemberCount());
        AttackResult loss = report.confidential().comparisons().get(0).attacks().get(1);
        assertEquals("loss", loss.name());
        assertEquals(1.0, loss.areaUnderCurve());
        assertEquals(List.of(0.5, 0.0),
                loss.operatingPoints().stream().map(AttackResult.OperatingPoint::maximumFalsePositiveRate).toList());
        assertEquals("likelihood-ratio", report.confidential().comparisons().get(0).attacks().get(0).name());
    }

    /** As {@code mia audit} by its default rule. */
    @Test
    void theStandardAttacksAreMadeUnlessOthersAreAskedFor() {
        List<AttackScores> made = Audit.of(DATASET, target()).withReference(reference("characters")).run().confidential().comparisons()
                .get(0).scores();
        List<MembershipAttack> standard = NamedAttack.standard().stream().map(attack -> attack.attack(
                new NamedAttack.Settings(LogLikelihood.mean(MaskingRule.withinWordLeftToRight()), () -> null))).toList();
        assertEquals(standard.stream().map(MembershipAttack::name).toList(), made.stream().map(AttackScores::name).toList());
        assertEquals(standard.stream().map(MembershipAttack::definition).toList(), made.stream().map(AttackScores::definition).toList());
    }

    @Test
    void namesWhatCouldNotBeScoredAndLeavesItOut() {
        assertEquals(List.of(new Exclusion(Population.MEMBERS, "m3", "EMPTY")), audit().run().document().excluded());
        assertTrue(audit().run().toText().contains("1 sentences left out"));
    }

    @Test
    void theStepsByHandGiveTheSameReport() {
        Set<MaskingRule> targetRules = audit().score().target().rules();
        ScoreTable table = ScoreTable.of(DATASET,
                ModelScores.of(target(), DATASET, targetRules, ScoringListener.NONE).withProbe(target(), DATASET),
                List.of(ModelScores.of(reference("characters"), DATASET, Set.of(MaskingRule.withinWordLeftToRight()),
                        ScoringListener.NONE)));
        ScoreTable scored = table.withoutUnscored();
        AuditReport whole = audit().run();
        AuditReport steps = AuditReport.of(AuditResults.of(DATASET, table, scored, Exclusion.of(List.of(table)),
                List.of(LikelihoodRatioAttack.withDefaults(), LossAttack.withDefaults()),
                Evaluation.withDefaults().withFalsePositiveRates(0.5, 0.0)));
        assertEquals(whole, steps);
        assertEquals(whole, audit().evaluate(table));
    }

    @Test
    void theJsonIsWhatUsersParse() throws IOException {
        Path file = folder.resolve("out/audit.json");
        audit().withEvaluation(Evaluation.withDefaults().withFalsePositiveRates(0.5, 0.0).withSmallestCount(1)).run().writeJson(file);
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();

        JsonObject comparison = json.getAsJsonArray("comparisons").get(0).getAsJsonObject();
        assertEquals("members", comparison.get("members").getAsString());
        assertEquals("non_members", comparison.get("nonMembers").getAsString());
        assertEquals(2, comparison.get("memberCount").getAsInt());
        assertEquals(2, comparison.get("nonMemberCount").getAsInt());
        JsonObject loss = comparison.getAsJsonArray("attacks").get(1).getAsJsonObject();
        assertEquals("loss", loss.get("name").getAsString());
        assertEquals(1.0, loss.get("auc").getAsDouble());
        JsonArray rates = loss.getAsJsonArray("tprAtFpr");
        assertEquals(0.5, rates.get(0).getAsJsonObject().get("atFpr").getAsDouble());
        assertEquals(1.0, rates.get(0).getAsJsonObject().get("tpr").getAsDouble());
        JsonObject provenance = json.getAsJsonObject("provenance");
        assertEquals(DATASET.digest(), provenance.get("dataDigest").getAsString());
        assertEquals("digest-of-target", provenance.getAsJsonObject("target").get("modelDigest").getAsString());
        assertEquals("characters", provenance.getAsJsonArray("references").get(0).getAsJsonObject().get("tokenizerDigest").getAsString());
        assertEquals("[\"within-word-l2r\",\"maskless\"]", provenance.get("rules").toString());
        assertEquals(1, provenance.get("seed").getAsLong());
        assertTrue(provenance.getAsJsonObject("versions").get("miaudit").getAsString().matches("\\d+\\.\\d+\\.\\d+.*"));
    }

    @Test
    void noTextIsInAnyOutput() throws IOException {
        Path file = folder.resolve("scores.csv");
        ScoreSummaryFile.write(file, audit().score());
        AuditReport report = audit().run();
        for (String output : List.of(report.toText(), report.toJson(), report.toString(), Files.readString(file), DATASET.toString())) {
            assertFalse(output.contains("SECRET"), output);
        }
    }

    @Test
    void theSummaryHasARowASentence() throws IOException {
        Path file = folder.resolve("scores.csv");
        ScoreSummaryFile.write(file, audit().score());
        List<String> lines = Files.readAllLines(file);
        assertEquals("id,group,population,target.within-word-l2r.sum,target.within-word-l2r.mean,target.within-word-l2r.count,"
                + "target.maskless.sum,target.maskless.mean,target.maskless.count,"
                + "reference.within-word-l2r.sum,reference.within-word-l2r.mean,reference.within-word-l2r.count", lines.get(0));
        assertEquals(7, lines.size());
        assertTrue(lines.get(1).startsWith("m1,p1,member,"), lines.get(1));
        assertEquals("m3,p2,member,,,0,,,0,,,0", lines.get(3));
        assertTrue(lines.get(6).startsWith("e1,,external,"), lines.get(6));
    }

    @Test
    void whatAttacksMakeOfEachSentenceCanBeWritten() throws IOException {
        Path file = folder.resolve("attack-scores.csv");
        AuditResults results = audit().run().confidential();
        results.sentences().orElseThrow().write(file);
        List<String> lines = Files.readAllLines(file);
        assertEquals("id,group,population,likelihood-ratio,loss", lines.get(0));
        assertEquals(6, lines.size(), "five of six sentences are scored");
        assertTrue(lines.get(1).startsWith("m1,p1,member,"), lines.get(1));
        double[] scores = results.sentences().orElseThrow().attacks().get(1).scores(Population.EXTERNALS);
        assertEquals("e1,,external", lines.get(5).substring(0, "e1,,external".length()));
        assertEquals(scores[0], Double.parseDouble(lines.get(5).split(",")[4]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "|cmd", "%0", "'quoted"})
    void noNameIsAFormulaInTheSummary(String name) throws IOException {
        Path file = folder.resolve("scores.csv");
        AttackDataset hostile = AttackDataset.of(List.of(Sample.of(name, name, "one")), List.of(Sample.of("n", "two")));
        ScoreSummaryFile.write(file, Audit.of(hostile, target()).withAttacks(LossAttack.withDefaults()).score());
        assertEquals(List.of("'" + name, "'" + name), Files.readAllLines(file).stream().skip(1).limit(1)
                .flatMap(line -> Stream.of(line.split(",")).limit(2)).map(cell -> cell.replace("\"", "")).toList());
    }

    @Test
    void attacksThatDoNotFitAreRefusedBeforeAnyScoring() {
        assertTrue(assertThrows(AuditException.class, () -> Audit.of(DATASET, NEVER).run()).getMessage()
                .contains("takes at least 1 reference model, not 0"));
        assertTrue(assertThrows(AuditException.class, () -> Audit.of(DATASET, NEVER).withReference(reference("other")).run())
                .getMessage().contains("different tokenizers"));
        Audit.of(DATASET, target()).withReference(reference("other"))
                .withAttacks(LikelihoodRatioAttack.withDefaults().withReduction(Reduction.PER_CHARACTER)).run();
    }

    /** Before any scoring: patients on both sides, however spelled, among non-members or externals. */
    @Test
    void sharedPatientsAreRefusedBeforeAnyScoring() {
        List<Sample> members = List.of(Sample.of("1", "7", "a"), Sample.of("2", "NULL", "b"), Sample.of("3", "Jane", "c"));
        List<Sample> shared = List.of(Sample.of("1", "007", "d"), Sample.of("2", " jane", "e"), Sample.of("3", "NULL", "f"));
        List<Sample> others = List.of(Sample.of("1", "8", "g"));
        assertTrue(assertThrows(AuditException.class, () -> Audit.of(AttackDataset.of(members, shared), NEVER)
                .withAttacks(LossAttack.withDefaults()).score()).getMessage()
                .startsWith("2 patients stand both among the members and among the non-members, however they are spelled; leave them out"));
        assertTrue(assertThrows(AuditException.class, () -> Audit.of(AttackDataset.of(members, others, shared), NEVER)
                .withAttacks(LossAttack.withDefaults()).score()).getMessage()
                .startsWith("2 patients stand both among the members and among the externals"));
        AuditReport allowed = Audit.of(AttackDataset.of(members, shared), target()).withAttacks(LossAttack.withDefaults())
                .withEvaluation(Evaluation.withDefaults().withSharedPatients(SharedPatients.ALLOWED)).run();
        assertTrue(allowed.document().warnings().get(0).startsWith("fewer than 5 patients stand both"),
                allowed.document().warnings().get(0));
        ScoreTable table = Audit.of(AttackDataset.of(members, shared), target()).withAttacks(LossAttack.withDefaults())
                .withEvaluation(Evaluation.withDefaults().withSharedPatients(SharedPatients.ALLOWED)).score();
        assertThrows(AuditException.class,
                () -> Audit.of(AttackDataset.of(members, shared), target()).withAttacks(LossAttack.withDefaults()).evaluate(table));
    }

    /** Whatever they are called, and in whatever precision. */
    @Test
    void oneModelInTwoPlacesIsRefusedBeforeAnyScoring() {
        FakeScorer copy = new FakeScorer("reference", "characters", 0).withName("copy");
        assertEquals("target broken and reference renamed are the same model, with the digest b, so comparing them tells nothing; give"
                + " another model for one of them, or leave it out",
                assertThrows(AuditException.class, () -> Audit.of(DATASET, NEVER).withAttacks(LossAttack.withDefaults())
                        .withReference(reference("characters"))
                        .withReference(
                                new Posing(new ModelIdentity("renamed", "b", "u", 1, Casing.CASED, "bfloat16", LengthPolicy.REJECT, ""),
                                        List.of()))
                        .score()).getMessage());
        assertTrue(assertThrows(AuditException.class,
                () -> Audit.of(DATASET, NEVER).withAttacks(LossAttack.withDefaults()).withReference(reference("characters"))
                        .withReference(copy).score())
                .getMessage()
                .startsWith("reference reference and reference copy are the same model, with the digest digest-of-reference"));
    }

    @Test
    void modelsThatLearntTheWrongSetAreRefusedBeforeAnyScoring() {
        ModelIdentity model = target().model();
        assertEquals("reference target is known to have been trained on the members, which a reference must never have seen; are target"
                + " and reference swapped?",
                assertThrows(AuditException.class, () -> Audit.of(DATASET, NEVER)
                        .withAttacks(LossAttack.withDefaults()).withReference(new Posing(model, DATASET.samples(Population.MEMBERS)))
                        .score()).getMessage());
        assertEquals("target target is known to have been trained on the non-members; are members and non-members swapped?",
                assertThrows(AuditException.class, () -> Audit.of(DATASET, new Posing(model, DATASET.samples(Population.NON_MEMBERS)))
                        .withAttacks(LossAttack.withDefaults()).score()).getMessage());
    }

    /** Says what it was trained on, and scores nothing. */
    private record Posing(ModelIdentity model, List<Sample> trainedOn) implements SequenceScorer {

        @Override
        public boolean isKnownToBeTrainedOn(List<Sample> sentences) {
            return sentences.equals(trainedOn);
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            throw new AssertionError("scored");
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    @Test
    void aLiraOfFewReferencesCarriesAWarning() {
        AuditReport report = audit().withReference(new FakeScorer("second", "characters", -0.2)).withAttacks(LiraAttack.withDefaults())
                .run();
        assertEquals(
                List.of(NO_EXTERNAL_PATIENT, "attack lira has but 2 references that did not see the sentences, which tell little of how"
                        + " much scores spread; give at least 8"),
                report.document().warnings());
    }

    @Test
    void aScorerThatMixesUpSentencesIsCaught() {
        SequenceScorer shuffling = new BrokenScorer(samples -> {
            List<SequenceScore> scores = new ArrayList<>(target().score(samples, MaskingRule.maskless()));
            Collections.reverse(scores);
            return scores;
        });
        SequenceScorer forgetting = new BrokenScorer(samples -> target().score(samples.subList(1, samples.size()), MaskingRule.maskless()));
        assertEquals("model broken returned sentence e1 in the place of sentence m1; a scorer must keep the order",
                assertThrows(AuditException.class, () -> Audit.of(DATASET, shuffling).withAttacks(LossAttack.withDefaults()).run())
                        .getMessage());
        assertEquals("model broken returned 5 scores for 6 sentences; a scorer must return one each",
                assertThrows(AuditException.class, () -> Audit.of(DATASET, forgetting).withAttacks(LossAttack.withDefaults()).run())
                        .getMessage());
    }

    /** As an all-clear would follow: members, whose losses are lowest, would seem the least likely of all. */
    @Test
    void lossesAreNoLogLikelihoods() {
        SequenceScorer turned = new BrokenScorer(samples -> target().score(samples, MaskingRule.maskless()).stream()
                .map(score -> new SequenceScore(score.id(), score.measures(), score.tokenIds(),
                        Arrays.stream(score.logLikelihoods()).map(each -> -each).toArray()))
                .toList());
        String refused = String.valueOf(
                assertThrows(AuditException.class, () -> Audit.of(DATASET, turned).withAttacks(LossAttack.withDefaults()).run())
                        .getMessage());
        assertTrue(refused.startsWith("model broken gives 5 of 6 sentences a log-likelihood above 0, such as sentence m1 "), refused);
        assertTrue(refused.endsWith("; that of a probability is at most 0: if these are losses, swap their sign"), refused);
    }

    @Test
    void longSentencesThatAreTakenInDifferentWaysCarryAWarning() {
        BrokenScorer cutting = new BrokenScorer(samples -> target().score(samples, MaskingRule.withinWordLeftToRight()).stream()
                .map(score -> score.id().equals("m1") ? score.withStatus(SequenceScore.Status.TRUNCATED) : score).toList());
        AuditReport report = Audit.of(DATASET, target()).withReference(cutting.withLengthPolicy(LengthPolicy.TRUNCATE))
                .withAttacks(LikelihoodRatioAttack.withDefaults()).run();
        assertTrue(report.document().warnings().contains("the models take sentences that are too long for them in different ways (target:"
                + " reject, broken: truncate), so scores of these are of different tokens; score all in one"),
                report.document().warnings().toString());
    }

    @Test
    void nothingToCompareIsAnError() {
        AttackDataset empty = AttackDataset.of(List.of(Sample.of("1", "")), List.of(Sample.of("2", "text")));
        assertTrue(assertThrows(AuditException.class, () -> Audit.of(empty, target()).withAttacks(LossAttack.withDefaults()).run())
                .getMessage().startsWith("none of the 1 members could be scored"));
    }

    @Test
    void badArgumentsNameTheValue() {
        assertEquals("false positive rate NaN is not in [0, 1]",
                assertThrows(IllegalArgumentException.class, () -> audit().atFalsePositiveRates(Double.NaN)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> audit().atFalsePositiveRates(1.5));
        assertEquals("two attacks are named loss; names must differ", assertThrows(IllegalArgumentException.class,
                () -> audit().withAttacks(LossAttack.withDefaults(), LossAttack.withDefaults())).getMessage());
        assertThrows(IllegalArgumentException.class, () -> audit().withAttacks());
        assertTrue(assertThrows(AuditException.class,
                () -> new AttackScores("mine", "s", PerPopulation.of(new double[] {0, Double.NaN}, new double[0], new double[0])))
                .getMessage().startsWith("attack mine scored row 2 of members as NaN"));
    }

    @Test
    void rulesThatWereNotScoredAreNamed() {
        ScoreTable table = audit().score();
        assertEquals("model reference was not scored by rule maskless, only by [within-word-l2r]",
                assertThrows(IllegalArgumentException.class,
                        () -> table.references().get(0).scores(MaskingRule.maskless(), Population.MEMBERS)).getMessage());
    }

    @Test
    void listenersSeeEveryModelOnce() {
        List<String> seen = new ArrayList<>();
        audit().withListener(progress -> {
            if (progress.sentencesDone() == 0) {
                seen.add(progress.model().name());
            }
        }).run();
        assertEquals(List.of("target", "reference"), seen);
    }

    @Test
    void aSmallPopulationCannotResolveALowRate() {
        assertTrue(audit().atFalsePositiveRates(0.01).run().toText().contains("FPR 0.01 can't be measured with 2 of them"));
    }

    @Test
    void theReportSaysHowEachModelReadTheData() {
        ModelReading target = audit().run().document().models().get(0);
        assertEquals(ModelSummary.Role.TARGET, target.role());
        assertEquals("target", target.name());
        assertEquals(Map.of(SequenceScore.Status.SCORED, 5L, SequenceScore.Status.EMPTY, 1L), target.sentences());
        assertEquals(0, target.unknownTokenRate());
        long characters = Stream.of(Population.values()).flatMap(population -> DATASET.samples(population).stream())
                .mapToLong(sample -> sample.text().length()).sum();
        long words = Stream.of(Population.values()).flatMap(population -> DATASET.samples(population).stream())
                .mapToLong(sample -> sample.text().isBlank() ? 0 : sample.text().strip().split("\\s+").length).sum();
        assertEquals((double) characters / words, target.tokensPerWord(), 0.005);
        assertTrue(audit().run().toText().contains("vocabulary of 1114112"), audit().run().toText());
    }

    @Test
    void patientsAreTheUnitWhereTheyAreKnown() {
        AttackDataset grouped = AttackDataset.of(
                List.of(Sample.of("1", "p", "pain"), Sample.of("2", "p", "fever"), Sample.of("3", "q", "cough"),
                        Sample.of("7", "t", "rash"),
                        Sample.of("8", "u", "gait"), Sample.of("9", "v", "ache")),
                List.of(Sample.of("4", "r", "zzz"), Sample.of("5", "s", "zz z"), Sample.of("6", "s", "yyy"), Sample.of("10", "w", "xxx"),
                        Sample.of("11", "x", "yzy"), Sample.of("12", "y", "zyz")));
        Evaluation evaluation = Evaluation.withDefaults().withFalsePositiveRates(0.5, 0.1).withBootstrapReplicates(200).withConfidence(0.9)
                .withSmallestCount(1);
        AuditReport report = Audit.of(grouped, target()).withAttacks(LossAttack.withDefaults()).withEvaluation(evaluation).run();
        AttackResult loss = report.confidential().comparisons().get(0).attacks().get(0);
        assertEquals(Interval.Method.SCORE, loss.areaInterval().orElseThrow().method());
        assertEquals(0.9, loss.areaInterval().orElseThrow().level());
        assertEquals(5, loss.byPatient().orElseThrow().memberCount());
        assertEquals(Interval.Method.SCORE, loss.byPatient().orElseThrow().areaInterval().orElseThrow().method());
        assertEquals(3, loss.operatingPoints().get(0).falsePositivesAllowed());
        assertTrue(loss.operatingPoints().get(0).resolvable());
        assertFalse(loss.operatingPoints().get(1).resolvable());
        assertTrue(report.toText().contains("the same by patient: 5 against 5"), report.toText());

        JsonObject json = JsonParser.parseString(report.toJson()).getAsJsonObject().getAsJsonArray("comparisons").get(0).getAsJsonObject()
                .getAsJsonArray("attacks").get(0).getAsJsonObject();
        assertEquals("score", json.getAsJsonObject("aucInterval").get("method").getAsString());
        assertEquals("score", json.getAsJsonObject("byPatient").getAsJsonObject("aucInterval").get("method").getAsString());
        JsonObject unresolved = json.getAsJsonArray("tprAtFpr").get(1).getAsJsonObject();
        assertFalse(unresolved.get("resolvable").getAsBoolean());
        assertEquals(0, unresolved.get("falsePositivesAllowed").getAsInt());
        assertEquals(0.9, unresolved.getAsJsonObject("tprInterval").get("level").getAsDouble());
    }

    @Test
    void calibratedThresholdsSayWhatTheyTake() {
        AttackDataset data = AttackDataset.of(samples("m", 10, "a"), samples("n", 19, "bc"));
        AuditReport report = Audit.of(data, target()).withAttacks(LossAttack.withDefaults())
                .withEvaluation(Evaluation.withDefaults().withFalsePositiveRates(0.1, 0.01, 0).withPrior(0.01)).run();
        List<AttackResult.CalibratedPoint> calibrated = report.confidential().comparisons().get(0).attacks().get(0).calibrated();
        assertEquals(List.of(0.1, 0.01), calibrated.stream().map(AttackResult.CalibratedPoint::alpha).toList());
        assertEquals(10, calibrated.get(0).calibrationCount());
        assertEquals(9, calibrated.get(0).needed());
        AttackResult.Decisions decisions = calibrated.get(0).decisions().orElseThrow();
        assertEquals(9, decisions.confusion().falsePositives() + decisions.confusion().trueNegatives());
        assertEquals(1, decisions.confusion().truePositiveRate(), "members are likelier to the fake");
        assertEquals(BinomialInterval.of(10, 10, 0.95), decisions.truePositiveInterval().orElseThrow());
        assertEquals(BinomialInterval.of(decisions.confusion().falsePositives(), 9, 0.95),
                decisions.falsePositiveInterval().orElseThrow());
        assertEquals(99, calibrated.get(1).needed());
        assertTrue(calibrated.get(1).decisions().isEmpty());
        JsonObject attack = JsonParser.parseString(report.toJson()).getAsJsonObject().getAsJsonArray("comparisons").get(0).getAsJsonObject()
                .getAsJsonArray("attacks").get(0).getAsJsonObject();
        assertEquals(1.0, attack.getAsJsonArray("calibrated").get(0).getAsJsonObject().get("tpr").getAsDouble());
        assertEquals("clopper-pearson",
                attack.getAsJsonArray("calibrated").get(0).getAsJsonObject().getAsJsonObject("fprInterval").get("method").getAsString());
        assertTrue(attack.getAsJsonArray("calibrated").get(1).getAsJsonObject().get("tpr").isJsonNull());
        assertTrue(attack.getAsJsonArray("calibrated").get(1).getAsJsonObject().get("fprInterval").isJsonNull());
        assertEquals(1.0, attack.getAsJsonArray("tprAtFpr").get(1).getAsJsonObject().get("ppvAtPrior").getAsDouble());
    }

    private static List<Sample> samples(String prefix, int count, String letters) {
        return IntStream.range(0, count).mapToObj(index -> Sample.of(prefix + index, letters.repeat(index + 1))).toList();
    }

    @Test
    void aReferenceThatNoAttackNeedsStillChecksValidity() {
        AuditReport report = Audit.of(DATASET, target()).withReference(reference("characters")).withAttacks(LossAttack.withDefaults())
                .run();
        assertEquals("reference-only", report.confidential().comparisons().get(0).validity().checks().get(0).name());
        assertEquals(2, report.document().models().size());
    }

    @Test
    void moreGuessesThanCanariesAreRefusedBeforeAnyScoring() {
        Audit audit = Audit.of(DATASET, new BrokenScorer(samples -> List.of()))
                .withAttacks(LossAttack.withDefaults()).withEvaluation(Evaluation.withDefaults().withCanaryGuesses(1000));
        assertTrue(assertThrows(AuditException.class, audit::score).getMessage().startsWith("1000 canary guesses, but only "),
                "the broken scorer is not asked");
    }

    @Test
    void withoutPatientsRowsAreTheUnit() {
        AttackDataset ungrouped = AttackDataset.of(
                List.of(Sample.of("1", "pain"), Sample.of("2", "fever"), Sample.of("6", "rash"), Sample.of("7", "gait"),
                        Sample.of("8", "ache")),
                List.of(Sample.of("3", "zzz"), Sample.of("4", "yyy"), Sample.of("9", "xxx"), Sample.of("10", "yzy"),
                        Sample.of("11", "zyz")),
                List.of(Sample.of("5", "A")));
        AuditReport report = Audit.of(ungrouped, target()).withAttacks(LossAttack.withDefaults()).run();
        AttackResult loss = report.confidential().comparisons().get(0).attacks().get(0);
        assertTrue(loss.byPatient().isEmpty());
        assertEquals(Interval.Method.SCORE, loss.areaInterval().orElseThrow().method());
        assertEquals(Interval.Method.CLUSTER_BOOTSTRAP, loss.operatingPoints().get(0).interval().orElseThrow().method());
        assertTrue(report.confidential().comparisons().get(1).attacks().get(0).areaInterval().isEmpty(), "one external is no sample");
        assertTrue(audit().run().confidential().comparisons().get(1).attacks().get(0).areaInterval().isEmpty(), "nor is one group");
    }

    @Test
    void doubtfulFiguresCarryAWarning() {
        AuditReport report = Audit.of(DATASET, target()).withReference(reference("other")).withAttacks(
                LossAttack.withDefaults().withRule(MaskingRule.seedCompatibleLoss()),
                LikelihoodRatioAttack.withDefaults().withRule(MaskingRule.energy()).withReduction(Reduction.SUM)).run();
        assertEquals(
                List.of(NO_EXTERNAL_PATIENT,
                        "rule seed-compat-loss counts padding and special tokens, so it measures length; invalid for decisions",
                        "target and reference have different tokenizers, so their random masks hide different parts of a sentence"),
                report.document().warnings().stream().sorted().toList());
        assertTrue(report.toText().contains("Warning: rule seed-compat-loss"), report.toText());
        assertEquals(3, JsonParser.parseString(report.toJson()).getAsJsonObject().getAsJsonArray("warnings").size());
        assertEquals(Optional.of(1L), report.document().provenance().seed());
        assertTrue(report.document().provenance().rules().stream().anyMatch(rule -> rule.contains("seed=1")),
                "the rule states its own seed");
        assertEquals(List.of(NO_EXTERNAL_PATIENT), audit().run().document().warnings());
    }

    @Test
    void differentPrecisionsCarryAWarning() {
        AuditReport report = Audit.of(DATASET, target())
                .withReference(new FakeScorer("reference", "characters", -1).withPrecision("bfloat16")).run();
        assertEquals(List.of(NO_EXTERNAL_PATIENT,
                "the models compute in different precisions (target: float64, reference: bfloat16), which moves their scores apart;"
                        + " score all in one"),
                report.document().warnings());
    }

    private static Audit audit() {
        return Audit.of(DATASET, target()).withReference(reference("characters")).atFalsePositiveRates(0.5, 0.0)
                .withAttacks(LikelihoodRatioAttack.withDefaults(), LossAttack.withDefaults());
    }

    private static SequenceScorer target() {
        return new FakeScorer("target", "characters", -0.5);
    }

    private static SequenceScorer reference(String tokenizer) {
        return new FakeScorer("reference", tokenizer, -1);
    }

    /** A scorer that breaks its contract. */
    private record BrokenScorer(Function<List<Sample>, List<SequenceScore>> answer, LengthPolicy policy) implements SequenceScorer {

        BrokenScorer(Function<List<Sample>, List<SequenceScore>> answer) {
            this(answer, LengthPolicy.REJECT);
        }

        BrokenScorer withLengthPolicy(LengthPolicy other) {
            return new BrokenScorer(answer, other);
        }

        @Override
        public ModelIdentity model() {
            return new ModelIdentity("broken", "b", "characters", 7, Casing.CASED, "float64", policy, "fake");
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            return Map.of(rules.iterator().next(), answer.apply(samples));
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
