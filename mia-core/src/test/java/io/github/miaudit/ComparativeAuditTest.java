package io.github.miaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.Ranked;
import io.github.miaudit.evaluation.SharedPatients;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LiraAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.metrics.MultipleTesting;
import io.github.miaudit.report.ComparisonDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparativeAuditTest {

    private static final Evaluation EVALUATION = Evaluation.withDefaults().withFalsePositiveRates(0.1).withBootstrapReplicates(2000)
            .withPermutations(1000);
    private static final MembershipAttack[] ATTACKS = {LikelihoodRatioAttack.withDefaults().withRule(MaskingRule.maskless()),
            LossAttack.withDefaults()};
    private static final AttackDataset DATASET = AttackDataset.of(notes("m", 60), notes("n", 80), notes("x", 50));

    private final Counting before = target("first", text -> text.hashCode() % 3 != 0);
    private final Counting after = target("second", text -> text.hashCode() % 7 == 0);
    private final Counting even = new Counting(new FakeScorer("even", "t", 0.1, text -> text.length() % 2 == 0));
    private final Counting third = new Counting(new FakeScorer("third", "t", 0.1, text -> text.length() % 3 == 0));

    /** Remembers how often it was asked. */
    private static final class Counting implements SequenceScorer {

        private final SequenceScorer scorer;
        private int calls;

        private Counting(SequenceScorer scorer) {
            this.scorer = scorer;
        }

        @Override
        public ModelIdentity model() {
            return scorer.model();
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            calls++;
            return scorer.score(samples, rules, listener);
        }

        @Override
        public SequenceScorer forProbing() {
            return scorer;
        }

        @Override
        public void close() {
            throw new IllegalStateException("who opened it closes it");
        }
    }

    @Test
    void eachCellIsTheAuditOfItsTwoModels() {
        ComparisonReport report = audit().run();
        assertEquals(List.of("before/even", "after/even", "before/third", "after/third"),
                report.document().cells().stream().map(cell -> cell.target() + "/" + cell.reference()).toList());
        for (ComparisonDocument.Cell cell : report.document().cells()) {
            assertEquals(Audit.of(DATASET, cell.target().equals("before") ? before : after)
                    .withReference(cell.reference().equals("even") ? even : third)
                    .withAttacks(ATTACKS).withEvaluation(EVALUATION).run().document(), cell.audit());
        }
    }

    @Test
    void eachModelScoresOnce() {
        audit().run();
        assertEquals(List.of(1, 1, 1, 1), List.of(before.calls, after.calls, even.calls, third.calls));
    }

    @Test
    void differencesOfAPopulationAreCorrectedTogether() {
        List<ComparisonDocument.Difference> differences = audit().withEvaluation(EVALUATION.withSmallestCount(1)).run().document()
                .differences();
        // the ratio with two references and the loss once, against non-members and against externals; each by patient and by sentence
        assertEquals(12, differences.size());
        assertEquals(
                List.of(Optional.of("even"), Optional.empty(), Optional.of("even"), Optional.empty(), Optional.of("third"),
                        Optional.of("third")),
                differences.stream().filter(each -> each.ranked() == Ranked.PATIENTS).toList().stream()
                        .map(ComparisonDocument.Difference::reference).toList());
        for (Population population : List.of(Population.NON_MEMBERS, Population.EXTERNALS)) {
            List<ComparisonDocument.Difference> some = differences.stream().filter(each -> each.nonMembers() == population).toList();
            double[] holm = MultipleTesting.holm(some.stream().mapToDouble(each -> each.pValue()).toArray());
            for (int each = 0; each < 6; each++) { // each is told in two digits, upwards
                double adjusted = some.get(each).adjustedPValue();
                assertTrue(adjusted <= 1.1 * holm[each] && adjusted >= holm[each] / 1.1, adjusted + " for " + holm[each]);
            }
        }
        ComparisonDocument.Difference first = differences.get(0);
        ComparisonDocument.Difference rounded = audit().run().document().differences().get(0);
        // 5 of 20 patients are a quarter, within which of 1 the baseline's AUC is: so wide are the steps where counts are hidden
        assertTrue(rounded.difference() == 0.25 * Math.floor(first.difference() / 0.25)
                && rounded.standardError() == 0.125 * Math.ceil(first.standardError() / 0.125), rounded + " of " + first);
        assertTrue(first.smallestDetectable().orElseThrow() > 0, first.toString()); // of 20 patients and more
        assertTrue(first.detected() && first.difference() < 0, first.toString());
    }

    @Test
    void saysWhatItFoundAndWhatItCouldHave() {
        ComparisonReport report = audit().withTarget("again", target("third copy", text -> text.hashCode() % 3 != 0)).run();
        assertTrue(report.toText().contains("after, likelihood-ratio with even by patient against non-members: -0."), report.toText());
        assertTrue(
                report.toText()
                        .contains(
                                "again, loss by sentence against non-members: +0 [0, 0], p = 1: the same: every sentence has the"
                                        + " same place"),
                report.toText());
        JsonObject json = JsonParser.parseString(report.toJson()).getAsJsonObject();
        assertEquals(24, json.getAsJsonArray("differences").size());
        assertEquals(JsonParser.parseString(report.document().cells().get(3).audit().toJson()),
                json.getAsJsonArray("cells").get(3).getAsJsonObject().get("audit"));
    }

    @Test
    void aFileWithoutACellForEachPairIsRefused(@TempDir Path folder) throws IOException {
        ComparisonReport report = audit().run();
        assertEquals(report, ComparisonReport.read(Files.writeString(folder.resolve("whole.json"), report.toJson())));
        JsonObject json = JsonParser.parseString(report.toJson()).getAsJsonObject();
        json.getAsJsonArray("cells").get(0).getAsJsonObject().addProperty("target", "after");
        Path file = Files.writeString(folder.resolve("twice.json"), json.toString());
        String message = assertThrows(InvalidFileException.class, () -> ComparisonReport.read(file)).getMessage();
        assertTrue(message.startsWith(file + ": is no whole report: it is wrong: cells are of ")
                && message.contains("; each of [before, after] against each of "), message);
    }

    @Test
    void sentencesThatOneModelCanNotScoreAreLeftOutEverywhere() {
        SequenceScorer blind = new SequenceScorer() {
            @Override
            public ModelIdentity model() {
                return new FakeScorer("blind", "t", 0).model();
            }

            @Override
            public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
                Map<MaskingRule, List<SequenceScore>> scores = after.score(samples, rules, listener);
                scores.replaceAll((rule, list) -> list.stream().map(score -> score.id().equals("m3")
                        ? new SequenceScore(DATASET.samples(Population.MEMBERS).get(3), new int[0], new double[0]) : score).toList());
                return scores;
            }

            @Override
            public void close() {
                after.close();
            }
        };
        ComparisonReport report = audit().withTarget("blind", blind).run();
        for (ComparisonDocument.Cell cell : report.document().cells()) {
            assertEquals(59, cell.audit().comparisons().get(0).memberCount());
            assertEquals(List.of("m3"), cell.audit().excluded().stream().map(exclusion -> exclusion.id()).toList());
        }
    }

    @Test
    void whatCanNotBeComparedIsSaidBeforeScoring() {
        ComparativeAudit none = ComparativeAudit.of(DATASET);
        assertEquals("2 things are missing or wrong: (1) a comparison needs at least 2 targets, and there are 1 [withTarget(name, …)];"
                + " (2) a comparison needs at least 1 reference, and there are 0 [withReference(name, …)]",
                assertThrows(MistakesException.class, () -> none.withTarget("a", before).run()).getMessage());
        assertEquals("reference", assertThrows(NullPointerException.class, () -> none.withReference("a", null)).getMessage());
        assertEquals("a target is named \"before\" already; each needs a name of its own",
                assertThrows(IllegalArgumentException.class, () -> audit().withTarget("before", after)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> audit().withReference(" ", after));
        assertThrows(AuditException.class, () -> audit().withAttacks(LiraAttack.withDefaults()).run());
        assertEquals(0, before.calls);
        assertFalse(audit().toString().contains("sentence"));
    }

    @Test
    void oneModelInTwoPlacesIsRefusedBeforeAnyScoring() {
        FakeScorer copy = new FakeScorer("first", "t", 0.2).withName("copy");
        assertEquals("target before and target after are the same model, with the digest digest-of-first, so comparing them tells nothing;"
                + " give another model for one of them, or leave it out",
                assertThrows(AuditException.class, () -> ComparativeAudit.of(DATASET).withTarget("before", before).withTarget("after", copy)
                        .withReference("even", even).run()).getMessage());
        assertTrue(assertThrows(AuditException.class, () -> audit().withReference("fourth", copy).run()).getMessage()
                .startsWith("target before and reference fourth are the same model"));
        assertTrue(assertThrows(AuditException.class,
                () -> audit().withReference("fourth", new FakeScorer("third", "t", 0).withName("4")).run()).getMessage()
                .startsWith("reference third and reference fourth are the same model"));
        assertEquals(0, before.calls);
    }

    @Test
    void sharedPatientsAreRefusedBeforeAnyScoringUnlessAllowed() {
        AttackDataset shared = AttackDataset.of(notes("m", 60), Stream.concat(notes("n", 80).stream(),
                Stream.of(Sample.of("again", "MP1 ", "One more note of that patient."))).toList());
        ComparativeAudit audit = ComparativeAudit.of(shared).withTarget("before", before).withTarget("after", after)
                .withReference("even", even).withAttacks(ATTACKS).withEvaluation(EVALUATION);
        assertTrue(assertThrows(AuditException.class, audit::run).getMessage()
                .startsWith("1 patient stands both among the members and among the non-members"));
        assertEquals(0, before.calls);
        ComparisonReport allowed = audit.withEvaluation(EVALUATION.withSharedPatients(SharedPatients.ALLOWED)).run();
        assertTrue(allowed.document().cells().stream()
                .allMatch(cell -> cell.audit().warnings().get(0).startsWith("fewer than 5 patients stand both")));
    }

    private ComparativeAudit audit() {
        return ComparativeAudit.of(DATASET).withTarget("before", before).withTarget("after", after).withReference("even", even)
                .withReference("third", third)
                .withAttacks(ATTACKS).withEvaluation(EVALUATION);
    }

    private static Counting target(String name, Predicate<String> remembers) {
        List<String> members = DATASET.samples(Population.MEMBERS).stream().map(Sample::text).toList();
        return new Counting(new FakeScorer(name, "t", 0.2, text -> members.contains(text) && remembers.test(text)));
    }

    private static List<Sample> notes(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(row -> Sample.of(prefix + row, prefix + "p" + row / 3,
                "Note " + prefix + row * 7919 % 1009 + " says " + "ab".repeat(row % 9))).toList();
    }
}
