package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.miaudit.data.PatientColumn;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AttackScoresTest {

    private static final PerPopulation<PatientColumn> PATIENTS = PerPopulation.of(column("a", "", "b", "a"), column("c", "d"), column());

    /** Millions of sentences have many attacks, and each but once whose they are. */
    @Test
    void attacksShareWhoseTheSentencesAre() {
        AttackScores scores = scores(1, 2, 3, 4);
        assertSame(PATIENTS.of(Population.MEMBERS), scores.patients(Population.MEMBERS));
        assertSame(scores.patients(Population.MEMBERS), scores.minus(scores(4, 3, 2, 1)).patients(Population.MEMBERS));
        assertSame(scores.grouped(Population.MEMBERS), scores.named("other", "s").grouped(Population.MEMBERS));
        assertSame(scores.grouped(Population.NON_MEMBERS), scores.ofKnownPatients(Population.NON_MEMBERS));
    }

    @Test
    void nobodyChangesThem() {
        AttackScores scores = scores(1, 2, 3, 4);
        scores.scores(Population.MEMBERS)[0] = 9;
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, scores.allScores());
        assertArrayEquals(new double[0], scores.scores(Population.EXTERNALS));
        assertEquals(4, scores.size(Population.MEMBERS));
        assertThrows(IllegalArgumentException.class, () -> scores.grouped(Population.EXTERNALS));
    }

    @Test
    void thoseOfKnownPatientsAreInTheirGroups() {
        assertArrayEquals(new double[] {1, 3, 4}, scores(1, 2, 3, 4).ofKnownPatients(Population.MEMBERS).scores());
        assertArrayEquals(new int[] {2, 1}, scores(1, 2, 3, 4).ofKnownPatients(Population.MEMBERS).sizes());
        assertArrayEquals(new int[] {2, 1, 1}, scores(1, 2, 3, 4).grouped(Population.MEMBERS).sizes());
    }

    private static AttackScores scores(double... members) {
        return new AttackScores("mine", "s", PerPopulation.of(members, new double[] {5, 6}, new double[0]), PATIENTS);
    }

    private static PatientColumn column(String... names) {
        PatientColumn.Builder builder = new PatientColumn.Builder();
        Stream.of(names).forEach(name -> builder.add(Optional.of(name)));
        return builder.build();
    }
}
