package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.report.output.PolicyOutcome.Check;
import io.github.miaudit.report.output.PolicyOutcome.Status;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class PolicyOutcomeTest {

    private static final Check KEPT = new Check("auc is at most 0.6", Status.KEPT, "it is 0.5");
    private static final Check BROKEN = new Check("tpr is at most 0.1", Status.BROKEN, "it is 0.5, and must be \"<0.1\" & so on");
    private static final Check UNDECIDABLE = new Check("validity", Status.UNDECIDABLE, "it is not there");

    private static Element parsed(PolicyOutcome outcome) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(outcome.toJUnitXml())))
                .getDocumentElement();
    }

    @Test
    void isKeptOnlyIfEveryCheckIs() {
        assertTrue(new PolicyOutcome("audit.json", "d1ce57", List.of(KEPT, KEPT)).isKept());
        assertFalse(new PolicyOutcome("audit.json", "d1ce57", List.of(KEPT, BROKEN)).isKept());
        assertFalse(new PolicyOutcome("audit.json", "d1ce57", List.of(KEPT, UNDECIDABLE)).isKept());
        assertEquals(List.of(BROKEN, UNDECIDABLE),
                new PolicyOutcome("audit.json", "d1ce57", List.of(BROKEN, KEPT, UNDECIDABLE)).failures());
        assertThrows(IllegalArgumentException.class, () -> new PolicyOutcome("audit.json", "d1ce57", List.of()));
    }

    @Test
    void isWrittenForATerminal() {
        assertEquals("""
                Policy: broken, 2 of 3 checks failed, by audit.json, sha256 d1ce57.
                  KEPT         auc is at most 0.6: it is 0.5
                  BROKEN       tpr is at most 0.1: it is 0.5, and must be "<0.1" & so on
                  UNDECIDABLE  validity: it is not there
                """, new PolicyOutcome("audit.json", "d1ce57", List.of(KEPT, BROKEN, UNDECIDABLE)).toText());
        assertEquals("""
                Policy: kept, 1 of 1 checks passed, by audit.json, sha256 d1ce57.
                  KEPT         auc is at most 0.6: it is 0.5
                """, new PolicyOutcome("audit.json", "d1ce57", List.of(KEPT)).toText());
    }

    @Test
    void isWrittenForABuildServer() throws Exception {
        PolicyOutcome outcome = new PolicyOutcome("audit.json", "d1ce57", List.of(KEPT, BROKEN, UNDECIDABLE));
        Element suite = parsed(outcome);
        assertEquals("testsuite", suite.getTagName());
        assertEquals("miaudit policy", suite.getAttribute("name"));
        assertEquals("3", suite.getAttribute("tests"));
        assertEquals("2", suite.getAttribute("failures"));
        Element property = (Element) suite.getElementsByTagName("property").item(0);
        assertEquals("audit.json sha256=d1ce57", property.getAttribute("name") + "=" + property.getAttribute("value"));
        var cases = suite.getElementsByTagName("testcase");
        assertEquals(3, cases.getLength());
        for (int at = 0; at < 3; at++) {
            Check check = outcome.checks().get(at);
            Element element = (Element) cases.item(at);
            assertEquals(check.limit(), element.getAttribute("name"));
            var failures = element.getElementsByTagName("failure");
            assertEquals(check.isKept() ? 0 : 1, failures.getLength());
            if (!check.isKept()) {
                assertEquals(check.reason(), ((Element) failures.item(0)).getAttribute("message"));
                assertEquals(check.status().name(), ((Element) failures.item(0)).getAttribute("type"));
            }
        }
        assertEquals(outcome.toJUnitXml(), outcome.toJUnitXml());
    }

    @ParameterizedTest
    @MethodSource("io.github.miaudit.report.output.Hostile#names")
    void namesAreTextOnly(String name) throws Exception {
        PolicyOutcome outcome = new Policy(Population.NON_MEMBERS, List.of(new Limit(Figure.AUC, Optional.empty(), Optional.empty(), 0.6),
                new Limit(Figure.AUC, Optional.of(name + "?"), Optional.empty(), 0.6)))
                .check(new EditedAudit().rename(name).document(), "d1ce57");
        Element first = (Element) parsed(outcome).getElementsByTagName("testcase").item(0);
        assertEquals("auc of " + PlainText.name(name) + " against non-members is at most 0.6", first.getAttribute("name").strip());
        assertEquals(3, parsed(outcome).getElementsByTagName("testcase").getLength());
        assertEquals(4, outcome.toText().lines().count());
        assertTrue(outcome.toText().codePoints()
                .allMatch(character -> character == '\n' || character >= ' ' && character != 0x202E && character != 0x2066));
        assertTrue(outcome.toText().length() < 2000);
    }
}
