package io.github.miaudit.identifiers;

import java.util.List;

/** What was found, as tests read it. */
final class Found {

    private Found() {
    }

    /** The strings that a finder finds. */
    static List<String> in(String text, IdentifierFinder finder) {
        return finder.find(IdentifierFinderContract.sentence(text)).stream().map(mention -> mention.in(text)).toList();
    }

    /** The strings and their types, such as {@code surname:Smith}; a placeholder's in parentheses. */
    static List<String> typed(String text, IdentifierFinder finder) {
        return finder.find(IdentifierFinderContract.sentence(text)).stream()
                .map(mention -> mention.content() == Mention.Content.PLACEHOLDER ? "(" + mention.type() + ":" + mention.in(text) + ")"
                        : mention.type() + ":" + mention.in(text))
                .toList();
    }
}
