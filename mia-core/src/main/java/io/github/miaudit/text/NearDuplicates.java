package io.github.miaudit.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds out whether a text is nearly one of many: whether the Jaccard similarity of their sets of
 * {@value Shingles#LENGTH}-character shingles, after {@link Normalisation}, reaches a threshold. Finds all: candidates are compared
 * by their shingles, not by estimates. (Shingles beyond U+0FFF are told apart by 63-bit hashes.) Immutable; a thread that asks
 * keeps some working memory for its next question.
 *
 * <p>If at most d shingles are in one of two sets and not in the other, and all shingles there can be are dealt out to d + 1 + s
 * parts, then in s + 1 parts at least the sets are the same. So many texts are found by what each part of them holds (Arasu, Ganti
 * and Kaushik 2006), for texts of about the same number of shingles by the same parts, and each question leaves out the s parts that
 * most texts have, such as empty ones. Of those that come up, a sketch of 128 bits
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

    private static final int TEXTS_REMEMBERED = 1 << 19;
    private static final double FEWEST_A_PART = 2.5; // shingles in the mean; of fewer too many texts hold the same
    private static final double PARTS_A_SPARE_ONE = 10;
    private static final int MOST_WORDS_KNOWN = 1 << 20;

    private final Normalisation normalisation;
    private final double threshold;
    /** In ascending order of their numbers of shingles. */
    private final List<String> texts;
    private final int[] sizes;
    /** Two words of each text. */
    private final long[] sketches;
    private final List<SizeGroup> groups;
    /** With short sketches as tags. */
    private final TextsByHash textsByPart;
    /** A bit for each shingle of the texts, so that most that none of them has are told. */
    private final long[] known;
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
        this.known = new long[Integer.highestOneBit((int) Math.min(MOST_WORDS_KNOWN, 1 + IntStream.of(sizes).asLongStream().sum() / 8))];
        this.textsByPart = new TextsByHash(groups.stream().mapToLong(group -> (long) group.texts() * group.parts()).sum());
        fill(shingles, (hash, text) -> textsByPart.count(hash));
        textsByPart.allot();
        fill(shingles, (hash, text) -> textsByPart.add(hash, text, shingles.shortSketch()));
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
            int largest = sizes[first] + sizes[first] / 6;
            int end = first;
            while (end < sizes.length && sizes[end] <= largest) {
                end++;
            }
            largest = sizes[end - 1];
            double needed = Math.floor(mostDifferent(largest, largest / threshold)) + 1;
            int spare = (int) Math.ceil(needed / PARTS_A_SPARE_ONE);
            made.add(needed == 1 ? new SizeGroup(made.size(), first, end, sizes[first], largest, 1, 0)
                    : needed + spare > largest / FEWEST_A_PART ? new SizeGroup(made.size(), first, end, sizes[first], largest, 0, 0)
                            : new SizeGroup(made.size(), first, end, sizes[first], largest, (int) needed + spare, spare));
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
                for (int index = 0; index < shingles.size(); index++) {
                    known[word(shingles.hashAt(index))] |= 1L << shingles.hashAt(index);
                }
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

    private int word(long hash) {
        return (int) (hash >>> Integer.SIZE) & known.length - 1;
    }

    /** What a part's hash leads to. */
    private interface PartSink {
        void take(long hash, int text);
    }

    /** The working memory of one question after the other. */
    private final class Question {

        private final ShingleSet asked = new ShingleSet();
        private final PartHashes parts = new PartHashes();
        private int[] starts = new int[64];
        private int[] ends = new int[64];
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
            Set<String> found = Set.copyOf(search(text));
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
            if (!asked.fill(text, largest) || !mayHaveSimilar()) {
                return similar;
            }
            for (SizeGroup group : groups) {
                if (group.largest() >= threshold * asked.size() - SLACK && group.smallest() * threshold <= asked.size() + SLACK) {
                    compareWith(group);
                }
            }
            return similar;
        }

        /** Whether of its shingles so many stand in any of the texts as a similar one must share with it. */
        private boolean mayHaveSimilar() {
            int unknown = 0;
            for (int index = 0; index < asked.size(); index++) {
                long hash = asked.hashAt(index);
                unknown += (int) (~known[word(hash)] >>> hash & 1);
            }
            return asked.size() - unknown >= threshold * asked.size() - SLACK;
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
            int hits = lookUp(group);
            for (int skipped = 0; skipped < group.spareParts(); skipped++) {
                skipLongest(hits);
            }
            long sketch = asked.shortSketch();
            for (int hit = 0; hit < hits; hit++) {
                for (int place = starts[hit]; place < ends[hit]; place++) {
                    if (Long.bitCount(textsByPart.tag(place) ^ sketch) <= most) {
                        compareWith(textsByPart.text(place), most);
                    }
                }
            }
        }

        /** Finds the places of the texts for each part of which there may be some, and returns for how many. */
        private int lookUp(SizeGroup group) {
            if (starts.length < group.parts()) {
                starts = new int[2 * group.parts()];
                ends = new int[2 * group.parts()];
            }
            int hits = 0;
            for (int part = 0; part < group.parts(); part++) {
                long hash = parts.of(part);
                if (textsByPart.mayHave(hash)) {
                    starts[hits] = textsByPart.start(hash);
                    ends[hits++] = textsByPart.end(hash);
                }
            }
            return hits;
        }

        private void skipLongest(int hits) {
            int longest = 0;
            for (int hit = 1; hit < hits; hit++) {
                longest = ends[hit] - starts[hit] > ends[longest] - starts[longest] ? hit : longest;
            }
            ends[longest] = starts[longest];
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
