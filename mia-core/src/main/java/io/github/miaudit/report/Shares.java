package io.github.miaudit.report;

import java.util.List;
import java.util.Optional;

/** What a document must hold of shares, rates and p-values. */
final class Shares {

    private Shares() {
    }

    /** Throws an {@link IllegalArgumentException} if one that is told does not lie in [0, 1]. */
    static void require(String of, List<Optional<Double>> told) {
        told.stream().flatMap(Optional::stream).filter(share -> !(share >= 0 && share <= 1)).findFirst().ifPresent(share -> {
            throw new IllegalArgumentException(of + " has " + share + " as a share or p-value; it must lie in [0, 1]");
        });
    }
}
