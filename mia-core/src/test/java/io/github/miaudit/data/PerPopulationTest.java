package io.github.miaudit.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerPopulationTest {

    @Test
    void holdsOneValueEach() {
        PerPopulation<Integer> lengths = PerPopulation.of("a", "bb", "ccc").map(String::length);
        assertEquals(1, lengths.of(Population.MEMBERS));
        assertEquals(2, lengths.of(Population.NON_MEMBERS));
        assertEquals(3, lengths.of(Population.EXTERNALS));
        assertEquals(List.of(1, 2, 3), lengths.stream().toList());
    }

    @Test
    void asksOnceForEachInTheirOrder() {
        List<Population> asked = new ArrayList<>();
        PerPopulation<Boolean> values = PerPopulation.of(asked::add);
        values.of(Population.EXTERNALS);
        assertEquals(List.of(Population.values()), asked);
    }
}
