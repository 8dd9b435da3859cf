package io.github.miaudit.data.preparation;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.notes.PatientKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What patients are called in a dataset: one patient by one pseudonym, however the notes spell them. Who knows the salt can find out
 * by trying whose pseudonym it is; keep it as secret as the names. Externals come from elsewhere, so one of a member's name is
 * somebody else and is called otherwise.
 */
public final class Pseudonyms {

    private static final int LENGTH = 16;

    /** Where the salt is from. */
    private enum Kind {
        GIVEN, OF_NOTES, NO_SALT
    }

    private final byte[] salt;
    private final Kind kind;

    private Pseudonyms(byte[] salt, Kind kind) {
        this.salt = salt;
        this.kind = kind;
    }

    /**
     * The first {@value #LENGTH} hexadecimal digits of SHA-256 of salt, NUL and the name's {@link PatientKey}.
     *
     * @param salt any text, better long and random
     */
    public static Pseudonyms salted(String salt) {
        return salted(salt.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The first {@value #LENGTH} hexadecimal digits of SHA-256 of salt, NUL and the name's {@link PatientKey}.
     *
     * @param salt any bytes, better many and random; copied
     */
    public static Pseudonyms salted(byte[] salt) {
        return new Pseudonyms(salt.clone(), Kind.GIVEN);
    }

    /** Those whose salt is the notes themselves, which nothing states. */
    static Pseudonyms of(NotesDigest notes) {
        return new Pseudonyms(notes.of("pseudonyms"), Kind.OF_NOTES);
    }

    /** The patients' own names, as the notes spell them; an external's after {@code external/}. */
    public static Pseudonyms none() {
        return new Pseudonyms(new byte[0], Kind.NO_SALT);
    }

    /**
     * The pseudonym of a patient.
     *
     * @param population the set, of which it matters whether it is from elsewhere
     * @param patient    the name in the notes
     * @return the name in the dataset
     * @throws IllegalArgumentException if the name is nobody's, such as {@code NULL}
     */
    public String of(Population population, String patient) {
        String key = PatientKey.of(patient)
                .orElseThrow(() -> new IllegalArgumentException("\"" + patient + "\" names no patient, so it has no pseudonym"));
        boolean external = population == Population.EXTERNALS;
        if (kind == Kind.NO_SALT) {
            return external ? population.rowLabel() + "/" + patient : patient;
        }
        return digest("\0" + (external ? population.rowLabel() + "\0" : "") + key).substring(0, LENGTH);
    }

    /** What tells whether two datasets share their pseudonyms, if a salt was given. */
    Optional<String> saltDigest() {
        return kind == Kind.GIVEN ? Optional.of(digest("")) : Optional.empty();
    }

    private String digest(String text) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(salt);
        return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
