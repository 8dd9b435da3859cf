package io.github.miaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.exposure.ExtractionResults;
import io.github.miaudit.exposure.ExtractionSettings;
import io.github.miaudit.exposure.FilledMention;
import io.github.miaudit.exposure.Likeness;
import io.github.miaudit.exposure.Preference;
import io.github.miaudit.exposure.RankedBy;
import io.github.miaudit.exposure.RecoveredShare;
import io.github.miaudit.exposure.Recovery;
import io.github.miaudit.identifiers.IdentifierPlan;
import io.github.miaudit.identifiers.ListedIdentifiers;
import io.github.miaudit.identifiers.Surrogates;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.Blank;
import io.github.miaudit.likelihood.FakeBlankScorer;
import io.github.miaudit.likelihood.FillingSettings;
import io.github.miaudit.report.ExtractionFigures;
import io.github.miaudit.report.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What models write themselves, as the audit counts it. */
class IdentifierExtractionTest {

    private static final List<String> NAMES = IntStream.range(0, 200).mapToObj(number -> "Zq" + (char) ('a' + number / 26)
            + (char) ('a' + number % 26) + "son").toList();
    private static final Evaluation QUICK = Evaluation.withDefaults().withPermutations(1000);
    private static final ExtractionSettings SETTINGS = ExtractionSettings.withDefaults().withSearch(new FillingSettings(3, 2));
    private static final Function<Blank, List<String>> NOTHING = blank -> List.of("pain");

    private static IdentifierPlan plan() {
        ListedIdentifiers names = ListedIdentifiers.of("surname", NAMES);
        return IdentifierPlan.of(names, List.of(names), Surrogates.withDefaults());
    }

    private static List<Sample> notes(int patients, int sentences, int firstName) {
        List<Sample> notes = new ArrayList<>();
        for (int patient = 0; patient < patients; patient++) {
            for (int sentence = 0; sentence < sentences; sentence++) {
                notes.add(Sample.of("s" + patient + "-" + sentence, "p" + patient,
                        "On day " + sentence + " " + NAMES.get(firstName + patient) + " slept well."));
            }
        }
        return notes;
    }

    private static int patient(Blank blank) {
        return Integer.parseInt(blank.sample().id().substring(1, blank.sample().id().indexOf('-')));
    }

    private static String identifier(Blank blank) {
        return blank.sample().text().substring(blank.start(), blank.end());
    }

    private static IdentifierAudit audit(List<Sample> members, Function<Blank, List<String>> target,
            Function<Blank, List<String>> reference) {
        return IdentifierAudit.of(members, plan(), FakeBlankScorer.ofTrue("target", 0).writing(target),
                FakeBlankScorer.ofTrue("reference", 0).writing(reference)).withEvaluation(QUICK);
    }

    private static Recovery recovery(IdentifierReport report, Likeness likeness, int most) {
        return report.confidentialExtraction().orElseThrow().all().recoveries().stream()
                .filter(each -> each.likeness() == likeness && each.most() == most).findFirst().orElseThrow();
    }

    private static RecoveredShare share(Recovery recovery, RankedBy by) {
        return recovery.shares().stream().filter(share -> share.by() == by).findFirst().orElseThrow();
    }

    @Test
    void whatTheTargetWritesIsCountedByPatient() {
        // half of the patients exactly and first, each in one of two sentences; a quarter second and with another letter
        Function<Blank, List<String>> target = blank -> patient(blank) < 20 && blank.sample().id().endsWith("-0")
                ? List.of(identifier(blank), "pain")
                : patient(blank) >= 30 ? List.of("pain", identifier(blank).replace("son", "sen")) : List.of("pain");
        IdentifierReport report = audit(notes(40, 2, 0), target, NOTHING)
                .withControl(FakeBlankScorer.ofTrue("control", 0).writing(NOTHING)).withExtraction(SETTINGS).run();

        Recovery first = recovery(report, Likeness.EXACT, 1);
        assertEquals(0.25, share(first, RankedBy.TARGET).share().share(), 1e-12);
        assertEquals(20, share(first, RankedBy.TARGET).units());
        assertEquals(0, share(first, RankedBy.TARGET).share().byChance(), 1e-12);
        assertEquals(0, share(first, RankedBy.REFERENCE).share().share(), 1e-12);
        assertEquals(0, share(first, RankedBy.CONTROL).share().share(), 1e-12);
        assertTrue(first.pValue() < 0.01);
        assertEquals(0.25, share(recovery(report, Likeness.EXACT, 3), RankedBy.TARGET).share().share(), 1e-12);
        assertEquals(0.25, share(recovery(report, Likeness.ONE_EDIT, 1), RankedBy.TARGET).share().share(), 1e-12);
        assertEquals(0.5, share(recovery(report, Likeness.ONE_EDIT, 3), RankedBy.TARGET).share().share(), 1e-12);

        assertEquals(Preference.NOT_DETECTED, report.document().preference());
        assertTrue(report.document().answer().contains(" But asked to write them itself, it writes true ones more often than surrogates"),
                report.document().answer());
        assertFalse(report.document().isWhole(), "no policy is kept by ranks that show nothing");

        ExtractionFigures told = report.document().extraction().orElseThrow();
        assertTrue(told.everyMention());
        assertEquals(Optional.of(80L), told.all().set().mentions());
        assertEquals(Optional.of(0.25), told.all().recoveries().get(0).shares().get(0).found().share());
        assertTrue(report.toText().contains("what models write there themselves, by beams of 3, up to 2 tokens"), report.toText());
        assertFalse((report.toText() + report.toJson() + report).contains("Zq"));
    }

    @Test
    void whatTheReferenceWritesTooTellsNothing() {
        Function<Blank, List<String>> both = blank -> patient(blank) < 20 ? List.of(identifier(blank)) : List.of("pain");
        IdentifierReport report = audit(notes(40, 2, 0), both, both).withNonMembers(notes(40, 2, 40), plan()).withExtraction(SETTINGS)
                .run();
        Recovery first = recovery(report, Likeness.EXACT, 1);
        assertEquals(0.5, share(first, RankedBy.TARGET).share().share(), 1e-12);
        assertEquals(0.5, share(first, RankedBy.REFERENCE).share().share(), 1e-12);
        assertEquals(1, first.pValue());
        assertFalse(report.document().answer().contains("asked to write"), report.document().answer());
        assertEquals(40, report.confidentialExtraction().orElseThrow().nonMembers().orElseThrow().set().patients());
    }

    @Test
    void surrogatesAreWhatChanceGives() {
        // whoever writes all names there are has learnt a list, and remembers nobody
        ExtractionSettings wide = SETTINGS.withSearch(new FillingSettings(200, 1));
        IdentifierReport report = audit(notes(40, 1, 0), blank -> NAMES, NOTHING).withExtraction(wide).run();
        RecoveredShare all = share(recovery(report, Likeness.EXACT, 200), RankedBy.TARGET);
        assertEquals(1, all.share().share(), 1e-12);
        assertEquals(1, all.share().byChance(), 1e-12);
        assertEquals(1, recovery(report, Likeness.EXACT, 200).pValue());
    }

    @Test
    void fewWhoAreWrittenAreNotTold() {
        IdentifierReport report = audit(notes(40, 1, 0), blank -> patient(blank) < 3 ? List.of(identifier(blank)) : List.of("pain"),
                NOTHING)
                .withExtraction(SETTINGS).run();
        ExtractionFigures.Share target = report.document().extraction().orElseThrow().all().recoveries().get(0).shares().get(0);
        assertEquals(Told.FEW, target.found().told());
        assertEquals(Optional.empty(), target.found().share());
        assertTrue(target.found().interval().upper() > 4.0 / 40);
    }

    @Test
    void theBudgetIsKeptByDrawingMentions() {
        List<String> asked = new ArrayList<>();
        IdentifierReport report = audit(notes(40, 3, 0), blank -> {
            asked.add(blank.sample().id());
            return List.of("pain");
        }, NOTHING).withExtraction(SETTINGS.withBudget(30 * SETTINGS.search().rowsPerBlank() + 1)).run();
        assertEquals(30, asked.size());
        ExtractionResults results = report.confidentialExtraction().orElseThrow();
        assertEquals(120, results.mentions());
        assertEquals(30, results.tried());
        assertEquals(30, results.all().set().mentions());
        assertTrue(asked.stream().map(id -> id.substring(0, id.indexOf('-'))).distinct().count() > 12, asked.toString());
        assertTrue(report.toText().contains("drawn at random"), report.toText());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> SETTINGS.withBudget(4)).getMessage()
                .contains("budget is 4 rows; a mention takes up to 5"));
    }

    @Test
    void whatCannotBeFilledOrIsTooLongIsSaid() {
        IdentifierReport report = audit(notes(40, 1, 0), blank -> patient(blank) < 6 ? List.of() : List.of("pain"), NOTHING)
                .withExtraction(SETTINGS).run();
        ExtractionResults results = report.confidentialExtraction().orElseThrow();
        assertEquals(6, results.unfillable());
        assertEquals(34, results.all().set().identifiers());
        assertTrue(report.document().extraction().orElseThrow().everyMention());
        assertTrue(report.toText().contains("6 mentions could not be tried"), report.toText());
    }

    @Test
    void textsGoToWhoAsksForThemAlone() {
        List<FilledMention> texts = new ArrayList<>();
        audit(notes(12, 1, 0), blank -> List.of(identifier(blank), "pain"), NOTHING).withNonMembers(notes(12, 1, 20), plan())
                .withExtraction(SETTINGS, texts::add).run();
        assertEquals(12, texts.size());
        assertEquals(List.of(NAMES.get(0), "pain"), texts.get(0).fillings());
        assertFalse(texts.toString().contains("Zq"));
    }

    @Test
    void aModelThatCannotWriteIsRefused() {
        IdentifierAudit audit = IdentifierAudit.of(notes(12, 1, 0), plan(), FakeBlankScorer.ofTrue("target", 0),
                FakeBlankScorer.ofTrue("reference", 0)).withExtraction(SETTINGS);
        assertTrue(assertThrows(AuditException.class, audit::requireSound).getMessage()
                .contains("model target can't be asked what it would write"));
    }
}
