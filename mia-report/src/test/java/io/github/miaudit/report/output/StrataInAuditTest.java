package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.AuditReport;
import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.report.Decision;
import io.github.miaudit.report.StrataFigures.Shown;
import io.github.miaudit.report.StrataFigures.Stratum;
import io.github.miaudit.report.StrataFigures.Variable;
import io.github.miaudit.report.StrataFigures.Verdict;
import io.github.miaudit.report.StrataFigures;
import io.github.miaudit.report.output.PolicyOutcome.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An average hides nobody: figures by stratum in all outputs. */
class StrataInAuditTest {

    static final Evaluation QUICK = Evaluation.withDefaults().withFalsePositiveRates(0.1).withBootstrapReplicates(100)
            .withPermutations(2000);
    private static final AuditReport RARE = StratifiedReports.rare(QUICK);

    private static final Set<String> HONEST = elements(Publication.of(StratifiedReports.named("honest")).toHtml());

    @TempDir
    private Path folder;

    private static List<Status> statuses(AuditReport report, Figure figure, double bound) {
        return Publication.of(report)
                .check(new Policy(Population.NON_MEMBERS, List.of(new Limit(figure, Optional.empty(), Optional.empty(), bound)))).checks()
                .stream().map(PolicyOutcome.Check::status).toList();
    }

    @Test
    void aStratumThatIsToldIsTheAnswerWhereTheAverageShowsNothing() {
        assertEquals(Conclusion.NO_DIFFERENCE_DETECTED, RARE.document().main().conclusion());
        assertEquals(Conclusion.A_STRATUM_CAN_BE_TOLD, RARE.document().conclusion(), RARE.toText());
        StrataFigures strata = RARE.document().strata().orElseThrow();
        assertEquals(new StrataFigures.Worst("disease", "rare"), strata.worst().orElseThrow());
        assertEquals(4, strata.strata());
        String answer = strata.answer();
        assertTrue(answer.matches("Patients in training can be told among those with disease = rare: AUC by patient 0\\.\\d+ \\[.*],"
                + " 20 patients against 20, p .* after correction for 4 strata\\. Without a control model .*"), answer);
        Publication publication = Publication.of(RARE);
        Document page = Jsoup.parse(publication.toHtml());
        String first = Decision.of(RARE.document()).answer();
        assertTrue(first.matches("Yes, of some patients.*: those with disease rare can be told, although the average of all does not show"
                + " it\\."), first);
        assertEquals(first, page.select(".answer.ALARM .verdict").text());
        assertTrue(page.text().replace('\u00a0', ' ').contains("Yes, of some patients. " + answer), page.text());
        assertEquals(2, page.select("[aria-label^=Strata by]").size());
        for (String told : List.of(publication.toMarkdown(), publication.toModelCard())) {
            assertTrue(told.contains(Markdown.text(first)) && told.contains(Markdown.text(answer)), told);
        }
        assertTrue(RARE.toText().contains("\nStrata: " + answer + "\n"), RARE.toText());
        assertTrue(RARE.toText().contains("no difference detected over all, but patients of a stratum can be told"), RARE.toText());
    }

    @Test
    void aStratumThatIsToldBreaksEveryPolicyThatDoesNotLimitIt() {
        assertEquals(List.of(Status.KEPT, Status.BROKEN), statuses(RARE, Figure.AUC, 0.9));
        assertEquals(List.of(Status.KEPT), statuses(RARE, Figure.WORST_STRATUM_AUC_UPPER_BOUND, 1));
        assertEquals(List.of(Status.BROKEN), statuses(RARE, Figure.WORST_STRATUM_AUC_UPPER_BOUND, 0.6));
        assertEquals(List.of(Status.UNDECIDABLE), statuses(Reports.of(12, 0, QUICK), Figure.WORST_STRATUM_AUC_UPPER_BOUND, 1));
    }

    @Test
    void withoutALeakNoneIsFound() throws Exception {
        AuditReport report = StratifiedReports.ofNothing(QUICK);
        StrataFigures strata = report.document().strata().orElseThrow();
        assertEquals(Verdict.NONE_FOUND, strata.verdict());
        assertEquals(Conclusion.NO_DIFFERENCE_DETECTED, report.document().conclusion());
        assertTrue(strata.isWhole());
        Path file = folder.resolve("audit.json");
        report.writeJson(file);
        assertEquals(report.document(), AuditReport.read(file).document());
    }

    /** Four men of 60 a side: told neither alone, nor as the rest beside the women. */
    @Test
    void whatIsTooFewIsSaid() {
        AuditReport report = StratifiedReports.of(60, QUICK, 3, patient -> 0, patient -> 0, "sex,band",
                patient -> (patient < 4 ? "m" : "f") + "," + (patient < 3 ? "0-9" : patient < 7 ? "10-19" : patient < 33 ? "" : "20-29"));
        StrataFigures strata = report.document().strata().orElseThrow();
        Variable sex = strata.variables().get(0);
        assertEquals(Shown.TOO_FEW, sex.shown());
        assertEquals(List.of(), sex.strata());
        // 3 and 4 patients are together too few, so the next smallest, who are not stated, are with them
        assertEquals(List.of("20-29", "others, together"), strata.variables().get(1).strata().stream().map(Stratum::name).toList());
        assertEquals(List.of(27, 33), strata.variables().get(1).strata().stream().map(Stratum::members).toList());
        assertEquals(3, strata.variables().get(1).strata().get(1).together());
        assertTrue(strata.answer().endsWith("Not every variable could be judged."), strata.answer());
        assertTrue(strata.remarks(5).get(0).startsWith("sex: too few to judge"), strata.remarks(5).toString());
        assertEquals(Decision.Light.OPEN, Decision.of(report.document()).light(), "no green light");
        assertEquals(List.of(Status.UNDECIDABLE), statuses(report, Figure.WORST_STRATUM_AUC_UPPER_BOUND, 1));
    }

    /** Rare are the 12 with a disease and 2 without: 14 less 12 would tell of 2. */
    @Test
    void aVariableThatDiffersByFewFromAnotherIsNotTold() {
        AuditReport report = StratifiedReports.of(60, QUICK, 3, patient -> 0, patient -> 0, "disease,rare",
                patient -> (patient < 12 ? "a" : "b") + "," + (patient < 14 ? "yes" : "no"));
        StrataFigures strata = report.document().strata().orElseThrow();
        assertEquals(List.of(Shown.STRATA, Shown.TOO_CLOSE), strata.variables().stream().map(Variable::shown).toList());
        assertEquals(List.of("a", "b"), strata.variables().get(0).strata().stream().map(Stratum::name).toList());
    }

    @Test
    void patientsWithoutARowAndRowsWithoutAPatientAreCounted() {
        StringBuilder losses = new StringBuilder("population,id,group,target_loss,reference_loss\n");
        StringBuilder strata = new StringBuilder("sex;Patient\n");
        for (int patient = 0; patient < 40; patient++) {
            losses.append("member,").append(patient).append(",m").append(patient).append(",3.").append(patient * 37 % 100).append(",4\n");
            losses.append("non_member,").append(patient).append(",n").append(patient).append(",3.").append(patient * 29 % 97)
                    .append(",4\n");
            if (patient % 2 == 0) {
                strata.append("f;M").append(patient).append("\nf;n").append(patient).append("\nf;gone").append(patient).append('\n');
            }
        }
        AuditReport report = StratifiedReports.of(losses.toString(), strata.toString(), QUICK);
        StrataFigures figures = report.document().strata().orElseThrow();
        assertEquals(List.of("f", "not stated"), figures.variables().get(0).strata().stream().map(Stratum::name).toList());
        assertEquals(Optional.of(40), figures.patientsWithoutRow().patients());
        assertEquals(Optional.of(20), figures.patientsNotCompared().patients());
    }

    @Test
    void theSchemaHasThem() {
        AuditSchemaTest.requireValid(RARE);
        AuditSchemaTest.requireValid(StratifiedReports.ofNothing(QUICK.withSmallestCount(1)));
    }

    @ParameterizedTest
    @MethodSource("io.github.miaudit.report.output.Hostile#names")
    void namesOfStrataAreInert(String name) {
        AuditReport report = StratifiedReports.named(name);
        assertEquals(2, report.document().strata().orElseThrow().strata());
        Publication publication = Publication.of(report);
        String html = publication.toHtml();
        TreeSet<String> extra = elements(html);
        extra.removeAll(HONEST);
        assertEquals(Set.of(), extra);
        assertPlain(html);
        for (String text : List.of(publication.toMarkdown(), publication.toModelCard().replaceAll("(?s)^---\n.*?\n---\n", ""))) {
            assertPlain(text);
            assertFalse(text.contains("<script") || text.matches("(?s).*[^\\\\]]\\(http.*"), text);
        }
        AuditSchemaTest.requireValid(report);
    }

    /** Or the test before could not fail. */
    @Test
    void whatIsNotInertIsSeen() {
        assertFalse(HONEST.containsAll(elements("<b onclick='x'>")));
        assertThrows(AssertionError.class, () -> assertPlain("a\u202eb"));
        assertThrows(AssertionError.class, () -> assertPlain("a\u001bb"));
    }

    /** Elements with the names of their attributes; those of charts are fewer or more by what is told. */
    private static TreeSet<String> elements(String html) {
        return Jsoup.parse(html).getAllElements().stream().filter(element -> element.closest("svg") == null)
                .map(element -> element.tagName() + element.attributes().asList().stream().map(Map.Entry::getKey).sorted().toList())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void assertPlain(String text) {
        assertEquals(List.of(), text.codePoints().filter(each -> Character.getType(each) == Character.FORMAT
                || Character.isISOControl(each) && each != '\n').boxed().toList());
    }
}
