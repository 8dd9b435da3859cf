package io.github.miaudit.identifiers;

import io.github.miaudit.io.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Seeds that depend on a seed and on names, and on nothing else, so that a draw is the same wherever and whenever it is made. */
final class Seeds {

    private Seeds() {
    }

    /** The first 64 bits of SHA-256 of the seed and the names, of which none may hold NUL. */
    static long of(long seed, String... names) {
        String text = seed + "\0" + String.join("\0", names);
        return ByteBuffer.wrap(Sha256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
    }
}
