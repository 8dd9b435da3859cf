package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.AuditReport;
import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.exposure.Preference;
import io.github.miaudit.report.AuditWords;
import io.github.miaudit.report.Decision;
import io.github.miaudit.report.output.PolicyOutcome.Check;
import io.github.miaudit.report.output.PolicyOutcome.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an audit of sentences says of identifiers: the same in all outputs, and never an all-clear where names are remembered. */
class IdentifiersInAuditTest {

    private static final AuditReport REMEMBERED = SnapshotInputs.identifiersRemembered();
    private static final Policy OF_SENTENCES = new Policy(Population.NON_MEMBERS,
            List.of(new Limit(Figure.AUC, Optional.of("loss"), Optional.empty(), 1)));

    @TempDir
    private Path folder;

    private static Policy limiting(Figure figure, double bound) {
        return new Policy(Population.NON_MEMBERS, List.of(new Limit(figure, Optional.empty(), Optional.empty(), bound)));
    }

    private static List<Status> statuses(AuditReport report, Policy policy) {
        return Publication.of(report).check(policy).checks().stream().map(Check::status).toList();
    }

    /** Sentences alone would read as an all-clear. */
    @Test
    void namesThatAreRememberedAreTheAnswerWhereSentencesShowNothing() {
        assertEquals(Conclusion.NO_DIFFERENCE_DETECTED, REMEMBERED.document().main().conclusion());
        assertEquals(Preference.PREFERRED, REMEMBERED.document().identifiers().orElseThrow().preference());
        assertEquals(Conclusion.IDENTIFIERS_ARE_REMEMBERED, REMEMBERED.document().conclusion());
        Publication publication = Publication.of(REMEMBERED);
        String answer = REMEMBERED.document().identifiers().orElseThrow().answer();
        assertTrue(answer
                .matches("Of 40 identifiers \\(surname\\) in training sentences the model prefers the true one to all others in .* % of"
                        + " cases .*; 6\\.3 % is chance: it remembers them .*"),
                answer);
        Document page = Jsoup.parse(publication.toHtml());
        String first = Decision.of(REMEMBERED.document()).answer();
        assertTrue(first.startsWith("Yes: the model remembers names"), first);
        assertEquals(first, page.select(".answer.ALARM .verdict").text());
        assertTrue(page.text().replace('\u00a0', ' ').contains("Yes, by identifiers. " + answer), page.text());
        for (String told : List.of(publication.toMarkdown(), publication.toModelCard())) {
            assertTrue(told.contains(Markdown.text(first)) && told.contains(Markdown.text(answer)), told);
        }
        assertTrue(REMEMBERED.toText().contains("\nIdentifiers: " + answer + "\n"), REMEMBERED.toText());
        assertTrue(REMEMBERED.toText().contains("  answer: no difference detected by whole sentences, but identifiers are remembered\n"));
        assertTrue(publication.toModelCard().contains("(of whole sentences; identifiers are remembered)"), publication.toModelCard());
        assertTrue(AuditWords.nextSteps(REMEMBERED.document()).get(0).startsWith("Keep the model, and access to it, among those who may "));
    }

    @Test
    void namesThatAreRememberedBreakEveryPolicyThatDoesNotLimitThem() {
        PolicyOutcome outcome = Publication.of(REMEMBERED).check(OF_SENTENCES);
        assertEquals(List.of(Status.KEPT, Status.BROKEN), outcome.checks().stream().map(Check::status).toList());
        assertEquals("the target does not prefer true identifiers", outcome.failures().get(0).limit());
        assertFalse(outcome.isKept());
        // wards are of too few patients, so no limit is kept for certain
        assertEquals(List.of(Status.UNDECIDABLE), statuses(REMEMBERED, limiting(Figure.IDENTIFIERS_FIRST_SHARE, 1)));
        assertEquals(List.of(Status.BROKEN), statuses(REMEMBERED, limiting(Figure.IDENTIFIERS_FIRST_SHARE, 0.2)));
        assertEquals(List.of(Status.BROKEN), statuses(REMEMBERED, limiting(Figure.IDENTIFIER_EXPOSURE_UPPER_BOUND, 1)));
        assertEquals(List.of(Status.UNDECIDABLE), statuses(REMEMBERED, limiting(Figure.PATIENTS_EXPOSED_BY_IDENTIFIERS, 1000)));
    }

    @Test
    void beforeSentencesThatAreToldTheAnswerStaysTheirs() {
        AuditReport both = SnapshotInputs.ofIdentifiers(1, 1);
        assertEquals(Conclusion.MEMBERS_CAN_BE_TOLD, both.document().conclusion());
        String answer = both.document().identifiers().orElseThrow().answer();
        Publication publication = Publication.of(both);
        assertTrue(Jsoup.parse(publication.toHtml()).select("main").text().replace('\u00a0', ' ')
                .contains("Identifiers, such as names: " + answer));
        assertTrue(Decision.of(both.document()).answer().endsWith(" It remembers names or other identifiers too."));
        assertTrue(publication.toMarkdown().contains("### Who was in it?\n\n**" + Markdown.text(answer)), publication.toMarkdown());
        assertEquals(Status.BROKEN, statuses(both, OF_SENTENCES).get(1));
    }

    /** Nothing is found, but of wards nothing can be said. */
    @Test
    void whatCannotBeJudgedIsNoGoodNews() {
        AuditReport nothing = SnapshotInputs.ofIdentifiers(0, 0);
        assertEquals(Conclusion.NO_DIFFERENCE_DETECTED, nothing.document().conclusion());
        Document page = Jsoup.parse(Publication.of(nothing).toHtml());
        assertEquals(1, page.select(".answer.OPEN").size(), "not in green");
        assertEquals(List.of(Status.KEPT), statuses(nothing, OF_SENTENCES));
        assertEquals(List.of(Status.UNDECIDABLE), statuses(nothing, limiting(Figure.IDENTIFIERS_FIRST_SHARE, 1)));
    }

    @Test
    void aTargetThatFailsItsChecksShowsNothingByNamesEither() {
        AuditReport broken = SnapshotInputs.identifiersOfABrokenTarget();
        var identifiers = broken.document().identifiers().orElseThrow();
        assertEquals(Preference.NOT_INTERPRETABLE, identifiers.preference());
        assertEquals(Conclusion.NOT_INTERPRETABLE, broken.document().conclusion());
        assertTrue(identifiers.rankings().isEmpty());
        assertTrue(identifiers.types().stream().noneMatch(type -> type.preference() == Preference.PREFERRED));
        assertTrue(identifiers.answer().endsWith("whatever it remembers. It prefers true ones all the same (surname)."),
                identifiers.answer());
        assertEquals(
                broken.document().failedTargetChecks().stream().map(check -> "the target is no working model: " + check.words()).toList(),
                identifiers.reasons().stream().filter(reason -> reason.startsWith("the target")).toList());
        assertFalse(broken.document().failedTargetChecks().isEmpty());
        assertEquals(Status.UNDECIDABLE, statuses(broken, limiting(Figure.IDENTIFIERS_FIRST_SHARE, 1)).get(0));
        assertTrue(statuses(broken, OF_SENTENCES).contains(Status.BROKEN));
    }

    @Test
    void whatIsReadBackSaysTheSame() throws IOException {
        REMEMBERED.writeJson(folder.resolve("audit.json"));
        AuditReport reread = AuditReport.read(folder.resolve("audit.json"));
        assertEquals(REMEMBERED, reread);
        assertEquals(REMEMBERED.toText(), reread.toText());
        assertEquals(Publication.of(REMEMBERED).toHtml(), Publication.of(reread).toHtml());
        assertEquals(Optional.empty(), reread.confidentialIdentifiers());
        assertEquals(Preference.PREFERRED, REMEMBERED.confidentialIdentifiers().orElseThrow().preference());
    }

    @Test
    void noNameIsInAnyOutput() {
        Publication publication = Publication.of(REMEMBERED);
        PolicyOutcome outcome = publication.check(OF_SENTENCES);
        String all = Stream.of(REMEMBERED.toText(), REMEMBERED.toJson(), REMEMBERED.toString(), publication.toHtml(),
                publication.toMarkdown(outcome), publication.toModelCard(), outcome.toText(), outcome.toJUnitXml())
                .reduce("", String::concat).toLowerCase(Locale.ROOT);
        assertFalse(all.contains("zq") && all.matches("(?s).*zq[a-z]{2}son.*"), "a surname");
        assertFalse(all.contains("zward"), "a ward");
        assertFalse(all.contains("ward:"), "a type of one patient");
    }

    @Test
    void numbersOfThePageAreInItsFile() {
        NumberCheck check = new NumberCheck(REMEMBERED.toJson());
        Publication publication = Publication.of(REMEMBERED);
        assertEquals(List.of(), check.unexplainedOfPage(publication.toHtml()));
        assertEquals(List.of(), check.unexplained(publication.toMarkdown()));
        assertEquals(List.of(), check.unexplained(publication.toModelCard()));
    }

    @Test
    void anAuditOfIdentifiersAloneHasAPolicyToo(@TempDir Path other) throws IOException {
        var report = IdentifierSchemaTest.reports().findFirst().orElseThrow(); // remembered, of a target that nobody checked
        IdentifierPublication publication = IdentifierPublication.of(report);
        PolicyOutcome outcome = publication.check(OF_SENTENCES);
        assertEquals(List.of(Status.UNDECIDABLE, Status.BROKEN), outcome.checks().stream().map(Check::status).toList());
        assertTrue(outcome.toText().contains(", by identifiers.json, sha256 " + report.digest()), outcome.toText());
        assertTrue(publication.toMarkdown(outcome).contains("\n**Policy: broken, 2 of 2 checks failed.**\n"));
        assertEquals(Status.UNDECIDABLE, publication.check(limiting(Figure.IDENTIFIERS_FIRST_SHARE, 1)).checks().get(0).status());
    }
}
