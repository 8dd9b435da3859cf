package io.github.miaudit.data.preparation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes sentences in a seeded order.
 *
 * @param order          of the sentences
 * @param most           sentences that are wanted
 * @param mostPerPatient of one patient
 */
record Sampling(SeededOrder order, int most, int mostPerPatient) {

    private static final int TIMES = 4;
    private static final int OF_EACH_OWNER = 5;

    /**
     * A sample and another one of the same size, each sentence of which is like its counterpart.
     *
     * @param sample    of the ones
     * @param other     of the others
     * @param unmatched of the ones, those without a counterpart
     * @param unmatchedOthers likewise
     */
    record Matched(List<Candidate> sample, List<Candidate> other, long unmatched, long unmatchedOthers) {
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

    /**
     * Sentences of which it is enough to know who else says them, where most of them are said of nobody else: the first four times as many
     * as are wanted, and some of each patient to know who has any. Where that is not enough, all are.
     *
     * @param all      as many as there are
     * @param first    of them the first
     * @param ofOwners of the others the first few of each owner
     */
    record LookedFor(int all, Set<Candidate> first, Set<Candidate> ofOwners) {

        boolean isAll() {
            return first.size() + ofOwners.size() == all;
        }

        boolean holds(Candidate candidate) {
            return first.contains(candidate) || ofOwners.contains(candidate);
        }
    }

    /** What must be looked for at first. */
    LookedFor lookedFor(Collection<Candidate> available) {
        Set<Candidate> first = new HashSet<>();
        Set<Candidate> ofOwners = new HashSet<>();
        Map<Owner, Integer> counts = new HashMap<>();
        for (Candidate candidate : ordered(available)) {
            int before = counts.merge(candidate.owner(), 1, Integer::sum) - 1;
            if (first.size() < (long) TIMES * most) {
                first.add(candidate);
            } else if (before < OF_EACH_OWNER) {
                ofOwners.add(candidate);
            }
        }
        return new LookedFor(available.size(), first, ofOwners);
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

    /** Pairs, the first so many: where a length is rarer on one side, it is on both. */
    Matched matched(Collection<Candidate> available, Collection<Candidate> others, Matching matching) {
        Map<Matching.Stratum, Deque<Candidate>> othersByStratum = new HashMap<>();
        ordered(others).forEach(other -> othersByStratum.computeIfAbsent(matching.of(other), first -> new ArrayDeque<>()).add(other));
        Map<Matching.Stratum, Long> excess = available.stream().collect(Collectors.groupingBy(matching::of, Collectors.counting()));
        othersByStratum.forEach((stratum, ofOthers) -> excess.merge(stratum, -(long) ofOthers.size(), Long::sum));
        Matched matched = new Matched(new ArrayList<>(), new ArrayList<>(),
                excess.values().stream().mapToLong(more -> Math.max(0, more)).sum(),
                excess.values().stream().mapToLong(more -> Math.max(0, -more)).sum());
        Taken taken = new Taken();
        Taken takenOthers = new Taken();
        for (Candidate candidate : ordered(available)) {
            Deque<Candidate> counterparts = othersByStratum.getOrDefault(matching.of(candidate), new ArrayDeque<>());
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

    private List<Candidate> ordered(Collection<Candidate> available) {
        return available.stream().map(candidate -> new Placed(order.place("sentences", candidate.normalised()), candidate))
                .sorted(Comparator.comparing(Placed::place).thenComparing(placed -> placed.candidate.owner().place()))
                .map(Placed::candidate).toList();
    }
}
