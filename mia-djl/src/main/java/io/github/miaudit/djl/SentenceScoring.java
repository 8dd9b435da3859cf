package io.github.miaudit.djl;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskedRow;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.TextMeasures;
import io.github.miaudit.likelihood.TokenSequence;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One sentence on its way through the network: the rows that its rules plan, each mask once however many rules share
 * it, and, when all rows are done, a score for each rule. Which score belongs to which rule is settled when rows are
 * planned, on any thread; from then on it is its caller's, and values are only looked up.
 */
final class SentenceScoring {

    /** What a rule wants to know, in the order of its score: by window, then by position, then as drawn. */
    private static final class Wishes {

        private Copy[] copies = new Copy[16];
        private int[] positions = new int[16];
        private int size;

        private void add(Copy copy, int position) {
            if (size == copies.length) {
                copies = Arrays.copyOf(copies, 2 * size);
                positions = Arrays.copyOf(positions, 2 * size);
            }
            copies[size] = copy;
            positions[size++] = position;
        }

        /** Puts all from a place on in the order of their positions; equal ones keep theirs. */
        private void sort(int from) {
            boolean sorted = true;
            long[] keys = new long[size - from];
            for (int key = 0; key < keys.length; key++) {
                sorted &= key == 0 || positions[from + key - 1] <= positions[from + key];
                keys[key] = (long) positions[from + key] << 32 | key;
            }
            if (sorted) {
                return;
            }
            Arrays.sort(keys);
            Copy[] ofWindow = Arrays.copyOfRange(copies, from, size);
            for (int key = 0; key < keys.length; key++) {
                copies[from + key] = ofWindow[(int) keys[key]];
                positions[from + key] = (int) (keys[key] >>> 32);
            }
        }
    }

    /** All that is wanted of one masked copy of a window. */
    private static final class Copy {

        private final TokenSequence tokens;
        private int[] targets = {}; // ascending, none twice
        private @Nullable PlannedRow row;

        private Copy(TokenSequence tokens) {
            this.tokens = tokens;
        }

        private void want(int[] more) {
            if (targets.length == 0) {
                targets = ascending(more) ? more : Arrays.stream(more).sorted().distinct().toArray();
            } else if (!Arrays.equals(targets, more)) {
                targets = IntStream.concat(Arrays.stream(targets), Arrays.stream(more)).sorted().distinct().toArray();
            }
        }

        private static boolean ascending(int[] values) {
            for (int place = 1; place < values.length; place++) {
                if (values[place - 1] >= values[place]) {
                    return false;
                }
            }
            return true;
        }
    }

    private final String id;
    private final TextMeasures measures;
    private final Map<MaskingRule, Wishes> wishes = new LinkedHashMap<>();
    private final List<PlannedRow> rows = new ArrayList<>();
    private final Consumer<SentenceScoring> finished;
    private int pending;

    /** Plans a sentence by what each rule is shown of it; who waits is told when all rows are done. */
    SentenceScoring(Sample sample, Map<MaskingRule, SentenceView> views, Consumer<SentenceScoring> finished) {
        this.id = sample.id();
        this.measures = TextMeasures.of(sample.text());
        this.finished = finished;
        List<Map<IntBuffer, Copy>> copies = new ArrayList<>(); // by window and mask
        Map<SentenceView, Integer> firstCopies = new IdentityHashMap<>();
        views.forEach((rule, view) -> {
            List<LengthWindows.Window> seen = view.windows();
            int first = firstCopies.computeIfAbsent(view, unseen -> {
                seen.forEach(window -> copies.add(new LinkedHashMap<>()));
                return copies.size() - seen.size();
            });
            Wishes ofRule = new Wishes();
            for (int window = 0; window < seen.size(); window++) {
                plan(rule, seen.get(window), copies.get(first + window), ofRule);
            }
            wishes.put(rule, ofRule);
        });
        Runnable done = this::rowDone;
        for (Map<IntBuffer, Copy> ofWindow : copies) {
            ofWindow.forEach((mask, copy) -> {
                PlannedRow row = new PlannedRow(id, copy.tokens, mask.array(), copy.targets, done);
                copy.row = row;
                rows.add(row);
            });
        }
        pending = rows.size();
    }

    /** Passes the rows on, to go through the network; if there is none, who waits is told at once. Called once. */
    void start(Consumer<PlannedRow> sink) {
        if (rows.isEmpty()) {
            finished.accept(this);
        }
        rows.forEach(sink);
    }

    /** What the text measures. */
    TextMeasures measures() {
        return measures;
    }

    /** The score by a rule, once all rows are done. */
    SequenceScore score(MaskingRule rule, boolean moments) {
        Wishes ofRule = Objects.requireNonNull(wishes.get(rule));
        int[] ids = new int[ofRule.size];
        double[][] values = new double[moments ? 3 : 1][ofRule.size];
        for (int entry = 0; entry < ids.length; entry++) {
            PlannedRow row = Objects.requireNonNull(ofRule.copies[entry].row);
            int position = ofRule.positions[entry];
            int target = row.targets().length == 1 ? 0 : Arrays.binarySearch(row.targets(), position);
            ids[entry] = row.tokens().id(position);
            for (int kind = 0; kind < values.length; kind++) {
                values[kind][entry] = finite(row.value(kind, target), position);
            }
        }
        SequenceScore score = new SequenceScore(id, measures, ids, values[0]);
        return moments ? score.withMoments(new SequenceScore.VocabularyMoments(values[1], values[2])) : score;
    }

    private static void plan(MaskingRule rule, LengthWindows.Window window, Map<IntBuffer, Copy> copies, Wishes ofRule) {
        int first = ofRule.size;
        for (MaskedRow row : rule.rows(window.tokens())) {
            int[] targets = scored(row.targets(), window);
            if (targets.length > 0) {
                Copy copy = copies.computeIfAbsent(IntBuffer.wrap(row.masked()), unseen -> new Copy(window.tokens()));
                copy.want(targets);
                for (int target : targets) {
                    ofRule.add(copy, target);
                }
            }
        }
        ofRule.sort(first);
    }

    private static int[] scored(int[] targets, LengthWindows.Window window) {
        for (int target : targets) {
            if (!window.scores(target)) {
                return Arrays.stream(targets).filter(window::scores).toArray();
            }
        }
        return targets;
    }

    private void rowDone() {
        if (--pending == 0) {
            finished.accept(this);
        }
    }

    private double finite(float value, int position) {
        if (!Float.isFinite(value)) {
            throw new AuditException("sentence " + id + " has a log-likelihood of " + value + " at token " + position
                    + "; does the model overflow?");
        }
        return value;
    }
}
