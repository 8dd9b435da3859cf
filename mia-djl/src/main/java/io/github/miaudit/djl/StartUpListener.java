package io.github.miaudit.djl;

/** Is told what opening a model spends its time on. Called on the threads that do it, one at a time; must not throw. */
@FunctionalInterface
public interface StartUpListener {

    /** Ignores everything. */
    StartUpListener NONE = phase -> {
    };

    /** A phase has ended, and did not fail. */
    void phaseEnded(StartUpPhase phase);
}
