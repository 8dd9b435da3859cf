package io.github.miaudit.notes;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By what patients are the same, in all that this software does: names are of one patient where their keys are equal, and where
 * there is no key the name is nobody's.
 *
 * <ul>
 * <li>First a name is put into the Unicode form NFKC and stripped of white space at its ends.</li>
 * <li>What stands for a missing value in tables (what pandas reads as one, with {@code NaT}, and what databases write:
 *     {@code NULL}, {@code (null)}, {@code [null]}, {@code <null>}, {@code \N}), in upper or lower case, names nobody, as a blank
 *     does.</li>
 * <li>Numbers are the same if their values are: {@code 7}, {@code 007}, {@code +7} and {@code 7.0}; {@code 1e+06} and
 *     {@code 1000000}; {@code 10,006} and {@code 10006}, where commas part groups of three digits. An exponent makes a number only
 *     where it has a sign or there is a decimal point, as programs write it: {@code 12E4} is a code and not 120000. One of more
 *     than {@value #LONGEST_EXPONENT} digits makes none.</li>
 * <li>Other names are the same but for upper and lower case. Zeros in front of what is no number count.</li>
 * </ul>
 *
 * <p>The time it takes grows with the name's length alone, whatever the number.
 */
public final class PatientKey {

    private static final int LONGEST_EXPONENT = 9;
    /** A whole number with more zeros at its end is written with an exponent. */
    private static final int MOST_ZEROS = 30;
    private static final Set<String> NOBODY = Set.of("", "nan", "-nan", "na", "<na>", "n/a", "#na", "#n/a", "#n/a n/a", "1.#ind", "-1.#ind",
            "1.#qnan", "-1.#qnan", "null", "none", "nat", "(null)", "[null]", "<null>", "\\n");
    /** Sign, digits in groups or not, digits after the point, exponent's sign and digits; none is tried twice. */
    private static final Pattern NUMBER = Pattern
            .compile("([+-]?)(?:([1-9][0-9]{0,2}(?:,[0-9]{3})++)|([0-9]*+))(?:(\\.)([0-9]*+))?(?:[eE]([+-]?)([0-9]++))?");
    private static final Pattern BARE_EXPONENT = Pattern.compile("^(-?[0-9]+)[eE]([0-9]+)$");

    private PatientKey() {
    }

    /**
     * The key of a name.
     *
     * @param patient as some file names the patient
     * @return the same for all ways to write it; empty if it names nobody
     */
    public static Optional<String> of(String patient) {
        String stripped = Normalizer.normalize(patient, Normalizer.Form.NFKC).strip(); // NFKC makes blanks of all sorts one
        String folded = stripped.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT); // both, as some letters have several lower cases
        return NOBODY.contains(folded) ? Optional.empty() : Optional.of(number(stripped).orElse(folded));
    }

    /**
     * A name that is surely a number, such as one without quotes in JSON.
     *
     * @param number as JSON writes it
     * @return the same with a sign in front of its exponent, so that nothing takes it for a code
     */
    public static String numeral(String number) {
        return BARE_EXPONENT.matcher(number).replaceFirst("$1e+$2");
    }

    /** The one way to write a number; empty if the name is none. */
    private static Optional<String> number(String name) {
        Matcher parts = NUMBER.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String whole = parts.group(2) == null ? parts.group(3) : parts.group(2).replace(",", "");
        String fraction = parts.group(5) == null ? "" : parts.group(5);
        String exponent = parts.group(7) == null ? "" : withoutLeadingZeros(parts.group(7));
        boolean isCode = parts.group(7) != null && parts.group(6).isEmpty() && parts.group(4) == null;
        if (whole.isEmpty() && fraction.isEmpty() || isCode || exponent.length() > LONGEST_EXPONENT) {
            return Optional.empty();
        }
        String digits = withoutLeadingZeros(whole + fraction);
        int length = digits.length();
        while (length > 0 && digits.charAt(length - 1) == '0') {
            length--;
        }
        if (length == 0) {
            return Optional.of("0");
        }
        long size = exponent.isEmpty() ? 0 : Long.parseLong(exponent);
        long power = ("-".equals(parts.group(6)) ? -size : size) - fraction.length() + digits.length() - length;
        String sign = parts.group(1).equals("-") ? "-" : "";
        return Optional.of(sign + digits.substring(0, length) + (power >= 0 && power <= MOST_ZEROS ? "0".repeat((int) power)
                : (power < 0 ? "e" : "e+") + power));
    }

    private static String withoutLeadingZeros(String digits) {
        int start = 0;
        while (start < digits.length() && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }
}
