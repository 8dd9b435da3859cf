package io.github.miaudit.report;

import io.github.miaudit.evaluation.StratifiedScores.Patients;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Strata of a variable of which figures are told together: one, or all that are too small, which then have no name.
 *
 * @param name     of the stratum; empty of several together
 * @param strata   their names
 * @param patients who is in them
 */
record StratumGroup(Optional<String> name, Set<String> strata, Patients patients) {

    private static final int MOST = 12; // so that all sums of groups can be looked at

    /**
     * All patients in groups of at least so many a side. Strata that are too small are put together, and where these still are, the next
     * smallest to them: so no group follows from all patients less the others. Of each group the smaller side counts.
     *
     * @param strata the patients of each, by name
     * @param fewest patients a side
     * @return by name, several together last; none if fewer than two groups are left, which tell nothing that all together do not
     */
    static List<StratumGroup> of(Map<String, Patients> strata, int fewest) {
        List<StratumGroup> apart = new ArrayList<>(strata.entrySet().stream()
                .map(entry -> new StratumGroup(Optional.of(entry.getKey()), Set.of(entry.getKey()), entry.getValue()))
                .sorted(Comparator.comparing((StratumGroup group) -> group.patients.fewer()).reversed()
                        .thenComparing(group -> group.name.orElseThrow()))
                .toList());
        List<StratumGroup> together = new ArrayList<>();
        while (!apart.isEmpty() && (apart.get(apart.size() - 1).patients.fewer() < fewest
                || !together.isEmpty() && union(together).patients.fewer() < fewest
                || apart.size() + Math.min(1, together.size()) > MOST)) {
            together.add(apart.remove(apart.size() - 1));
        }
        List<StratumGroup> groups = Stream.concat(apart.stream().sorted(Comparator.comparing(group -> group.name.orElseThrow())),
                together.isEmpty() ? Stream.empty() : Stream.of(union(together))).toList();
        return groups.size() < 2 ? List.of() : groups;
    }

    private static StratumGroup union(List<StratumGroup> groups) {
        Set<String> names = new TreeSet<>();
        groups.forEach(group -> names.addAll(group.strata));
        return new StratumGroup(groups.size() == 1 ? groups.get(0).name : Optional.empty(), names,
                Patients.union(groups.stream().map(StratumGroup::patients).toList()));
    }

    /**
     * Whether the numbers of patients in the groups of two variables tell of fewer patients than a smallest count: groups of the one that
     * hold groups of the other, less these, leave some, but fewer. O(2^groups).
     */
    static boolean tellOfFew(List<StratumGroup> one, List<StratumGroup> other, int smallest) {
        return leaveFew(one, other, smallest) || leaveFew(other, one, smallest);
    }

    private static boolean leaveFew(List<StratumGroup> one, List<StratumGroup> other, int smallest) {
        return IntStream.range(1, 1 << one.size()).anyMatch(chosen -> {
            Patients all = Patients.union(IntStream.range(0, one.size()).filter(group -> (chosen >> group & 1) == 1)
                    .mapToObj(group -> one.get(group).patients).toList());
            List<Patients> inside = other.stream().map(StratumGroup::patients)
                    .filter(group -> isIn(group.members(), all.members()) && isIn(group.nonMembers(), all.nonMembers())).toList();
            Patients less = Patients.union(inside);
            return isFew(left(all.members(), less.members()), smallest) || isFew(left(all.nonMembers(), less.nonMembers()), smallest);
        });
    }

    private static boolean isFew(int patients, int smallest) {
        return patients > 0 && patients < smallest;
    }

    private static int left(BitSet all, BitSet less) {
        BitSet left = (BitSet) all.clone();
        left.andNot(less);
        return left.cardinality();
    }

    private static boolean isIn(BitSet some, BitSet all) {
        return left(some, all) == 0;
    }

    /** The number of strata alone. */
    @Override
    public String toString() {
        return "StratumGroup of " + strata.size();
    }
}
