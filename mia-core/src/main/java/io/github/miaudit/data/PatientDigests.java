package io.github.miaudit.data;

import io.github.miaudit.io.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What reports call patients: 12 hexadecimal digits of SHA-256 of a secret and the patient's
 * {@link io.github.miaudit.notes.PatientKey}. The secret is a digest of the data itself that no report states, so who holds the data
 * can find out whose a digest is, and nobody else can by trying names. The same data give the same digests.
 */
public final class PatientDigests {

    private static final int LENGTH = 12;
    static final String PURPOSE = "patients\0"; // sets the secret apart from the digest that reports do state

    private final String secret;

    /** With a digest of the data for this purpose. */
    PatientDigests(String secret) {
        this.secret = secret;
    }

    /** The digests of a dataset's patients. */
    public static PatientDigests of(AttackDataset dataset) {
        return DatasetDigests.of(dataset).patients();
    }

    /**
     * The digests of the patients that a file tells of.
     *
     * @throws io.github.miaudit.io.InvalidFileException if it can't be read
     */
    public static PatientDigests of(Path file) {
        return new PatientDigests(Sha256.ofFile(PURPOSE, file));
    }

    /**
     * The digests of the patients whose sentences were scored somewhere.
     *
     * @param digest of the data, which is told nowhere but in a digest with another purpose
     */
    public static PatientDigests ofDigest(String digest) {
        return new PatientDigests(Sha256.of((PURPOSE + digest).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The digest of a patient.
     *
     * @param patient known; of nobody known the digits differ from run to run
     * @return hexadecimal digits
     */
    public String of(Patient patient) {
        String key = patient.key().orElseGet(() -> "nobody known: " + patient.hashCode());
        return Sha256.of((secret + "\0" + key).getBytes(StandardCharsets.UTF_8)).substring(0, LENGTH);
    }
}
