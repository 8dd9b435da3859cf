/**
 * Masked-language-model scoring and training on DJL and PyTorch, on CPU and GPU, straight from Hugging Face
 * folders. Models' native memory is owned here: by a {@link io.github.miaudit.djl.MaskedLmScorer} or
 * {@link io.github.miaudit.djl.MaskedLmNeighbours}, freed when that is closed, or by a
 * {@link io.github.miaudit.djl.MaskedLmTrainer} while it trains.
 *
 * <pre>{@code
 * MaskedLmOptions options = MaskedLmOptions.withDefaults().withDevice(ScoringDevice.of("cpu")).withPrecision(Precision.FLOAT32);
 * List<Sample> sentences = List.of(Sample.of("1", "No acute distress."));
 * try (MaskedLmScorer scorer = MaskedLmScorer.open(Path.of("model"), options)) {
 *     SequenceScore score = scorer.score(sentences, MaskingRule.withinWordLeftToRight()).get(0);
 *     System.out.println(score.sum() + " nats");
 * }
 * MaskedLmTrainer.from(Path.of("model")).withEpochs(3).withSeed(1).train(sentences, Path.of("trained"));
 * }</pre>
 *
 * <p>A new architecture is a file of {@code mia-checkpoint} that names its weights, and a program in this module's resources;
 * {@code docs/architecture.md} has the recipe.
 *
 * <p>DJL downloads natives and probes for cloud metadata when it starts, unless the system property
 * {@code ai.djl.offline} is {@code true} and {@code OPT_OUT_TRACKING} is {@code true}; set both before the first
 * use. This package sets neither.
 *
 * <p>Opening a model tells a {@link StartUpListener} of each {@link StartUpPhase}; {@link Installation} looks for
 * {@link Finding}s that keep it from being opened. A {@link MaskedLmTrainer} trains on, or a network of a {@link NetworkSize}
 * from nothing, noisily by {@link GradientNoise}, and tells a {@link TrainingListener} its {@link TrainingProgress};
 * {@link ControlModel} and {@link ShadowModels} are trained by it. What a folder holds say {@link ModelDescription} with its
 * {@link HeadState}, and {@link ProgramDescription} of exported ones; {@link ExpectedValues} compare it with other software, for
 * which {@link ProgramExport} writes it.
 */
@NullMarked
package io.github.miaudit.djl;

import org.jspecify.annotations.NullMarked;
