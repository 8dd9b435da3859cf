package io.github.miaudit.report.output;

import static io.github.miaudit.report.output.EditedAudit.at;
import static io.github.miaudit.report.output.EditedAudit.nothing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.AuditReport;
import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.report.Attack;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.AuditWords;
import io.github.miaudit.report.Decision;
import io.github.miaudit.report.Numbers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class PublicationTest {

    private static final String TITLE = "## " + AuditWords.TITLE + "\n";

    private final AuditReport report = new EditedAudit().report();
    private final AuditDocument document = report.document();
    private final Publication publication = Publication.of(report);

    @Test
    void aReportIsPublishedAsItsFileIs(@TempDir Path folder) {
        AuditReport leaking = Reports.leaking();
        leaking.writeJson(folder.resolve("audit.json"));
        Publication read = Publication.of(AuditReport.read(folder.resolve("audit.json")));
        assertEquals(read.toMarkdown(), Publication.of(leaking).toMarkdown());
        assertEquals(read.toModelCard(), Publication.of(leaking).toModelCard());
    }

    @Test
    void thePageOfAHundredThousandSentencesTakesAtMostTwoMegabytes() {
        AuditReport report = Reports.of(3334, 0.2, Evaluation.withDefaults().withPermutations(0).withBootstrapReplicates(100));
        assertTrue(Publication.of(report).toHtml().getBytes(StandardCharsets.UTF_8).length <= 2_000_000);
    }

    @Test
    void theSummaryHasTheDocumentsFigures() {
        AuditReport report = new EditedAudit().report();
        AuditDocument document = report.document();
        String summary = Publication.of(report).toMarkdown();
        assertTrue(summary.startsWith(TITLE + "\n**" + Decision.of(document).answer() + "**\n"), summary);
        assertTrue(summary.contains("| Attack | AUC | 95 % interval | TPR at FPR 0.1 | TPR at FPR 0.01 | Patients exposed at FPR 0.1 |\n"),
                summary);
        for (Attack attack : document.main().attacks()) {
            String row = String.format(Locale.ROOT, "| %s | %s | %s to %s | %s | %s | %d of 40 patients |\n", attack.name(),
                    Numbers.plain(attack.auc()), Numbers.plain(attack.aucInterval().get().lower()),
                    Numbers.plain(attack.aucInterval().get().upper()), Numbers.plain(attack.tprAtFpr().get(0).tpr().get()),
                    Numbers.plain(attack.tprAtFpr().get(1).tpr().get()), attack.byPatient().get().exposed().get(0).patients().get());
            assertTrue(summary.contains(row), summary);
        }
        assertFalse(summary.contains("0.001"));
        assertFalse(summary.contains("Warnings"));
        assertTrue(summary.lines().count() <= 35, summary);
    }

    @Test
    void theSummaryTellsOfNoFewPatientsAndCountsWarnings() {
        EditedAudit audit = new EditedAudit().edit(few -> {
            few.hideExposed(0);
            nothing(few.attack(), "aucInterval");
            few.root().add("warnings", EditedAudit.strings("one", "two"));
            few.comparison().getAsJsonObject("validity").add("reasons", EditedAudit.strings("a", "b", "c", "d", "e", "f"));
        });
        String summary = Publication.of(audit.report()).toMarkdown();
        assertTrue(summary.contains("| fewer than 5 of 40 patients |"), summary);
        assertTrue(summary.contains(" | – | "), summary);
        assertTrue(summary.contains("\nWarnings: 2; the full report has them.\n"), summary);
        assertTrue(summary.contains("\n- d\n- and 2 more; the full report has them\n"), summary);
        assertTrue(summary.lines().count() <= 35, summary);
    }

    @Test
    void theSummaryEndsWithThePolicysFailures() {
        Policy policy = new Policy(Population.NON_MEMBERS, List.of(new Limit(Figure.AUC, Optional.of("loss"), Optional.empty(), 0),
                new Limit(Figure.VALIDITY, Optional.empty(), Optional.empty(), 4)));
        PolicyOutcome outcome = publication.check(policy);
        String summary = publication.toMarkdown(outcome);
        assertEquals(publication.toMarkdown()
                + "\n**Policy: broken, 1 of 2 checks failed.**\n\n- BROKEN, auc of loss against non-members is at most 0: "
                + outcome.failures().get(0).reason() + "\n", summary);
        PolicyOutcome kept = new PolicyOutcome("audit.json", "d1ce57", outcome.checks().subList(1, 2));
        assertTrue(publication.toMarkdown(kept).endsWith("\n**Policy: kept, 1 of 1 checks passed.**\n"));
    }

    @Test
    void theModelCardHasTheDocumentsFigures() {
        AuditReport audited = new EditedAudit().withTarget("org/clinical-bert").report();
        AuditDocument withTarget = audited.document();
        String card = Publication.of(audited).toModelCard();
        Attack strongest = withTarget.main().strongest();
        Map<?, ?> model = model(card);
        assertEquals("org/clinical-bert", model.get("name"));
        Map<?, ?> result = (Map<?, ?>) ((List<?>) model.get("results")).get(0);
        assertEquals(Map.of("type", "fill-mask"), result.get("task"));
        assertEquals(
                Map.of("name", "attack dataset " + withTarget.provenance().dataDigest().substring(0, 12), "type", "membership-inference"),
                result.get("dataset"));
        String by = " of membership inference by " + strongest.name();
        assertEquals(List.of(
                Map.of("type", "roc_auc", "value", strongest.auc(), "name", "AUC" + by),
                Map.of("type", "true_positive_rate", "value", strongest.tprAtFpr().get(0).tpr().get(), "name", "TPR at FPR 0.1" + by),
                Map.of("type", "true_positive_rate", "value", strongest.tprAtFpr().get(1).tpr().get(), "name", "TPR at FPR 0.01" + by)),
                result.get("metrics"));
        assertTrue(card.contains("\n---\n\n" + TITLE + "\n**" + Decision.of(withTarget).answer() + "**\n"), card);
        assertTrue(card.contains("\n| AUC | " + Numbers.figure(strongest.auc()) + " | "), card);
        assertTrue(
                card.contains(
                        "\n| Patients exposed at FPR 0.1 | " + strongest.byPatient().get().exposed().get(0).patients().get() + " of 40 | "),
                card);
        assertTrue(card.contains("\nLeft out: TPR at FPR 0.001 (can't be measured with so few held-out sentences);"
                + " Patients exposed at FPR 0.01 (can't be measured with so few held-out patients);"), card);
        assertTrue(card.contains("The smallest count of patients that is told, apart from 0, is 5.\n"), card);
        assertTrue(card.contains(
                "\n- Data: sha256 " + withTarget.provenance().dataDigest() + "\n- Target: org/clinical-bert, sha256 " + "m".repeat(64)),
                card);
        assertTrue(card.contains("\n- Software: miaudit " + withTarget.provenance().versions().get("miaudit") + "\n"), card);
    }

    @Test
    void theModelCardNamesWhatItLeavesOut() {
        EditedAudit few = new EditedAudit().edit(audit -> {
            audit.hideExposed(0);
            nothing(audit.attack(), "aucInterval");
        });
        String card = Publication.of(few.report()).toModelCard();
        assertEquals("unknown", model(card).get("name"));
        assertTrue(card.contains("Left out: interval of the AUC (too few patients, or sentences, or not told); TPR at FPR 0.001"), card);
        assertTrue(card.contains("; Patients exposed at FPR 0.1 (fewer than 5); "), card);
        nothing(few.attack(), "byPatient");
        assertTrue(Publication.of(few.report()).toModelCard()
                .contains("; patients exposed (patients are not known on both sides, or too few to be told)."));
    }

    @ParameterizedTest
    @MethodSource("io.github.miaudit.report.output.Hostile#names")
    void namesAreTextOnly(String name) {
        EditedAudit audit = new EditedAudit().rename(name).withTarget(name).edit(edited -> {
            edited.comparison().getAsJsonObject("validity").add("reasons", EditedAudit.strings(name));
            edited.root().getAsJsonObject("provenance").add("rules", EditedAudit.strings(name));
            edited.root().getAsJsonObject("provenance").addProperty("dataDigest", name);
        });
        Publication hostile = Publication.of(audit.report());
        String honest = Publication.of(new EditedAudit().withTarget("honest").edit(edited -> {
            edited.comparison().getAsJsonObject("validity").add("reasons", EditedAudit.strings("honest"));
            edited.root().getAsJsonObject("provenance").add("rules", EditedAudit.strings("honest"));
        }).report()).toModelCard();
        String card = hostile.toModelCard();
        assertEquals(honest.lines().count(), card.lines().count(), card);
        assertEquals(PlainText.name(name), model(card).get("name"));
        assertEquals(publication.toMarkdown().lines().filter(line -> line.startsWith("|")).count(),
                hostile.toMarkdown().lines().filter(line -> line.startsWith("|")).count());
        for (String text : List.of(card.substring(card.indexOf(TITLE)), hostile.toMarkdown())) {
            assertFalse(text.contains("<"), text);
            assertFalse(text.contains("@everyone"), text);
            assertFalse(text.matches("(?s).*[^\\\\]\\]\\(.*"), text);
            assertTrue(text.lines().allMatch(line -> line.equals(TITLE.strip()) || !line.startsWith("#")), text);
        }
        assertTrue((card + hostile.toMarkdown()).codePoints()
                .allMatch(character -> character == '\n' || character >= ' ' && Character.getType(character) != Character.FORMAT
                        && Character.getType(character) != Character.SURROGATE));
    }

    /** The one model of the front matter. */
    private static Map<?, ?> model(String card) {
        assertTrue(card.startsWith("---\n"));
        Map<?, ?> metadata = (Map<?, ?>) new Load(LoadSettings.builder().build())
                .loadFromString(card.substring(4, card.indexOf("\n---\n") + 1));
        assertEquals(Set.of("model-index"), metadata.keySet());
        return (Map<?, ?>) ((List<?>) metadata.get("model-index")).get(0);
    }
}
