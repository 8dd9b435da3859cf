package io.github.miaudit.data.preparation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes sentences in a seeded order.
 *
 * @param order          of the sentences
 * @param most           sentences that are wanted
 * @param mostPerPatient of one patient
 */
record Sampling(SeededOrder order, int most, int mostPerPatient) {

    /** A sample and another one of the same size, each sentence of which is as long as its counterpart. */
    record Matched(List<Candidate> sample, List<Candidate> other) {
    }

    /** A sentence and where it comes. */
    private record Placed(SeededOrder.Place place, Candidate candidate) {
    }

    /** How many of each patient are taken. */
    private final class Taken {
        private final Map<Owner, Integer> counts = new HashMap<>();

        private boolean mayBe(Candidate candidate) {
            return counts.getOrDefault(candidate.owner(), 0) < mostPerPatient;
        }

        private void add(Candidate candidate) {
            counts.merge(candidate.owner(), 1, Integer::sum);
        }
    }

    /** The first so many. */
    List<Candidate> of(Collection<Candidate> available) {
        Taken taken = new Taken();
        List<Candidate> sample = new ArrayList<>();
        for (Candidate candidate : ordered(available)) {
            if (sample.size() < most && taken.mayBe(candidate)) {
                taken.add(candidate);
                sample.add(candidate);
            }
        }
        return sample;
    }

    /** Pairs of about the same length, the first so many: where a length is rarer on one side, it is on both. */
    Matched matched(Collection<Candidate> available, Collection<Candidate> others) {
        Map<Integer, Deque<Candidate>> othersByLength = new HashMap<>();
        ordered(others)
                .forEach(other -> othersByLength.computeIfAbsent(lengthClass(other.length()), first -> new ArrayDeque<>()).add(other));
        Matched matched = new Matched(new ArrayList<>(), new ArrayList<>());
        Taken taken = new Taken();
        Taken takenOthers = new Taken();
        for (Candidate candidate : ordered(available)) {
            Deque<Candidate> counterparts = othersByLength.getOrDefault(lengthClass(candidate.length()), new ArrayDeque<>());
            while (!counterparts.isEmpty() && !takenOthers.mayBe(counterparts.peek())) {
                counterparts.remove();
            }
            if (matched.sample.size() < most && taken.mayBe(candidate) && !counterparts.isEmpty()) {
                taken.add(candidate);
                matched.sample.add(candidate);
                takenOthers.add(counterparts.peek());
                matched.other.add(counterparts.remove());
            }
        }
        return matched;
    }

    /** Lengths of a class differ by less than an eighth; up to 16 by nothing. */
    static int lengthClass(int length) {
        int octave = 31 - Integer.numberOfLeadingZeros(length | 8);
        return (octave << 3) + (length >>> octave - 3);
    }

    private List<Candidate> ordered(Collection<Candidate> available) {
        return available.stream().map(candidate -> new Placed(order.place("sentences", candidate.normalised()), candidate))
                .sorted(Comparator.comparing(Placed::place).thenComparing(placed -> placed.candidate.owner().place()))
                .map(Placed::candidate).toList();
    }
}
