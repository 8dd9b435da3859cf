package io.github.miaudit.report.output;

import static io.github.miaudit.report.output.EditedAudit.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.ComparisonReport;
import io.github.miaudit.report.ComparisonDecision;
import io.github.miaudit.report.Decision.Footing;
import io.github.miaudit.report.Decision.Light;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The first sentence of invented comparisons of B with A: what whoever has to decide reads, and perhaps nothing else. */
class ComparisonDecisionTest {

    private static final String MADE = Comparisons.ofTwo().toJson();
    private static final String FOUND = ": an outsider finds 12 of 40 patients by B and 36 of 40 by A, wrongly accusing 1 in 10 others.";
    private static final String UNKNOWN = "Whether B leaks less than A can't be told: ";
    private static final String UNLESS = ", unless the two groups differ for another reason";

    private record Case(String name, ComparisonReport report, String answer, Light light, Footing footing) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** As if sets were alike, 36 of 40 patients were found by A and 12 by B, and what is found in B is a leak. */
    private static ComparisonReport comparison(String verdict, Consumer<JsonObject> edit) {
        JsonObject json = JsonParser.parseString(MADE).getAsJsonObject();
        at(json, "verdicts", 0).addProperty("verdict", verdict);
        ofAudits(json, audit -> {
            validity(audit, "VALID");
            concludes(audit, "MEMBERS_CAN_BE_TOLD");
        });
        found(json, 0, 36);
        found(json, 1, 12);
        edit.accept(json);
        try {
            Path file = Files.createTempFile("comparison", ".json");
            ComparisonReport read = ComparisonReport.read(Files.writeString(file, json.toString()));
            Files.delete(file);
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject audit(JsonObject json, int version) {
        return at(json, "cells", version).getAsJsonObject("audit");
    }

    private static void ofAudits(JsonObject json, Consumer<JsonObject> edit) {
        edit.accept(audit(json, 0));
        edit.accept(audit(json, 1));
    }

    private static JsonObject main(JsonObject audit) {
        return at(audit, "comparisons", 0);
    }

    private static void validity(JsonObject audit, String verdict) {
        main(audit).getAsJsonObject("validity").addProperty("verdict", verdict);
    }

    private static void concludes(JsonObject audit, String conclusion) {
        audit.addProperty("conclusion", conclusion);
        main(audit).addProperty("conclusion", conclusion);
    }

    private static Stream<JsonObject> attacks(JsonObject audit) {
        return main(audit).getAsJsonArray("attacks").asList().stream().map(JsonElement::getAsJsonObject);
    }

    private static void found(JsonObject json, int version, int patients) {
        attacks(audit(json, version)).map(attack -> attack.getAsJsonObject("byPatient")).forEach(byPatient -> {
            at(byPatient, "exposed", 0).addProperty("patients", patients);
            at(byPatient, "tprAtFpr", 0).addProperty("tpr", patients / 40.0);
            at(byPatient, "tprAtFpr", 0).add("tprInterval", JsonParser.parseString(String.format(Locale.ROOT,
                    "{'lower': %s, 'upper': %s, 'level': 0.95, 'method': 'cluster-bootstrap'}".replace('\'', '"'),
                    Math.max(0, patients - 6) / 40.0, Math.min(40, patients + 6) / 40.0)));
        });
    }

    /** What is told of B where it is of few, or of A where it is of all but few. */
    private static void hide(JsonObject json, int version, String members, double lower, double upper) {
        found(json, version, 0);
        attacks(audit(json, version)).map(attack -> attack.getAsJsonObject("byPatient")).forEach(byPatient -> {
            at(byPatient, "exposed", 0).add("patients", JsonNull.INSTANCE);
            at(byPatient, "exposed", 0).addProperty("members", members);
            JsonObject point = at(byPatient, "tprAtFpr", 0);
            point.addProperty("members", members);
            point.addProperty("suppressed", true);
            at(byPatient, "exposed", 0).addProperty("suppressed", true);
            if (members.equals("FEW")) {
                point.addProperty("tprAtMost", 0.1);
            } else if (members.equals("ALL_BUT_FEW")) {
                point.addProperty("tprAtLeast", 0.9);
            }
            point.add("tpr", JsonNull.INSTANCE);
            point.getAsJsonObject("tprInterval").addProperty("lower", lower);
            point.getAsJsonObject("tprInterval").addProperty("upper", upper);
        });
    }

    private static void differences(JsonObject json, Consumer<JsonObject> edit) {
        json.getAsJsonArray("differences").forEach(each -> edit.accept(each.getAsJsonObject()));
    }

    private static void difference(JsonObject each, double difference, double lower, double upper, boolean detected) {
        each.addProperty("difference", difference);
        each.getAsJsonObject("interval").addProperty("lower", lower);
        each.getAsJsonObject("interval").addProperty("upper", upper);
        each.addProperty("detected", detected);
    }

    private static void undetected(JsonObject json) {
        differences(json, each -> difference(each, -0.01, -0.03, 0.01, false));
    }

    private static void useful(JsonObject json, double before, double now) {
        json.addProperty("utilityName", "F1");
        at(json, "utilities", 0).addProperty("stated", before);
        at(json, "utilities", 1).addProperty("stated", now);
    }

    /** How much more B loses than A, and whether that is found. */
    private static void loses(JsonObject json, double lower, double upper, boolean detected) {
        at(json, "utilities", 1).addProperty("difference", (lower + upper) / 2);
        at(json, "utilities", 1).add("interval", JsonParser.parseString(String.format(Locale.ROOT,
                "{\"lower\": %s, \"upper\": %s, \"level\": 0.95, \"method\": \"hall\"}", lower, upper)));
        at(json, "utilities", 1).addProperty("detected", detected);
    }

    static Stream<Arguments> usefulness() {
        String stated = " B is also less useful: F1 0.81 instead of 0.86.";
        String lost = " B also predicts new notes less well.";
        return Stream.of(
                arguments("less useful as stated", "LEAKS_LESS", (Consumer<JsonObject>) json -> useful(json, 0.86, 0.81), stated),
                arguments("as stated first", "LEAKS_LESS", (Consumer<JsonObject>) json -> {
                    useful(json, 0.86, 0.81);
                    loses(json, 0.01, 0.2, true);
                }, stated),
                arguments("loses surely", "LEAKS_LESS", (Consumer<JsonObject>) json -> loses(json, 0.01, 0.2, true), lost),
                arguments("loses surely, more useful as stated", "LEAKS_LESS", (Consumer<JsonObject>) json -> {
                    useful(json, 0.81, 0.86);
                    loses(json, 0.01, 0.2, true);
                }, lost),
                arguments("perhaps loses", "LEAKS_LESS", (Consumer<JsonObject>) json -> loses(json, 0, 0.2, true), ""),
                arguments("loses alone, not among all versions", "LEAKS_LESS", (Consumer<JsonObject>) json -> loses(json, 0.01, 0.2, false),
                        ""),
                arguments("loses, of fewer patients than is said of", "LEAKS_LESS", (Consumer<JsonObject>) json -> {
                    loses(json, 0.01, 0.2, true);
                    at(json, "utilities", 1).add("detected", JsonNull.INSTANCE);
                }, ""),
                arguments("as useful", "LEAKS_LESS", (Consumer<JsonObject>) json -> useful(json, 0.86, 0.86), ""),
                arguments("no answer of less", "NO_DIFFERENCE_FOUND", (Consumer<JsonObject>) json -> {
                    undetected(json);
                    useful(json, 0.86, 0.81);
                    loses(json, 0.01, 0.2, true);
                }, ""));
    }

    /** Less leak that costs use says so in one sentence, on the first screen, and in no other case. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("usefulness")
    void lessLeakSaysWhatItCosts(String name, String verdict, Consumer<JsonObject> edit, String said) {
        ComparisonReport report = comparison(verdict, edit);
        String sureness = ComparisonDecision.of(report.document()).versions().get(0).sureness().orElseThrow();
        assertTrue(sureness.endsWith((verdict.equals("LEAKS_LESS") ? "notes were used." : "4 times in 5.") + said), sureness);
        pageAndTextSayItInTheSameWords(new Case(name, report, "", Light.OPEN, Footing.CARRIES));
        theFirstScreenIsShortAndInPlainWords(new Case(name, report, "", Light.OPEN, Footing.CARRIES));
    }

    static Stream<Case> comparisons() {
        return Stream.of(
                new Case("less, but less useful too", comparison("LEAKS_LESS", json -> useful(json, 0.86, 0.81)),
                        "B leaks less than A" + FOUND,
                        Light.OPEN, Footing.CARRIES),
                new Case("less", comparison("LEAKS_LESS", json -> {
                }), "B leaks less than A" + FOUND, Light.OPEN, Footing.CARRIES),
                new Case("less, and nothing is found any more", comparison("LEAKS_LESS", json -> {
                    validity(audit(json, 1), "UNDECIDED");
                    concludes(audit(json, 1), "NO_DIFFERENCE_DETECTED");
                }), "B leaks less than A" + FOUND, Light.CLEAR, Footing.CARRIES),
                new Case("less, by sets that may differ", comparison("LEAKS_LESS", json -> ofAudits(json,
                        audit -> validity(audit, "UNDECIDED"))), "B leaks less than A" + UNLESS + FOUND, Light.OPEN, Footing.NOT_SHOWN),
                new Case("less, by sets that nobody checked", comparison("LEAKS_LESS", json -> validity(audit(json, 1), "NOT_CHECKED")),
                        "B leaks less than A" + UNLESS + FOUND, Light.OPEN, Footing.NOT_SHOWN),
                new Case("less, by sets that overlap", comparison("LEAKS_LESS", json -> ofAudits(json, audit -> main(audit)
                        .getAsJsonObject("validity")
                        .add("overlap", JsonParser.parseString("{\"exact\": 1, \"near\": 0, \"nearAmong\": 480}")))),
                        "B leaks less than A" + FOUND, Light.OPEN, Footing.WITH_RESERVATIONS),
                new Case("less, but no fewer patients", comparison("LEAKS_LESS", json -> found(json, 1, 37)),
                        "B leaks less than A on the whole, though not of those who stand out: an outsider finds 37 of 40 patients by B and"
                                + " 36 of 40 by A, wrongly accusing 1 in 10 others.",
                        Light.OPEN, Footing.WITH_RESERVATIONS),
                new Case("less, of counts that are hidden", comparison("LEAKS_LESS", json -> {
                    ofAudits(json, audit -> audit.getAsJsonObject("settings").addProperty("smallestCount", 5));
                    hide(json, 0, "ALL_BUT_FEW", 0.7, 1);
                    hide(json, 1, "FEW", 0, 0.3);
                }), "B leaks less than A: an outsider finds fewer than 5 of 40 patients by B and all but fewer than 5 of 40 by A, wrongly"
                        + " accusing 1 in 10 others.", Light.OPEN, Footing.CARRIES),
                new Case("less, of counts that are not told", comparison("LEAKS_LESS", json -> {
                    hide(json, 1, "NOT_AT_ALL", 0, 1);
                    attacks(audit(json, 1)).forEach(attack -> at(attack.getAsJsonObject("byPatient"), "tprAtFpr", 0).add("tprInterval",
                            JsonNull.INSTANCE));
                }), "B leaks less than A.", Light.OPEN, Footing.CARRIES),
                new Case("more", comparison("LEAKS_MORE", json -> {
                    differences(json, each -> difference(each, 0.3, 0.2, 0.4, true));
                    found(json, 0, 12);
                    found(json, 1, 36);
                }), "B leaks more than A: an outsider finds 36 of 40 patients by B and 12 of 40 by A, wrongly accusing 1 in 10 others.",
                        Light.ALARM, Footing.CARRIES),
                new Case("within the margin", comparison("SAME", json -> {
                    differences(json, each -> each.addProperty("withinMargin", true));
                    found(json, 1, 36);
                }), "B leaks the same as A, as far as the attacks tried can see.", Light.OPEN, Footing.CARRIES),
                new Case("none found", comparison("NO_DIFFERENCE_FOUND", ComparisonDecisionTest::undetected),
                        "No difference was found between B and A; there may still be one.", Light.OPEN,
                        Footing.CARRIES),
                new Case("none found of few", comparison("NO_DIFFERENCE_FOUND", json -> {
                    undetected(json);
                    differences(json, each -> each.add("smallestDetectable", JsonNull.INSTANCE));
                    validity(audit(json, 1), "UNDECIDED");
                }), "No difference was found between B and A; there may still be one.", Light.OPEN,
                        Footing.NOT_SHOWN),
                new Case("does not work", comparison("MODEL_NOT_WORKING", json -> at(audit(json, 1), "targetChecks", 0)
                        .addProperty("outcome", "FAILED")), UNKNOWN + "B does not work as a language model.", Light.OPEN, Footing.CANNOT),
                new Case("too few", comparison("TOO_FEW", json -> ofAudits(json, audit -> attacks(audit).forEach(attack -> {
                    attack.add("aucInterval", JsonNull.INSTANCE);
                    attack.getAsJsonObject("byPatient").add("aucInterval", JsonNull.INSTANCE);
                }))), UNKNOWN + "too few patients, or sentences, were compared.", Light.OPEN, Footing.NOT_SHOWN),
                new Case("the sets differ", comparison("NOT_INTERPRETABLE", json -> validity(audit(json, 1), "NOT_INTERPRETABLE")),
                        UNKNOWN + "the two groups of notes differ in more than whether a model was trained on them.", Light.OPEN,
                        Footing.CANNOT),
                new Case("less, or a shift", comparison("SHIFT_MAY_EXPLAIN", json -> {
                    ofAudits(json, audit -> validity(audit, "SHIFTED"));
                    differences(json, each -> difference(each, -0.1, -0.19, -0.01, true));
                }), UNKNOWN + "they differ, but the two groups of notes differ in other ways too, which may be all of it.", Light.OPEN,
                        Footing.CANNOT),
                new Case("the wrong way round", comparison("TOLD_THE_OTHER_WAY", json -> concludes(audit(json, 1), "TOLD_THE_OTHER_WAY")),
                        UNKNOWN + "what a model was trained on scores lower than what it was not, so an outsider turns the scores round.",
                        Light.ALARM, Footing.CANNOT),
                new Case("patients disagree with sentences", comparison("ATTACKS_DISAGREE", json -> json.getAsJsonArray("differences")
                        .asList().stream().map(JsonElement::getAsJsonObject)
                        .filter(each -> each.get("ranked").getAsString().equals("PATIENTS"))
                        .forEach(each -> difference(each, 0.3, 0.2, 0.4, true))),
                        UNKNOWN + "by one way of looking it leaks less, and by another more.", Light.OPEN, Footing.CARRIES));
    }

    @ParameterizedTest
    @MethodSource("comparisons")
    void theFirstSentenceIsRight(Case comparison) {
        ComparisonDecision.OfVersion said = ComparisonDecision.of(comparison.report.document()).versions().get(0);

        assertEquals(comparison.answer, said.answer());
        assertEquals(comparison.light, said.light());
        assertEquals(comparison.footing, said.footing());
    }

    @ParameterizedTest
    @MethodSource("comparisons")
    void pageAndTextSayItInTheSameWords(Case comparison) {
        ComparisonDecision.OfVersion said = ComparisonDecision.of(comparison.report.document()).versions().get(0);
        String page = Jsoup.parse(ComparisonPublication.of(comparison.report).toHtml()).select("#decision").text().replace('\u00a0', ' ');
        String text = comparison.report.toText();
        Stream.concat(Stream.of(said.answer(), said.footing().words() + ". " + said.why(), said.nextStep()), said.sureness().stream())
                .forEach(words -> {
                    assertTrue(page.contains(words), words + " is not in " + page);
                    assertTrue(text.contains(words), words + " is not in " + text);
                });
        assertTrue(text.startsWith(said.answer()), text);
    }

    @ParameterizedTest
    @MethodSource("comparisons")
    void theFirstScreenIsShortAndInPlainWords(Case comparison) {
        ComparisonReport filed = comparison.report.withSubject(DecisionTest.FILED);
        Element body = Jsoup.parse(ComparisonPublication.of(filed).toHtml()).body();
        body.select(".away").remove(); // is read aloud and not seen
        String words = body.select("h1").text() + " " + body.select(".subject").text() + " " + body.select("#decision").text();
        assertTrue(words.split("\\s+").length <= DecisionTest.MOST_WORDS, words.split("\\s+").length + " words: " + words);
        assertFalse(DecisionTest.JARGON.matcher(words).find(), words);
    }

    /** Bars where the figures of both are told and the verdict is an answer: each with its interval and the line of guessing. */
    @ParameterizedTest
    @MethodSource("comparisons")
    void barsAreOfVersionsThatAreCompared(Case comparison) {
        List<String> versions = ComparisonDecision.of(comparison.report.document()).gains().stream()
                .map(ComparisonDecision.VersionGain::version).toList();
        boolean compared = comparison.report.document().verdicts().get(0).verdict().isAnswer() && !comparison.answer.endsWith("than A.");
        assertEquals(compared ? List.of("A", "B") : List.of(), versions);
        Element page = Jsoup.parse(ComparisonPublication.of(comparison.report).toHtml()).body();
        assertEquals(versions.size(), page.select("#decision .bar .range").size());
        assertEquals(versions.size(), page.select("#decision .bar .chance").size());
    }
}
