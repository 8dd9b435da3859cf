package io.github.miaudit.report.output.dossier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.AuditReport;
import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.Decision;
import io.github.miaudit.report.StrataFigures;
import io.github.miaudit.report.output.Publication;
import io.github.miaudit.report.output.TestReports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What dossiers say of audits of every kind, and that nothing in them does anything to a reader. */
class DossierAnswersTest {

    private static final List<String> PAGES = List.of("dossier.html", "edpb.html", "aisvs.html", "sacro.html");
    private static final String RELEASE = "decision:\n  outcome: release-with-conditions\n  signatories:\n    - name: A. Meier\n";

    @TempDir
    private static Path folder;
    /** Of each page, the elements that it has with honest names. */
    private static final Map<String, Set<String>> HONEST = new HashMap<>();

    @BeforeAll
    static void honest() {
        Dossier honest = dossier(withoutExcerpts("honest"), stated("honest"));
        PAGES.forEach(page -> HONEST.put(page, elements(honest.text(page))));
    }

    static Stream<Arguments> audits() {
        return Stream.of(audit(Conclusion.MEMBERS_CAN_BE_TOLD, TestReports::leaking, "Outsiders can tell"),
                audit(Conclusion.IDENTIFIERS_ARE_REMEMBERED, TestReports::identifiersRemembered, "remembers identifiers"),
                audit(Conclusion.A_STRATUM_CAN_BE_TOLD, TestReports::rareStratum, "those with disease = rare"),
                audit(Conclusion.TOO_FEW, TestReports::fewPatients, "Too few were compared"),
                audit(Conclusion.NOT_INTERPRETABLE, TestReports::broken, "not interpretable"),
                audit(Conclusion.NO_DIFFERENCE_DETECTED, TestReports::quiet, "it can't rule a leak out"));
    }

    private static Arguments audit(Conclusion conclusion, Supplier<AuditReport> report, String reason) {
        return Arguments.of(conclusion, report, reason);
    }

    /** None of these audits supports a release, so whoever states one is contradicted before all else. */
    @ParameterizedTest
    @MethodSource("audits")
    void noReleaseRestsOnAnAuditThatDoesNotSupportIt(Conclusion conclusion, Supplier<AuditReport> report, String reason) {
        Dossier dossier = dossier(report.get().toJson(), RELEASE);
        assertEquals(conclusion, dossier.document().conclusion());
        assertFalse(dossier.document().supportsRelease());
        String alarms = String.join(" ", dossier.document().alarms());
        assertTrue(alarms.contains("supports no release") && alarms.contains(reason), alarms);
        PAGES.forEach(page -> {
            String banner = Jsoup.parse(dossier.text(page)).select(".banner").text();
            assertTrue(banner.contains("supports no release"), page);
            assertTrue(Jsoup.parse(dossier.text(page)).select("h2 + p").stream()
                    .filter(answer -> answer.text().equals(dossier.document().answer()))
                    .allMatch(answer -> answer.previousElementSibling().text()
                            .endsWith("Can an outsider tell what the model was trained on?")),
                    page);
            assertTrue(dossier.text(page).contains("Can an outsider tell"), page);
        });
    }

    /** The one answer that supports a release is the one that is clear in every other output; edited, as no quick audit is so sure. */
    @Test
    void aReleaseIsSupportedOnlyWhereTheAnswerIsClear() {
        JsonObject json = JsonParser.parseString(TestReports.quiet().toJson()).getAsJsonObject();
        JsonObject validity = json.getAsJsonArray("comparisons").get(0).getAsJsonObject().getAsJsonObject("validity");
        validity.addProperty("verdict", "VALID");
        Dossier clear = dossier(json.toString(), RELEASE);
        assertEquals(Decision.Light.CLEAR, Decision.of(AuditDocument.parse(Path.of("clear"), json.toString())).light());
        assertEquals(List.of(), clear.document().against());
        assertEquals(List.of(), clear.document().alarms());
        for (String verdict : List.of("SHIFTED", "UNDECIDED", "NOT_CHECKED")) {
            validity.addProperty("verdict", verdict);
            assertFalse(dossier(json.toString(), RELEASE).document().supportsRelease(), verdict);
        }
    }

    @Test
    void whatWasNotTestedFollowsFromTheAudit() {
        String ofLosses = String.join(" ", dossier(TestReports.leaking().toJson(), RELEASE).document().notTested());
        for (String missing : List.of("remembers identifiers", "A control model", "Canaries", "scores were computed elsewhere",
                "labels, outputs", "prompting", "attribute inference", "languages")) {
            assertTrue(ofLosses.contains(missing), missing);
        }
        String ofNames = String.join(" ", dossier(TestReports.identifiersRemembered().toJson(), RELEASE).document().notTested());
        assertFalse(ofNames.contains("Whether the model remembers identifiers") || ofNames.contains("computed elsewhere"), ofNames);
        assertFalse(String.join(" ", dossier(TestReports.canaries().toJson(), RELEASE).document().notTested()).contains("Canaries"));
    }

    /** What stands in a cell of the audit's page stands in that of each page of the dossier, letter by letter. */
    @ParameterizedTest
    @MethodSource("audits")
    void figuresAreWrittenAsOnTheAuditsPage(Conclusion conclusion, Supplier<AuditReport> report, String reason) {
        Document audit = Jsoup.parse(Publication.of(report.get()).toHtml());
        Dossier dossier = dossier(report.get().toJson(), RELEASE);
        int rates = report.get().document().main().attacks().get(0).tprAtFpr().size();
        boolean byPatient = report.get().document().main().byPatient();
        for (String name : PAGES) {
            Document page = Jsoup.parse(dossier.text(name));
            List<List<String>> sentences = rows(page, "By sentence, against the non-members");
            List<List<String>> expected = rows(audit, "Attacks by sentence against non-members");
            assertFalse(sentences.isEmpty(), name);
            assertEquals(expected.size(), sentences.size(), name);
            for (int row = 0; row < expected.size(); row++) {
                assertEquals(withoutInterval(expected.get(row).subList(0, 2)), sentences.get(row).subList(0, 2), name);
                assertEquals(expected.get(row).subList(3, 3 + rates), sentences.get(row).subList(2, 2 + rates), name);
            }
            List<List<String>> patients = rows(page, "By patient, against the non-members");
            assertEquals(!byPatient, patients.isEmpty(), name);
            assertEquals(rows(audit, "Attacks by patient against non-members").stream().map(row -> withoutInterval(row.subList(0, 2)))
                    .toList(), patients.stream().map(row -> row.subList(0, 2)).toList(), name);
            assertEquals(List.of(), page.select("th[scope=col], td:contains(%)").eachText().stream().filter(cell -> cell.contains("%"))
                    .toList(), name);
        }
    }

    /** What the dossier says where the audit's page leaves the brackets out. */
    private static List<String> withoutInterval(List<String> cells) {
        return cells.stream().map(cell -> cell.matches("[0-9.]+") ? cell + " (no interval: too few)" : cell).toList();
    }

    private static List<List<String>> rows(Document page, String table) {
        return page.select("[aria-label='" + table + "'] tbody tr").stream()
                .map(row -> row.children().eachText().stream().map(cell -> cell.replace('\u00a0', ' ')).toList()).toList();
    }

    /** Cell by cell as audit.json has them, on each page; and nothing of strata where there are none. */
    @Test
    void figuresByStratumAreTheAudits() {
        StrataFigures strata = TestReports.rareStratum().document().strata().orElseThrow();
        Dossier dossier = dossier(TestReports.rareStratum().toJson(), RELEASE);
        assertEquals(Optional.of(strata), dossier.document().strata());
        assertFalse(dossier.document().notTested().toString().contains("strata"));
        for (String name : PAGES) {
            Document page = Jsoup.parse(dossier.text(name));
            assertTrue(page.text().contains(strata.answer()), name);
            for (StrataFigures.Variable variable : strata.variables()) {
                List<List<String>> rows = page.select("[aria-label^=" + variable.name() + "] tbody tr").stream()
                        .map(row -> row.children().eachText()).toList();
                assertEquals(variable.strata().size(), rows.size());
                for (int row = 0; row < rows.size(); row++) {
                    StrataFigures.Stratum stratum = variable.strata().get(row);
                    assertEquals(stratum.name(), rows.get(row).get(0));
                    assertEquals(stratum.members() + " against " + stratum.nonMembers(), rows.get(row).get(1));
                    assertEquals(List.of(stratum.auc(), stratum.aucInterval().lower(), stratum.aucInterval().upper()),
                            numbers(rows.get(row).get(2)));
                    assertEquals(
                            List.of(stratum.sentenceAuc(), stratum.sentenceAucInterval().lower(), stratum.sentenceAucInterval().upper()),
                            numbers(rows.get(row).get(3)));
                    assertEquals(variable.exposedAtFpr().isPresent(), rows.get(row).size() == 6, name);
                }
            }
            assertFalse(dossier(TestReports.leaking().toJson(), RELEASE).text(name).contains("Results by stratum"), name);
        }
    }

    private static List<Double> numbers(String cell) {
        return Pattern.compile("[0-9.]+").matcher(cell).results().map(number -> Double.valueOf(number.group())).toList();
    }

    @Test
    void canariesRefuteAnEpsilon() {
        double bound = TestReports.canaries().document().main().attacks().get(0).canaryBound().orElseThrow().epsilonLowerBound();
        assertTrue(bound > 0.1, "bound " + bound);
        String json = TestReports.canaries().toJson();
        assertTrue(dossier(json, "training: {epsilon: 0.1}").document().against().toString().contains("the stated epsilon is 0.1"));
        assertTrue(dossier(json, RELEASE).document().against().toString().contains("no epsilon is stated"));
        assertFalse(dossier(json, "training: {epsilon: 1000}").document().against().toString().contains("Canaries"));
    }

    @ParameterizedTest
    @MethodSource("io.github.miaudit.report.output.TestReports#hostileNames")
    void namesAreInertInEveryPageAndVerify(String name) throws IOException {
        Dossier dossier = dossier(withoutExcerpts(name), stated(name));
        for (String page : PAGES) {
            TreeSet<String> extra = elements(dossier.text(page));
            extra.removeAll(HONEST.get(page));
            assertEquals(List.of(), List.copyOf(extra), page);
            assertPlain(dossier.text(page));
        }
        Path file = folder.resolve("hostile.zip");
        dossier.write(file);
        assertEquals(dossier.document(), VerifiedDossier.of(file, Optional.empty()).document());
    }

    /** What makers state, and strata: as above. */
    @ParameterizedTest
    @MethodSource("io.github.miaudit.report.output.TestReports#hostileNames")
    void namesOfStrataAreInertInEveryPageAndVerify(String name) throws IOException {
        Dossier honest = dossier(TestReports.strataNamed("honest").toJson(), stated("honest"));
        Dossier dossier = dossier(TestReports.strataNamed(name).toJson(), stated(name));
        for (String page : PAGES) {
            TreeSet<String> extra = elements(dossier.text(page));
            extra.removeAll(elements(honest.text(page)));
            assertEquals(List.of(), List.copyOf(extra), page);
            assertTrue(dossier.text(page).contains("Results by stratum"), page);
            assertPlain(dossier.text(page));
        }
        assertPlain(dossier.text("dossier.json"));
        Path file = folder.resolve("strata.zip");
        dossier.write(file);
        VerifiedDossier verified = VerifiedDossier.of(file, Optional.empty());
        assertEquals(dossier.document(), verified.document());
        assertPlain(String.join("\n", verified.toLines()));
    }

    private static void assertPlain(String text) {
        assertEquals(List.of(), text.codePoints().filter(each -> Character.getType(each) == Character.FORMAT
                || Character.isISOControl(each) && each != '\n').boxed().toList());
    }

    /** Whatever may stand in YAML; JSON's escapes are YAML's too. */
    private static String stated(String name) {
        JsonArray list = new JsonArray();
        list.add(name.codePointCount(0, name.length()) > 1000 || name.isBlank() ? "name" : name);
        String text = list.get(0).toString().chars().mapToObj(each -> each < 0x7f || Character.isSurrogate((char) each)
                ? Character.toString(each) : String.format(Locale.ROOT, "\\u%04x", each)).collect(Collectors.joining());
        return text.codePoints().anyMatch(each -> Character.isSurrogate((char) each)) ? "mitigations: [x]"
                : "mitigations: [" + text + "]\nthreat-model: " + text + "\nrecipients: [{who: " + text + ", access: logits}]\n"
                        + "decision: {outcome: no-release, reason: " + text + ", signatories: [{name: " + text + "}]}";
    }

    private static String withoutExcerpts(String name) {
        JsonObject json = JsonParser.parseString(TestReports.withExcerpts(name).toJson()).getAsJsonObject();
        json.add("excerpts", new JsonArray());
        return json.toString();
    }

    /** Elements with the names of their attributes. */
    private static TreeSet<String> elements(String html) {
        return Jsoup.parse(html).getAllElements().stream()
                .map(element -> element.tagName() + element.attributes().asList().stream().map(Map.Entry::getKey).sorted().toList())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theExampleOfTheDocumentationIsReadAndStatesAll() throws IOException {
        Matcher example = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("../docs/dossier.md")));
        assertTrue(example.find());
        Dossier dossier = dossier(TestReports.leaking().toJson(), example.group(1));
        assertEquals(List.of(), dossier.document().notStated());
        assertEquals(List.of("Attacks were fixed beforehand that the audit does not report: residual."), dossier.document().alarms());
    }

    private static Dossier dossier(String audit, String stated) {
        try {
            Path facts = Files.writeString(folder.resolve("stated.yaml"), stated);
            return Dossier.of(Path.of("audit.json"), audit.getBytes(StandardCharsets.UTF_8), DossierFacts.read(facts), Optional.empty(),
                    DossierTest.DAY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
