package io.github.miaudit.likelihood;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * A scorer that goes on where single sentences can't be scored: these are {@link SequenceScore.Status#FAILED}, with the reason, up to a
 * stated share, or number, of the sentences of a call; with more it gives up and names the first ones. What fails is found by halving: a
 * call that fails is made again with each half of its sentences, so that one bad sentence among n takes O(log n) more calls, and about 2n
 * more sentences at most, none of which are scored twice if the scorer has a store. Closing it closes the scorer. Put it around a
 * {@link StoredScorer}: what failed is not to be stored.
 *
 * <p>Sentences that fail are left out of audits, as those that are too long are. Let no more fail than what would change nothing.
 */
public final class TolerantScorer extends ForwardingScorer {

    private static final int NAMED = 3;

    private final Limit limit;

    /**
     * How many sentences of a call may fail.
     *
     * @param words about it, of a sentence's
     */
    private record Limit(IntUnaryOperator ofSentences, String words) {
    }

    private TolerantScorer(SequenceScorer scorer, Limit limit) {
        super(scorer);
        this.limit = limit;
    }

    /**
     * A scorer of which some sentences may fail.
     *
     * @param scorer scores, and throws an {@link AuditException} if a sentence can't be scored
     * @param share  of the sentences of a call, at most; in [0, 1)
     * @throws IllegalArgumentException if it is not in that range
     */
    public static TolerantScorer of(SequenceScorer scorer, double share) {
        requireShare(share);
        return new TolerantScorer(scorer,
                new Limit(sentences -> (int) Math.floor(share * sentences), "which is the share of " + share + " that may fail"));
    }

    static void requireShare(double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("share of sentences that may fail is " + share + "; it must be in [0, 1)");
        }
    }

    /**
     * A scorer of which a number of sentences may fail, for who counts them over several calls.
     *
     * @param scorer   as {@link #of}
     * @param failures of a call, at most
     * @throws IllegalArgumentException if it is below 0
     */
    public static TolerantScorer upTo(SequenceScorer scorer, int failures) {
        if (failures < 0) {
            throw new IllegalArgumentException("number of sentences that may fail is " + failures + "; it must be at least 0");
        }
        return new TolerantScorer(scorer, new Limit(sentences -> failures, "as many as may fail"));
    }

    /**
     * {@inheritDoc}
     *
     * @throws AuditException if more of the sentences fail than may
     */
    @Override
    public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
        Map<MaskingRule, List<SequenceScore>> scores = new LinkedHashMap<>();
        rules.forEach(rule -> scores.put(rule, new ArrayList<>(samples.size())));
        new Halving(samples.size(), scores).score(samples, listener);
        return scores;
    }

    /** One call: what was scored so far, and what failed. */
    private final class Halving {

        private final int allowed;
        private final int all;
        private final Map<MaskingRule, List<SequenceScore>> scores;
        private final List<String> failed = new ArrayList<>();

        private Halving(int all, Map<MaskingRule, List<SequenceScore>> scores) {
            this.all = all;
            this.allowed = limit.ofSentences().applyAsInt(all);
            this.scores = scores;
        }

        private void score(List<Sample> samples, ScoringListener listener) {
            try {
                Map<MaskingRule, List<SequenceScore>> some = scorer.score(samples, scores.keySet(), listener);
                scores.forEach((rule, list) -> list.addAll(Objects.requireNonNull(some.get(rule))));
            } catch (ScoringCancelledException e) {
                throw e; // nobody's fault
            } catch (AuditException e) {
                if (allowed == 0) {
                    throw e;
                }
                if (samples.size() == 1) {
                    fail(samples.get(0), e);
                    return;
                }
                int half = samples.size() / 2;
                score(samples.subList(0, half), listener);
                score(samples.subList(half, samples.size()), listener);
            }
        }

        private void fail(Sample sample, AuditException cause) {
            failed.add(sample.id());
            if (failed.size() > allowed) {
                throw new AuditException(
                        "more than " + allowed + " of " + all + " sentences, " + limit.words() + ", could not be scored, among them "
                                + String.join(", ",
                                        failed.subList(0, Math.min(NAMED, failed.size())))
                                + "; the last one: " + cause.getMessage(),
                        cause);
            }
            scores.forEach((rule, list) -> list
                    .add(SequenceScore.ofFailure(sample.id(), TextMeasures.of(sample.text()), String.valueOf(cause.getMessage()))));
        }
    }
}
