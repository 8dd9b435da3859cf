/**
 * Masked-language-model scoring and training on DJL and PyTorch, on CPU and GPU, straight from Hugging Face
 * folders. Models' native memory is owned here: by a {@link io.github.miaudit.djl.MaskedLmScorer} or
 * {@link io.github.miaudit.djl.MaskedLmNeighbours}, freed when that is closed, or by a
 * {@link io.github.miaudit.djl.MaskedLmTrainer} while it trains.
 *
 * <p>A new architecture is a file of {@code mia-checkpoint} that names its weights, and a program in this module's resources;
 * {@code docs/architecture.md} has the recipe.
 *
 * <p>DJL downloads natives and probes for cloud metadata when it starts, unless the system property
 * {@code ai.djl.offline} is {@code true} and {@code OPT_OUT_TRACKING} is {@code true}; set both before the first
 * use. This package sets neither.
 */
@NullMarked
package io.github.miaudit.djl;

import org.jspecify.annotations.NullMarked;
