package io.github.miaudit.djl;

import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.BlankReading;
import io.github.miaudit.likelihood.TokenSequence;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One place of a sentence on its way through the network, with all that is put there: the distinct rows that this takes, at each of their
 * targets the distinct tokens that are asked for, and, when all rows are done, a log-likelihood for each text put there. It is planned on
 * any thread; from then on it is its caller's.
 */
final class BlankScoring {

    /** A token asked for at a target of a row, as its so-and-so-manieth. */
    private record Wish(Row row, int target, int rank) {
    }

    /** A masked copy of the sentence, however many candidates share it. */
    private static final class Row {

        private final TokenSequence tokens;
        private final int[] masked;
        private final int shift; // from places in the nearest text to those in the sentence
        private final Map<Integer, Map<Integer, Integer>> ranks = new TreeMap<>(); // by target, of each token asked for there
        private @Nullable PlannedRow planned;

        private Row(TokenSequence tokens, int[] masked, int shift) {
            this.tokens = tokens;
            this.masked = masked;
            this.shift = shift;
        }

        private Wish wish(int near, int token) {
            int target = near + shift;
            Map<Integer, Integer> atTarget = ranks.computeIfAbsent(target, unseen -> new LinkedHashMap<>());
            return new Wish(this, target, atTarget.computeIfAbsent(token, unseen -> atTarget.size()));
        }

        private PlannedRow plan(String sentence, Runnable done) {
            int[] targets = ranks.keySet().stream().mapToInt(Integer::intValue).toArray();
            int[][] asked = ranks.values().stream().map(tokensThere -> tokensThere.keySet().stream().mapToInt(Integer::intValue).toArray())
                    .toArray(int[][]::new);
            PlannedRow row = new PlannedRow(sentence, tokens, masked, targets, asked, done);
            planned = row;
            return row;
        }

        private float value(Wish wish) {
            PlannedRow row = Objects.requireNonNull(planned);
            return row.value(wish.rank, Arrays.binarySearch(row.targets(), wish.target));
        }
    }

    private final String sentence;
    private final Map<String, List<Wish>> wishes = new HashMap<>(); // of each candidate
    private final List<PlannedRow> rows;
    private final Consumer<BlankScoring> finished;
    private int pending;

    /**
     * Plans a place.
     *
     * @param sentence   the sentence's id
     * @param context    the text around the place
     * @param candidates what is put there
     * @param reading    how it is read
     * @param model      is not passed anything yet
     * @param finished   is told when all rows are done
     */
    BlankScoring(String sentence, BlankContext context, Collection<String> candidates, BlankReading reading, OpenModel model,
            Consumer<BlankScoring> finished) {
        this.sentence = sentence;
        this.finished = finished;
        BlankContext nearest = model.tokenizer().readsWordsApart() ? context.nearest() : context;
        Map<IntBuffer, Row> distinct = new LinkedHashMap<>(); // by the tokens near the place after masking; all others are the same
        int maskId = model.tokenizer().maskId();
        for (String candidate : candidates) {
            PlacedTokens placed = placed(nearest, candidate, model);
            int[] ids = placed.tokens().ids();
            List<Wish> ofCandidate = new ArrayList<>(placed.count());
            for (int target = placed.from(); target < placed.to(); target++) {
                int[] masked = ids.clone();
                int first = reading == BlankReading.WHOLE ? placed.from() : target;
                Arrays.fill(masked, first, placed.to(), maskId);
                Row row = distinct.computeIfAbsent(IntBuffer.wrap(masked), unseen -> {
                    PlacedTokens whole = nearest.equals(context) ? placed : placed(context, candidate, model);
                    int shift = whole.from() - placed.from();
                    return new Row(whole.tokens(), IntStream.range(first + shift, whole.to()).toArray(), shift);
                });
                ofCandidate.add(row.wish(target, ids[target]));
            }
            wishes.put(candidate, ofCandidate);
        }
        rows = distinct.values().stream().map(row -> row.plan(sentence, this::rowDone)).toList();
        pending = rows.size();
    }

    /** Passes the rows on, to go through the network; there is one at least. Called once. */
    void start(Consumer<PlannedRow> sink) {
        rows.forEach(sink);
    }

    /** The log-likelihood of a candidate, once all rows are done. */
    double logLikelihood(String candidate) {
        double sum = 0;
        for (Wish wish : Objects.requireNonNull(wishes.get(candidate))) {
            float value = wish.row.value(wish);
            if (!Float.isFinite(value)) {
                throw new AuditException("sentence " + sentence + " has a log-likelihood of " + value + " at token " + wish.target
                        + ", in a blank; does the model overflow?");
            }
            sum += value;
        }
        return sum;
    }

    private PlacedTokens placed(BlankContext context, String candidate, OpenModel model) {
        PlacedTokens placed = context.with(candidate, sentence, model.tokenizer());
        if (placed.count() == 0) {
            throw new AuditException("sentence " + sentence + ": a candidate of " + candidate.length() + " characters for the blank has 0"
                    + " tokens, as white space may; leave it out");
        }
        int length = placed.tokens().length();
        if (model.maximumLength().isPresent() && length > model.maximumLength().getAsInt()) {
            throw new AuditException("sentence " + sentence + " has " + length + " tokens with a candidate of " + placed.count()
                    + " tokens in the blank; model " + model.identity().name() + " takes up to " + model.maximumLength().getAsInt()
                    + "; leave the candidate out, or split the sentence");
        }
        return placed;
    }

    private void rowDone() {
        if (--pending == 0) {
            finished.accept(this);
        }
    }
}
