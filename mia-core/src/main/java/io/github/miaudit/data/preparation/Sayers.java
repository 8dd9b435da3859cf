package io.github.miaudit.data.preparation;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * In whose notes sentences stand, exactly or nearly. Of each sentence two owners are kept, the first that are seen: enough to tell
 * whether anybody says it beside its own. Thread-safe.
 */
final class Sayers {

    private static final int ENOUGH = 2;

    private final Map<String, Set<Owner>> exactly = new ConcurrentHashMap<>();
    private final Map<String, Set<Owner>> nearly = new ConcurrentHashMap<>();

    void sayExactly(String normalised, Owner owner) {
        add(exactly, normalised, owner);
    }

    void sayNearly(String normalised, Owner owner) {
        add(nearly, normalised, owner);
    }

    /** Whether the sentence stands in the notes of anybody else than its owner. */
    boolean holdOfOthers(Candidate sentence) {
        return holds(exactly, sentence);
    }

    /** Whether it nearly does. */
    boolean nearlyHoldOfOthers(Candidate sentence) {
        return holds(nearly, sentence);
    }

    private static boolean holds(Map<String, Set<Owner>> sayers, Candidate sentence) {
        return sayers.getOrDefault(sentence.normalised(), Set.of()).stream().anyMatch(owner -> !owner.equals(sentence.owner()));
    }

    private static void add(Map<String, Set<Owner>> sayers, String normalised, Owner owner) {
        Set<Owner> known = sayers.getOrDefault(normalised, Set.of());
        if (known.size() < ENOUGH && !known.contains(owner)) { // most sentences of many patients are known to be by now
            sayers.merge(normalised, Set.of(owner),
                    (before, one) -> before.size() >= ENOUGH || before.contains(owner) ? before : Set.of(before.iterator().next(), owner));
        }
    }
}
