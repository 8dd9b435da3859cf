package io.github.miaudit.likelihood;

import io.github.miaudit.data.Sample;

/**
 * What a scorer says of one sentence: the log-likelihood of each of its content tokens, in nats (higher =
 * likelier), and what the reductions need to know of the text. Holds no text. Immutable.
 */
public final class SequenceScore {

    /** Whether a sentence could be scored. */
    public enum Status {
        /** Every content token has a log-likelihood. */
        SCORED,
        /** The sentence has no content token, so there is nothing to score. */
        EMPTY
    }

    private final String id;
    private final int characterCount;
    private final int wordCount;
    private final int[] tokenIds;
    private final double[] logLikelihoods;

    /**
     * The score of a sentence; without tokens its status is {@link Status#EMPTY}.
     *
     * @param sample         the sentence scored; its text is measured, not kept
     * @param tokenIds       the content tokens' ids
     * @param logLikelihoods the content tokens' log-likelihoods in nats, in the same order
     * @throws IllegalArgumentException if the lengths differ or a log-likelihood is NaN or infinite
     */
    public SequenceScore(Sample sample, int[] tokenIds, double[] logLikelihoods) {
        this(sample.id(), sample.text().codePointCount(0, sample.text().length()), countWords(sample.text()), tokenIds, logLikelihoods);
    }

    SequenceScore(String id, int characterCount, int wordCount, int[] tokenIds, double[] logLikelihoods) {
        if (tokenIds.length != logLikelihoods.length) {
            throw new IllegalArgumentException("sentence " + id + ": " + tokenIds.length + " token ids but "
                    + logLikelihoods.length + " log-likelihoods; the lengths must be equal");
        }
        for (int token = 0; token < logLikelihoods.length; token++) {
            if (!Double.isFinite(logLikelihoods[token])) {
                throw new IllegalArgumentException("sentence " + id + ": log-likelihood of token " + token + " is "
                        + logLikelihoods[token] + "; it must be finite");
            }
        }
        this.id = id;
        this.characterCount = characterCount;
        this.wordCount = wordCount;
        this.tokenIds = tokenIds.clone();
        this.logLikelihoods = logLikelihoods.clone();
    }

    /**
     * The sentence's id.
     *
     * @return the id of the {@link Sample}
     */
    public String id() {
        return id;
    }

    /**
     * Whether the sentence could be scored.
     *
     * @return {@link Status#EMPTY} if there are no tokens
     */
    public Status status() {
        return tokenIds.length == 0 ? Status.EMPTY : Status.SCORED;
    }

    /**
     * The number of content tokens.
     *
     * @return the count
     */
    public int tokenCount() {
        return tokenIds.length;
    }

    /**
     * The number of Unicode code points in the text, white space included.
     *
     * @return the count
     */
    public int characterCount() {
        return characterCount;
    }

    /**
     * The number of words in the text, separated by Unicode white space.
     *
     * @return the count
     */
    public int wordCount() {
        return wordCount;
    }

    /**
     * The content tokens' ids.
     *
     * @return a copy
     */
    public int[] tokenIds() {
        return tokenIds.clone();
    }

    /**
     * The content tokens' log-likelihoods, in nats.
     *
     * @return a copy, in token order
     */
    public double[] logLikelihoods() {
        return logLikelihoods.clone();
    }

    /**
     * The sum of the log-likelihoods, in double precision.
     *
     * @return nats; 0 for an empty sentence
     */
    public double sum() {
        double sum = 0;
        for (double logLikelihood : logLikelihoods) {
            sum += logLikelihood;
        }
        return sum;
    }

    /** The id and the token count, never the text or the tokens. */
    @Override
    public String toString() {
        return "SequenceScore[id=" + id + ", status=" + status() + ", tokens=" + tokenCount() + "]";
    }

    private static int countWords(String text) {
        int words = 0;
        boolean inWord = false;
        for (int index = 0; index < text.length(); index += Character.charCount(text.codePointAt(index))) {
            int character = text.codePointAt(index);
            boolean blank = Character.isWhitespace(character) || Character.isSpaceChar(character);
            words += !blank && !inWord ? 1 : 0;
            inWord = !blank;
        }
        return words;
    }
}
