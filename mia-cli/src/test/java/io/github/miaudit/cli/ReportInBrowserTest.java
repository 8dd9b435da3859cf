package io.github.miaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/**
 * The pages in Chromium, opened from disk without a network: the demonstration's report, one with sentences, a comparison, one with strata
 * and the pages of its dossier.
 * With {@code -Dmiaudit.screenshots=DIR} they are left as pictures too.
 */
class ReportInBrowserTest {

    private static final int WIDE = 1280;
    private static final int NARROW = 390;
    private static final int BETWEEN = 768;
    private static final List<String> DOSSIER = List.of("dossier", "edpb", "aisvs", "sacro");

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static Browser scriptless;

    @BeforeAll
    static void makePages() throws IOException {
        assumeTrue(Browser.isInstalled(),
                "chromium and chromedriver are not on the PATH, so no page is opened; on Debian: apt-get install chromium chromium-driver");
        Path demo = folder.resolve("unpacked");
        Demonstration.unpackInto(Files.createDirectories(demo));
        String target = demo.resolve("target").toString();
        String reference = demo.resolve("reference").toString();
        String after = Shell.trainedFurther(demo.resolve("reference"), demo.resolve("after")).toString();
        Shell.copyStart(demo.resolve("dataset"), folder.resolve("small"), 72);
        made("audit", "--target", target, "--reference", reference, "--dataset", folder.resolve("small").toString(), "--include-text", "5",
                "--bootstrap", "200",
                "--permutations", "1000", "--output", folder.resolve("excerpts").toString());
        made("compare", "--target", "before=" + target, "--target", "after=" + after, "--reference", "base=" + reference, "--dataset",
                folder.resolve("small").toString(), "--bootstrap", "200", "--permutations", "1000", "--output",
                folder.resolve("comparison").toString());
        makeDossier();
        browser = Browser.open(Files.createDirectory(folder.resolve("profile")), true);
        scriptless = Browser.open(Files.createDirectory(folder.resolve("other-profile")), false);
    }

    /** Of 60 a side, a third of whom leak; its pages lie in folders of their names. */
    private static void makeDossier() throws IOException {
        StringBuilder losses = new StringBuilder("population,group,target_loss,reference_loss\n");
        StringBuilder strata = new StringBuilder("patient,age band,a variable with a long name: disease\n");
        Random random = new Random(3);
        for (String population : List.of("member", "non_member")) {
            for (int patient = 0; patient < 60; patient++) {
                boolean known = population.equals("member") && patient % 3 == 0;
                losses.append(String.format(Locale.ROOT, "%s,%s%d,%.6f,%.6f%n", population, population, patient,
                        3 + random.nextGaussian() - (known ? 3 : 0), 3 + 0.1 * random.nextGaussian()));
                strata.append(population).append(patient).append(patient < 25 ? ",18-64" : patient < 45 ? ",65-79" : ",80 and more")
                        .append(patient % 3 == 0 ? ",rare\n" : ",none\n");
            }
        }
        made("audit-scores", "--scores", Files.writeString(folder.resolve("losses.csv"), losses).toString(), "--strata",
                Files.writeString(folder.resolve("strata.csv"), strata).toString(), "--title", "Release 4", "--bootstrap", "200",
                "--permutations", "1000", "--output", folder.resolve("strata").toString());
        Path zip = folder.resolve("dossier.zip");
        Shell.Outcome outcome = Shell.mia("dossier", "--audit", folder.resolve("strata").toString(), "--facts",
                Files.writeString(folder.resolve("dossier.yaml"), documentedFacts()).toString(), "--date", "2026-11-28", "--output",
                zip.toString());
        assertEquals(3, outcome.exitCode(), outcome.err()); // of attacks fixed beforehand that are not reported
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            for (String page : DOSSIER) {
                Path at = Files.createDirectories(folder.resolve(page)).resolve("report.html");
                Files.copy(archive.getInputStream(archive.getEntry(page + ".html")), at);
            }
        }
    }

    private static String documentedFacts() throws IOException {
        Matcher example = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("../docs/dossier.md")));
        assertTrue(example.find());
        return example.group(1);
    }

    private static void made(String... arguments) {
        Shell.Outcome outcome = Shell.mia(arguments);
        assertEquals(0, outcome.exitCode(), outcome.err());
    }

    @AfterAll
    static void close() {
        Stream.of(browser, scriptless).filter(Objects::nonNull).forEach(Browser::close);
    }

    private static Path page(String name) {
        return (name.equals("demonstration") ? DemonstrationReport.folder() : folder.resolve(name)).resolve("report.html");
    }

    private static void show(String name, int width, boolean dark) {
        browser.resize(width, dark);
        browser.show(page(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"demonstration", "excerpts", "comparison"})
    void thePageAsksForNothingAndComplainsOfNothing(String name) {
        show(name, WIDE, false);
        List<String> requests = browser.requests();
        assertEquals(Set.of(page(name).toUri().toString()),
                Set.copyOf(requests.stream().filter(address -> !address.startsWith("data:")).toList()));
        assertEquals(List.of(), browser.messages());
        assertEquals(0L, browser.driver().executeScript("return document.querySelectorAll('script, link, iframe, object, embed').length"));
        assertEquals(List.of(), browser.driver().executeScript(
                "return [...document.images].filter(image => !image.complete || image.naturalWidth === 0).map(image => image.alt)"));
    }

    /** Or the test before could not fail. */
    @Test
    void whatAPageAsksForAndComplainsOfIsSeen() throws IOException {
        Path other = Files.writeString(folder.resolve("other.html"),
                "<!DOCTYPE html><title>x</title><img src='http://example.invalid/a.png'><script>console.error('complaint')</script>");
        browser.show(other);
        assertTrue(browser.requests().contains("http://example.invalid/a.png"));
        List<String> messages = browser.messages();
        assertTrue(messages.stream().anyMatch(message -> message.contains("complaint")), messages.toString());
        assertTrue(messages.stream().anyMatch(message -> message.contains("ERR_")), messages.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"demonstration", "excerpts", "comparison"})
    void thePageHasHeadingsCaptionsAndAlternatives(String name) {
        show(name, WIDE, false);
        assertEquals("en", browser.driver().findElement(By.tagName("html")).getDomAttribute("lang"));
        assertFalse(browser.driver().getTitle().isBlank());
        assertEquals("width=device-width, initial-scale=1",
                browser.driver().findElement(By.cssSelector("meta[name=viewport]")).getDomAttribute("content"));

        List<String> headings = browser.driver().findElements(By.cssSelector("h1, h2, h3, h4, h5, h6")).stream().map(WebElement::getTagName)
                .toList();
        assertEquals("h1", headings.get(0));
        assertEquals(1, headings.stream().filter("h1"::equals).count());
        for (int next = 1; next < headings.size(); next++) {
            assertTrue(level(headings, next) <= level(headings, next - 1) + 1, headings.toString());
        }
        assertTrue(headings.stream().filter("h2"::equals).count() >= 5, headings.toString());

        List<WebElement> tables = browser.driver().findElements(By.tagName("table"));
        assertFalse(tables.isEmpty());
        for (WebElement table : tables) {
            assertFalse(table.findElement(By.tagName("caption")).getDomProperty("textContent").isBlank());
            assertFalse(table.findElements(By.cssSelector("th[scope=row]")).isEmpty());
            assertFalse(table.findElements(By.cssSelector("thead th[scope=col]")).isEmpty());
            assertEquals(List.of(), table.findElements(By.cssSelector("th:not([scope]), thead td")));
        }

        List<WebElement> images = browser.driver().findElements(By.cssSelector("svg[role=img]"));
        assertFalse(images.isEmpty());
        for (WebElement image : images) {
            String alternative = image.getDomAttribute("aria-label");
            assertTrue(alternative.matches("(?s).*\\d.*") || alternative.contains("not told"), alternative);
        }
        assertEquals(List.of(), browser.driver().findElements(By.cssSelector("svg:not([role=img])")));
        assertEquals(browser.driver().findElements(By.cssSelector(".scroll")).size(),
                browser.driver().findElements(By.cssSelector(".scroll[tabindex='0'][role=region][aria-label]")).size());
    }

    private static int level(List<String> headings, int index) {
        return headings.get(index).charAt(1) - '0';
    }

    @ParameterizedTest
    @ValueSource(strings = {"demonstration", "excerpts", "comparison"})
    void withoutScriptsThePageReadsTheSame(String name) throws IOException {
        show(name, WIDE, false);
        String text = browser.driver().findElement(By.tagName("body")).getText();
        assertTrue(text.length() > 1000, text);
        scriptless.show(Files.writeString(folder.resolve("scripted.html"),
                "<!DOCTYPE html><title>not run</title><script>document.title = 'run'</script>"));
        assertEquals("not run", scriptless.driver().getTitle());
        scriptless.resize(WIDE, false);
        scriptless.show(page(name));
        assertEquals(text, scriptless.driver().findElement(By.tagName("body")).getText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"demonstration", "excerpts", "comparison"})
    void nothingIsWiderThanAPhone(String name) {
        show(name, NARROW, false);
        browser.driver().executeScript("document.querySelectorAll('details').forEach(each => each.open = true)");
        assertEquals(List.of(), tooWide());
        assertEquals((long) NARROW, browser.driver().executeScript("return document.scrollingElement.scrollWidth"));
    }

    private static Object tooWide() {
        return browser.driver().executeScript("""
                return [...document.body.querySelectorAll('*')]
                        .filter(element => !element.parentElement.closest('.scroll')
                                && element.getBoundingClientRect().right > innerWidth + 0.5)
                        .map(element => element.outerHTML.slice(0, 120))""");
    }

    /** Letters of charts shrink with them: none is drawn below 11 pixels, and what they say can be selected. */
    @ParameterizedTest
    @ValueSource(strings = {"demonstration", "excerpts", "comparison"})
    void wordsInChartsCanBeReadAndSelectedOnAPhone(String name) {
        show(name, NARROW, false);
        browser.driver().executeScript("document.querySelectorAll('details').forEach(each => each.open = true)");
        assertEquals(List.of(), browser.driver().executeScript("""
                return [...document.querySelectorAll('svg text')].filter(text => parseFloat(getComputedStyle(text).fontSize)
                        * text.ownerSVGElement.getBoundingClientRect().width / text.ownerSVGElement.viewBox.baseVal.width < 11)
                        .map(text => text.textContent)"""));
        assertEquals(true, browser.driver().executeScript("""
                const text = [...document.querySelectorAll('svg text')].find(each => each.textContent === 'AUC'
                        || each.textContent.startsWith('AUC minus'));
                getSelection().selectAllChildren(text);
                return getSelection().toString().includes('AUC')
                        && getComputedStyle(text).fontFamily === getComputedStyle(document.body).fontFamily"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"strata", "dossier", "edpb", "aisvs", "sacro"})
    void aDossiersPagesFitAreAccessibleAndCanBeSelected(String name) throws IOException {
        for (int width : List.of(NARROW, BETWEEN, WIDE)) {
            for (boolean dark : List.of(false, true)) {
                show(name, width, dark);
                screenshot(name + "-" + width + (dark ? "-dark" : "-light"));
                browser.driver().executeScript("document.querySelectorAll('details').forEach(each => each.open = true)");
                if (width == (dark ? NARROW : WIDE)) { // axe takes seconds, and colours do not depend on the width
                    assertEquals(List.of(), complaints(), name + " at " + width);
                }
                assertEquals(List.of(), tooWide(), name + " at " + width);
                assertEquals((long) width, browser.driver().executeScript("return document.scrollingElement.scrollWidth"));
            }
        }
        assertEquals(Set.of(page(name).toUri().toString()),
                Set.copyOf(browser.requests().stream().filter(address -> !address.startsWith("data:")).toList()));
        assertEquals(List.of(), browser.messages());
        assertEquals(0L, browser.driver().executeScript("return document.querySelectorAll('script, link, iframe, object, embed').length"));
        for (WebElement table : browser.driver().findElements(By.tagName("table"))) {
            assertFalse(table.findElement(By.tagName("caption")).getDomProperty("textContent").isBlank());
            assertFalse(table.findElements(By.cssSelector("th[scope=row]")).isEmpty());
        }
        browser.driver().executeScript("getSelection().selectAllChildren(document.body)");
        String selected = (String) browser.driver().executeScript("return getSelection().toString()");
        for (String said : List.of("Release 4", "rare", "18-64", "likelihood-ratio")) {
            assertTrue(selected.contains(said), said);
        }
        assertEquals(List.of(), tooWideOnPaper());
    }

    @Test
    void noTableOfAComparisonIsWiderThanItsBox() {
        show("comparison", WIDE, false);
        assertEquals(List.of(), browser.driver().executeScript("""
                return [...document.querySelectorAll('.scroll')].filter(box => box.scrollWidth > box.clientWidth)
                        .map(box => box.getAttribute('aria-label') + ': ' + box.scrollWidth + ' in ' + box.clientWidth)"""));
    }

    /** Each page at each width and in each scheme, and each width in each scheme. */
    @ParameterizedTest
    @CsvSource({"demonstration,1280,false", "demonstration,390,true", "excerpts,1280,true", "excerpts,390,false",
            "comparison,1280,false", "comparison,390,true"})
    void axeFindsNothing(String name, int width, boolean dark) throws IOException {
        show(name, width, dark);
        assertEquals(dark, browser.driver().executeScript("return matchMedia('(prefers-color-scheme: dark)').matches"));
        screenshot(name + "-" + width + (dark ? "-dark" : "-light"));
        browser.driver().executeScript("document.querySelectorAll('details').forEach(each => each.open = true)");
        assertEquals(List.of(), complaints());
    }

    private static List<String> complaints() {
        return violations().stream()
                .map(rule -> rule.getId() + ": "
                        + rule.getNodes().stream().map(node -> node.getHtml() + " " + node.getFailureSummary()).limit(3).toList())
                .toList();
    }

    /** All rules are tried; of what they let pass axe describes one element alone. */
    @SuppressWarnings("deprecation") // the other mode opens a second window to put frames together, of which these pages have none
    private static List<Rule> violations() {
        AxeBuilder axe = new AxeBuilder().setLegacyMode();
        axe.setOptions("{\"resultTypes\": [\"violations\"]}");
        return axe.analyze(browser.driver()).getViolations();
    }

    /** Or the test before could not fail. */
    @Test
    void axeFindsFaintText() throws IOException {
        browser.resize(WIDE, false);
        browser.show(Files.writeString(folder.resolve("faint.html"),
                "<!DOCTYPE html><html lang='en'><title>x</title><main><h1 style='color: #ddd'>faint</h1></main></html>"));
        List<String> found = violations().stream()
                .map(rule -> rule.getId() + " " + rule.getImpact()).toList();
        assertTrue(found.contains("color-contrast serious"), found.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"demonstration", "excerpts", "comparison"})
    void darkPaperIsDark(String name) {
        show(name, WIDE, false);
        Object light = browser.driver().executeScript("return getComputedStyle(document.body).backgroundColor");
        browser.resize(WIDE, true);
        assertNotEquals(light, browser.driver().executeScript("return getComputedStyle(document.body).backgroundColor"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"demonstration", "excerpts", "comparison"})
    void thePagePrintsOnAFewSheetsOfA4AndKeepsTogetherWhatBelongsTogether(String name) throws IOException {
        show(name, WIDE, false);
        Map<String, Object> printed = browser.driver().executeCdpCommand("Page.printToPDF", Map.of("preferCSSPageSize", true));
        Printed pdf = Printed.of(Base64.getDecoder().decode((String) printed.get("data")));
        assertTrue(pdf.sheets().size() >= 2 && pdf.sheets().size() <= 6, pdf.sheets().size() + " sheets"); // of three attacks and a control
        pdf.sizes().forEach(size -> assertEquals(Printed.A4, size));
        assertTrue(pdf.sheets().get(0).contains(Printed.squeezed(text(".answer"))), "the first sheet holds the decision");
        for (List<String> table : texts("""
                return [...document.querySelectorAll('table:has(caption)')].filter(table => !table.closest('details:not([open])'))
                        .map(table => [table.caption, table.tHead.className === 'away' ? table.tBodies[0].rows[0].cells[0] : table.tHead]
                                .map(each => each.innerText))""")) {
            assertTrue(pdf.isTogether(table), () -> "parted on paper: " + table);
        }
        for (List<String> heading : texts("return [...document.querySelectorAll('h2, h3')].map(each => [each.innerText])")) {
            assertFalse(pdf.endsASheet(heading.get(0)), () -> "the last on its sheet: " + heading);
        }
        assertEquals(List.of(), tooWideOnPaper());
    }

    private static String text(String selector) {
        return (String) browser.driver().executeScript("return document.querySelector(arguments[0]).innerText", selector);
    }

    @SuppressWarnings("unchecked") // as the scripts return it
    private static List<List<String>> texts(String script) {
        return (List<List<String>>) browser.driver().executeScript(script);
    }

    /** What reaches beyond the 180 mm that the margins leave. */
    private static Object tooWideOnPaper() {
        browser.driver().executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", 680, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        browser.driver().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
        try {
            return browser.driver().executeScript("""
                    return [...document.body.querySelectorAll('*')]
                            .filter(element => element.getBoundingClientRect().right > innerWidth + 0.5)
                            .map(element => element.outerHTML.slice(0, 120))""");
        } finally {
            browser.driver().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
        }
    }

    private static void screenshot(String name) throws IOException {
        String wanted = System.getProperty("miaudit.screenshots");
        if (wanted != null) {
            Map<String, Object> picture = browser.driver().executeCdpCommand("Page.captureScreenshot",
                    Map.of("captureBeyondViewport", true));
            Files.write(Files.createDirectories(Path.of(wanted)).resolve(name + ".png"),
                    Base64.getDecoder().decode((String) picture.get("data")));
        }
    }
}
