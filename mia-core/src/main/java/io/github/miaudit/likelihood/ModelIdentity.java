package io.github.miaudit.likelihood;

/**
 * Which model made a score. Two models with equal digests and precision give equal scores up to float noise.
 *
 * @param name            for people; not part of the identity
 * @param modelDigest     digest of everything that determines the network (configuration and weights)
 * @param tokenizerDigest digest of everything that determines the tokens; equal digests mean equal token ids
 * @param precision       the arithmetic, such as {@code float32}
 * @param engine          the software that computes, with versions, such as {@code DJL 0.36.0, PyTorch 2.7.1, cpu}
 */
public record ModelIdentity(String name, String modelDigest, String tokenizerDigest, String precision, String engine) {
}
