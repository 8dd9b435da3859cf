package io.github.miaudit.data.preparation;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.notes.PatientKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
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
    private final Optional<Path> file;

    private Pseudonyms(byte[] salt, Kind kind, Optional<Path> file) {
        this.salt = salt;
        this.kind = kind;
        this.file = file;
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
        return new Pseudonyms(salt.clone(), Kind.GIVEN, Optional.empty());
    }

    /**
     * Likewise, with a salt of a file's bytes, but for a line break at its end.
     *
     * @param saltFile read now
     * @throws InvalidFileException if it can't be read, or is empty
     */
    public static Pseudonyms saltedBy(Path saltFile) {
        try {
            byte[] bytes = Files.readAllBytes(saltFile);
            int length = bytes.length;
            length -= length > 0 && bytes[length - 1] == '\n' ? 1 : 0;
            length -= length > 0 && bytes[length - 1] == '\r' ? 1 : 0;
            if (length == 0) {
                throw new InvalidFileException(saltFile, "is empty; a salt needs many random bytes");
            }
            return new Pseudonyms(Arrays.copyOf(bytes, length), Kind.GIVEN, Optional.of(saltFile));
        } catch (IOException e) {
            throw new InvalidFileException(saltFile, e);
        }
    }

    /** Those whose salt is the notes themselves, which nothing states. */
    static Pseudonyms of(NotesDigest notes) {
        return new Pseudonyms(notes.of("pseudonyms"), Kind.OF_NOTES, Optional.empty());
    }

    /** The patients' own names, as the notes spell them; an external's after {@code external/}. */
    public static Pseudonyms none() {
        return new Pseudonyms(new byte[0], Kind.NO_SALT, Optional.empty());
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

    /** What a recipe says of them: nothing of a salt that is in no file. */
    Map<String, String> recipe() {
        return kind == Kind.NO_SALT ? Map.of("keep-ids", "true")
                : file.map(salted -> Map.of("salt-file", salted.toString())).orElse(Map.of());
    }

    private String digest(String text) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(salt);
        return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
