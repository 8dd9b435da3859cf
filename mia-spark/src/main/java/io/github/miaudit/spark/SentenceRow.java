package io.github.miaudit.spark;

import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.data.SentenceDigest;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.likelihood.ScoredSentence;
import io.github.miaudit.likelihood.SequenceScore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** What a row of the table says, column by column of {@link SentenceColumns}. */
record SentenceRow(Population population, Sample sample) {

    /** Why a row is no sentence; nothing if it is one. Never quotes the row. */
    static Optional<String> fault(Row row) {
        if (row.isNullAt(SentenceColumns.ID) || row.getString(SentenceColumns.ID).isEmpty()) {
            return Optional.of("without an id");
        }
        if (row.isNullAt(SentenceColumns.TEXT)) {
            return Optional.of("without a text");
        }
        if (row.isNullAt(SentenceColumns.POPULATION) || populationOf(row).isEmpty()) {
            return Optional.of("of a population that is not member, non_member or external");
        }
        return Optional.empty();
    }

    /** The sentence of a row without fault. */
    static SentenceRow of(Row row) {
        return new SentenceRow(populationOf(row).orElseThrow(), new Sample(row.getString(SentenceColumns.ID),
                Optional.ofNullable(row.getString(SentenceColumns.PATIENT)), row.getString(SentenceColumns.TEXT)));
    }

    /** With its score. */
    ScoredSentence scored(SequenceScore score) {
        return new ScoredSentence(Optional.of(population), sample.group(), score);
    }

    /** The set of a row; nothing if it names none. */
    static Optional<Population> populationOf(Row row) {
        String label = row.getString(SentenceColumns.POPULATION);
        return Arrays.stream(Population.values()).filter(population -> population.rowLabel().equals(label)).findFirst();
    }

    /** SHA-256 of population and id of a row without fault; what decides by it does not depend on how rows are parted. */
    static byte[] name(Row row) {
        MessageDigest digest = Sha256.newDigest();
        add(digest, row.getString(SentenceColumns.POPULATION));
        add(digest, row.getString(SentenceColumns.ID));
        return digest.digest();
    }

    /** The bucket of a row of this {@link #name}, as evenly spread as SHA-256 is. */
    static int bucket(byte[] name, int buckets) {
        return (int) Long.remainderUnsigned(ByteBuffer.wrap(name).getLong(), buckets);
    }

    /** Of all that a row without fault says. */
    static byte[] digest(Row row) {
        SentenceRow sentence = of(row);
        return SentenceDigest.of(sentence.population, sentence.sample);
    }

    private static void add(MessageDigest digest, String field) {
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
