package io.github.miaudit.membership;

import io.github.miaudit.data.Patient;
import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.CounterRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which sentences of a set an attack learns from: all, unless there are more than it takes to learn a few coefficients. Then as evenly of
 * the patients as they have sentences, one of each, then a second, and so on; which of a patient's come first, and which patients where
 * there are more of them than sentences may be, is drawn by a hash of the ids. So the choice depends neither on the order of the sentences
 * nor on anything that a model says.
 */
final class LearnedSentences {

    /** A coefficient is known to about 0.01 deviations then; to learn from all of ten million would take minutes. */
    static final int MOST = 50_000;

    private LearnedSentences() {
    }

    /** The chosen rows of a population, ascending. */
    static int[] of(ScoreTable table, Population population, int most) {
        List<ScoreTable.Row> rows = table.rows(population);
        if (rows.size() <= most) {
            return IntStream.range(0, rows.size()).toArray();
        }
        int[] order = IntStream.range(0, rows.size()).mapToLong(row -> drawn(rows.get(row).id()) << Integer.SIZE | row).sorted()
                .mapToInt(key -> (int) key).toArray();
        int[] rounds = rounds(table.patients().of(population), order);
        int[] ofRound = new int[rows.size()];
        IntStream.of(rounds).forEach(round -> ofRound[round]++);
        int last = 0;
        int left = most; // when the last round begins
        while (ofRound[last] <= left) {
            left -= ofRound[last++];
        }
        int lastRound = last;
        IntStream before = IntStream.of(order).filter(row -> rounds[row] < lastRound);
        IntStream atLast = IntStream.of(order).filter(row -> rounds[row] == lastRound).limit(left);
        return IntStream.concat(before, atLast).sorted().toArray();
    }

    /** Of each row, how many of its patient's come before it in an order. */
    private static int[] rounds(List<Patient> patients, int[] order) {
        Map<Patient, Integer> numbers = new HashMap<>();
        int[] taken = new int[patients.size()];
        int[] rounds = new int[patients.size()];
        for (int row : order) {
            rounds[row] = taken[numbers.computeIfAbsent(patients.get(row), unseen -> numbers.size())]++;
        }
        return rounds;
    }

    /** 31 bits. */
    private static long drawn(String id) {
        return CounterRandom.mix(1, id.hashCode()) >>> Integer.SIZE + 1;
    }
}
