package io.github.miaudit.identifiers;

import io.github.miaudit.metrics.CounterRandom;
import java.util.Iterator;
import java.util.regex.Pattern;

/** British postcodes in capitals. The outward half, which tells the district, stays. */
final class UkPostcodes extends PatternFormat {

    /** Those of inward halves. */
    private static final String LETTERS = "ABDEFGHJLNPQRSTUWXYZ";
    private static final String POSTCODE = "[A-PR-UWYZ][A-HK-Y]?\\d[A-Z\\d]? ?\\d[" + LETTERS + "]{2}";
    private static final Pattern WHOLE = Pattern.compile(POSTCODE);
    private static final int INWARD = 3;

    UkPostcodes() {
        super(BEFORE + POSTCODE + AFTER);
    }

    @Override
    boolean isOne(String identifier) {
        return WHOLE.matcher(identifier).matches();
    }

    @Override
    Iterator<String> proposals(String identifier, CounterRandom random) {
        String outward = identifier.substring(0, identifier.length() - INWARD);
        return Proposals.endless(() -> outward + random.nextInt(10) + letter(random) + letter(random));
    }

    private static char letter(CounterRandom random) {
        return LETTERS.charAt(random.nextInt(LETTERS.length()));
    }
}
