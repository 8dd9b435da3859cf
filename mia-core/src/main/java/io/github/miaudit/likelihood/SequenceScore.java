package io.github.miaudit.likelihood;

import io.github.miaudit.data.Sample;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a scorer says of one sentence: log-likelihoods of its tokens, in nats (higher = likelier), and what the
 * reductions need to know of the text. Holds no text. Immutable; {@code with…} returns a copy.
 *
 * <p>Most rules score each content token once; then {@link #tokenIds()} are the content tokens in order. Rules with
 * random masks may score a token several times or never; then there is an entry for each time, in token order, and
 * {@link #sum()} is scaled to one time each.
 *
 * <p>A score of which only the sum is known ({@link #ofSum}) has no tokens: who asks it for them is refused.
 */
public final class SequenceScore {

    /** What became of a sentence. */
    public enum Status {
        /** Scored as a whole. */
        SCORED(true),
        /** Longer than the model: scored in windows, each token once. */
        WINDOWED(true),
        /** Longer than the model: only the first tokens are scored. */
        TRUNCATED(true),
        /** Longer than the model, and not scored. */
        TOO_LONG(false),
        /** The sentence has no content token, so there is nothing to score. */
        EMPTY(false),
        /** An attack needs rewritings of the sentence, and there is none. */
        NOT_REWRITTEN(false),
        /** The model could not score it, for a reason that {@link SequenceScore#failure()} tells. */
        FAILED(false);

        private final boolean scored;

        Status(boolean scored) {
            this.scored = scored;
        }

        /** Whether there are log-likelihoods. */
        public boolean isScored() {
            return scored;
        }
    }

    /**
     * The model's own expectation at each scored token: mean and standard deviation of {@code log P(v)} over the
     * vocabulary, {@code v} drawn from {@code P}. Min-K%++ needs them (Zhang et al. 2024, arXiv 2404.02936).
     *
     * @param means      nats, one for each of {@link #logLikelihoods()}
     * @param deviations nats, not negative, likewise
     */
    public record VocabularyMoments(double[] means, double[] deviations) {

        /** Copies the arrays. */
        public VocabularyMoments {
            means = means.clone();
            deviations = deviations.clone();
        }

        /** The means. */
        @Override
        public double[] means() {
            return means.clone();
        }

        /** The standard deviations. */
        @Override
        public double[] deviations() {
            return deviations.clone();
        }
    }

    /** How far above 0 rounding can bring the logarithm of a probability, in half precision too; nats a token. */
    static final double ROUNDING = 0.01;

    private final SentenceName name;
    private final Status status;
    private final TextMeasures measures;
    private final int tokenCount;
    private final int unknownCount;
    private final boolean specialLiteral;
    private final TokenScores tokens;
    private final @Nullable VocabularyMoments moments;
    private final @Nullable String failure;

    private SequenceScore(SentenceName name, Status status, TextMeasures measures, int tokenCount, int unknownCount, boolean specialLiteral,
            TokenScores tokens, @Nullable VocabularyMoments moments, @Nullable String failure) {
        this.name = name;
        this.status = status;
        this.measures = measures;
        this.tokenCount = tokenCount;
        this.unknownCount = unknownCount;
        this.specialLiteral = specialLiteral;
        this.tokens = tokens;
        this.moments = moments;
        this.failure = failure;
    }

    /**
     * The score of a sentence whose content tokens were each scored once; without tokens its status is
     * {@link Status#EMPTY}.
     *
     * @param sample         the sentence scored; its text is measured, not kept
     * @param tokenIds       the content tokens' ids
     * @param logLikelihoods the content tokens' log-likelihoods in nats, in the same order
     * @throws IllegalArgumentException if the lengths differ or a log-likelihood is NaN or infinite
     */
    public SequenceScore(Sample sample, int[] tokenIds, double[] logLikelihoods) {
        this(sample.id(), TextMeasures.of(sample.text()), tokenIds, logLikelihoods);
    }

    /**
     * The score of a sentence that was measured before.
     *
     * @param id             the sentence's
     * @param measures       of its text
     * @param tokenIds       the content tokens' ids
     * @param logLikelihoods the content tokens' log-likelihoods in nats, in the same order
     * @throws IllegalArgumentException if the lengths differ or a log-likelihood is NaN or infinite
     */
    public SequenceScore(String id, TextMeasures measures, int[] tokenIds, double[] logLikelihoods) {
        this(new SentenceName.Stated(id), tokenIds.length == 0 ? Status.EMPTY : Status.SCORED, measures, tokenIds.length, 0, false,
                new TokenScores.Each(tokenIds.clone(), PackedNumbers.of(logLikelihoods)), null, null);
        if (tokenIds.length != logLikelihoods.length) {
            throw new IllegalArgumentException("sentence " + id + ": " + tokenIds.length + " token ids but " + logLikelihoods.length
                    + " log-likelihoods; the lengths must be equal");
        }
        for (int token = 0; token < logLikelihoods.length; token++) {
            if (!Double.isFinite(logLikelihoods[token])) {
                throw new IllegalArgumentException(
                        "sentence " + id + ": log-likelihood of token " + token + " is " + logLikelihoods[token] + "; it must be finite");
            }
        }
    }

    /**
     * The score of a sentence of which only the sum is known.
     *
     * @param id         the sentence's
     * @param measures   of its text
     * @param tokenCount how many content tokens the model was shown; without any its status is {@link Status#EMPTY}
     * @param sum        of their log-likelihoods in nats, each scored once; 0 without tokens
     * @throws IllegalArgumentException if the count is below 0, or the sum is NaN, infinite, or not 0 without tokens
     */
    public static SequenceScore ofSum(String id, TextMeasures measures, int tokenCount, double sum) {
        if (tokenCount < 0) {
            throw new IllegalArgumentException("sentence " + id + ": token count is " + tokenCount + "; it must be at least 0");
        }
        if (!Double.isFinite(sum) || tokenCount == 0 && sum != 0) {
            throw new IllegalArgumentException("sentence " + id + ": sum of log-likelihoods is " + sum + " over " + tokenCount
                    + " tokens; it must be finite, and 0 without tokens");
        }
        return new SequenceScore(new SentenceName.Stated(id), tokenCount == 0 ? Status.EMPTY : Status.SCORED, measures, tokenCount, 0,
                false,
                new TokenScores.SumOnly(sum), null, null);
    }

    /**
     * What is left of a sentence that the model could not score: status {@link Status#FAILED}, no token.
     *
     * @param id       the sentence's
     * @param measures of its text
     * @param reason   why, without any of the text
     */
    public static SequenceScore ofFailure(String id, TextMeasures measures, String reason) {
        return new SequenceScore(new SentenceName.Stated(id), Status.FAILED, measures, 0, 0, false,
                new TokenScores.Each(new int[0], PackedNumbers.of(new double[0])),
                null, reason);
    }

    /** A score whose parts were checked before. */
    static SequenceScore ofColumns(SentenceName name, Status status, TextMeasures measures, int tokenCount, int unknownCount,
            boolean specialLiteral, TokenScores tokens, @Nullable VocabularyMoments moments, @Nullable String failure) {
        return new SequenceScore(name, status, measures, tokenCount, unknownCount, specialLiteral, tokens, moments, failure);
    }

    /**
     * The score with another status.
     *
     * @param other what became of the sentence
     */
    public SequenceScore withStatus(Status other) {
        return new SequenceScore(name, other, measures, tokenCount, unknownCount, specialLiteral, tokens, moments, failure);
    }

    /**
     * The score as that of another sentence with the same text.
     *
     * @param other the other sentence's id
     */
    public SequenceScore withId(String other) {
        return new SequenceScore(new SentenceName.Stated(other), status, measures, tokenCount, unknownCount, specialLiteral, tokens,
                moments, failure);
    }

    /**
     * The score of a sentence of which not every token was scored exactly once.
     *
     * @param count how many of its content tokens the model was shown
     */
    public SequenceScore withTokenCount(int count) {
        return new SequenceScore(name, status, measures, count, unknownCount, specialLiteral, tokens, moments, failure);
    }

    /**
     * The score of a sentence with tokens that stand for what the vocabulary lacks.
     *
     * @param count how many of its content tokens are the unknown token
     */
    public SequenceScore withUnknownCount(int count) {
        return new SequenceScore(name, status, measures, tokenCount, count, specialLiteral, tokens, moments, failure);
    }

    /**
     * The score of a sentence in whose text a special token stands, such as {@code </s>}, that the tokenizer could
     * not be kept from reading as one.
     */
    public SequenceScore withSpecialLiteral() {
        return new SequenceScore(name, status, measures, tokenCount, unknownCount, true, tokens, moments, failure);
    }

    /**
     * The score with the model's expectation at each scored token.
     *
     * @param other one mean and deviation for each log-likelihood
     * @throws IllegalArgumentException if the numbers differ
     * @throws IllegalStateException    if only the sum is known
     */
    public SequenceScore withMoments(VocabularyMoments other) {
        int count = each().logLikelihoods().size();
        if (other.means.length != count || other.deviations.length != count) {
            throw new IllegalArgumentException("sentence " + id() + ": " + other.means.length + " means and " + other.deviations.length
                    + " deviations for " + count + " log-likelihoods; the lengths must be equal");
        }
        return new SequenceScore(name, status, measures, tokenCount, unknownCount, specialLiteral, tokens, other, failure);
    }

    /** The score of which only the sum is known: no token, no moments. */
    public SequenceScore withoutTokens() {
        return new SequenceScore(name, status, measures, tokenCount, unknownCount, specialLiteral, new TokenScores.SumOnly(sum()), null,
                failure);
    }

    /** The same score, that holds another's token ids and measures where they are the same as its own: a table holds them once. */
    SequenceScore sharing(SequenceScore other) {
        TextMeasures sharedMeasures = measures.equals(other.measures) ? other.measures : measures;
        TokenScores sharedTokens = hasTokens() && other.hasTokens() && hasTokensOf(other)
                ? new TokenScores.Each(other.each().ids(), each().logLikelihoods()) : tokens;
        return new SequenceScore(name, status, sharedMeasures, tokenCount, unknownCount, specialLiteral, sharedTokens, moments, failure);
    }

    /** The same score, that holds other tokens' ids where they are the same as its own. */
    SequenceScore withIdsOf(TokenScores.Each other) {
        return !Arrays.equals(each().ids(), other.ids()) ? this
                : new SequenceScore(name, status, measures, tokenCount, unknownCount, specialLiteral,
                        new TokenScores.Each(other.ids(), each().logLikelihoods()), moments, failure);
    }

    /** The id of the {@link Sample}. */
    public String id() {
        return name.id();
    }

    /** What became of the sentence. */
    public Status status() {
        return status;
    }

    /** The number of content tokens that the model was shown; of the whole sentence, if it was not scored. */
    public int tokenCount() {
        return tokenCount;
    }

    /** The number of content tokens that are the unknown token. */
    public int unknownCount() {
        return unknownCount;
    }

    /** Whether a special token typed in the text was read as one, so that the score is not that of the text. */
    public boolean hasSpecialLiteral() {
        return specialLiteral;
    }

    /** What the text measures. */
    public TextMeasures measures() {
        return measures;
    }

    /** Why the sentence could not be scored, if it {@linkplain Status#FAILED failed}. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether it is known token by token, and not its sum alone. */
    public boolean hasTokens() {
        return tokens instanceof TokenScores.Each;
    }

    /**
     * The ids of the scored tokens, one for each of {@link #logLikelihoods()}.
     *
     * @throws IllegalStateException if only the sum is known
     */
    public int[] tokenIds() {
        return each().ids().clone();
    }

    /**
     * Whether another score is of the same tokens in the same order, so that their log-likelihoods can be put side by side.
     *
     * @param other another model's score of the sentence by the same rule
     * @throws IllegalStateException if of either only the sum is known
     */
    public boolean hasTokensOf(SequenceScore other) {
        return Arrays.equals(each().ids(), other.each().ids());
    }

    /**
     * The log-likelihoods of the scored tokens, in nats, in token order.
     *
     * @throws IllegalStateException if only the sum is known
     */
    public double[] logLikelihoods() {
        return each().logLikelihoods().toArray();
    }

    TokenScores.Each each() {
        if (tokens instanceof TokenScores.Each each) {
            return each;
        }
        throw new IllegalStateException("sentence " + id() + " is known by its sum alone, not token by token");
    }

    /**
     * The model's expectation at each scored token, if the scorer was asked for it.
     *
     * @return means and deviations in the order of {@link #logLikelihoods()}
     */
    public Optional<VocabularyMoments> moments() {
        return Optional.ofNullable(moments);
    }

    /** Whether the sentence is likelier than certain, as a loss would say that was taken for a log-likelihood. */
    boolean isAboveZero() {
        return sum() > tokenCount * ROUNDING;
    }

    /**
     * The log-likelihood of the sentence: the sum over tokens if each was scored once, else the mean over all
     * scorings times the number of tokens. In double precision.
     *
     * @return nats; 0 for a sentence that was not scored
     */
    public double sum() {
        if (tokens instanceof TokenScores.Each each) {
            double sum = each.logLikelihoods().sum();
            int scored = each.logLikelihoods().size();
            return tokenCount == scored || scored == 0 ? sum : sum / scored * tokenCount;
        }
        return ((TokenScores.SumOnly) tokens).sum();
    }

    /** The id and the token count, never the text or the tokens. */
    @Override
    public String toString() {
        return "SequenceScore[id=" + id() + ", status=" + status() + ", tokens=" + tokenCount() + "]";
    }
}
