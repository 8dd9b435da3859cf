package io.github.miaudit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalisationTest {

    /** However the same is encoded: composed or not, as ligature, full width, with soft hyphens, joiners or a byte order mark. */
    @ParameterizedTest
    @ValueSource(strings = {"caf\u00e9 find 5 mg", "cafe\u0301 find 5 mg", "caf\u00e9 \ufb01nd 5 mg", "CAF\u00c9\u00a0FIND\t\uff15 mg",
            "ca\u00adf\u00e9 fi\u200bnd 5 mg",
            "\ufeffcaf\u00e9 find 5 mg", "caf\u00e9 find 5 \u338e", "cafe\u00ad\u0301 find 5 mg"})
    void encodingsOfTheSameAreTheSame(String text) {
        assertEquals("caf\u00e9 find 5 mg", Normalisation.CASE_AND_SPACE.of(text));
    }

    @Test
    void digitsOfAnyScriptAreZero() {
        assertEquals("00 mg", Normalisation.CASE_SPACE_AND_DIGITS.of(" 2\u0663  MG "));
    }

    /** Also a capital whose small letter is two characters, which then stand in another order. */
    @Property
    void whatIsNormalisedStaysAsItIs(@ForAll String text, @ForAll Normalisation normalisation) {
        for (String each : List.of(text, "\u0130\u0327" + text)) {
            assertEquals(normalisation.of(each), normalisation.of(normalisation.of(each)));
        }
    }

    @Property
    void whatIsNormalisedHasNoOtherSpace(@ForAll String text) {
        String normalised = Normalisation.CASE_AND_SPACE.of(text);
        assertEquals(normalised.strip().replaceAll(" +", " "), normalised);
    }

    /** Each character of Latin-1, question marks included, takes the short way to the same end as the long one. */
    @Property
    void shortWayEndsWhereTheLongOneDoes(@ForAll @CharRange(from = '\u0000', to = '\u00ff') String latin1, @ForAll String any,
            @ForAll Normalisation normalisation) {
        for (String text : List.of(latin1, any, latin1 + "?\u2019?" + latin1, latin1 + any, "A  ? b\n")) {
            assertEquals(normalisation.ofAny(text), normalisation.of(text));
        }
    }
}
