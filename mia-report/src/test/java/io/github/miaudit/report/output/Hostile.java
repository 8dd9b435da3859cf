package io.github.miaudit.report.output;

import java.util.stream.Stream;

/** Names that nobody gives a model in good faith. */
final class Hostile {

    private Hostile() {
    }

    static Stream<String> names() {
        return Stream.of("<script>alert(1)</script>", "\"quoted\" & 'so'", "a | b | c", "first\nsecond\r\n# third",
                "\u202Eeslaf\u2066x\u2069",
                "x".repeat(10_000),
                "]]>", "nul\0 esc\u001B[31m", "*bold* _it_ `code` ~~gone~~",
                "[click](http://evil.example) ![i](http://evil.example/i.png) www.evil.example",
                "# heading", "- item", "1. item", "@everyone #123", "lonely \uD800 surrogate", "\uFFFE", "no", "!!js/function", "*alias",
                "- a: {b", "---",
                "$x$", "\\", "\\|", "&lt;b&gt;", "   indented");
    }
}
