package io.github.miaudit.cli;

import io.github.miaudit.AuditReport;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.report.output.Policy;
import io.github.miaudit.report.output.PolicyOutcome;
import io.github.miaudit.report.output.Publication;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What becomes of a report. */
final class PublicationOptions {

    @Option(names = "--policy", paramLabel = "FILE",
            description = "Limits in YAML; if one is broken, or can't be decided, the exit code is 3. Also writes policy.xml, as JUnit"
                    + " does.")
    private Path policy;

    /** The policy, if there is one; to be read before any long work. */
    Optional<Policy> policy() {
        return Optional.ofNullable(policy).map(Policy::read);
    }

    /** The report to the terminal and the folder: {@code audit.json} first, which all else is made from. */
    static void publish(AuditReport report, Path folder, Optional<Policy> policy) {
        report.writeJson(folder.resolve("audit.json"));
        System.out.print(report.toText());
        Publication publication = Publication.of(report);
        Optional<PolicyOutcome> outcome = policy.map(publication::check);
        publication.writeHtml(folder.resolve("report.html"));
        write(folder.resolve("summary.md"), outcome.map(publication::toMarkdown).orElseGet(publication::toMarkdown));
        write(folder.resolve("model-card.md"), publication.toModelCard());
        outcome.ifPresent(checks -> write(folder.resolve("policy.xml"), checks.toJUnitXml()));
        System.out.println("written to " + folder + ": audit.json, report.html, summary.md, model-card.md"
                + (outcome.isPresent() ? ", policy.xml" : ""));
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
