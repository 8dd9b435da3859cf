package io.github.miaudit.io;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * How many things there are and what they say, in whatever order they come and however they are parted: the sum modulo 2<sup>256</sup> of
 * each one's SHA-256. It tells equal sets from others by accident, not where somebody chose things so that sums agree. Immutable.
 *
 * @param count how many
 * @param sum   in [0, 2<sup>256</sup>)
 */
public record UnorderedDigest(long count, BigInteger sum) {

    /** Of nothing. */
    public static final UnorderedDigest NONE = new UnorderedDigest(0, BigInteger.ZERO);

    private static final int BITS = 256;
    private static final int HEX_DIGITS = BITS / 4;
    private static final int RADIX = 16;
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(BITS);

    /** With one more, of this SHA-256. */
    public UnorderedDigest plus(byte[] sha256) {
        return plus(new UnorderedDigest(1, new BigInteger(1, sha256)));
    }

    /** Of both. */
    public UnorderedDigest plus(UnorderedDigest other) {
        return new UnorderedDigest(count + other.count, sum.add(other.sum).mod(MODULUS));
    }

    /** The sum in 64 hexadecimal digits. */
    public String hex() {
        String digits = sum.toString(RADIX);
        return "0".repeat(HEX_DIGITS - digits.length()) + digits;
    }

    /**
     * SHA-256 of this, in hexadecimal: as equal, but what two sets have apart does not follow of two of them, as it may of their sums. For
     * places where others may read.
     */
    public String sealed() {
        return Sha256.of(toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws NumberFormatException if it is something else
     */
    public static UnorderedDigest parse(String text) {
        int space = text.indexOf(' ');
        return new UnorderedDigest(Long.parseLong(text, 0, Math.max(space, 0), 10), new BigInteger(text.substring(space + 1), RADIX));
    }

    /** The count and {@link #hex()}, with a blank between. */
    @Override
    public String toString() {
        return count + " " + hex();
    }
}
