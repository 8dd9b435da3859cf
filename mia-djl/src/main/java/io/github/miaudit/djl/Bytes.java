package io.github.miaudit.djl;

import java.util.Locale;

/** Amounts of memory, for people. */
final class Bytes {

    static final long MEBI = 1L << 20;
    static final long GIBI = 1L << 30;

    private Bytes() {
    }

    /** As {@code 1.5 GiB}, or {@code 512 MiB} below one. */
    static String text(long bytes) {
        return bytes < GIBI ? bytes / MEBI + " MiB" : String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIBI);
    }
}
