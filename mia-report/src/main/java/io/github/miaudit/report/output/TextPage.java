package io.github.miaudit.report.output;

import java.util.List;

/**
 * A page of sentences and tables, without pictures: a single file that loads nothing, in which everything is escaped. Immutable.
 *
 * @param title    of the page
 * @param subtitle what it is of, in one line
 * @param alarms   what must be read before all else; none where there is nothing
 * @param sections in order
 */
public record TextPage(String title, String subtitle, List<String> alarms, List<Section> sections) {

    /** Copies the lists. */
    public TextPage {
        alarms = List.copyOf(alarms);
        sections = List.copyOf(sections);
    }

    /**
     * A part of the page.
     *
     * @param title     above it
     * @param sentences each a paragraph
     * @param lines     a list of points below them
     * @param tables    below these
     */
    public record Section(String title, List<String> sentences, List<String> lines, List<TablePage.Table> tables) {

        /** Copies the lists. */
        public Section {
            sentences = List.copyOf(sentences);
            lines = List.copyOf(lines);
            tables = List.copyOf(tables);
        }
    }

    /** The page in HTML. */
    public String toHtml() {
        return Templates.render("text.jte", this);
    }
}
