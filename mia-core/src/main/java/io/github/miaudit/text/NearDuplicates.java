package io.github.miaudit.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out whether a text is nearly one of many: whether the Jaccard similarity of their sets of
 * {@value Shingles#LENGTH}-character shingles, after {@link Normalisation}, reaches a threshold. Finds all: candidates are compared
 * by their shingles, not by estimates. (Shingles beyond U+0FFF are told apart by 63-bit hashes.) Immutable; a thread that asks
 * keeps some working memory for its next question.
 *
 * <p>If at most d shingles are in one of two sets and not in the other, and all shingles there can be are dealt out to d + 1 parts,
 * then in one part at least the sets are the same. So many texts are found by what each part of them holds (Arasu, Ganti and
 * Kaushik 2006), for texts of about the same number of shingles by the same parts. Of those that come up, a sketch of 128 bits
 * rules out nearly all that are not similar, and the rest are compared. Of low thresholds the parts would hold too little: there
 * the sketches of all texts of fitting length are compared.
 *
 * <p>Against comparing each with each, on sentences of notes: recall and precision 1.
 *
 * @see <a href="https://www.vldb.org/conf/2006/p918-arasu.pdf">Arasu, Ganti and Kaushik 2006</a>
 */
public final class NearDuplicates {

    /** Lest rounding lose a text that is just similar enough. */
    private static final double SLACK = 1e-9;

    private static final int TEXTS_REMEMBERED = 1 << 16;

    private final Normalisation normalisation;
    private final double threshold;
    /** In ascending order of their numbers of shingles. */
    private final List<String> texts;
    private final int[] sizes;
    /** Two words of each text. */
    private final long[] sketches;
    private final List<SizeGroup> groups;
    private final TextsByHash textsByPart;
    private final ThreadLocal<Question> questions = ThreadLocal.withInitial(Question::new);

    private NearDuplicates(List<String> texts, Normalisation normalisation, double threshold) {
        this.normalisation = normalisation;
        this.threshold = threshold;
        ShingleSet shingles = new ShingleSet();
        record Sized(String text, int size) {
        }
        List<Sized> sized = texts.stream().map(text -> {
            shingles.fill(text, Integer.MAX_VALUE);
            return new Sized(text, shingles.size());
        }).sorted(Comparator.comparingInt(Sized::size)).toList();
        this.texts = sized.stream().map(Sized::text).toList();
        this.sizes = sized.stream().mapToInt(Sized::size).toArray();
        this.groups = groups();
        this.sketches = new long[2 * sizes.length];
        this.textsByPart = new TextsByHash(groups.stream().mapToLong(group -> (long) group.texts() * group.parts()).sum());
        fill(shingles, (hash, text) -> textsByPart.count(hash));
        textsByPart.allot();
        fill(shingles, textsByPart::add);
    }

    /**
     * Prepares to compare with texts.
     *
     * @param texts         the many
     * @param normalisation what they may differ in and still be the same
     * @param threshold     in (0, 1]; 0.8 is usual
     * @throws IllegalArgumentException if the threshold is not in (0, 1]
     */
    public static NearDuplicates of(Collection<String> texts, Normalisation normalisation, double threshold) {
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException("similarity threshold is " + threshold + "; it must be in (0, 1]");
        }
        return new NearDuplicates(texts.stream().map(normalisation::of).distinct().toList(), normalisation, threshold);
    }

    /** Whether one of the texts is similar enough, or the same. */
    public boolean contains(String text) {
        return !similarTo(text).isEmpty();
    }

    /** The texts that are similar enough, or the same; normalised, each once. */
    public Set<String> similarTo(String text) {
        return questions.get().similarTo(normalisation.of(text));
    }

    private List<SizeGroup> groups() {
        List<SizeGroup> made = new ArrayList<>();
        int first = 0;
        while (first < sizes.length) {
            int largest = sizes[first] + sizes[first] / 8;
            int end = first;
            while (end < sizes.length && sizes[end] <= largest) {
                end++;
            }
            largest = sizes[end - 1];
            double parts = Math.floor(mostDifferent(largest, largest / threshold)) + 1;
            made.add(new SizeGroup(made.size(), first, end, sizes[first], largest, parts > largest / 3.0 && parts > 1 ? 0 : (int) parts));
            first = end;
        }
        return made;
    }

    private void fill(ShingleSet shingles, PartSink sink) {
        PartHashes parts = new PartHashes();
        for (SizeGroup group : groups) {
            for (int text = group.first(); text < group.end(); text++) {
                shingles.fill(texts.get(text), Integer.MAX_VALUE);
                sketches[2 * text] = shingles.sketch(0);
                sketches[2 * text + 1] = shingles.sketch(1);
                parts.fill(shingles, group);
                for (int part = 0; part < group.parts(); part++) {
                    sink.take(parts.of(part), text);
                }
            }
        }
    }

    /**
     * The most shingles that are in one of two similar sets of these sizes and not in the other: of a + b in all, at least
     * t / (1 + t) times as many are shared, and shared ones count twice.
     */
    private double mostDifferent(double size, double other) {
        return (1 - threshold) / (1 + threshold) * (size + other) + SLACK * 8;
    }

    private boolean isSimilar(int size, int other, int shared) {
        return shared > 0 && shared >= threshold * (size + other - shared) - SLACK;
    }

    /** What a part's hash leads to. */
    private interface PartSink {
        void take(long hash, int text);
    }

    /** The working memory of one question after the other. */
    private final class Question {

        private final ShingleSet asked = new ShingleSet();
        private final PartHashes parts = new PartHashes();
        /** For each text the last question in which it was compared. */
        private final int[] compared = new int[sizes.length];
        private int number;
        private Set<String> similar = Set.of();
        /** Of texts that come again and again, as boilerplate does, and there are mostly many similar ones. */
        private final Map<String, Set<String>> answers = new HashMap<>();
        private int remembered;

        private Set<String> similarTo(String text) {
            Set<String> known = answers.get(text);
            if (known != null) {
                return known;
            }
            Set<String> found = Collections.unmodifiableSet(search(text));
            if (!found.isEmpty()) {
                remembered += found.size();
                if (remembered > TEXTS_REMEMBERED) {
                    answers.clear();
                    remembered = found.size();
                }
                answers.put(text, found);
            }
            return found;
        }

        private Set<String> search(String text) {
            similar = Set.of();
            if (++number == Integer.MAX_VALUE) {
                Arrays.fill(compared, 0);
                number = 1;
            }
            int largest = sizes.length == 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, (sizes[sizes.length - 1] + SLACK) / threshold);
            if (!asked.fill(text, largest)) {
                return similar;
            }
            for (SizeGroup group : groups) {
                if (group.largest() >= threshold * asked.size() - SLACK && group.smallest() * threshold <= asked.size() + SLACK) {
                    compareWith(group);
                }
            }
            return similar;
        }

        private void compareWith(SizeGroup group) {
            int most = (int) Math.min(Integer.MAX_VALUE, mostDifferent(group.largest(), asked.size()));
            if (group.parts() == 0) {
                for (int text = group.first(); text < group.end(); text++) {
                    compareWith(text, most);
                }
                return;
            }
            parts.fill(asked, group);
            for (int part = 0; part < group.parts(); part++) {
                long hash = parts.of(part);
                if (textsByPart.mayHave(hash)) {
                    int end = textsByPart.end(hash);
                    for (int place = textsByPart.start(hash); place < end; place++) {
                        compareWith(textsByPart.text(place), most);
                    }
                }
            }
        }

        private void compareWith(int text, int most) {
            int differ = Long.bitCount(sketches[2 * text] ^ asked.sketch(0)) + Long.bitCount(sketches[2 * text + 1] ^ asked.sketch(1));
            if (differ <= most && compared[text] != number) {
                compared[text] = number;
                if (isSimilar(asked.size(), sizes[text], asked.sharedWith(texts.get(text)))) {
                    similar = similar.isEmpty() ? new HashSet<>() : similar;
                    similar.add(texts.get(text));
                }
            }
        }
    }
}
