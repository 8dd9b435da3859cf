/**
 * The folder of a Hugging Face checkpoint, read without an engine: configuration, weights in whatever files they lie, tokenizer
 * files. A folder can be a stranger's, so what its pickles call is allow-listed, nothing in them is run, and sizes are checked before
 * memory is
 * taken.
 *
 * <p>A family of networks is added by a class like {@link io.github.miaudit.checkpoint.ModernBertArchitecture}: it names the family,
 * makes the architecture of a configuration, and names the TorchScript program that computes it, which lies in
 * {@code mia-djl}.
 */
@NullMarked
package io.github.miaudit.checkpoint;

import org.jspecify.annotations.NullMarked;
