package io.github.miaudit.likelihood;

import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    /** Of sums of tokens that were known. */
    private final Optional<PerPopulation<TokenFrequencies>> frequencies;

    private ScoreColumn(byte[] statuses, int[] tokenCounts, int[] unknownCounts, double @Nullable [] sums,
            TokenScores.@Nullable Each @Nullable [] tokens, Map<Integer, SequenceScore.VocabularyMoments> moments,
            Map<Integer, String> failures, Optional<PerPopulation<TokenFrequencies>> frequencies) {
        this.statuses = statuses;
        this.tokenCounts = tokenCounts;
        this.unknownCounts = unknownCounts;
        this.sums = sums;
        this.tokens = tokens;
        this.moments = moments;
        this.failures = failures;
        this.frequencies = frequencies;
    }

    /**
     * Of sums.
     *
     * @param sums        of the token log-likelihoods of each sentence, in nats, in the order in which the sentences were given; 0 without
     *                    tokens
     * @param tokenCounts of each; a sentence without tokens is {@link SequenceScore.Status#EMPTY}
     * @param unknown     how many of them are the unknown token; a check of the target rests on it
     * @throws IllegalArgumentException if the lengths differ, or a sum or count is out of bounds as {@link SequenceScore#ofSum} says
     */
    public static ScoreColumn ofSums(double[] sums, int[] tokenCounts, int[] unknown) {
        if (sums.length != tokenCounts.length || sums.length != unknown.length) {
            throw new IllegalArgumentException(sums.length + " sums, " + tokenCounts.length + " token counts and " + unknown.length
                    + " counts of unknown tokens; one each of every sentence is needed");
        }
        Builder builder = new Builder(sums.length, false);
        for (int row = 0; row < sums.length; row++) {
            builder.set(row, SequenceScore.ofSum("in row " + (row + 1), TextMeasures.UNKNOWN, tokenCounts[row], sums[row])
                    .withUnknownCount(unknown[row]));
        }
        return builder.build();
    }

    /**
     * Of tokens, each scored once.
     *
     * @param tokenIds       of each sentence, in the order in which the sentences were given
     * @param logLikelihoods of each of them, in nats
     * @param unknown        how many of them are the unknown token; a check of the target rests on it
     * @throws IllegalArgumentException if lengths differ or a log-likelihood is NaN or infinite
     */
    public static ScoreColumn ofTokens(int[][] tokenIds, double[][] logLikelihoods, int[] unknown) {
        if (tokenIds.length != logLikelihoods.length || tokenIds.length != unknown.length) {
            throw new IllegalArgumentException("token ids are of " + tokenIds.length + " sentences, log-likelihoods of "
                    + logLikelihoods.length + " and counts of unknown tokens of " + unknown.length
                    + "; one each of every sentence is needed");
        }
        Builder builder = new Builder(tokenIds.length, true);
        for (int row = 0; row < tokenIds.length; row++) {
            builder.set(row, new SequenceScore("in row " + (row + 1), TextMeasures.UNKNOWN, tokenIds[row], logLikelihoods[row])
                    .withUnknownCount(unknown[row]));
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

    /** Of a column of sums, how often the scored sentences of each set have each token, if it was seen when they were summed up. */
    Optional<PerPopulation<TokenFrequencies>> frequencies() {
        return frequencies;
    }

    SequenceScore.Status status(int sentence) {
        return STATUSES[statuses[sentence] & ~SPECIAL_LITERAL & 0xff];
    }

    /** The scores of one set of the sentences, made when they are asked for; the column stands in their order. */
    List<SequenceScore> of(ScoredSentences sentences, Population population) {
        return new View(this, sentences, population);
    }

    /** The column in another order. */
    ScoreColumn inOrder(int[] order) {
        byte[] inOrder = new byte[order.length];
        int[] counts = new int[order.length];
        int[] unknown = new int[unknownCounts.length == 0 ? 0 : order.length];
        double[] sumsInOrder = sums == null ? null : new double[order.length];
        TokenScores.@Nullable Each[] tokensInOrder = tokens == null ? null : new TokenScores.Each[order.length];
        Map<Integer, SequenceScore.VocabularyMoments> momentsInOrder = new HashMap<>();
        Map<Integer, String> failuresInOrder = new HashMap<>();
        for (int place = 0; place < order.length; place++) {
            int from = order[place];
            inOrder[place] = statuses[from];
            counts[place] = tokenCounts[from];
            if (unknown.length > 0) {
                unknown[place] = unknownCounts[from];
            }
            if (sumsInOrder != null) {
                sumsInOrder[place] = Objects.requireNonNull(sums)[from];
            }
            if (tokensInOrder != null) {
                tokensInOrder[place] = Objects.requireNonNull(tokens)[from];
            }
            if (!moments.isEmpty() && moments.containsKey(from)) {
                momentsInOrder.put(place, moments.get(from));
            }
            if (!failures.isEmpty() && failures.containsKey(from)) {
                failuresInOrder.put(place, failures.get(from));
            }
        }
        return new ScoreColumn(inOrder, counts, unknown, sumsInOrder, tokensInOrder, momentsInOrder, failuresInOrder, frequencies);
    }

    /** The scores of one set. */
    static final class View extends ScoredSentences.Range<SequenceScore> {

        private final ScoreColumn column;
        private final ScoredSentences sentences;
        private final int start;

        private View(ScoreColumn column, ScoredSentences sentences, Population population) {
            super(sentences.start(population), sentences.size(population));
            this.column = column;
            this.sentences = sentences;
            this.start = sentences.start(population);
        }

        /** Whether these are the scores of a table's own sentences. */
        boolean isOf(ScoredSentences others) {
            return sentences == others;
        }

        @Override
        SequenceScore at(int place) {
            return column.score(sentences, place);
        }

        /** The status of one, without making its score. */
        SequenceScore.Status status(int row) {
            return column.status(start + row);
        }
    }

    private SequenceScore score(ScoredSentences sentences, int sentence) {
        return SequenceScore.ofColumns(sentences.name(sentence), status(sentence), sentences.measures(sentence), tokenCounts[sentence],
                unknownCounts.length == 0 ? 0 : unknownCounts[sentence], statuses[sentence] < 0,
                tokens == null ? new TokenScores.SumOnly(Objects.requireNonNull(sums)[sentence])
                        : Objects.requireNonNull(tokens[sentence]),
                moments.isEmpty() ? null : moments.get(sentence), failures.isEmpty() ? null : failures.get(sentence));
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
        private final PerPopulation<TokenFrequencies.Builder> frequencies = PerPopulation.of(population -> new TokenFrequencies.Builder());
        /** How many scored sentences have tokens, and of how many of them these were counted. */
        private int withTokens;
        private int counted;
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
            withTokens += ModelScores.hasScoredToken(score) ? 1 : 0;
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

        /**
         * Counts the tokens of a scored sentence whose sum is kept; where those of one are not known, or not each was scored once, nobody
         * knows the count that its sum is of.
         */
        void count(Population population, SequenceScore score) {
            if (ModelScores.hasScoredToken(score) && score.hasTokens() && score.tokenIds().length == score.tokenCount()) {
                frequencies.of(population).add(score.tokenIds());
                counted++;
            }
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

        /** Holds another's token counts where they are the same: most models of an audit have one tokenizer. */
        void shareCounts(@Nullable Builder other) {
            if (other != null && other.tokenCounts != tokenCounts && Arrays.equals(other.tokenCounts, tokenCounts)) {
                tokenCounts = other.tokenCounts;
            }
        }

        ScoreColumn build() {
            return new ScoreColumn(cut(statuses), size == tokenCounts.length ? tokenCounts : Arrays.copyOf(tokenCounts, size),
                    unknownCounts.length == 0 ? unknownCounts : Arrays.copyOf(unknownCounts, size),
                    keepTokens ? null : size == sums.length ? sums : Arrays.copyOf(sums, size),
                    keepTokens ? size == tokens.length ? tokens : Arrays.copyOf(tokens, size) : null, Map.copyOf(moments),
                    Map.copyOf(failures),
                    Optional.of(frequencies.map(TokenFrequencies.Builder::build)).filter(all -> counted > 0 && counted == withTokens));
        }

        private byte[] cut(byte[] bytes) {
            return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        }
    }
}
