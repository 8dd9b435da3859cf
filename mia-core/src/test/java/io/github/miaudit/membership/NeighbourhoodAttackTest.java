package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.miaudit.data.Population;
import io.github.miaudit.data.Rewriting;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.SequenceScore;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeighbourhoodAttackTest extends MembershipAttackContract {

    private static final Rewriting LAST_LETTER = new Rewriting() {
        @Override
        public String label() {
            return "last letter swapped";
        }

        @Override
        public List<Sample> rewrite(Sample sample) {
            String start = sample.text().substring(0, sample.text().length() - 1);
            return start.equals("clea") ? List.of()
                    : List.of(new Sample(sample.id(), sample.group(), start + "x"), new Sample(sample.id(), sample.group(), start + "z"));
        }
    };

    private static final Rewriting ALWAYS = new Rewriting() {
        @Override
        public String label() {
            return "d added";
        }

        @Override
        public List<Sample> rewrite(Sample sample) {
            return List.of(new Sample(sample.id(), sample.group(), sample.text() + "d"));
        }
    };

    private static final NeighbourhoodAttack ATTACK = NeighbourhoodAttack.of(ALWAYS);

    private Rewriting neighbours = ALWAYS;

    @Override
    protected MembershipAttack attack() {
        return neighbours == ALWAYS ? ATTACK : NeighbourhoodAttack.of(neighbours);
    }

    @Test
    void comparesWithTheMeanOfTheNeighbours() {
        // The fake gives a character c the log-likelihood -c / 100: "A b c" has the mean -0.652; c, 99, becomes x and z, 121 on average.
        neighbours = LAST_LETTER;
        assertEquals(0.22 / 5, attack().membershipScores(table(0), Population.MEMBERS)[1], 1e-12);
    }

    @Test
    void aSentenceWithoutNeighboursIsNotScored() {
        neighbours = LAST_LETTER;
        assertEquals(List.of(SequenceScore.Status.NOT_REWRITTEN), List.copyOf(table(0).unscored(Population.NON_MEMBERS).values()));
        assertArrayEquals(new Object[] {}, table(0).unscored(Population.MEMBERS).values().toArray());
    }
}
