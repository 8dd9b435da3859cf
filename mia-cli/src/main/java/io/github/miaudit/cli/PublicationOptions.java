package io.github.miaudit.cli;

import io.github.miaudit.AuditReport;
import io.github.miaudit.IdentifierReport;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.OutputSet;
import io.github.miaudit.io.OutputSet.Earlier;
import io.github.miaudit.report.output.IdentifierPublication;
import io.github.miaudit.report.output.Policy;
import io.github.miaudit.report.output.PolicyOutcome;
import io.github.miaudit.report.output.Publication;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** What becomes of a report. */
final class PublicationOptions {

    static final String DOCUMENT = "audit.json";
    static final String COMPARISON = "comparison.json";
    static final String SCORES = "scores.csv";
    static final String ATTACK_SCORES = "attack-scores.csv";
    static final String FILLINGS = "fillings.jsonl";
    private static final String IDENTIFIERS = "identifiers.json";
    private static final String IDENTIFIERS_SUMMARY = "identifiers.md";
    private static final String POLICY = "policy.xml";
    static final Set<String> FILES = Set.of(DOCUMENT, COMPARISON, "report.html", "summary.md", "model-card.md", POLICY, SCORES,
            ATTACK_SCORES, IDENTIFIERS, IDENTIFIERS_SUMMARY, FILLINGS);

    @Option(names = "--policy", paramLabel = "FILE",
            description = "Limits in YAML; if one is broken, or can't be decided, the exit code is 3. Also writes policy.xml, as JUnit"
                    + " does.")
    private Path policy;

    /** The policy, if there is one; to be read before any long work. */
    Optional<Policy> policy() {
        return Optional.ofNullable(policy).map(Policy::read);
    }

    /**
     * A folder for the files of an audit or a comparison, locked until it is closed; to be opened before any long work. What an earlier
     * policy said is gone then, so that a pipeline finds it beside no audit that failed.
     */
    static OutputSet open(Path folder, Earlier earlier) {
        return OutputSet.open(folder, FILES, Set.of(POLICY), earlier);
    }

    /** The report to the terminal and the set, which is complete then: {@code audit.json} first, which all else is made from. */
    static void publish(AuditReport report, OutputSet set, Optional<Policy> policy) {
        report.writeJson(set.file(DOCUMENT));
        System.out.print(report.toText());
        Publication publication = Publication.of(report);
        Optional<PolicyOutcome> outcome = policy.map(publication::check);
        publication.writeHtml(set.file("report.html"));
        write(set.file("summary.md"), outcome.map(publication::toMarkdown).orElseGet(publication::toMarkdown));
        write(set.file("model-card.md"), publication.toModelCard());
        outcome.ifPresent(checks -> write(set.file(POLICY), checks.toJUnitXml()));
        System.out.println("written to " + set.folder() + ": " + String.join(", ", set.complete()));
        outcome.ifPresent(PublicationOptions::enforce);
    }

    /** The report on identifiers alone, likewise: {@code identifiers.json} first. */
    static void publish(IdentifierReport report, OutputSet set, Optional<Policy> policy) {
        report.writeJson(set.file(IDENTIFIERS));
        System.out.print(report.toText());
        IdentifierPublication publication = IdentifierPublication.of(report);
        Optional<PolicyOutcome> outcome = policy.map(publication::check);
        write(set.file(IDENTIFIERS_SUMMARY), outcome.map(publication::toMarkdown).orElseGet(publication::toMarkdown));
        outcome.ifPresent(checks -> write(set.file(POLICY), checks.toJUnitXml()));
        System.out.println("written to " + set.folder() + ": " + String.join(", ", set.complete()));
        outcome.ifPresent(PublicationOptions::enforce);
    }

    private static void enforce(PolicyOutcome outcome) {
        System.out.print(outcome.toText());
        if (!outcome.isKept()) {
            throw new PolicyBrokenException();
        }
    }

    private static void write(Path file, String text) {
        AtomicFile.write(file, writer -> writer.write(text));
    }
}
