package io.github.miaudit.report.output;

/** A chart as an element of a page, which says to who can't see it what it shows, and the caption below it. */
record Picture(String svg, String caption) {
}
