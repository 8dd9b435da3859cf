package io.github.miaudit.report.output;

import io.github.miaudit.io.PlainText;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Whether an audit keeps a policy, limit by limit. Immutable, so that threads may share it.
 *
 * @param file        the name of what was judged: {@code audit.json} or {@code identifiers.json}
 * @param auditDigest its SHA-256 ({@link io.github.miaudit.Report#digest})
 * @param checks      one a limit, or one a limit and attack where a limit is for every attack; in the policy's order
 */
public record PolicyOutcome(String file, String auditDigest, List<Check> checks) {

    /** The figure is within the bound, beyond it, or not told by the audit, so that nobody can say; the last breaks the policy too. */
    public enum Status {
        KEPT, BROKEN, UNDECIDABLE
    }

    /**
     * A limit, such as {@code auc of loss against non-members is at most 0.6}, checked; the reason is the figure and its bound, or
     * why there is no figure and what to do.
     */
    public record Check(String limit, Status status, String reason) {

        /** Makes each text one line without characters that a terminal obeys or XML forbids. */
        public Check {
            limit = PlainText.line(limit);
            reason = PlainText.line(reason);
        }

        /** Whether the limit is certainly kept. */
        public boolean isKept() {
            return status == Status.KEPT;
        }
    }

    /**
     * @throws IllegalArgumentException if there is no check: nothing checked is nothing kept
     */
    public PolicyOutcome {
        checks = List.copyOf(checks);
        if (checks.isEmpty()) {
            throw new IllegalArgumentException("there are no checks; at least one is needed");
        }
    }

    /** Whether every limit is certainly kept: false if any is broken or can't be decided. */
    public boolean isKept() {
        return checks.stream().allMatch(Check::isKept);
    }

    /** The checks that let the policy fail: those broken or undecidable. */
    public List<Check> failures() {
        return checks.stream().filter(check -> !check.isKept()).toList();
    }

    /** The outcome for a terminal: several lines, ending with a line break. */
    public String toText() {
        StringBuilder text = new StringBuilder("Policy: " + verdict() + ", by " + file + ", sha256 " + auditDigest + ".\n");
        checks.forEach(check -> text.append(String.format(Locale.ROOT, "  %-11s  %s: %s\n", check.status, check.limit, check.reason)));
        return text.toString();
    }

    /** Such as "broken, 2 of 3 checks failed". */
    String verdict() {
        int failed = failures().size();
        return failed == 0 ? "kept, " + checks.size() + " of " + checks.size() + " checks passed"
                : "broken, " + failed + " of " + checks.size() + " checks failed";
    }

    /**
     * The outcome for the build server: XML in UTF-8 as JUnit's reports are, with a test case for each check and a failure in each
     * that is broken or undecidable. The same for the same outcome.
     */
    public String toJUnitXml() {
        StringWriter document = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(document);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "miaudit policy");
            xml.writeAttribute("tests", Integer.toString(checks.size()));
            xml.writeAttribute("failures", Integer.toString(failures().size()));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("skipped", "0");
            xml.writeCharacters("\n  ");
            xml.writeStartElement("properties");
            xml.writeCharacters("\n    ");
            xml.writeEmptyElement("property");
            xml.writeAttribute("name", file + " sha256");
            xml.writeAttribute("value", auditDigest);
            xml.writeCharacters("\n  ");
            xml.writeEndElement();
            for (Check check : checks) {
                testCase(xml, check);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e); // memory doesn't fail so
        }
        return document.toString();
    }

    private static void testCase(XMLStreamWriter xml, Check check) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        if (check.isKept()) {
            xml.writeEmptyElement("testcase");
        } else {
            xml.writeStartElement("testcase");
        }
        xml.writeAttribute("classname", "miaudit.policy");
        xml.writeAttribute("name", check.limit);
        if (!check.isKept()) {
            xml.writeCharacters("\n    ");
            xml.writeEmptyElement("failure");
            xml.writeAttribute("type", check.status.name());
            xml.writeAttribute("message", check.reason);
            xml.writeCharacters("\n  ");
            xml.writeEndElement();
        }
    }
}
