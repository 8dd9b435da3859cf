package io.github.miaudit.data;

import io.github.miaudit.io.Sha256;
import io.github.miaudit.io.UnorderedDigest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Digests of sentences, whose sum says which sentences were scored, in whatever order and however many files: by ids alone nobody would
 * notice that one model was shown other texts than another.
 */
public final class SentenceDigest {

    private static final byte[] ABSENT = ByteBuffer.allocate(Integer.BYTES).putInt(-1).array();

    private SentenceDigest() {
    }

    /**
     * SHA-256 of all that is known of a sentence: set, id, patient however spelled, text; a field can't be mistaken for the end of the one
     * before.
     *
     * @param population the set it is of
     * @param sample     the sentence
     * @return 32 bytes
     */
    public static byte[] of(Population population, Sample sample) {
        MessageDigest digest = Sha256.newDigest();
        add(digest, population.rowLabel());
        add(digest, sample.id());
        Optional<String> patient = sample.patient().key();
        if (patient.isPresent()) {
            add(digest, patient.get());
        } else {
            digest.update(ABSENT);
        }
        add(digest, sample.text());
        return digest.digest();
    }

    /** The sum over sentences of one set. */
    public static UnorderedDigest of(Population population, Iterable<Sample> samples) {
        UnorderedDigest sum = UnorderedDigest.NONE;
        for (Sample sample : samples) {
            sum = sum.plus(of(population, sample));
        }
        return sum;
    }

    /** The sum over all sentences. */
    public static UnorderedDigest of(AttackDataset dataset) {
        UnorderedDigest sum = UnorderedDigest.NONE;
        for (Population population : Population.values()) {
            sum = sum.plus(of(population, dataset.samples(population)));
        }
        return sum;
    }

    private static void add(MessageDigest digest, String field) {
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
