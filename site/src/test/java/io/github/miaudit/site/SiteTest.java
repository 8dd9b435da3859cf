package io.github.miaudit.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site as the build made it, looked at from outside: whole, linked, and nothing of the Markdown lost. */
class SiteTest {

    private static final Path ROOT = Path.of("..");
    private static final Path SITE = Path.of("target/site");
    private static final boolean HAS_API = Boolean.getBoolean("miaudit.api");
    private static final Pattern FENCE = Pattern.compile(" *```.*");
    private static final Pattern BELOW_A_HEAD = Pattern.compile(" *\\|?( *:?-+:? *\\|)+( *:?-+:? *)?");
    private static final Pattern ITEM = Pattern.compile(" *([-*+]|\\d+[.)]) .*");

    private static final Map<String, Document> PAGES = new TreeMap<>();

    @BeforeAll
    static void readPages() throws IOException {
        try (Stream<Path> files = Files.walk(SITE)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".html") && !each.startsWith(SITE.resolve("apidocs")))
                    .toList()) {
                PAGES.put(SITE.relativize(file).toString(), Jsoup.parse(file));
            }
        }
        assertEquals(Contents.OF_THE_PROJECT.sources().count(), PAGES.size());
    }

    @Test
    void everyLinkAndAnchorAmongThePagesLeadsSomewhere() {
        List<String> broken = new ArrayList<>();
        int checked = 0;
        for (Map.Entry<String, Document> page : PAGES.entrySet()) {
            for (Element link : page.getValue().select("a[href]")) {
                String address = link.attr("href");
                if (isRemote(address)) {
                    continue;
                }
                checked++;
                String file = file(page.getKey(), address);
                String anchor = address.contains("#") ? address.substring(address.indexOf('#') + 1) : "";
                Document target = PAGES.get(file);
                boolean leads = target == null
                        ? anchor.isEmpty() && Files.isRegularFile(SITE.resolve(file))
                        : anchor.isEmpty() || target.getElementById(anchor) != null;
                if (!leads) {
                    broken.add(page.getKey() + " → " + address);
                }
            }
        }
        assertEquals(List.of(), broken);
        assertTrue(checked > 500, checked + " links"); // 29 in each page's navigation
    }

    @Test
    void everyPageIsReachedFromTheFirst() {
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of("index.html"));
        while (!open.isEmpty()) {
            String page = open.pop();
            if (PAGES.containsKey(page) && reached.add(page)) {
                PAGES.get(page).select("main a[href]").stream().map(link -> link.attr("href"))
                        .filter(address -> !isRemote(address)).forEach(address -> open.push(file(page, address)));
            }
        }
        assertEquals(PAGES.keySet(), reached);
        for (Document page : PAGES.values()) {
            assertEquals(PAGES.size() + (HAS_API ? 1 : 0), page.select("nav a:not([href^=#])").size());
        }
    }

    @Test
    void nothingIsRemoteButLinksAndNothingRuns() {
        for (Map.Entry<String, Document> page : PAGES.entrySet()) {
            assertEquals("", page.getValue().select("script, link, iframe, object, embed, video, audio, base, form, [srcset]").outerHtml());
            for (Element each : page.getValue().getAllElements()) {
                assertTrue(each.attributes().asList().stream().noneMatch(attribute -> attribute.getKey().startsWith("on")),
                        each.outerHtml());
            }
            for (Element image : page.getValue().select("[src]")) {
                assertFalse(isRemote(image.attr("src")), image.outerHtml());
                assertTrue(Files.isRegularFile(SITE.resolve(file(page.getKey(), image.attr("src")))), image.outerHtml());
                assertTrue(image.attr("alt").length() > 20, image.outerHtml());
            }
            String style = page.getValue().select("style").html();
            assertFalse(style.contains("url(") || style.contains("@import"), style);
            for (Element link : page.getValue().select("a[href]")) {
                assertFalse(link.text().isBlank(), link.outerHtml());
                assertFalse(isRemote(link.attr("href")) && !link.attr("href").startsWith("https://"), link.outerHtml());
            }
        }
    }

    @Test
    void headingsAreInOrderBehindOneTitle() {
        for (Map.Entry<String, Document> page : PAGES.entrySet()) {
            List<Integer> levels = page.getValue().select("h1, h2, h3, h4, h5, h6").stream()
                    .map(heading -> heading.tagName().charAt(1) - '0').toList();
            assertEquals(1, levels.get(0), page.getKey());
            assertEquals(1, levels.stream().filter(level -> level == 1).count(), page.getKey());
            for (int index = 1; index < levels.size(); index++) {
                assertTrue(levels.get(index) <= levels.get(index - 1) + 1, page.getKey() + " " + levels);
            }
            Set<String> anchors = new HashSet<>();
            page.getValue().select("[id]").forEach(each -> assertTrue(anchors.add(each.id()), page.getKey() + " #" + each.id()));
        }
    }

    @Test
    void codeTablesAndListsOfTheMarkdownAreThere() throws IOException {
        int tables = 0;
        for (String source : Contents.OF_THE_PROJECT.sources().toList()) {
            List<String> prose = new ArrayList<>();
            List<String> code = new ArrayList<>();
            boolean fenced = false;
            for (String line : Files.readAllLines(ROOT.resolve(source))) {
                if (FENCE.matcher(line).matches()) {
                    fenced = !fenced;
                } else {
                    (fenced ? code : prose).add(line);
                }
            }
            Element main = PAGES.get(Page.address(source)).selectFirst("main");
            long heads = prose.stream().filter(line -> BELOW_A_HEAD.matcher(line).matches()).count();
            tables += heads;
            assertEquals(heads, main.select(".scroll > table").size(), source + ", tables");
            assertEquals(heads, main.select("table").size(), source + ", tables");
            assertEquals(prose.stream().filter(line -> line.strip().startsWith("|")).count() - heads, main.select("tr").size(),
                    source + ", rows");
            assertEquals(prose.stream().filter(line -> ITEM.matcher(line).matches()).count(), main.select("li").size(), source + ", items");
            assertEquals(code.stream().map(String::strip).collect(Collectors.joining("\n")),
                    main.select("pre > code").stream().flatMap(each -> each.wholeText().lines()).map(String::strip)
                            .collect(Collectors.joining("\n")),
                    source);
        }
        assertTrue(tables > 50, tables + " tables");
    }

    @Test
    void twoBuildsAreTheSameBytes(@TempDir Path folder) throws IOException {
        SiteBuilder.write(ROOT, folder, Contents.OF_THE_PROJECT, HAS_API);
        Set<Path> again = files(folder);
        Set<Path> first = files(SITE).stream().filter(file -> !file.startsWith("apidocs")).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(first, again);
        for (Path file : first) {
            assertEquals(-1, Files.mismatch(SITE.resolve(file), folder.resolve(file)), file.toString());
        }
    }

    @Test
    void aPageThatNobodyListsAndALinkToNothingStopTheBuild(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("docs"));
        Files.writeString(folder.resolve("docs/a.md"), "# A\n\n[b](b.md)\n");
        Contents contents = new Contents(List.of(new Contents.Section("All", List.of("docs/a.md"))));
        assertEquals("docs/a.md links to b.md, and there is no docs/b.md", assertThrows(IllegalArgumentException.class,
                () -> SiteBuilder.write(folder, folder.resolve("site"), contents, false)).getMessage());
        Files.writeString(folder.resolve("docs/b.md"), "# B\n");
        assertEquals("in no section of the site: [docs/b.md]; add them to Contents", assertThrows(IllegalArgumentException.class,
                () -> SiteBuilder.write(folder, folder.resolve("site"), contents, false)).getMessage());
    }

    @Test
    void linksToPagesStayOnTheSiteAndOthersGoToTheRepository(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("docs/images"));
        Files.createDirectory(folder.resolve("consumers"));
        Files.writeString(folder.resolve("Dockerfile"), "");
        Files.writeString(folder.resolve("docs/images/a.png"), "");
        Files.writeString(folder.resolve("README.md"), "# R\n\n[a](docs/a.md#one-two) ![a](docs/images/a.png)\n");
        Files.writeString(folder.resolve("docs/a.md"),
                "# A & `B`\n\n## One, two?\n\n[r](../README.md), [c](../consumers), [d](../Dockerfile),"
                        + " [e](https://example.org/x)\n\n<script>\n");
        SiteBuilder.write(folder, folder.resolve("site"),
                new Contents(List.of(new Contents.Section("All", List.of("README.md", "docs/a.md")))), false);
        assertEquals(List.of("docs/a.html#one-two", "docs/a.html"), links(folder.resolve("site/index.html")));
        Path page = folder.resolve("site/docs/a.html");
        assertEquals(List.of("../index.html", "https://github.com/miaudit/miaudit/tree/main/consumers",
                "https://github.com/miaudit/miaudit/blob/main/Dockerfile", "https://example.org/x"), links(page));
        assertEquals("A & B – MIAudit", Jsoup.parse(page).title());
        assertEquals("One, two?", Jsoup.parse(page).getElementById("one-two").text());
        assertTrue(Files.exists(folder.resolve("site/docs/images/a.png")));
    }

    private static List<String> links(Path page) throws IOException {
        return Jsoup.parse(page).select("main a").eachAttr("href");
    }

    /** The overview of the Javadoc shows the README's program. */
    @Test
    void theSampleOfTheOverviewIsTheReadmes() throws IOException {
        String sample = Jsoup.parse(Path.of("src/main/javadoc/overview.html")).selectFirst("pre").wholeText().strip();
        assertTrue(Files.readString(ROOT.resolve("README.md")).contains(sample), sample);
    }

    private static boolean isRemote(String address) {
        return address.matches("[a-z]+:.*|//.*");
    }

    private static String file(String page, String address) {
        String path = address.replaceFirst("#.*", "");
        return path.isEmpty() ? page : Path.of("/", page).resolveSibling(path).normalize().toString().substring(1);
    }

    private static Set<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(folder::relativize).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
