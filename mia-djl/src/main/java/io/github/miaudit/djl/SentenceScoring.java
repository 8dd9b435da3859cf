package io.github.miaudit.djl;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskedRow;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.TokenSequence;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One sentence on its way through the network: the rows that its rules plan, each mask once however many rules share
 * it, and, when all rows are done, a score for each rule. Which score belongs to which rule is settled when rows are
 * planned; values are only looked up.
 */
final class SentenceScoring {

    /** A rule's wish to know a token's log-likelihood in a row. */
    private record Wish(int window, int position, IntBuffer mask) {
    }

    /** All that is wanted of one masked copy of a window. */
    private static final class Copy {

        private final TokenSequence tokens;
        private final TreeSet<Integer> targets = new TreeSet<>();
        private PlannedRow row;

        private Copy(TokenSequence tokens) {
            this.tokens = tokens;
        }
    }

    private final Sample sample;
    private final Map<MaskingRule, List<Wish>> wishes = new LinkedHashMap<>();
    private final List<Map<IntBuffer, Copy>> copies = new ArrayList<>();
    private final Consumer<SentenceScoring> finished;
    private int pending;

    /** Plans a sentence by what each rule is shown of it; who waits is told when all rows are done, at once if there is none. */
    SentenceScoring(Sample sample, Map<MaskingRule, SentenceView> views, Consumer<SentenceScoring> finished) {
        this.sample = sample;
        this.finished = finished;
        Map<SentenceView, Integer> firstCopies = new IdentityHashMap<>();
        views.forEach((rule, view) -> {
            List<LengthWindows.Window> seen = view.windows();
            int first = firstCopies.computeIfAbsent(view, unseen -> {
                seen.forEach(window -> copies.add(new LinkedHashMap<>()));
                return copies.size() - seen.size();
            });
            List<Wish> ofRule = new ArrayList<>();
            for (int window = 0; window < seen.size(); window++) {
                plan(rule, seen.get(window), first + window, ofRule);
            }
            ofRule.sort(Comparator.comparingInt(Wish::window).thenComparingInt(Wish::position)); // stable: draws keep their order
            wishes.put(rule, ofRule);
        });
    }

    /** The rows to pass through the network; asked for once. */
    List<PlannedRow> rows() {
        List<PlannedRow> rows = new ArrayList<>();
        for (Map<IntBuffer, Copy> ofWindow : copies) {
            ofWindow.forEach((mask, copy) -> {
                int[] targets = copy.targets.stream().mapToInt(Integer::intValue).toArray();
                copy.row = new PlannedRow(sample.id(), copy.tokens, new MaskedRow(mask.array(), targets), this::rowDone);
                rows.add(copy.row);
            });
        }
        pending = rows.size();
        if (rows.isEmpty()) {
            finished.accept(this);
        }
        return rows;
    }

    /** The score by a rule, once all rows are done. */
    SequenceScore score(MaskingRule rule, boolean moments) {
        List<Wish> ofRule = wishes.get(rule);
        int[] ids = new int[ofRule.size()];
        double[][] values = new double[moments ? 3 : 1][ofRule.size()];
        for (int entry = 0; entry < ids.length; entry++) {
            Wish wish = ofRule.get(entry);
            PlannedRow row = copies.get(wish.window).get(wish.mask).row;
            int target = Arrays.binarySearch(row.targets(), wish.position);
            ids[entry] = row.tokens().id(wish.position);
            for (int kind = 0; kind < values.length; kind++) {
                values[kind][entry] = finite(row.value(kind, target), wish.position);
            }
        }
        SequenceScore score = new SequenceScore(sample, ids, values[0]);
        return moments ? score.withMoments(new SequenceScore.VocabularyMoments(values[1], values[2])) : score;
    }

    private void plan(MaskingRule rule, LengthWindows.Window window, int number, List<Wish> ofRule) {
        for (MaskedRow row : rule.rows(window.tokens())) {
            IntBuffer mask = IntBuffer.wrap(row.masked());
            for (int target : row.targets()) {
                if (window.scores(target)) {
                    copies.get(number).computeIfAbsent(mask, unseen -> new Copy(window.tokens())).targets.add(target);
                    ofRule.add(new Wish(number, target, mask));
                }
            }
        }
    }

    private void rowDone() {
        if (--pending == 0) {
            finished.accept(this);
        }
    }

    private double finite(float value, int position) {
        if (!Float.isFinite(value)) {
            throw new AuditException("sentence " + sample.id() + " has a log-likelihood of " + value + " at token " + position
                    + "; does the model overflow?");
        }
        return value;
    }
}
