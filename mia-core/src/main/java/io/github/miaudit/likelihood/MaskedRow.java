package io.github.miaudit.likelihood;

import java.util.Arrays;

/**
 * One forward pass of one sentence: the positions shown to the model as the mask token, and the positions whose
 * log-likelihood is read off. Immutable.
 */
public final class MaskedRow {

    private final int[] masked;
    private final int[] targets;

    /**
     * A row.
     *
     * @param masked  positions replaced by the mask token; may be empty
     * @param targets positions scored; at least one
     * @throws IllegalArgumentException if there is no target
     */
    public MaskedRow(int[] masked, int[] targets) {
        if (targets.length == 0) {
            throw new IllegalArgumentException("a row has 0 targets; it needs at least 1");
        }
        this.masked = masked.clone();
        this.targets = targets.clone();
    }

    /** The positions replaced by the mask token. */
    public int[] masked() {
        return masked.clone();
    }

    /** The positions scored. */
    public int[] targets() {
        return targets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MaskedRow row && Arrays.equals(masked, row.masked) && Arrays.equals(targets, row.targets);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(masked) + Arrays.hashCode(targets);
    }

    @Override
    public String toString() {
        return "MaskedRow[masked=" + Arrays.toString(masked) + ", targets=" + Arrays.toString(targets) + "]";
    }
}
