package io.github.miaudit.data;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A dataset held in lists. */
record InMemoryDataset(List<Sample> members, List<Sample> nonMembers, List<Sample> externals, Optional<String> datasheet)
        implements AttackDataset {

    InMemoryDataset {
        members = List.copyOf(members);
        nonMembers = List.copyOf(nonMembers);
        externals = List.copyOf(externals);
        requireSome(Population.MEMBERS, members);
        requireSome(Population.NON_MEMBERS, nonMembers);
        requireUniqueIds(Population.MEMBERS, members);
        requireUniqueIds(Population.NON_MEMBERS, nonMembers);
        requireUniqueIds(Population.EXTERNALS, externals);
    }

    @Override
    public List<Sample> samples(Population population) {
        return switch (population) {
            case MEMBERS -> members;
            case NON_MEMBERS -> nonMembers;
            case EXTERNALS -> externals;
        };
    }

    private static void requireSome(Population population, List<Sample> samples) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("0 " + population.words() + "; at least 1 is needed");
        }
    }

    private static void requireUniqueIds(Population population, List<Sample> samples) {
        Set<String> ids = new HashSet<>();
        for (Sample sample : samples) {
            if (!ids.add(sample.id())) {
                throw new IllegalArgumentException("id " + sample.id() + " stands twice in " + population.words());
            }
        }
    }

    /** Sizes, never texts. */
    @Override
    public String toString() {
        return "AttackDataset[" + members.size() + " members, " + nonMembers.size() + " non-members, " + externals.size() + " externals]";
    }
}
