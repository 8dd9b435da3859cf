package io.github.miaudit.data;

import io.github.miaudit.io.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/** SHA-256 over the populations' samples; every field is preceded by its length, so no two datasets collide. */
final class DatasetDigest {

    private final List<MessageDigest> digests;

    private DatasetDigest(List<MessageDigest> digests) {
        this.digests = digests;
    }

    /**
     * Digests, each for a purpose of its own, which can't be told from the other; all in one reading.
     *
     * @param purposes the digest that is told has none: an empty text
     */
    static List<String> of(List<String> purposes, Function<Population, List<Sample>> sets) {
        DatasetDigest result = new DatasetDigest(purposes.stream().map(purpose -> {
            MessageDigest digest = Sha256.newDigest();
            digest.update(purpose.getBytes(StandardCharsets.UTF_8));
            return digest;
        }).toList());
        for (Population population : Population.values()) {
            List<Sample> samples = sets.apply(population);
            result.add(population.label());
            result.add(samples.size());
            for (Sample sample : samples) {
                result.add(sample.id());
                result.add(sample.group().isPresent() ? 1 : 0);
                result.add(sample.group().orElse(""));
                result.add(sample.text());
            }
        }
        return result.digests.stream().map(digest -> HexFormat.of().formatHex(digest.digest())).toList();
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(bytes.length);
        digests.forEach(digest -> digest.update(bytes));
    }

    private void add(int number) {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
        digests.forEach(digest -> digest.update(bytes));
    }
}
