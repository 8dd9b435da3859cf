package io.github.miaudit.report.output;

import static io.github.miaudit.report.output.EditedAudit.at;
import static io.github.miaudit.report.output.EditedAudit.nothing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.ByPatient;
import io.github.miaudit.report.Decision.Footing;
import io.github.miaudit.report.Decision.Light;
import io.github.miaudit.report.Decision;
import io.github.miaudit.report.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The first sentence of invented audits: what whoever has to decide reads, and perhaps nothing else. */
class DecisionTest {

    static final int MOST_WORDS = 120;
    /** Words that whoever decides need not know. */
    static final Pattern JARGON = Pattern.compile("(?i)\\b(AUC|ROC|TPR|FPR|nats?|bootstrap|likelihood|p-value|p = |percentile|"
            + "non.?members?|held.out|externals?|sha-?256|[a-z]+_[a-z_]+|[a-z]+\\.json|blind|covariates?|null hypothesis|logits?|"
            + "intervals?|confidence|validity|digest|quantile|token(izer)?s?)\\b");

    /** All that can be filed, each in few words. */
    static final Subject FILED = new Subject(Optional.of("Ward notes, release 3"), Optional.of("Example Hospital"),
            Optional.of("release to partners"), Optional.of("A. Analyst"), Optional.of("ward-notes"), Optional.of("2026-11-28"));

    private record Case(String name, AuditDocument document, String answer, Light light, Footing footing) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static AuditDocument audit(String conclusion, Consumer<EditedAudit> edit) {
        return new EditedAudit().edit(audit -> {
            audit.root().addProperty("conclusion", conclusion);
            audit.comparison().addProperty("conclusion", conclusion);
            exposed(audit, 0, 36, 0.76, 0.96);
        }).edit(edit).document();
    }

    /** So many of 40 patients, at a rate. */
    private static void exposed(EditedAudit audit, int rate, int patients, double lower, double upper) {
        audit.comparison().getAsJsonArray("attacks").forEach(attack -> {
            JsonObject byPatient = attack.getAsJsonObject().getAsJsonObject("byPatient");
            JsonObject exposed = at(byPatient, "exposed", rate);
            exposed.addProperty("patients", patients);
            exposed.addProperty("lower", 40 * lower);
            exposed.addProperty("upper", 40 * upper);
            JsonObject point = at(byPatient, "tprAtFpr", rate);
            point.addProperty("tpr", patients / 40.0);
            point.add("tprInterval", JsonParser.parseString(
                    String.format(Locale.ROOT, "{\"lower\": %s, \"upper\": %s, \"level\": 0.95, \"method\": \"score\"}", lower, upper)));
        });
    }

    private static void validity(EditedAudit audit, String verdict) {
        audit.comparison().getAsJsonObject("validity").addProperty("verdict", verdict);
    }

    static Stream<Case> audits() {
        String leak = "Yes: an outsider can tell 36 of 40 patients whose notes were used, wrongly accusing 1 in 10 others.";
        return Stream.of(
                new Case("a clear leak", audit("MEMBERS_CAN_BE_TOLD", audit -> {
                }), leak, Light.ALARM, Footing.CARRIES),
                new Case("a leak by sets that overlap", audit("MEMBERS_CAN_BE_TOLD", audit -> audit.comparison().getAsJsonObject("validity")
                        .add("overlap", JsonParser.parseString("{\"exact\": 60, \"near\": 8, \"nearAmong\": 480}"))), leak, Light.ALARM,
                        Footing.WITH_RESERVATIONS),
                new Case("a leak, or a shift", audit("MEMBERS_CAN_BE_TOLD", audit -> validity(audit, "SHIFTED")),
                        "Yes, unless the two groups differ for another reason: an outsider can tell 36 of 40 patients whose notes"
                                + " were used,"
                                + " wrongly accusing 1 in 10 others.",
                        Light.ALARM, Footing.PARTLY),
                new Case("a leak of hidden counts", audit("MEMBERS_CAN_BE_TOLD", audit -> {
                    audit.hideExposed(0);
                    nothing(at(audit.comparison(), "attacks", 1), "byPatient");
                    nothing(audit.attack(), "byPatient");
                    at(audit.attack(), "tprAtFpr", 0).addProperty("truePositives", 300);
                    at(audit.attack(), "tprAtFpr", 0).addProperty("tpr", 0.75);
                }), "Yes: an outsider can tell 300 of 400 sentences that were used, wrongly accusing 1 in 10 others.", Light.ALARM,
                        Footing.CARRIES),
                new Case("nothing found, and it would have been",
                        audit("NO_DIFFERENCE_DETECTED", audit -> exposed(audit, 0, 5, 0.05, 0.22)),
                        "Not that this audit could find: by the attacks tried, an outsider who wrongly accuses 1 in 10 others finds"
                                + " at most 9 of 40 patients.",
                        Light.CLEAR, Footing.CARRIES),
                new Case("nothing found, and another attack may find more", audit("NO_DIFFERENCE_DETECTED", audit -> {
                    exposed(audit, 0, 5, 0.05, 0.22);
                    JsonObject point = at(at(audit.comparison(), "attacks", 1).getAsJsonObject("byPatient"), "tprAtFpr", 0);
                    point.addProperty("tpr", 0.1);
                    point.getAsJsonObject("tprInterval").addProperty("upper", 0.4);
                }), "Not that this audit could find: by the attacks tried, an outsider who wrongly accuses 1 in 10 others finds at"
                        + " most 16 of"
                        + " 40 patients.", Light.CLEAR, Footing.CARRIES),
                new Case("nothing found, by sets of which nothing is known", audit("NO_DIFFERENCE_DETECTED", audit -> {
                    exposed(audit, 0, 5, 0.05, 0.22);
                    validity(audit, "NOT_CHECKED");
                }), "Nothing was found, but this comparison can't rule it out: by the attacks tried, an outsider who wrongly accuses"
                        + " 1 in 10 others finds at most 9"
                        + " of 40 patients.", Light.OPEN, Footing.NOT_SHOWN),
                new Case("nothing found, by sets that overlap", audit("NO_DIFFERENCE_DETECTED", audit -> {
                    exposed(audit, 0, 5, 0.05, 0.22);
                    audit.comparison().getAsJsonObject("validity").add("overlap",
                            JsonParser.parseString("{\"exact\": 1, \"near\": 0, \"nearAmong\": 480}"));
                }), "Not that this audit could find: by the attacks tried, an outsider who wrongly accuses 1 in 10 others finds at"
                        + " most 9 of 40 patients.",
                        Light.OPEN, Footing.WITH_RESERVATIONS),
                new Case("a shift", audit("NOT_INTERPRETABLE", audit -> validity(audit, "NOT_INTERPRETABLE")),
                        "This audit can't say: the two groups of notes differ in more than whether the model was trained on them.",
                        Light.OPEN, Footing.CANNOT),
                new Case("too few", audit("TOO_FEW", audit -> validity(audit, "NOT_CHECKED")),
                        "This audit can't say: too few patients, or sentences, were compared.", Light.OPEN, Footing.NOT_SHOWN),
                new Case("no rate that can be measured", audit("NO_DIFFERENCE_DETECTED", audit -> audit.comparison()
                        .getAsJsonArray("attacks").forEach(attack -> attack.getAsJsonObject().getAsJsonObject("byPatient")
                                .getAsJsonArray("tprAtFpr").forEach(point -> point.getAsJsonObject().addProperty("resolvable", false)))),
                        "Not that this audit could find, but it could not measure how many an outsider finds.", Light.OPEN,
                        Footing.CARRIES),
                new Case("the wrong way round", audit("TOLD_THE_OTHER_WAY", audit -> {
                }), "Something is the wrong way round: what the model was trained on scores lower than what it was not, so an outsider who"
                        + " turns the scores round can tell it.", Light.ALARM, Footing.CARRIES),
                new Case("identifiers", SnapshotInputs.identifiersRemembered().document(),
                        "Yes: the model remembers names, dates or other identifiers from the notes, although whole sentences do not"
                                + " show it.",
                        Light.ALARM, Footing.CARRIES),
                new Case("a rare disease", StratifiedReports.rare(StrataInAuditTest.QUICK).document(),
                        "Yes, of some patients, unless the two groups differ for another reason: those with disease rare can be told,"
                                + " although the average of all does not show it.",
                        Light.ALARM, Footing.NOT_SHOWN),
                new Case("a leak beyond a control", Reports.controlled(Evaluation.withDefaults().withSmallestCount(1)).document(),
                        "Yes: an outsider can tell 40 of 40 patients whose notes were used, wrongly accusing 1 in 10 others.", Light.ALARM,
                        Footing.NOT_SHOWN),
                new Case("a target that does not work", SnapshotInputs.identifiersOfABrokenTarget().document(),
                        "This audit can't say: the model does not work as a language model, so it shows nothing, whatever it remembers.",
                        Light.OPEN, Footing.CANNOT));
    }

    @ParameterizedTest
    @MethodSource("audits")
    void theFirstSentenceIsRight(Case audit) {
        Decision decision = Decision.of(audit.document);

        assertEquals(audit.answer, decision.answer());
        assertEquals(audit.light, decision.light());
        assertEquals(audit.footing, decision.footing());
    }

    @ParameterizedTest
    @MethodSource("audits")
    void everyOutputSaysItInTheSameWords(Case audit) {
        Decision decision = Decision.of(audit.document);
        Publication publication = Publication.of(EditedAudit.read(audit.document));
        String page = Jsoup.parse(publication.toHtml()).select("#decision").text().replace('\u00a0', ' ');
        List<String> said = Stream.concat(Stream.of(decision.answer(), decision.footing().words(), decision.why(), decision.nextStep()),
                decision.sureness().stream()).toList();
        for (String words : said) {
            assertTrue(page.contains(words), page);
            assertTrue(audit.document.toText().contains(words), audit.document.toText());
            assertTrue(publication.toMarkdown().contains(Markdown.text(words)), publication.toMarkdown());
            assertTrue(publication.toModelCard().contains(Markdown.text(words)), publication.toModelCard());
        }
    }

    /** What is on the first screen, the bars' words too. */
    @ParameterizedTest
    @MethodSource("audits")
    void theFirstScreenIsShortAndInPlainWords(Case audit) {
        AuditDocument filed = audit.document.withSubject(FILED);
        Element body = Jsoup.parse(Publication.of(EditedAudit.read(filed)).toHtml()).body();
        body.select(".away").remove(); // is read aloud and not seen
        String words = body.select("h1").text() + " " + body.select(".subject").text() + " " + body.select("#decision").text();
        assertTrue(words.split("\\s+").length <= MOST_WORDS, words.split("\\s+").length + " words: " + words);
        assertFalse(JARGON.matcher(words).find(), words);
    }

    @Test
    void aControlIsSaidWhereItsRateIsKnown() {
        AuditDocument document = Reports.controlled(Evaluation.withDefaults().withSmallestCount(1)).document();
        Decision.Gain first = Decision.of(document).gains().get(0);
        ByPatient patients = document.main().strongest().byPatient().orElseThrow();

        assertEquals(0.1, first.rate());
        assertEquals("1 in 10", first.accepted());
        assertEquals(patients.tprAtFpr().get(0).tpr().orElseThrow()
                - patients.control().orElseThrow().tprDifferences().get(0).orElseThrow(), first.control().orElseThrow(), 1e-9);
        assertTrue(document.toText().contains("; of a model that never saw them "), document.toText());
    }

    /** 0.76 to 0.96 of one attack alone; SciPy, as {@code Interval.ofLargest} says, makes 0.7363 of 0.76 for the better of two. */
    @Test
    void theLowerEndAllowsForTheChoiceOfTheAttack() {
        AuditDocument document = audit("MEMBERS_CAN_BE_TOLD", audit -> {
        });
        Decision decision = Decision.of(document);
        assertEquals(2, document.main().attacks().size());
        assertEquals(Optional.of("Sure to 95 %: 29 to 39 of 40 patients. Whoever guesses gets 4."), decision.sureness());
        assertEquals(0.7363, decision.gains().get(0).interval().orElseThrow().lower(), 1e-3);
        assertEquals(0.96, decision.gains().get(0).interval().orElseThrow().upper());

        AuditDocument ofOne = audit("MEMBERS_CAN_BE_TOLD", audit -> {
            audit.comparison().getAsJsonArray("attacks").remove(1);
            audit.comparison().add("strongestAttack", audit.attack().get("name"));
        });
        assertEquals(Optional.of("Sure to 95 %: 30 to 39 of 40 patients. Whoever guesses gets 4."), Decision.of(ofOne).sureness());
    }

    /** All but few of 40 patients: at least 36, or what the document says. */
    @Test
    void theBarOfAHiddenCountReachesAsFarAsIsTold() {
        AuditDocument document = audit("MEMBERS_CAN_BE_TOLD", audit -> audit.comparison().getAsJsonArray("attacks").forEach(attack -> {
            JsonObject point = at(attack.getAsJsonObject().getAsJsonObject("byPatient"), "tprAtFpr", 0);
            nothing(point, "tpr");
            point.addProperty("members", "ALL_BUT_FEW");
            point.addProperty("tprAtLeast", 0.9);
            point.addProperty("suppressed", true);
        }));
        Decision.Gain gain = Decision.of(document).gains().get(0);

        assertEquals(Optional.empty(), gain.found());
        assertEquals(0.9, gain.atLeast());
        assertEquals("width: 90%", Jsoup.parse(Publication.of(EditedAudit.read(document)).toHtml()).select(".bar .found").first()
                .attr("style"));
    }

    @Test
    void whatIsFoundInAFewAloneHasNoRangeThatHoldsGuessing() {
        AuditDocument document = audit("MEMBERS_CAN_BE_TOLD", audit -> {
            exposed(audit, 0, 36, 0.05, 0.96);
            audit.comparison().getAsJsonArray("attacks").forEach(attack -> attack.getAsJsonObject().getAsJsonObject("byPatient")
                    .getAsJsonObject("aucInterval").addProperty("lower", 0.45));
        });
        assertEquals(Optional.of("Sure to 95 %: this is more than chance; how many can be told is not known."),
                Decision.of(document).sureness());
    }

    @Test
    void aRateThatIsNoNthIsInPercent() {
        AuditDocument document = audit("MEMBERS_CAN_BE_TOLD", audit -> audit.comparison().getAsJsonArray("attacks")
                .forEach(attack -> {
                    at(attack.getAsJsonObject().getAsJsonObject("byPatient"), "tprAtFpr", 0).addProperty("atFpr", 0.03);
                    at(attack.getAsJsonObject(), "tprAtFpr", 0).addProperty("atFpr", 0.03);
                }));
        Decision.Gain first = Decision.of(document).gains().get(0);
        assertEquals("3 %", first.accepted());
        assertEquals("3 % of the others", first.others());
    }

    @Test
    void theLastRatesAreOneRowWhereNoneCanBeMeasured() {
        Decision decision = Decision.of(audit("MEMBERS_CAN_BE_TOLD", audit -> {
        }));
        assertEquals(List.of("1 in 10", "1 in 100", "1 in 1000"), decision.gains().stream().map(Decision.Gain::accepted).toList());
        assertEquals(List.of("1 in 10", "1 in 100 or fewer"), decision.shown().stream().map(Decision.Gain::accepted).toList());
        assertEquals("1 in 100 others or fewer", decision.shown().get(1).others());
        assertEquals(Optional.of(false), decision.shown().stream().skip(1).map(gain -> gain.found().isPresent()).findFirst());

        Decision ofOne = new Decision(decision.answer(), decision.light(), decision.sureness(), decision.footing(), decision.why(),
                decision.nextStep(), decision.gains().subList(0, 2));
        assertEquals(ofOne.gains(), ofOne.shown());
    }

    @Test
    void ratesThatDoNotFallAreNotOneRow() {
        Decision decision = Decision.of(audit("MEMBERS_CAN_BE_TOLD", audit -> {
        }));
        Decision upwards = new Decision(decision.answer(), decision.light(), decision.sureness(), decision.footing(), decision.why(),
                decision.nextStep(), List.of(decision.gains().get(0), decision.gains().get(2), decision.gains().get(1)));
        assertEquals(upwards.gains(), upwards.shown());
    }
}
