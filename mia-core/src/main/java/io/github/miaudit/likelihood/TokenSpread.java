package io.github.miaudit.likelihood;

import java.util.List;

/**
 * How the tokens of sentences spread, where neither they nor how frequent each is are kept. No model that only knows how frequent tokens
 * are loses less than their entropy on them, whatever frequencies it takes; so a model that does knows more.
 *
 * @param tokens   how many there are
 * @param distinct how many different ones, at least
 * @param entropy  of which of the different tokens one is, nats, at most; 0 of no tokens
 */
public record TokenSpread(long tokens, long distinct, double entropy) {

    private static final double ROUNDING = 1e-9;

    /**
     * Checks that tokens can spread so.
     *
     * @throws IllegalArgumentException if there are fewer tokens than different ones, or the entropy is not from 0 to the logarithm of
     *                                  these
     */
    public TokenSpread {
        if (tokens < distinct || distinct < (tokens > 0 ? 1 : 0)) {
            throw new IllegalArgumentException(distinct + " different tokens among " + tokens);
        }
        if (!(entropy >= 0 && entropy <= Math.log(Math.max(1, distinct)) + ROUNDING)) {
            throw new IllegalArgumentException("entropy of " + distinct + " different tokens is " + entropy + " nats; it must be from 0 to "
                    + Math.log(Math.max(1, distinct)));
        }
    }

    /**
     * The least entropy that some of the tokens can have. All are a mixture of these and the rest: r tokens, a share q of all, whose
     * entropy is at most log r. So {@code entropy <= h(q) + (1 - q) part + q log r}, where h is the entropy of which of the two a
     * token is of.
     *
     * @param part how many of the tokens, from 1
     * @throws IllegalArgumentException if there are fewer
     */
    public double entropyOfPart(long part) {
        long rest = rest(part);
        double share = rest / (double) tokens;
        double mixed = rest == 0 ? 0 : -share * Math.log(share) - (1 - share) * Math.log(1 - share) + share * Math.log(rest);
        return Math.max(0, (entropy - mixed) / (1 - share));
    }

    /**
     * How many different tokens some of the tokens have, at least.
     *
     * @param part how many of the tokens, from 1
     * @throws IllegalArgumentException if there are fewer
     */
    public long distinctOfPart(long part) {
        return Math.max(1, distinct - rest(part));
    }

    private long rest(long part) {
        if (part < 1 || part > tokens) {
            throw new IllegalArgumentException(part + " of " + tokens + " tokens; at least 1 is needed, and not more than there are");
        }
        return tokens - part;
    }

    /**
     * Of all sentences of several parts: the largest number of different tokens of a part, and the mean of the entropies, each with the
     * weight of its tokens, which is no more than the entropy of all.
     */
    static TokenSpread of(List<TokenSpread> parts) {
        long tokens = parts.stream().mapToLong(TokenSpread::tokens).sum();
        double nats = parts.stream().mapToDouble(part -> part.tokens * part.entropy).sum();
        return new TokenSpread(tokens, parts.stream().mapToLong(TokenSpread::distinct).max().orElse(0), nats / Math.max(1, tokens));
    }
}
