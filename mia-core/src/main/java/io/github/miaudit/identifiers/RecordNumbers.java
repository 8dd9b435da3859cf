package io.github.miaudit.identifiers;

import io.github.miaudit.metrics.CounterRandom;
import java.util.Iterator;

/**
 * What stands behind a word such as {@code MRN:} or {@code hospital number} and has four to twelve digits. Letters stay, and so does a
 * third of the digits, from the first on, as numbers are given away in order.
 */
final class RecordNumbers extends PatternFormat {

    private static final int FEWEST = 4;
    private static final int MOST = 12;

    RecordNumbers() {
        super("(?i)(?<![\\p{L}\\p{N}])(?:mrn|(?:medical |hospital |unit |patient |case |health )?record (?:no|number)"
                + "|(?:hospital|unit|patient|case|accession|chart) (?:no|number|id)|(?:hosp|pt|pat)\\.? (?:no|id))"
                + "\\b\\.?[ :#]{0,4}([A-Z]{0,3}-?\\d(?:-?\\d){3,11})" + AFTER);
    }

    @Override
    boolean isOne(String identifier) {
        int digits = Proposals.digits(identifier).length();
        return digits >= FEWEST && digits <= MOST;
    }

    @Override
    Iterator<String> proposals(String identifier, CounterRandom random) {
        int kept = Proposals.digits(identifier).length() / 3;
        return Proposals.endless(() -> Proposals.withOtherDigits(identifier, kept, random));
    }
}
