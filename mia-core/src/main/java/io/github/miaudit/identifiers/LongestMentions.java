package io.github.miaudit.identifiers;

import io.github.miaudit.data.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Mentions of one sentence, of which the longest are kept where they overlap, and of as long ones those that came earlier. */
final class LongestMentions {

    private final Sample sample;
    private final List<Mention> found = new ArrayList<>();

    LongestMentions(Sample sample) {
        this.sample = sample;
    }

    void add(List<Mention> mentions) {
        for (Mention mention : mentions) {
            if (mention.end() > sample.text().length()) {
                throw new IllegalArgumentException("a finder found something from " + mention.start() + " to " + mention.end()
                        + " in sentence " + sample.id() + ", which has " + sample.text().length() + " characters");
            }
            found.add(mention);
        }
    }

    List<Mention> inOrder() {
        found.sort(Comparator.comparingInt(Mention::length).reversed()); // which keeps the order of those as long
        TreeMap<Integer, Mention> kept = new TreeMap<>();
        for (Mention mention : found) {
            var before = kept.lowerEntry(mention.end());
            if (before == null || !before.getValue().overlaps(mention)) {
                kept.put(mention.start(), mention);
            }
        }
        return List.copyOf(kept.values());
    }
}
