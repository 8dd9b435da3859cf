package io.github.miaudit.identifiers;

import java.util.Iterator;
import java.util.List;

/** How identifiers of one type are written: where they stand in a text, and others that are written likewise. */
interface WrittenFormat {

    /** No digit or letter before it, nor a number of which it would be the end. */
    String BEFORE = "(?<![\\p{L}\\p{N}])(?<!\\p{N}[-./:])";
    /** Likewise behind it. */
    String AFTER = "(?![\\p{L}\\p{N}])(?![-./:]\\p{N})";

    /** Whole identifiers, in order, none overlapping. */
    List<Mention> find(String text, String type);

    /** As {@link SurrogateSource#proposals} promises. */
    List<Iterator<String>> proposals(List<String> identifiers, long seed);
}
