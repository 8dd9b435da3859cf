package io.github.miaudit.identifiers;

import io.github.miaudit.text.Normalisation;

/** By what two identifiers are the same: case, white space, how characters are encoded and which apostrophe is typed do not matter. */
final class IdentifierKey {

    private static final char TYPOGRAPHIC_APOSTROPHE = '\u2019';

    private IdentifierKey() {
    }

    static String of(String identifier) {
        return Normalisation.CASE_AND_SPACE.of(identifier).replace(TYPOGRAPHIC_APOSTROPHE, '\'');
    }
}
