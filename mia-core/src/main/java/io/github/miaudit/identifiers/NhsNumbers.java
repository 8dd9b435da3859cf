package io.github.miaudit.identifiers;

import io.github.miaudit.metrics.CounterRandom;
import java.util.Iterator;

/**
 * Ten digits of which the last one checks the others by modulus 11, in a row or 3-3-4. The first three stay, as they tell the range.
 *
 * @see <a href="https://www.datadictionary.nhs.uk/attributes/nhs_number.html">NHS Data Model and Dictionary</a>
 */
final class NhsNumbers extends PatternFormat {

    private static final int LENGTH = 10;
    private static final int MODULUS = 11;
    private static final int KEPT = 3;

    NhsNumbers() {
        super(BEFORE + "\\d{3}(?: \\d{3} |-\\d{3}-|\\d{3})\\d{4}" + AFTER);
    }

    @Override
    boolean isOne(String identifier) {
        String digits = Proposals.digits(identifier);
        return digits.length() == LENGTH && checkDigit(digits) == digits.charAt(LENGTH - 1) - '0';
    }

    @Override
    Iterator<String> proposals(String identifier, CounterRandom random) {
        return Proposals.endless(() -> {
            String other;
            int check;
            do {
                other = Proposals.withOtherDigits(identifier, KEPT, random);
                check = checkDigit(Proposals.digits(other));
            } while (check == LENGTH);
            return other.substring(0, other.length() - 1) + check;
        });
    }

    /** Of nine digits, whatever the tenth is; 10 if they are those of no number. */
    static int checkDigit(String digits) {
        int sum = 0;
        for (int place = 0; place < LENGTH - 1; place++) {
            sum += (LENGTH - place) * (digits.charAt(place) - '0');
        }
        return (MODULUS - sum % MODULUS) % MODULUS;
    }
}
