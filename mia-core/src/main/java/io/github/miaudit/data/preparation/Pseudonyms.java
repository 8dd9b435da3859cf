package io.github.miaudit.data.preparation;

import io.github.miaudit.data.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * What patients are called in a dataset. Who knows the salt can find out by trying whose pseudonym it is; keep it as secret
 * as the names.
 */
public final class Pseudonyms {

    private static final int LENGTH = 16;

    private final String salt;
    private final boolean kept;

    private Pseudonyms(String salt, boolean kept) {
        this.salt = salt;
        this.kept = kept;
    }

    /**
     * The first {@value #LENGTH} hexadecimal digits of SHA-256 of salt, NUL and name.
     *
     * @param salt any text, better long and random
     * @return the pseudonyms
     */
    public static Pseudonyms salted(String salt) {
        return new Pseudonyms(salt, false);
    }

    /**
     * The patients' own names.
     *
     * @return no pseudonyms
     */
    public static Pseudonyms none() {
        return new Pseudonyms("", true);
    }

    /**
     * The pseudonym of a patient.
     *
     * @param patient the name in the notes
     * @return the name in the dataset
     */
    public String of(String patient) {
        return kept ? patient : digest(salt + "\0" + patient).substring(0, LENGTH);
    }

    /** What tells whether two datasets share their pseudonyms. */
    String saltDigest() {
        return kept ? "" : digest(salt);
    }

    private static String digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
