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

    /** The first so many. */
    List<Candidate> of(Collection<Candidate> available) {
        return ordered(available).stream().limit(most).toList();
    }

    /** Pairs of about the same length, the first so many: where a length is rarer on one side, it is on both. */
    Matched matched(Collection<Candidate> available, Collection<Candidate> others) {
        Map<Integer, Deque<Candidate>> othersByLength = new HashMap<>();
        ordered(others).forEach(other -> othersByLength.computeIfAbsent(lengthClass(other.length()), first -> new ArrayDeque<>()).add(other));
        Matched matched = new Matched(new ArrayList<>(), new ArrayList<>());
        for (Candidate candidate : ordered(available)) {
            Candidate other = othersByLength.getOrDefault(lengthClass(candidate.length()), new ArrayDeque<>()).poll();
            if (other != null && matched.sample.size() < most) {
                matched.sample.add(candidate);
                matched.other.add(other);
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
        Map<String, Integer> ofPatient = new HashMap<>();
        return available.stream()
                .sorted(Comparator.comparing(candidate -> order.place("sentences", candidate.patient(), candidate.normalised())))
                .filter(candidate -> ofPatient.merge(candidate.patient(), 1, Integer::sum) <= mostPerPatient).toList();
    }
}
