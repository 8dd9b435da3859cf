package io.github.miaudit.evaluation;

import io.github.miaudit.data.PatientColumn;
import io.github.miaudit.data.Sample;
import io.github.miaudit.text.NearDuplicates;
import io.github.miaudit.text.Normalisation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Finds sentences that are, or nearly are, members. Memory holds no member's text but 8 bytes of a digest with a key that is drawn anew
 * each time and told nowhere: among ten million sentences, two different ones are taken for the same with a chance of 1 in 300 000.
 * Immutable.
 */
final class MemberSearch {

    private static final String DIGEST = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;
    private final ThreadLocal<Mac> digests = ThreadLocal.withInitial(this::newDigest);
    private final List<Sample> members;
    /** In ascending order. */
    private final long[] ofMembers;

    /** With members; their list is read once now and once for each other population, by several threads. */
    MemberSearch(List<Sample> members) {
        byte[] secret = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, DIGEST);
        this.members = members;
        this.ofMembers = digests(members);
        Arrays.parallelSort(ofMembers);
    }

    /** Of a population: exact ones of all sentences, near ones of all or, if there are very many, of patients drawn at random. */
    Overlap with(List<Sample> others, PatientColumn patients, long seed) {
        long[] ofOthers = digests(others);
        boolean[] isSame = new boolean[ofOthers.length];
        int exact = 0;
        for (int row = 0; row < ofOthers.length; row++) {
            isSame[row] = Arrays.binarySearch(ofMembers, ofOthers[row]) >= 0;
            exact += isSame[row] ? 1 : 0;
        }
        int[] drawn = BlindRows.drawn(patients, members.size() + others.size(), seed);
        List<String> different = Arrays.stream(drawn).filter(row -> !isSame[row]).mapToObj(row -> others.get(row).text())
                .map(Normalisation.CASE_AND_SPACE::of).toList();
        NearDuplicates index = NearDuplicates.of(different, Normalisation.CASE_AND_SPACE, Overlap.SIMILARITY);
        Set<String> near = ConcurrentHashMap.newKeySet();
        IntStream.range(0, different.isEmpty() ? 0 : members.size()).parallel()
                .forEach(row -> near.addAll(index.similarTo(members.get(row).text())));
        return new Overlap(exact, (int) different.stream().filter(near::contains).count(), drawn.length);
    }

    private long[] digests(List<Sample> sentences) {
        return IntStream.range(0, sentences.size()).parallel().mapToLong(row -> digest(sentences.get(row).text())).toArray();
    }

    private long digest(String text) {
        return ByteBuffer.wrap(digests.get().doFinal(Normalisation.CASE_AND_SPACE.of(text).getBytes(StandardCharsets.UTF_8))).getLong();
    }

    private Mac newDigest() {
        try {
            Mac mac = Mac.getInstance(DIGEST);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
