package io.github.miaudit.likelihood;

/** What a sentence is called. */
sealed interface SentenceName {

    /** The id. */
    String id();

    /** As somebody states it. */
    record Stated(String id) implements SentenceName {
    }

    /** By its number, which is made an id only where one is asked for: millions of scores are read for their sums alone. */
    record Numbered(PackedIds ids, int number) implements SentenceName {

        @Override
        public String id() {
            return ids.id(number);
        }
    }
}
