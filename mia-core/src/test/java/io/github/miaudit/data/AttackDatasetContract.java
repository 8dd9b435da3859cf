package io.github.miaudit.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link AttackDataset} must do; a dataset's test extends this and says how to make one. */
public abstract class AttackDatasetContract {

    /**
     * Makes a dataset.
     *
     * @return a new one of the same content each time
     */
    protected abstract AttackDataset dataset();

    @Test
    void membersAndNonMembersAreThere() {
        assertFalse(dataset().samples(Population.MEMBERS).isEmpty());
        assertFalse(dataset().samples(Population.NON_MEMBERS).isEmpty());
    }

    @Test
    void idsAreUniqueWithinAPopulation() {
        for (Population population : Population.values()) {
            List<String> ids = dataset().samples(population).stream().map(Sample::id).toList();
            assertEquals(ids.stream().distinct().toList(), ids);
        }
    }

    @Test
    void everyCallGivesTheSame() {
        AttackDataset dataset = dataset();
        for (Population population : Population.values()) {
            assertEquals(dataset.samples(population), dataset.samples(population));
        }
        assertEquals(dataset.digest(), dataset.digest());
        assertEquals(dataset.digest(), dataset().digest());
    }

    @Test
    void nobodyCanChangeIt() {
        List<Sample> members = dataset().samples(Population.MEMBERS);
        assertThrows(UnsupportedOperationException.class, () -> members.remove(0));
    }
}
