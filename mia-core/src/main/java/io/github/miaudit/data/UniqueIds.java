package io.github.miaudit.data;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Makes sure that no two sentences of a file share an id. Memory holds 8 bytes of each id's digest; only where two of these are the same
 * are the ids themselves compared, by reading the file again. For one thread.
 */
final class UniqueIds {

    private final Path file;
    private final MessageDigest digest = Sha256.newDigest();
    private long[] digests = new long[1 << 10];
    private int count;

    UniqueIds(Path file) {
        this.file = file;
    }

    void add(String id) {
        digests = count == digests.length ? Arrays.copyOf(digests, 2 * count) : digests;
        digests[count++] = digest(id);
    }

    int count() {
        return count;
    }

    /**
     * Refuses a file with an id that stands twice.
     *
     * @param again reads the file once more: hands over the number of each line and its id
     * @throws InvalidFileException if an id does; it names the first line that repeats an earlier one's
     */
    void require(Consumer<BiConsumer<Long, String>> again) {
        long[] sorted = Arrays.copyOf(digests, count);
        Arrays.sort(sorted);
        long[] several = IntStream.range(1, count).filter(place -> sorted[place] == sorted[place - 1]).mapToLong(place -> sorted[place])
                .distinct().toArray();
        if (several.length > 0) {
            compare(several, again);
        }
    }

    private void compare(long[] several, Consumer<BiConsumer<Long, String>> again) {
        Map<String, Long> lines = new HashMap<>();
        again.accept((number, id) -> {
            if (Arrays.binarySearch(several, digest(id)) >= 0 && lines.putIfAbsent(id, number) != null) {
                throw new InvalidFileException(file, number, "id " + id + " is already taken by an earlier line");
            }
        });
    }

    private long digest(String id) {
        return ByteBuffer.wrap(digest.digest(id.getBytes(StandardCharsets.UTF_8))).getLong();
    }
}
