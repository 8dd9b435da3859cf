package io.github.miaudit.identifiers;

import io.github.miaudit.metrics.CounterRandom;
import java.util.Iterator;

/** British, North American and international numbers. The last six digits change, what is before them tells where the line is. */
final class PhoneNumbers extends PatternFormat {

    private static final int CHANGED = 6;
    private static final int FEWEST = 8;
    private static final int MOST = 15;

    PhoneNumbers() {
        super(BEFORE + "\\(?0\\d{2,4}\\)?[ -]?\\d{3,4}[ -]?\\d{3,4}" + AFTER,
                BEFORE + "(?:\\+?1[ .-])?(?:\\(\\d{3}\\) ?|\\d{3}[.-])\\d{3}[.-]\\d{4}" + AFTER,
                "(?<![\\p{L}\\p{N}+])\\+\\d{1,3}(?:[ -]?\\(0\\))?(?:[ -]?\\d{2,5}){2,5}" + AFTER);
    }

    @Override
    boolean isOne(String identifier) {
        int digits = Proposals.digits(identifier).length();
        boolean british = identifier.startsWith("0") || identifier.startsWith("(0");
        return british ? digits == 10 || digits == 11 : digits >= FEWEST && digits <= MOST;
    }

    @Override
    Iterator<String> proposals(String identifier, CounterRandom random) {
        int kept = Proposals.digits(identifier).length() - CHANGED;
        return Proposals.endless(() -> Proposals.withOtherDigits(identifier, kept, random));
    }
}
