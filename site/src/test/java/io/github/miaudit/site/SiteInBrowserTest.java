package io.github.miaudit.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Pages in Chromium, opened from disk without a network. With {@code -Dmiaudit.screenshots=DIR} they are left as pictures too. */
class SiteInBrowserTest {

    private static final Path SITE = Path.of("target/site");

    @TempDir
    private static Path folder;

    private static ChromeDriver driver;

    @BeforeAll
    static void open() {
        Optional<File> chromium = onThePath("chromium");
        Optional<File> chromedriver = onThePath("chromedriver");
        assumeTrue(chromium.isPresent() && chromedriver.isPresent(), "chromium and chromedriver are not on the PATH, so no page is opened");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-dev-shm-usage", "--hide-scrollbars",
                "--user-data-dir=" + folder.resolve("profile"),
                "--host-resolver-rules=MAP * ~NOTFOUND");
        driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(chromedriver.orElseThrow()).build(), options);
    }

    private static Optional<File> onThePath(String program) {
        return Arrays.stream(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .map(each -> Path.of(each, program)).filter(Files::isExecutable).map(Path::toFile).findFirst();
    }

    @AfterAll
    static void close() {
        if (driver != null) {
            driver.quit();
        }
    }

    private static void show(Path page, int width, boolean dark) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        driver.get(page.toUri().toString());
    }

    @ParameterizedTest
    @CsvSource({"390,false", "1280,true"})
    void noPageIsWiderThanTheScreenAndImagesAreShown(int width, boolean dark) throws IOException {
        for (String source : Contents.OF_THE_PROJECT.sources().toList()) {
            show(SITE.resolve(Page.address(source)), width, dark);
            assertEquals((long) width, driver.executeScript("return document.scrollingElement.scrollWidth"), source);
            assertEquals(List.of(), driver.executeScript(
                    "return [...document.images].filter(image => !image.complete || image.naturalWidth === 0).map(image => image.alt)"));
            screenshot(Page.address(source).replace('/', '-').replace(".html", "-" + width + ".png"));
        }
    }

    @ParameterizedTest
    @CsvSource({"index.html,390,false", "index.html,1280,true", "docs/statistics.html,1280,false", "docs/faq.html,390,true"})
    void axeFindsNothing(String page, int width, boolean dark) {
        show(SITE.resolve(page), width, dark);
        assertEquals(List.of(), complaints());
    }

    /** Or the test before could not fail. */
    @Test
    void axeFindsFaintText() throws IOException {
        show(Files.writeString(folder.resolve("faint.html"),
                "<!DOCTYPE html><html lang='en'><title>x</title><main><h1 style='color: #ddd'>faint</h1></main></html>"), 1280, false);
        assertTrue(complaints().toString().contains("color-contrast"));
    }

    @SuppressWarnings("deprecation") // the other mode opens a second window to put frames together, of which these pages have none
    private static List<String> complaints() {
        AxeBuilder axe = new AxeBuilder().setLegacyMode();
        axe.setOptions("{\"resultTypes\": [\"violations\"]}");
        return axe.analyze(driver).getViolations().stream()
                .map(rule -> rule.getId() + ": " + rule.getNodes().stream().map(node -> node.getHtml()).limit(3).toList()).toList();
    }

    private static void screenshot(String name) throws IOException {
        String wanted = System.getProperty("miaudit.screenshots");
        if (wanted != null) {
            Map<String, Object> picture = driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
            Files.write(Files.createDirectories(Path.of(wanted)).resolve(name), Base64.getDecoder().decode((String) picture.get("data")));
        }
    }
}
