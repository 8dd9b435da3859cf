package io.github.miaudit;

import io.github.miaudit.io.AuditException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is missing or wrong before anything is scored, so that all of it is told at once. */
final class Mistakes {

    private final Set<MistakesException.Mistake> found = new LinkedHashSet<>();
    private final List<RuntimeException> reasons = new ArrayList<>();

    /** Looks for a mistake that a check throws. */
    void look(Runnable check, String call) {
        try {
            check.run();
        } catch (AuditException | IllegalArgumentException e) {
            if (found.add(new MistakesException.Mistake(String.valueOf(e.getMessage()), call))) {
                reasons.add(e);
            }
        }
    }

    /** Adds a mistake unless something holds. */
    void require(boolean holds, String problem, String call) {
        if (!holds) {
            found.add(new MistakesException.Mistake(problem, call));
        }
    }

    /** Throws if there are any. */
    void tell() {
        if (!found.isEmpty()) {
            MistakesException all = new MistakesException(List.copyOf(found));
            reasons.forEach(all::addSuppressed);
            throw all;
        }
    }
}
