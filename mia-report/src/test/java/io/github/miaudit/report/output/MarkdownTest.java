package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MarkdownTest {

    @Test
    void escapesWhatMarkdownObeys() {
        assertEquals("likelihood-ratio", Markdown.text("likelihood-ratio"));
        assertEquals("a \\| b", Markdown.text("a | b"));
        assertEquals("&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;", Markdown.text("<script>alert(1)</script> &lt;"));
        assertEquals("\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~ \\$e\\$ \\\\", Markdown.text("*a* _b_ `c` ~~d~~ $e$ \\"));
        assertEquals("\\!\\[x\\](http:&#8203;//evil.&#8203;example)", Markdown.text("![x](http://evil.example)"));
        assertEquals("www.&#8203;evil.&#8203;example", Markdown.text("www.evil.example"));
        assertEquals("\\#&#8203; heading", Markdown.text("# heading"));
        assertEquals("\\- item", Markdown.text("- item"));
        assertEquals("1\\. item", Markdown.text("1. item"));
        assertEquals("12\\) item", Markdown.text("12) item"));
        assertEquals("0.848 of 1.5: good.", Markdown.text("0.848 of 1.5: good."));
        assertEquals("@&#8203;everyone", Markdown.text("@everyone"));
        assertEquals("first second  third", Markdown.text("  first\nsecond\r\nthird\n"));
        assertEquals("a\uFFFDb\uFFFDc\uFFFDd\uFFFD", Markdown.text("a\u202Eb\u2066c\0d\uD800"));
    }

    @Test
    void cutsNamesThatAreNone() {
        assertEquals("x".repeat(100), Markdown.name("x".repeat(100)));
        assertEquals("x".repeat(100) + "…", Markdown.name("x".repeat(10_000)));
        assertEquals("\uD83D\uDE00".repeat(100) + "…", Markdown.name("\uD83D\uDE00".repeat(101)));
    }

    @ParameterizedTest
    @MethodSource("io.github.miaudit.report.output.Hostile#names")
    void namesStayOnTheirLineAndInTheirCell(String name) {
        String row = Markdown.row(List.of(Markdown.name(name), "0.5"));
        assertEquals(1, row.lines().count());
        assertEquals(3, row.replace("\\\\", "").replace("\\|", "").chars().filter(character -> character == '|').count());
        String bare = row.replaceAll("\\\\[\\p{Punct}]", "").replace("&#8203;", "");
        assertFalse(bare.matches("(?s).*[<>`*_\\[\\]#~\\\\].*"), bare);
        assertFalse(bare.matches("(?s).*&(?!lt;|gt;|amp;).*"), bare);
        assertTrue(row.chars().allMatch(character -> character >= ' ' || character == '\n'));
    }
}
