package io.github.miaudit.djl;

/**
 * What {@link Installation} found out in one place.
 *
 * @param weight  whether it keeps models from being scored
 * @param subject what it is about, in a word or two, such as {@code natives}
 * @param text    what was found and, where something is wrong, what to do
 */
public record Finding(Weight weight, String subject, String text) {

    /** How much a finding matters. */
    public enum Weight {

        /** Nothing is wrong. */
        FACT,

        /** Scoring works, but slower than it could, on another device than meant, or not with every option. */
        ADVICE,

        /** Scoring will fail. */
        FAULT
    }

    static Finding fact(String subject, String text) {
        return new Finding(Weight.FACT, subject, text);
    }

    static Finding advice(String subject, String text) {
        return new Finding(Weight.ADVICE, subject, text);
    }

    static Finding fault(String subject, String text) {
        return new Finding(Weight.FAULT, subject, text);
    }
}
