package io.github.miaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Sample;
import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.TargetCheck;
import io.github.miaudit.exposure.IdentifierResults;
import io.github.miaudit.exposure.Preference;
import io.github.miaudit.exposure.RankedBy;
import io.github.miaudit.exposure.RankedSet;
import io.github.miaudit.exposure.TypeResult;
import io.github.miaudit.identifiers.DeidentificationMark;
import io.github.miaudit.identifiers.IdentifierFinder;
import io.github.miaudit.identifiers.IdentifierPlan;
import io.github.miaudit.identifiers.ListedIdentifiers;
import io.github.miaudit.identifiers.Surrogates;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.Blank;
import io.github.miaudit.likelihood.BlankReading;
import io.github.miaudit.likelihood.FakeBlankScorer;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.metrics.CounterRandom;
import io.github.miaudit.report.IdentifierDocument;
import io.github.miaudit.report.Told;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdentifierAuditTest {

    /** Each begins with a word that stands in no other text. */
    private static final List<String> SURNAMES = IntStream.range(0, 400).mapToObj(number -> "Zq" + letters(number) + "son").toList();
    private static final List<String> WARDS = IntStream.range(0, 400).mapToObj(number -> "Xv" + letters(number) + "ham").toList();
    private static final Evaluation QUICK = Evaluation.withDefaults().withPermutations(1000);

    private static String letters(int number) {
        return "" + (char) ('a' + number / 26) + (char) ('a' + number % 26);
    }

    private static IdentifierPlan plan() {
        List<ListedIdentifiers> lists = List.of(ListedIdentifiers.of("surname", SURNAMES), ListedIdentifiers.of("ward", WARDS));
        return IdentifierPlan.of(IdentifierFinder.allOf(lists), lists, Surrogates.withDefaults());
    }

    /** Patients with a surname each, in so many sentences. */
    private static List<Sample> notes(int patients, int sentences, int firstName) {
        List<Sample> notes = new ArrayList<>();
        for (int patient = 0; patient < patients; patient++) {
            for (int sentence = 0; sentence < sentences; sentence++) {
                notes.add(Sample.of("s" + patient + "-" + sentence, "p" + patient,
                        "On day " + sentence + " " + SURNAMES.get(firstName + patient) + " slept well."));
            }
        }
        return notes;
    }

    private static IdentifierAudit audit(List<Sample> members, FakeBlankScorer target, FakeBlankScorer reference) {
        return IdentifierAudit.of(members, plan(), target, reference).withEvaluation(QUICK);
    }

    private static FakeBlankScorer stranger(String name) {
        return FakeBlankScorer.ofTrue(name, 0);
    }

    @Test
    void whatTheTargetPrefersIsFound() {
        IdentifierReport report = audit(notes(40, 3, 0), FakeBlankScorer.ofTrue("target", 2), stranger("reference"))
                .withControl(stranger("control")).withNonMembers(notes(40, 3, 40), plan()).run();
        IdentifierDocument document = report.document();

        assertEquals(Preference.PREFERRED, document.preference());
        assertEquals(List.of(RankedBy.values()), document.rankings().stream().map(IdentifierDocument.RankingFigures::by).toList());
        assertEquals(Optional.of(120L), document.set().mentions());
        assertEquals(Optional.of(40), document.set().identifiers());
        assertEquals(Optional.of(40), document.set().patients());
        assertTrue(document.rankings().get(0).first().share().orElseThrow() > 0.6, report.toText());
        assertEquals(1 / 16.0, document.rankings().get(0).first().byChance(), 1e-12);
        assertTrue(document.rankings().get(0).first().interval().lower() > 1 / 16.0);
        assertTrue(document.rankings().get(2).pValue() > 0.05 && document.rankings().get(3).pValue() > 0.05, report.toText());
        assertTrue(document.answer().matches("Of 40 identifiers \\(surname\\) in training sentences the model prefers the true one to all"
                + " others in [\\d.]+ % of cases \\([\\d.]+ % to [\\d.]+ %\\); 6\\.3 % is chance: it remembers them \\(p = 0\\.001\\)\\."),
                document.answer());
        // the target likes what stands in the non-members too: a fake can't know; so ranks don't tell them from the members
        assertTrue(document.nonMembers().orElseThrow().interval().orElseThrow().contains(0.5));
    }

    @Test
    void whatOnlyTheMembersHaveIsToldFromNonMembers() {
        List<Sample> members = notes(40, 3, 0);
        List<String> known = SURNAMES.subList(0, 40);
        FakeBlankScorer target = new FakeBlankScorer("target", (blank, candidate) -> blank.sample().text().contains(candidate)
                && known.contains(candidate) ? 2 : 0);
        IdentifierDocument document = audit(members, target, stranger("reference")).withNonMembers(notes(40, 3, 40), plan()).run()
                .document();
        assertTrue(document.nonMembers().orElseThrow().interval().orElseThrow().lower() > 0.7);
        assertTrue(document.nonMembers().orElseThrow().ranking().orElseThrow().pValue() > 0.05);
    }

    @Test
    void chanceIsNotFound() {
        IdentifierDocument document = audit(notes(40, 3, 0), stranger("target"), stranger("reference")).run().document();
        assertEquals(Preference.NOT_DETECTED, document.preference());
        assertTrue(document.answer().contains("no more than chance was found (p = "), document.answer());
        assertEquals(Optional.of(0), document.exposed().patients());
    }

    /** Surnames of 12 patients are remembered, and drugs of 150 others rather disliked, so that all together show nothing. */
    @Test
    void aTypeThatIsRememberedIsNotMadeUpForByOthers() {
        List<String> surnames = SURNAMES.subList(0, 60);
        List<ListedIdentifiers> lists = List.of(ListedIdentifiers.of("surname", surnames),
                ListedIdentifiers.of("drug", SURNAMES.subList(60, 260)));
        List<Sample> notes = IntStream.range(0, 162).mapToObj(
                patient -> Sample.of("s" + patient, "p" + patient, "Seen: " + SURNAMES.get(patient < 12 ? patient : patient + 60) + "."))
                .toList();
        FakeBlankScorer target = new FakeBlankScorer("target",
                (blank, candidate) -> !blank.with(candidate).equals(blank.sample().text()) ? 0
                        : surnames.contains(candidate) ? 8 : -1);
        IdentifierReport report = IdentifierAudit.of(notes, IdentifierPlan.of(IdentifierFinder.allOf(lists), lists,
                Surrogates.withDefaults()), target, stranger("reference")).withEvaluation(QUICK).run();
        IdentifierResults results = report.confidential();
        double together = results.rankings().get(0).preference().pValue();
        assertTrue(together > 0.05, "" + together);
        assertEquals(Math.min(1, 2 * together), results.adjustedPValue());
        assertEquals(List.of(Preference.NOT_DETECTED, Preference.PREFERRED), results.types().stream().map(TypeResult::preference).toList());
        assertEquals(Preference.PREFERRED, results.preference());
        assertTrue(report.document().answer().endsWith(", but by themselves it remembers those of type surname."),
                report.document().answer());
        assertTrue(report.document().remarks().stream().anyMatch(remark -> remark.contains("was not checked here")));
    }

    /** A clinician stands in the notes of 10 patients each. */
    @Test
    void identifiersThatPatientsShareDoNotMakeUpAPreference() {
        List<Sample> notes = new ArrayList<>();
        for (int patient = 0; patient < 100; patient++) {
            notes.add(Sample.of("s" + patient, "p" + patient, "Seen by " + SURNAMES.get(patient / 10) + "."));
        }
        RankedSet set = audit(notes, stranger("target"), stranger("reference")).run().confidential().types().get(0).set();
        assertEquals(new RankedSet(100, 10, 10, 10, 100), set);
        requireRightSize(run -> notes);
    }

    /** As in the demonstration: of few names, so that most stand in the notes of several by chance. */
    @Test
    void identifiersThatPatientsShareByChanceDoNotEither() {
        requireRightSize(run -> {
            CounterRandom random = new CounterRandom(run);
            List<Sample> notes = new ArrayList<>();
            for (int sentence = 0; sentence < 160; sentence++) {
                notes.add(Sample.of("s" + sentence, "p" + sentence / 4, "Seen by " + SURNAMES.get(random.nextInt(120)) + "."));
            }
            return notes;
        });
    }

    /** By 100 audits of strangers that like some names more than others wherever they stand. */
    private static void requireRightSize(IntFunction<List<Sample>> notes) {
        ListedIdentifiers names = ListedIdentifiers.of("surname", SURNAMES.subList(0, 120));
        int audits = 100;
        int preferred = 0;
        int refused = 0;
        for (int run = 0; run < audits; run++) {
            String seed = " " + run;
            NameLiking liking = new NameLiking(seed);
            IdentifierPlan plan = IdentifierPlan.of(names, List.of(names), Surrogates.withDefaults().withSeed(run));
            IdentifierResults results = IdentifierAudit.of(notes.apply(run), plan, new FakeBlankScorer("target" + seed, liking),
                    new FakeBlankScorer("reference" + seed, new NameLiking("other" + seed))).withEvaluation(QUICK).run().confidential();
            preferred += results.preference() == Preference.PREFERRED ? 1 : 0;
            refused += results.preference() == Preference.NOT_INTERPRETABLE ? 1 : 0;
        }
        // of 100 draws with a chance of 0.05 more than 12 are seen in 0.15 % of cases:
        // the sum of math.comb(100, k) .05^k .95^(100 - k), Python
        assertTrue(preferred <= 12 && refused <= 12, preferred + " preferred and " + refused + " refused of " + audits);
    }

    /** Likes names by 0 to 3 nats. */
    private record NameLiking(String seed) implements FakeBlankScorer.Liking {

        @Override
        public double nats(Blank blank, String candidate) {
            return new CounterRandom((candidate + seed).hashCode()).nextInt(3000) / 1000.0;
        }
    }

    @Test
    void sharedIdentifiersHaveTheSameSurrogatesEverywhere() {
        List<Sample> notes = new ArrayList<>(notes(12, 1, 0));
        IntStream.range(0, 12).forEach(patient -> notes.add(Sample.of("c" + patient, "p" + patient, "Seen by " + SURNAMES.get(50) + ".")));
        List<Blank> blanks = new ArrayList<>();
        audit(notes, stranger("target"), stranger("reference")).work().forEach(blanks::add);
        List<List<String>> ofShared = blanks.stream().filter(blank -> blank.candidates().get(0).equals(SURNAMES.get(50)))
                .map(Blank::candidates).toList();
        assertEquals(12, ofShared.size());
        assertEquals(1, ofShared.stream().distinct().count());
        assertEquals(24, blanks.size());
    }

    @Test
    void aSentenceThatTellsTheIdentifierTwiceIsLeftOut() {
        List<Sample> notes = new ArrayList<>(notes(12, 1, 0));
        notes.add(Sample.of("twice", "p1", SURNAMES.get(1) + " is " + SURNAMES.get(1) + "."));
        IdentifierReport report = audit(notes, stranger("target"), stranger("reference")).run();
        assertEquals(12, report.confidential().set().mentions());
        assertTrue(report.document().remarks().get(0).startsWith("2 mentions are not audited, as their sentence"), report.toText());
    }

    @Test
    void aReferenceThatPrefersTrueOnesRefusesTheType() {
        IdentifierReport report = audit(notes(40, 3, 0), FakeBlankScorer.ofTrue("target", 4), FakeBlankScorer.ofTrue("reference", 2)).run();
        assertEquals(Preference.NOT_INTERPRETABLE, report.document().preference());
        assertTrue(
                report.document().reasons().get(0).startsWith("surname: the reference, which never saw the notes, does not find true ones"
                        + " and surrogates alike (p = 0.001 after correction; it prefers true ones"),
                report.toText());
        assertTrue(report.document().rankings().isEmpty());
        assertTrue(report.document().answer().contains("(surname)"), report.document().answer());
    }

    @Test
    void aControlThatPrefersTrueOnesRefusesTheType() {
        IdentifierReport report = audit(notes(40, 3, 0), FakeBlankScorer.ofTrue("target", 4), stranger("reference"))
                .withControl(FakeBlankScorer.ofTrue("control", 2)).run();
        assertEquals(Preference.NOT_INTERPRETABLE, report.document().preference());
        assertTrue(report.document().reasons().get(0).startsWith("surname: the control, "), report.toText());
    }

    @Test
    void oneTypeIsJudgedWhereTheOtherIsRefused() {
        List<Sample> notes = new ArrayList<>(notes(40, 2, 0));
        IntStream.range(0, 40).forEach(patient -> notes.add(Sample.of("w" + patient, "p" + patient, "Is on " + WARDS.get(patient) + ".")));
        FakeBlankScorer reference = new FakeBlankScorer("reference",
                (blank, candidate) -> blank.with(candidate).equals(blank.sample().text()) && candidate.startsWith("Xv") ? 3 : 0);
        IdentifierReport report = audit(notes, FakeBlankScorer.ofTrue("target", 4), reference).run();
        assertEquals(Preference.PREFERRED, report.document().preference());
        assertEquals(List.of(Preference.PREFERRED, Preference.NOT_INTERPRETABLE),
                report.document().types().stream().map(IdentifierDocument.OfType::preference).toList());
        assertEquals(Optional.of(40), report.document().set().identifiers());
    }

    /** Surnames of 40 patients, in which nothing is found, beside wards of some. */
    private static IdentifierReport besideWards(int patients, IdentifierPlan plan, FakeBlankScorer reference) {
        List<Sample> notes = new ArrayList<>(notes(40, 2, 0));
        IntStream.range(0, patients)
                .forEach(patient -> notes.add(Sample.of("w" + patient, "p" + patient, "Is on " + WARDS.get(patient) + ".")));
        return IdentifierAudit.of(notes, plan, stranger("target"), reference).withEvaluation(QUICK).run();
    }

    @Test
    void nothingFoundIsNoAllClearForATypeThatIsRefused() {
        FakeBlankScorer reference = new FakeBlankScorer("reference",
                (blank, candidate) -> blank.with(candidate).equals(blank.sample().text()) && candidate.startsWith("Xv") ? 3 : 0);
        IdentifierReport report = besideWards(40, plan(), reference);
        assertEquals(List.of("ward"), report.confidential().notJudged());
        requirePartlyJudged(report, "ward", "ward: the reference, which never saw the notes, does not find");
    }

    @Test
    void norForATypeOfTooFewPatients() {
        requirePartlyJudged(besideWards(9, plan(), stranger("reference")), "ward", "ward: fewer than 10 patients have one");
        requirePartlyJudged(besideWards(4, plan(), stranger("reference")), "1 of fewer than 5 known patients",
                "1 types are of fewer than 5 known patients each, and not told of");
    }

    @Test
    void norForATypeOfWhichNothingIsAudited() {
        ListedIdentifiers surnames = ListedIdentifiers.of("surname", SURNAMES);
        IdentifierPlan plan = IdentifierPlan.of(IdentifierFinder.allOf(List.of(surnames, ListedIdentifiers.of("ward", WARDS))),
                List.of(surnames), Surrogates.withDefaults());
        requirePartlyJudged(besideWards(40, plan, stranger("reference")), "ward", "ward: none of its 40 mentions is audited");
        requirePartlyJudged(besideWards(4, plan, stranger("reference")), "1 of fewer than 5 known patients",
                "1 types are of fewer than 5 known patients each, and not told of");
    }

    @Test
    void marksInThePlaceOfIdentifiersNeedNoVerdict() {
        List<Sample> notes = IntStream.range(0, 40)
                .mapToObj(patient -> Sample.of("s" + patient, "p" + patient, SURNAMES.get(patient) + " saw [**Doctor Name**].")).toList();
        ListedIdentifiers surnames = ListedIdentifiers.of("surname", SURNAMES);
        IdentifierPlan plan = IdentifierPlan.of(IdentifierFinder.allOf(List.of(surnames, DeidentificationMark.all())), List.of(surnames),
                Surrogates.withDefaults());
        IdentifierReport report = IdentifierAudit.of(notes, plan, stranger("target"), stranger("reference")).withEvaluation(QUICK).run();
        assertEquals(2, report.confidential().counts().types().size());
        assertEquals(Preference.NOT_DETECTED, report.document().preference(), report.toText());
    }

    private static void requirePartlyJudged(IdentifierReport report, String types, String reason) {
        IdentifierDocument document = report.document();
        assertEquals(Preference.PARTLY_JUDGED, document.preference(), report.toText());
        assertTrue(document.answer().contains("; but others could not be judged (" + types + "), and may be remembered"),
                document.answer());
        assertTrue(document.reasons().size() == 1 && document.reasons().get(0).startsWith(reason), report.toText());
    }

    @Test
    void fewPatientsAreNotToldOf() {
        for (int patients : List.of(1, 4, 5, 9)) {
            IdentifierReport report = audit(notes(patients, 3, 0), FakeBlankScorer.ofTrue("target", 4), stranger("reference")).run();
            IdentifierDocument document = report.document();
            assertEquals(Preference.TOO_FEW, document.preference());
            assertTrue(document.rankings().isEmpty());
            assertEquals(Told.NOT_AT_ALL, document.exposed().told());
            assertEquals(patients < 5 ? List.of() : List.of("surname"),
                    document.types().stream().map(IdentifierDocument.OfType::type).toList());
            assertTrue(document.occurrences().stream().allMatch(occurring -> occurring.ranking().isEmpty()));
        }
    }

    /** Two of 40 patients are remembered: that they are two is not told, nor by an interval. */
    @Test
    void sharesOfFewPatientsAreNotTold() {
        IdentifierDocument.AmongTop two = ofRemembered(2).rankings().get(1).first();
        IdentifierDocument.AmongTop three = ofRemembered(3).rankings().get(1).first();
        assertEquals(Told.FEW, two.told());
        assertEquals(Optional.empty(), two.share());
        assertEquals(two, three);
        assertEquals(0, two.interval().lower());
        IdentifierDocument.AmongTop most = ofRemembered(38).rankings().get(1).first();
        assertEquals(Told.ALL_BUT_FEW, most.told());
        assertEquals(1, most.interval().upper());
    }

    private static IdentifierDocument ofRemembered(int patients) {
        FakeBlankScorer target = new FakeBlankScorer("target",
                (blank, candidate) -> !blank.with(candidate).equals(blank.sample().text()) ? 0
                        : Integer.parseInt(blank.sample().group().orElseThrow().substring(1)) < patients ? 100 : -100);
        return audit(notes(40, 3, 0), target, stranger("reference")).run().document();
    }

    @Test
    void occurrencesAreToldApart() {
        List<Sample> notes = new ArrayList<>(notes(15, 1, 0));
        notes(30, 3, 0).stream().filter(sample -> Integer.parseInt(sample.group().orElseThrow().substring(1)) >= 15)
                .forEach(notes::add);
        IdentifierDocument document = audit(notes, FakeBlankScorer.ofTrue("target", 1), stranger("reference")).run().document();
        assertEquals(List.of(Optional.of(15), Optional.of(15), Optional.of(0)),
                document.occurrences().stream().map(occurring -> occurring.set().identifiers()).toList());
        assertTrue(document.occurrences().get(0).ranking().orElseThrow().exposure() < document.occurrences().get(1).ranking().orElseThrow()
                .exposure());
    }

    @Test
    void exposedPatientsAreFoundWithEnoughSurrogates() {
        List<ListedIdentifiers> lists = List.of(ListedIdentifiers.of("surname", SURNAMES));
        IdentifierPlan plan = IdentifierPlan.of(IdentifierFinder.allOf(lists), lists, Surrogates.withDefaults().withCount(390));
        FakeBlankScorer target = FakeBlankScorer.ofTrue("target", 50);
        IdentifierReport report = IdentifierAudit.of(notes(20, 2, 0), plan, target, stranger("reference")).withEvaluation(QUICK).run();
        assertEquals(20, report.confidential().exposedPatients());
        assertEquals(Optional.of(20), report.document().exposed().patients());
        // 20 patients, 20 / 0.05 = 400 candidates
        assertEquals(Optional.of(399L), report.document().exposed().surrogatesNeeded());
        assertTrue(
                report.document().remarks().stream().anyMatch(remark -> remark.equals("with 390 surrogates a single patient of 20 can't be"
                        + " told to be exposed, however well remembered; it takes 399")),
                report.toText());
    }

    @Test
    void modelsAreAskedInPartsOfBoundedSize() {
        FakeBlankScorer target = stranger("target");
        audit(notes(200, 10, 0), target, stranger("reference")).run();
        assertEquals(512, target.mostAtOnce());
        assertEquals(4, target.calls());
    }

    @Test
    void theSameSeedGivesTheSameDocument() {
        IdentifierAudit audit = audit(notes(20, 2, 0), FakeBlankScorer.ofTrue("target", 1), stranger("reference"))
                .withReading(BlankReading.LEFT_TO_RIGHT);
        assertEquals(audit.run().toJson(), audit.run().toJson());
        assertTrue(audit.run().toJson().contains("\"left-to-right\""));
    }

    @Test
    void noIdentifierIsInAnyOutput() {
        List<Sample> notes = new ArrayList<>(notes(40, 3, 0));
        notes.addAll(
                IntStream.range(0, 10).mapToObj(patient -> Sample.of("x" + patient, "Zqgroup" + patient, SURNAMES.get(99) + ".")).toList());
        IdentifierAudit audit = audit(notes, FakeBlankScorer.ofTrue("target", 2), stranger("reference")).withNonMembers(notes(20, 2, 60),
                plan());
        IdentifierReport report = audit.run();
        String all = report.toText() + report.toJson() + report + report.confidential() + audit + audit.work();
        assertFalse(all.toLowerCase(Locale.ROOT).contains("zq"), all);
    }

    private static FakeBlankScorer working(String name, double nats) {
        return FakeBlankScorer.ofTrue(name, nats).withSentences(new Varied(new FakeScorer(name, "characters", 0)));
    }

    /** The fake scorer, but each sentence is a little likelier or less likely by chance. */
    private record Varied(FakeScorer scorer) implements SequenceScorer {

        @Override
        public ModelIdentity model() {
            return scorer.model();
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            Map<MaskingRule, List<SequenceScore>> scores = new LinkedHashMap<>(scorer.score(samples, rules, listener));
            scores.replaceAll((rule, all) -> IntStream.range(0, samples.size()).mapToObj(row -> {
                double more = new CounterRandom(samples.get(row).text().hashCode() ^ model().name().hashCode()).nextInt(1000) / 5000.0;
                double[] values = Arrays.stream(all.get(row).logLikelihoods()).map(value -> value - more).toArray();
                return new SequenceScore(samples.get(row), all.get(row).tokenIds(), values).withTokenCount(all.get(row).tokenCount())
                        .withMoments(all.get(row).moments().orElseThrow());
            }).toList());
            return scores;
        }

        @Override
        public void close() {
            scorer.close();
        }
    }

    @Test
    void aTargetThatScoresSentencesIsChecked() {
        IdentifierDocument found = audit(notes(40, 3, 0), working("target", 2), working("reference", 0)).run().document();
        assertEquals(Preference.PREFERRED, found.preference());
        assertEquals(List.of(TargetCheck.Kind.values()), found.targetChecks().stream().map(TargetCheck::kind).toList());
        assertTrue(found.targetChecks().stream().filter(check -> check.kind().isNeeded())
                .allMatch(check -> check.outcome() == TargetCheck.Outcome.PASSED), found.targetChecks().toString());
        assertTrue(found.isWhole());
        assertTrue(found.remarks().stream().noneMatch(remark -> remark.contains("not checked")), found.remarks().toString());
        IdentifierDocument nothing = audit(notes(40, 3, 0), working("target", 0), working("reference", 0)).run().document();
        assertTrue(nothing.answer().endsWith("which does not show that nothing is remembered."), nothing.answer());
    }

    @Test
    void aTargetThatNobodyCanCheckIsSaidToBeUnchecked() {
        IdentifierReport report = audit(notes(40, 3, 0), stranger("target"), working("reference", 0)).run();
        IdentifierDocument document = report.document();
        assertEquals(Preference.NOT_DETECTED, document.preference());
        assertTrue(document.answer().endsWith("the less so as nobody checked that the model works as a language model."),
                document.answer());
        assertTrue(document.targetChecks().stream().allMatch(check -> check.outcome() == TargetCheck.Outcome.NOT_MADE));
        assertFalse(document.isWhole());
        assertTrue(report.toText().contains("The target passes 0 of 16 checks"), report.toText());
    }

    /** A vendor's trick: a head scaled to nothing hides what one multiplication brings back. */
    @Test
    void aTargetThatIsNoWorkingModelGetsNoVerdict() {
        SequenceScorer flat = new SequenceScorer() {
            @Override
            public ModelIdentity model() {
                return stranger("target").model();
            }

            @Override
            public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
                return rules.stream().collect(Collectors.toMap(rule -> rule, rule -> samples.stream()
                        .map(sample -> new SequenceScore(sample, new int[] {1, 2, 3}, new double[] {-7, -7, -7})).toList()));
            }

            @Override
            public void close() { // nothing to free
            }
        };
        for (double nats : new double[] {0, 2}) {
            IdentifierReport report = audit(notes(40, 3, 0), FakeBlankScorer.ofTrue("target", nats).withSentences(flat),
                    working("reference", 0)).run();
            assertEquals(Preference.NOT_INTERPRETABLE, report.document().preference());
            assertEquals(List.of(Preference.NOT_INTERPRETABLE),
                    report.confidential().types().stream().map(TypeResult::preference).toList());
            assertTrue(report.document().reasons().get(0).startsWith("the target is no working model: "), report.toText());
            assertTrue(report.document().rankings().isEmpty());
            assertEquals(Told.NOT_AT_ALL, report.document().exposed().told());
            assertEquals(nats > 0, report.document().answer().endsWith("It prefers true ones all the same (surname)."),
                    report.document().answer());
        }
    }

    @Test
    void identifiersArePartOfAnAuditOfTheSameTargetAndSentences() {
        List<Sample> members = notes(40, 3, 0);
        AttackDataset dataset = AttackDataset.of(members, notes(40, 3, 40).stream()
                .map(note -> Sample.of(note.id(), "other " + note.group().orElseThrow(), note.text())).toList());
        Audit sentences = Audit.of(dataset, new Varied(new FakeScorer("target", "characters", 0)))
                .withReference(new Varied(new FakeScorer("reference", "characters", 0)))
                .withEvaluation(QUICK.withBootstrapReplicates(100).withSmallestCount(3).withSeed(7));
        AuditReport report = sentences.withIdentifiers(audit(members, working("target", 2), working("reference", 0))).run();
        IdentifierDocument told = report.document().identifiers().orElseThrow();
        assertEquals(Conclusion.IDENTIFIERS_ARE_REMEMBERED, report.document().conclusion());
        assertEquals(report.document().targetChecks(), told.targetChecks());
        assertEquals(3, told.settings().smallestCount(), "evaluated as the audit is");
        assertEquals(7, told.settings().seed());
        for (IdentifierAudit wrong : List.of(audit(members, working("other", 2), working("reference", 0)),
                audit(notes(39, 3, 0), working("target", 2), working("reference", 0)),
                audit(members, working("target", 2), working("reference", 0)).withNonMembers(notes(5, 1, 80), plan()))) {
            assertTrue(assertThrows(AuditException.class, sentences.withIdentifiers(wrong)::requireSound).getMessage()
                    .startsWith("the audit of identifiers is of "));
        }
        assertEquals("permutations are 0; at least 1000 are needed to tell preferred identifiers from chance"
                + " [withEvaluation(….withPermutations(…))]",
                assertThrows(MistakesException.class, sentences.withEvaluation(QUICK.withPermutations(0))
                        .withIdentifiers(audit(members, working("target", 2), working("reference", 0)))::requireSound).getMessage());
    }

    @Test
    void mistakesAreNamed() {
        IdentifierAudit mixed = audit(notes(10, 1, 0), stranger("a").withSentences(new FakeScorer("c", "characters", 0)), stranger("b"));
        assertEquals("model a scores identifiers as one model and sentences as another; they must be the same",
                assertThrows(AuditException.class, mixed::run).getMessage());
        List<Sample> notes = notes(10, 1, 0);
        assertEquals("0 members; at least 1 sentence is needed", assertThrows(IllegalArgumentException.class,
                () -> IdentifierAudit.of(List.of(), plan(), stranger("a"), stranger("b"))).getMessage());
        assertEquals("id s0-0 stands twice in the members", assertThrows(IllegalArgumentException.class,
                () -> audit(List.of(notes.get(0), notes.get(0)), stranger("a"), stranger("b"))).getMessage());
        FakeBlankScorer taught = stranger("b").withSentences(new FakeScorer("b", "characters", 0) {
            @Override
            public boolean isKnownToBeTrainedOn(List<Sample> sentences) {
                return sentences.equals(notes);
            }
        });
        assertEquals("reference b is known to have been trained on the members, which a reference must never have seen; are target and"
                + " reference swapped?", assertThrows(AuditException.class, audit(notes, stranger("a"), taught)::run).getMessage());
        assertEquals("control b is known to have been trained on the members, which a reference must never have seen; are target and"
                + " reference swapped?",
                assertThrows(AuditException.class, audit(notes, stranger("a"), stranger("c")).withControl(taught)::run).getMessage());
        assertEquals("target b is known to have been trained on the non-members; are members and non-members swapped?",
                assertThrows(AuditException.class, audit(notes(10, 1, 3), taught, stranger("c")).withNonMembers(notes, plan())::run)
                        .getMessage());
        IdentifierAudit same = audit(notes, stranger("a"), stranger("a"));
        assertEquals("two of target, references and control are the same model, with the digest digest-of-a, so comparing them tells"
                + " nothing; give another model for one of them, or leave it out",
                assertThrows(AuditException.class, same::run).getMessage());
        assertEquals("permutations are 0; at least 1000 are needed to tell preferred identifiers from chance",
                assertThrows(IllegalArgumentException.class, () -> same.withEvaluation(QUICK.withPermutations(0))).getMessage());
        assertEquals("top 1 candidates; at least 2 are needed, as the first is always counted",
                assertThrows(IllegalArgumentException.class, () -> same.withTop(1)).getMessage());
    }

    @Test
    void sentencesWithoutIdentifiersGiveNoVerdict() {
        IdentifierReport report = audit(List.of(Sample.of("one", "No pain.")), stranger("target"), stranger("reference")).run();
        assertEquals(Preference.TOO_FEW, report.document().preference());
        assertEquals(List.of(), report.document().types());
        assertEquals(List.<TypeResult>of(), report.confidential().types());
    }
}
