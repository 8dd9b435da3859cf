package io.github.miaudit.data.preparation;

import io.github.miaudit.data.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * Puts things in an order that looks random and depends on a seed and their names alone, not on where they stand: the
 * same on every machine, whatever the order of files and rows.
 *
 * @param seed any number
 */
record SeededOrder(long seed) {

    /** The place of a thing: hexadecimal digits, to be compared as text. */
    String place(String purpose, String... names) {
        StringBuilder text = new StringBuilder(seed + "\0" + purpose);
        for (String name : names) {
            text.append('\0').append(name);
        }
        return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
