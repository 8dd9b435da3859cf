package io.github.miaudit.notes;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** By what patients are the same: {@code 7}, {@code 007} and {@code 7.0} are, {@code ab} and {@code AB} too. */
public final class PatientKey {

    private static final Pattern INTEGER_AS_DECIMAL = Pattern.compile("(\\d+)\\.0+");
    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+(?=.)");

    private PatientKey() {
    }

    /**
     * The key of a name.
     *
     * @param patient as some file names the patient
     * @return the same for all ways to write it
     */
    public static String of(String patient) {
        String stripped = Normalizer.normalize(patient, Normalizer.Form.NFKC).strip(); // NFKC makes blanks of all sorts one
        Matcher decimal = INTEGER_AS_DECIMAL.matcher(stripped);
        String whole = decimal.matches() ? decimal.group(1) : stripped;
        return LEADING_ZEROS.matcher(whole.toLowerCase(Locale.ROOT)).replaceFirst("");
    }
}
