package io.github.miaudit.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LowerCaseRewritingTest extends RewritingContract {

    @Override
    protected Rewriting rewriting() {
        return Rewriting.LOWER_CASE;
    }

    @Test
    void isTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr")); // whose lower case of I has no dot
            assertEquals(List.of(Sample.of("1", "in icu, über 3")), rewriting().rewrite(Sample.of("1", "In ICU, ÜBER 3")));
        } finally {
            Locale.setDefault(before);
        }
    }
}
