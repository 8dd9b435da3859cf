/**
 * The folder of a Hugging Face checkpoint, read without an engine: configuration, weights in whatever files they lie, tokenizer
 * files. A folder can be a stranger's, so what its pickles call is allow-listed, nothing in them is run, and sizes are checked before
 * memory is
 * taken.
 *
 * <pre>{@code
 * Checkpoint checkpoint = Checkpoint.open(Path.of("model")); // a folder with config.json and weights
 * System.out.println(checkpoint.modelType() + ", SHA-256 " + checkpoint.digest());
 * checkpoint.tensors().forEach((name, tensor) -> System.out.println(name + " " + Arrays.toString(tensor.shape()) + " " + tensor.type()));
 * System.out.println("not needed for scoring: " + checkpoint.unscored());
 * }</pre>
 *
 * <p>A family of networks is added by a class like {@link io.github.miaudit.checkpoint.ModernBertArchitecture}: it names the family,
 * makes the architecture of a configuration, and names the TorchScript program that computes it, which lies in
 * {@code mia-djl}.
 *
 * <p>A {@link ModelFolder} is where parts lie. A {@link Configuration} makes an {@link Architecture}:
 * {@link AlbertArchitecture}, {@link BertArchitecture}, {@link DebertaArchitecture}, {@link EuroBertArchitecture},
 * {@link LongDocumentArchitecture}, {@link ModernBertArchitecture}, {@link MpnetArchitecture}, {@link NomicBertArchitecture},
 * {@link PreNormArchitecture}, {@link XmodArchitecture}; an {@link OtherSetting} is another one of the same weights. A
 * {@link StoredTensor} of an {@link ElementType} lies in a {@link SafetensorsFile} or in PyTorch's; {@link LowRankUpdate}s come
 * from an adapter. {@link TokenizerJson}, with its {@link KnownPatterns} and another {@link TextPreparation}, is the tokenizer,
 * {@link ProgramFile} what an exported model would do.
 */
@NullMarked
package io.github.miaudit.checkpoint;

import org.jspecify.annotations.NullMarked;
