package io.github.miaudit.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FillingSettingsTest {

    @Test
    void rowsAreCountedStepByStep() {
        for (int longest = 1; longest < 6; longest++) {
            for (int width = 1; width < 6; width++) {
                long rows = 0;
                for (int tokens = 1; tokens <= longest; tokens++) {
                    for (int step = 0; step < tokens; step++) {
                        rows += step == 0 ? 1 : width;
                    }
                }
                assertEquals(rows, new FillingSettings(width, longest).rowsPerBlank());
            }
        }
    }

    @Test
    void boundsAreNamed() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new FillingSettings(1001, 1)).getMessage()
                .contains("width is 1001; expected 1 to 1000"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new FillingSettings(1, 0)).getMessage()
                .contains("longest filling is 0"));
        assertThrows(IllegalArgumentException.class, () -> new Filling(new Reading("a", 1), 0, -1));
        assertThrows(IllegalArgumentException.class, () -> new Filling(new Reading("a", 1), 1, Double.NaN));
    }

    @Test
    void textsDoNotShow() {
        Filling filling = new Filling(new Reading("Smith", 1), 1, -2);
        assertEquals("Filling[reading=Reading[tokens=1], rank=1, logLikelihood=-2.0]", filling.toString());
    }
}
