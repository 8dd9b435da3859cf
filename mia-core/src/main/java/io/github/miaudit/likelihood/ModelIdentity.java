package io.github.miaudit.likelihood;

/**
 * Which model made a score. Two models with equal digests, precision and length policy give equal scores up to float
 * noise.
 *
 * @param name            for people; not part of the identity
 * @param modelDigest     digest of everything that determines the network (configuration and weights)
 * @param tokenizerDigest digest of everything that determines the tokens; equal digests mean equal token ids
 * @param vocabularySize  tokens that the model tells apart, its own special ones included
 * @param casing          whether the tokenizer tells upper from lower case
 * @param precision       the arithmetic, such as {@code float32}
 * @param lengthPolicy    what happens to sentences that are longer than the model
 * @param engine          the software that computes, with versions, such as {@code DJL 0.36.0, PyTorch 2.7.1, cpu}
 */
public record ModelIdentity(String name, String modelDigest, String tokenizerDigest, int vocabularySize, Casing casing, String precision,
        LengthPolicy lengthPolicy, String engine) {
}
