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

    private final MessageDigest digest = Sha256.newDigest();

    private DatasetDigest() {
    }

    static String of(AttackDataset dataset) {
        return of("", dataset);
    }

    /** A digest for a purpose of its own, which can't be told from the other. */
    static String of(String purpose, AttackDataset dataset) {
        return ofSets(purpose, dataset::samples);
    }

    static String ofSets(String purpose, Function<Population, List<Sample>> samples) {
        DatasetDigest result = new DatasetDigest();
        result.digest.update(purpose.getBytes(StandardCharsets.UTF_8));
        for (Population population : Population.values()) {
            result.add(population.label());
            result.add(samples.apply(population).size());
            for (Sample sample : samples.apply(population)) {
                result.add(sample.id());
                result.add(sample.group().isPresent() ? 1 : 0);
                result.add(sample.group().orElse(""));
                result.add(sample.text());
            }
        }
        return HexFormat.of().formatHex(result.digest.digest());
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(bytes.length);
        digest.update(bytes);
    }

    private void add(int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, number));
    }
}
