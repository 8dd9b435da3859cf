package io.github.miaudit.spark;

import java.math.BigInteger;
import org.apache.spark.sql.Row;

/**
 * How many rows there are and what they say, in whatever order they come and however they are parted: the sum modulo 2<sup>256</sup> of
 * each row's {@link SentenceRow#digest}. Immutable.
 */
record InputDigest(long count, BigInteger sum) {

    static final InputDigest NONE = new InputDigest(0, BigInteger.ZERO);

    private static final int BITS = 256;
    private static final int HEX_DIGITS = BITS / 4;
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(BITS);

    /** With a row more. */
    InputDigest plus(Row row) {
        return plus(new InputDigest(1, new BigInteger(1, SentenceRow.digest(row))));
    }

    InputDigest plus(InputDigest other) {
        return new InputDigest(count + other.count, sum.add(other.sum).mod(MODULUS));
    }

    /** The sum in hexadecimal, as manifests state it. */
    String hex() {
        String digits = sum.toString(1 << 4);
        return "0".repeat(HEX_DIGITS - digits.length()) + digits;
    }

    /** What {@link #toString()} wrote. */
    static InputDigest parse(String text) {
        int space = text.indexOf(' ');
        return new InputDigest(Long.parseLong(text.substring(0, space)), new BigInteger(text.substring(space + 1), 1 << 4));
    }

    @Override
    public String toString() {
        return count + " " + hex();
    }
}
