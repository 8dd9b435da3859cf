package io.github.miaudit.likelihood;

import io.github.miaudit.data.Population;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one model says of {@link ScoredSentences} by one rule, as a column: of each sentence its sum, or its tokens. A sum takes about 20
 * bytes a sentence. Immutable.
 */
public final class ScoreColumn {

    private static final byte SPECIAL_LITERAL = (byte) 0x80;
    private static final SequenceScore.Status[] STATUSES = SequenceScore.Status.values();

    private final byte[] statuses;
    private final int[] tokenCounts;
    private final int[] unknownCounts;
    /** One of the two. */
    private final double @Nullable [] sums;
    private final TokenScores.@Nullable Each @Nullable [] tokens;
    private final Map<Integer, SequenceScore.VocabularyMoments> moments;
    private final Map<Integer, String> failures;

    private ScoreColumn(byte[] statuses, int[] tokenCounts, int[] unknownCounts, double @Nullable [] sums,
            TokenScores.@Nullable Each @Nullable [] tokens, Map<Integer, SequenceScore.VocabularyMoments> moments,
            Map<Integer, String> failures) {
        this.statuses = statuses;
        this.tokenCounts = tokenCounts;
        this.unknownCounts = unknownCounts;
        this.sums = sums;
        this.tokens = tokens;
        this.moments = moments;
        this.failures = failures;
    }

    /**
     * Of sums.
     *
     * @param sums        of the token log-likelihoods of each sentence, in nats, in the order in which the sentences were given; 0 without
     *                    tokens
     * @param tokenCounts of each; a sentence without tokens is {@link SequenceScore.Status#EMPTY}
     * @throws IllegalArgumentException if the lengths differ, or a sum or count is out of bounds as {@link SequenceScore#ofSum} says
     */
    public static ScoreColumn ofSums(double[] sums, int[] tokenCounts) {
        if (sums.length != tokenCounts.length) {
            throw new IllegalArgumentException(sums.length + " sums but " + tokenCounts.length + " token counts; one each is needed");
        }
        Builder builder = new Builder(sums.length, false);
        for (int row = 0; row < sums.length; row++) {
            builder.set(row, SequenceScore.ofSum("in row " + (row + 1), TextMeasures.UNKNOWN, tokenCounts[row], sums[row]));
        }
        return builder.build();
    }

    /**
     * Of tokens, each scored once.
     *
     * @param tokenIds       of each sentence, in the order in which the sentences were given
     * @param logLikelihoods of each of them, in nats
     * @throws IllegalArgumentException if lengths differ or a log-likelihood is NaN or infinite
     */
    public static ScoreColumn ofTokens(int[][] tokenIds, double[][] logLikelihoods) {
        if (tokenIds.length != logLikelihoods.length) {
            throw new IllegalArgumentException("token ids are of " + tokenIds.length + " sentences but log-likelihoods of "
                    + logLikelihoods.length + "; one each is needed");
        }
        Builder builder = new Builder(tokenIds.length, true);
        for (int row = 0; row < tokenIds.length; row++) {
            builder.set(row, new SequenceScore("in row " + (row + 1), TextMeasures.UNKNOWN, tokenIds[row], logLikelihoods[row]));
        }
        return builder.build();
    }

    /** Of how many sentences. */
    public int size() {
        return statuses.length;
    }

    /** Whether each token is known, and not sums alone. */
    public boolean hasTokens() {
        return tokens != null;
    }

    SequenceScore.Status status(int sentence) {
        return STATUSES[statuses[sentence] & ~SPECIAL_LITERAL & 0xff];
    }

    /** The scores of one set of the sentences, made when they are asked for. */
    List<SequenceScore> of(ScoredSentences sentences, Population population) {
        return new ScoredSentences.Rows<>(sentences.order(population)) {
            @Override
            SequenceScore row(int sentence) {
                return score(sentences, sentence);
            }
        };
    }

    private SequenceScore score(ScoredSentences sentences, int sentence) {
        return SequenceScore.ofColumns(sentences.id(sentence), status(sentence), sentences.measures(sentence), tokenCounts[sentence],
                unknownCounts.length == 0 ? 0 : unknownCounts[sentence], statuses[sentence] < 0,
                tokens == null ? new TokenScores.SumOnly(Objects.requireNonNull(sums)[sentence])
                        : Objects.requireNonNull(tokens[sentence]),
                moments.get(sentence), failures.get(sentence));
    }

    /** Takes scores of sentences by their numbers. */
    static final class Builder {

        private static final byte MISSING = 0x7f;

        private byte[] statuses;
        private int[] tokenCounts;
        private int[] unknownCounts = new int[0];
        private double[] sums;
        private TokenScores.@Nullable Each[] tokens;
        private final boolean keepTokens;
        private final Map<Integer, SequenceScore.VocabularyMoments> moments = new HashMap<>();
        private final Map<Integer, String> failures = new HashMap<>();
        private int size;

        Builder(int expected, boolean keepTokens) {
            this.keepTokens = keepTokens;
            statuses = new byte[expected];
            Arrays.fill(statuses, MISSING);
            tokenCounts = new int[expected];
            sums = new double[keepTokens ? 0 : expected];
            tokens = new TokenScores.Each[keepTokens ? expected : 0];
        }

        boolean isMissing(int sentence) {
            return sentence >= statuses.length || statuses[sentence] == MISSING;
        }

        void set(int sentence, SequenceScore score) {
            if (sentence >= statuses.length) {
                grow(sentence);
            }
            size = Math.max(size, sentence + 1);
            statuses[sentence] = (byte) (score.status().ordinal() | (score.hasSpecialLiteral() ? SPECIAL_LITERAL : 0));
            tokenCounts[sentence] = score.tokenCount();
            if (score.unknownCount() > 0) {
                unknownCounts = unknownCounts.length < statuses.length ? Arrays.copyOf(unknownCounts, statuses.length) : unknownCounts;
                unknownCounts[sentence] = score.unknownCount();
            }
            if (keepTokens) {
                tokens[sentence] = score.each();
                score.moments().ifPresent(each -> moments.put(sentence, each));
            } else {
                sums[sentence] = score.sum();
            }
            score.failure().ifPresent(reason -> failures.put(sentence, reason));
        }

        private void grow(int sentence) {
            int length = sentence + (sentence >> 1) + 16;
            int before = statuses.length;
            statuses = Arrays.copyOf(statuses, length);
            Arrays.fill(statuses, before, length, MISSING);
            tokenCounts = Arrays.copyOf(tokenCounts, length);
            if (keepTokens) {
                tokens = Arrays.copyOf(tokens, length);
            } else {
                sums = Arrays.copyOf(sums, length);
            }
        }

        boolean keepsTokens() {
            return keepTokens;
        }

        /** The tokens of another column's score, which are held once where they are the same. */
        TokenScores.@Nullable Each tokens(int sentence) {
            return sentence < tokens.length ? tokens[sentence] : null;
        }

        ScoreColumn build() {
            return new ScoreColumn(cut(statuses), size == tokenCounts.length ? tokenCounts : Arrays.copyOf(tokenCounts, size),
                    unknownCounts.length == 0 ? unknownCounts : Arrays.copyOf(unknownCounts, size),
                    keepTokens ? null : size == sums.length ? sums : Arrays.copyOf(sums, size),
                    keepTokens ? size == tokens.length ? tokens : Arrays.copyOf(tokens, size) : null, Map.copyOf(moments),
                    Map.copyOf(failures));
        }

        private byte[] cut(byte[] bytes) {
            return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        }
    }
}
