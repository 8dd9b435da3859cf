package io.github.miaudit.site;

import java.nio.file.Path;
import java.util.List;

/**
 * A page as HTML.
 *
 * @param source its Markdown, from the root of the repository, with slashes
 * @param title the text of its first heading
 * @param chapters its headings of the second level
 */
record Page(String source, String title, List<Chapter> chapters, String body) {

    /** A part of a page to which an anchor leads. */
    record Chapter(String anchor, String title) {
    }

    /** Where the page of a file lies on the site: beside where its file lies in the repository. */
    static String address(String source) {
        return source.replaceFirst("(?<=^|/)README\\.md$", "index.md").replaceFirst("\\.md$", ".html");
    }

    String address() {
        return address(source);
    }

    /** The address of a file of the site as this page says it. */
    String linkTo(String address) {
        return link(address(), address);
    }

    static String link(String from, String to) {
        Path folder = Path.of("/", from).getParent();
        return folder.relativize(Path.of("/", to)).toString().replace('\\', '/');
    }
}
