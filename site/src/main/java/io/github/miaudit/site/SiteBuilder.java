package io.github.miaudit.site;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes pages that link to each other of the project's documents. The same files give the same bytes. */
public final class SiteBuilder {

    private SiteBuilder() {
    }

    /** Writes the site of the repository in the first folder into the second; the third argument is whether it has Javadoc. */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]).toAbsolutePath().normalize(), Path.of(arguments[1]), Contents.OF_THE_PROJECT,
                Boolean.parseBoolean(arguments[2]));
    }

    /** Replaces whatever is in the folder. */
    static void write(Path root, Path folder, Contents contents, boolean hasApi) throws IOException {
        Set<String> sources = contents.sources().collect(Collectors.toCollection(LinkedHashSet::new));
        requireAllDocuments(root, sources);
        MarkdownReader reader = new MarkdownReader(root, sources);
        List<Page> pages = new ArrayList<>();
        for (String source : sources) {
            pages.add(reader.read(source));
        }
        Site site = new Site(contents, pages.stream().collect(Collectors.toMap(Page::source, page -> page)), hasApi);
        delete(folder);
        TemplateEngine engine = TemplateEngine.createPrecompiled(null, ContentType.Html, SiteBuilder.class.getClassLoader(),
                SiteBuilder.class.getPackageName());
        for (int index = 0; index < pages.size(); index++) {
            StringOutput html = new StringOutput();
            Page next = index + 1 < pages.size() ? pages.get(index + 1) : null;
            Map<String, Object> parameters = new HashMap<>(Map.of("site", site, "page", pages.get(index)));
            parameters.put("next", next);
            engine.render("page.jte", parameters, html);
            Path file = folder.resolve(pages.get(index).address());
            Files.createDirectories(file.getParent());
            Files.writeString(file, html.toString());
        }
        for (String image : reader.images()) {
            Files.createDirectories(folder.resolve(image).getParent());
            Files.copy(root.resolve(image), folder.resolve(image));
        }
    }

    private static void requireAllDocuments(Path root, Set<String> sources) throws IOException {
        try (Stream<Path> docs = Files.list(root.resolve("docs"))) {
            Set<String> missing = docs.map(file -> "docs/" + file.getFileName()).filter(file -> file.endsWith(".md"))
                    .collect(Collectors.toCollection(TreeSet::new));
            missing.removeAll(sources);
            if (!missing.isEmpty()) {
                throw new IllegalArgumentException("in no section of the site: " + missing + "; add them to Contents");
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
