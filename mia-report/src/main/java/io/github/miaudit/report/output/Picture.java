package io.github.miaudit.report.output;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A plot as a whole SVG document, what it says to who can't see it, and the caption below it. */
record Picture(String svg, String alternative, String caption) {

    /** The plot as an image's source; as an image, nothing in it can run or load. */
    String source() {
        return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    }
}
