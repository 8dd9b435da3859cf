package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.AuditReport;
import io.github.miaudit.ComparisonReport;
import io.github.miaudit.evaluation.Evaluation;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageNumbersTest {

    private static final Evaluation QUICK = Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(1000);

    @ParameterizedTest
    @CsvSource({"40, 0.5, 5", "40, 0.0, 5", "6, 0.5, 5", "3, 0.5, 5", "30, 0.2, 10", "30, 0.2, 1"})
    void everyNumberOfAnAuditIsInItsFile(int patients, double leak, int smallest) {
        AuditReport report = Reports.of(patients, leak, QUICK.withSmallestCount(smallest).withPrior(0.25));
        NumberCheck check = new NumberCheck(report.toJson());
        Publication publication = Publication.of(report);
        assertTrue(Jsoup.parse(publication.toHtml()).select("data").size() > (patients < 10 ? 10 : 20));
        assertEquals(List.of(), check.unexplainedOfPage(publication.toHtml()));
        assertEquals(List.of(), check.unexplained(publication.toMarkdown()));
        assertEquals(List.of(), check.unexplained(publication.toModelCard()));
    }

    @Test
    void everyNumberOfAComparisonIsInItsFile() {
        ComparisonReport report = HostileAudits.comparison("before", "after", "base", "likelihood-ratio");
        NumberCheck check = new NumberCheck(report.toJson());
        assertEquals(List.of(), check.unexplainedOfPage(ComparisonPublication.of(report).toHtml()));
    }

    /** Or the tests before could not fail. */
    @Test
    void numbersOfAnotherAuditAreNot() {
        NumberCheck check = new NumberCheck(Reports.of(40, 0.5, QUICK).toJson());
        Publication other = Publication.of(Reports.of(39, 0.4, QUICK));
        assertTrue(check.unexplainedOfPage(other.toHtml()).size() > 50);
        assertFalse(check.unexplained(other.toMarkdown()).isEmpty());
        assertFalse(check.unexplained(other.toModelCard()).isEmpty());
    }
}
