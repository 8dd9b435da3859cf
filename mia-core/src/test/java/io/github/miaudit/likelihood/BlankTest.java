package io.github.miaudit.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.miaudit.data.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlankTest {

    private static final Sample SENTENCE = Sample.of("s1", "Miss Eastlake slept.");

    @Test
    void candidatesStandInThePlace() {
        Blank blank = new Blank(SENTENCE, 5, 13, List.of("Eastlake", "Moor"));
        assertEquals(SENTENCE.text(), blank.with("Eastlake"));
        assertEquals("Miss Moor slept.", blank.with("Moor"));
        assertEquals("Blank[id=s1, start=5, end=13, candidates=2]", blank.toString());
    }

    @Test
    void whatIsNoPlaceIsRefusedWithoutTexts() {
        for (int[] wrong : new int[][] {{-1, 3}, {5, 5}, {5, 4}, {5, 21}}) {
            String message = assertThrows(IllegalArgumentException.class, () -> new Blank(SENTENCE, wrong[0], wrong[1], List.of("Moor")))
                    .getMessage();
            assertEquals("sentence s1 has 20 characters; a blank from " + wrong[0] + " to " + wrong[1] + " is none of it", message);
        }
        for (List<String> wrong : List.of(List.<String>of(), List.of("Moor", ""), List.of("Moor", "Moor"))) {
            assertFalse(
                    assertThrows(IllegalArgumentException.class, () -> new Blank(SENTENCE, 5, 13, wrong)).getMessage().contains("Moor"));
        }
    }
}
