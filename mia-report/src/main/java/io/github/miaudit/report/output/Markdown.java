package io.github.miaudit.report.output;

import io.github.miaudit.io.PlainText;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.AuditWords;
import io.github.miaudit.report.Decision;
import java.util.List;

/** Markdown in which text from outside stays text. */
final class Markdown {

    /** Invisible; parts what would be an address, a mention or an issue. A backslash would not do: those are sought after Markdown. */
    private static final String ZERO_WIDTH_SPACE = "&#8203;";
    private static final String SPECIAL = "\\`*_{}[]|~$!^";

    private Markdown() {
    }

    /** A text as one line that shows as it is wherever it stands: no markup, no HTML, no link, no mention. */
    static String text(String raw) {
        String text = PlainText.line(raw);
        StringBuilder escaped = new StringBuilder();
        boolean digitsOnly = true; // so far: "1." and "1)" would start a list
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            switch (character) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '@' -> escaped.append('@').append(ZERO_WIDTH_SPACE);
                case '#' -> escaped.append("\\#").append(ZERO_WIDTH_SPACE);
                default -> {
                    boolean startsBlock = at == 0 && "-+=".indexOf(character) >= 0
                            || digitsOnly && ".)".indexOf(character) >= 0 && (at + 1 == text.length() || text.charAt(at + 1) == ' ');
                    if (SPECIAL.indexOf(character) >= 0 || startsBlock) {
                        escaped.append('\\');
                    }
                    escaped.append(character);
                    if (joinsAddress(text, at)) {
                        escaped.append(ZERO_WIDTH_SPACE);
                    }
                }
            }
            digitsOnly &= Character.isDigit(character);
        }
        return escaped.toString();
    }

    private static boolean joinsAddress(String text, int at) {
        return text.startsWith("://", at) || text.charAt(at) == '.' && at + 1 < text.length() && Character.isLetter(text.charAt(at + 1));
    }

    /** A name, cut if it is too long to be one. */
    static String name(String raw) {
        return text(PlainText.name(raw));
    }

    /** The report's title and what it is about, after which there is an empty line. */
    static String heading(AuditDocument document) {
        StringBuilder text = new StringBuilder("## ").append(name(document.subject().title().orElse(AuditWords.TITLE))).append("\n\n");
        document.subject().filed()
                .forEach((called, words) -> text.append("- ").append(called).append(": ").append(text(words)).append("\n"));
        return text.append(document.subject().filed().isEmpty() ? "" : "\n").toString();
    }

    /** What whoever has to decide reads first, and an empty line. */
    static String decision(Decision decision) {
        StringBuilder text = new StringBuilder("**").append(text(decision.answer())).append("**\n\n");
        decision.sureness().ifPresent(sureness -> text.append(text(sureness)).append("\n\n"));
        text.append("Can the comparison carry that? **").append(decision.footing().words()).append(".** ").append(text(decision.why()))
                .append("\n\nNext: ").append(text(decision.nextStep())).append("\n\n");
        if (!decision.gains().isEmpty()) {
            text.append("What an attacker gets who wrongly accuses\n\n");
            decision.shown().forEach(gain -> text.append("- ").append(gain.others()).append(": ")
                    .append(text(gain.words() + AuditWords.ofControl(gain))).append("\n"));
            text.append("\n");
        }
        return text.toString();
    }

    /** What is said of strata, after an empty line; nothing if none were audited. */
    static String strata(AuditDocument document) {
        return document.strata().map(found -> "\nBy stratum: " + text(found.answer()) + "\n").orElse("");
    }

    /** A policy's outcome with a line for each failure, after an empty line. */
    static String policy(PolicyOutcome outcome) {
        StringBuilder text = new StringBuilder("\n**Policy: ").append(outcome.verdict()).append(".**\n");
        if (!outcome.isKept()) {
            text.append("\n");
            outcome.failures().forEach(check -> text.append("- ").append(check.status()).append(", ").append(text(check.limit()))
                    .append(": ").append(text(check.reason())).append("\n"));
        }
        return text.toString();
    }

    /** A table's row of cells that are Markdown already, ending with a line break. */
    static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** A table's head, likewise: the first column to the left, figures to the right. */
    static String head(List<String> titles) {
        return row(titles) + "|---|" + "---:|".repeat(titles.size() - 1) + "\n";
    }
}
