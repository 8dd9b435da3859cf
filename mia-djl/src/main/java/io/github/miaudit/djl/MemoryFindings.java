package io.github.miaudit.djl;

import java.util.ArrayList;
import java.util.List;

/**
 * Memory for all: weights and batches lie outside Java's heap.
 *
 * @param machine bytes of the machine
 * @param allowed bytes that this process may have, fewer in a container
 * @param heap    the most bytes that Java's heap may take of them
 */
record MemoryFindings(long machine, long allowed, long heap) implements Examination {

    private static final String SUBJECT = "memory";
    private static final long LITTLE = 2 * Bytes.GIBI;
    private static final double MOST_FOR_HEAP = 0.75;

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.fact(SUBJECT, Bytes.text(machine)
                + (allowed < machine ? ", of which a container or a limit allows " + Bytes.text(allowed) : "")));
        if (allowed < LITTLE) {
            findings.add(Finding.advice(SUBJECT, "less than " + Bytes.text(LITTLE) + ": PyTorch takes about 0.5 GiB, and a model of the"
                    + " size of RoBERTa-base as much again; allow more, or take a smaller --token-budget"));
        }
        if (heap > MOST_FOR_HEAP * allowed) {
            findings.add(Finding.advice(SUBJECT, "Java's heap may take " + Bytes.text(heap) + " of " + Bytes.text(allowed) + ", and weights"
                    + " and batches lie outside it; leave them at least a quarter, by a smaller -Xmx in MIA_JAVA_OPTIONS"));
        }
        return findings;
    }
}
