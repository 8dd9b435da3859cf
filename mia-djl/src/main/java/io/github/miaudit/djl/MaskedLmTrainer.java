package io.github.miaudit.djl;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.LinearTracker;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.miaudit.AuditException;
import io.github.miaudit.data.AtomicFile;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.MaskedRow;
import io.github.miaudit.likelihood.TokenSequence;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Trains a small RoBERTa masked language model from nothing, for demonstrations: masked-language modelling with
 * 15 % of the content tokens as targets (at least one a sentence), drawn anew in each epoch, of which 80 % are
 * shown as the mask token, 10 % as a random token and 10 % as they are (Devlin et al. 2019); Adam; a learning rate
 * that falls linearly to zero; no dropout. The network is the scorer's own program, run backward.
 *
 * <p>Immutable; {@code with…} returns a copy. One training at a time in a process, because DJL collects gradients
 * globally.
 */
public final class MaskedLmTrainer {

    private static final double TARGET_SHARE = 0.15;
    private static final float INITIAL_DEVIATION = 0.02f;
    private static final int PADDING_ID = 1;
    private static final double EPSILON = 1e-5;

    private final NetworkSize size;
    private final int epochs;
    private final double learningRate;
    private final int tokenBudget;
    private final long seed;
    private final TrainingListener listener;

    private MaskedLmTrainer(NetworkSize size, int epochs, double learningRate, int tokenBudget, long seed, TrainingListener listener) {
        this.size = size;
        this.epochs = epochs;
        this.learningRate = learningRate;
        this.tokenBudget = tokenBudget;
        this.seed = seed;
        this.listener = listener;
    }

    /**
     * A trainer of 10 epochs at a learning rate of 0.001, 1024 tokens a step, seed 1.
     *
     * @param size the network
     * @return the trainer
     */
    public static MaskedLmTrainer of(NetworkSize size) {
        return new MaskedLmTrainer(size, 10, 1e-3, 1024, 1, TrainingListener.NONE);
    }

    /**
     * The trainer with another number of passes over the sentences.
     *
     * @param number at least 1
     * @return a copy
     * @throws IllegalArgumentException if it is not at least 1
     */
    public MaskedLmTrainer withEpochs(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("epochs are " + number + "; at least 1 is needed");
        }
        return new MaskedLmTrainer(size, number, learningRate, tokenBudget, seed, listener);
    }

    /**
     * The trainer with another learning rate to start from.
     *
     * @param rate positive
     * @return a copy
     * @throws IllegalArgumentException if it is not a positive number
     */
    public MaskedLmTrainer withLearningRate(double rate) {
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("learning rate is " + rate + "; it must be positive");
        }
        return new MaskedLmTrainer(size, epochs, rate, tokenBudget, seed, listener);
    }

    /**
     * The trainer with another seed for the first weights, the order and the masks.
     *
     * @param other any number
     * @return a copy
     */
    public MaskedLmTrainer withSeed(long other) {
        return new MaskedLmTrainer(size, epochs, learningRate, tokenBudget, other, listener);
    }

    /**
     * The trainer with somebody watching.
     *
     * @param other is told of progress
     * @return a copy
     */
    public MaskedLmTrainer withListener(TrainingListener other) {
        return new MaskedLmTrainer(size, epochs, learningRate, tokenBudget, seed, other);
    }

    /**
     * Trains a model and writes it as a Hugging Face folder: {@code config.json}, {@code model.safetensors},
     * {@code tokenizer.json} and {@code tokenizer_config.json}, the weights last.
     *
     * @param sentences     the training data; sentences without content tokens teach nothing
     * @param tokenizerJson a tokenizer in the format of {@code tokenizer.json}, with {@code <mask>} and, at id 1,
     *                      {@code <pad>}
     * @param folder        the folder to write into; made if missing
     * @throws AuditException if the tokenizer is unusable, a sentence is too long, no sentence has a token, or a file
     *                        can't be written
     */
    public void train(List<Sample> sentences, String tokenizerJson, Path folder) {
        AtomicFile.write(folder.resolve("tokenizer.json"), writer -> writer.write(tokenizerJson));
        AtomicFile.write(folder.resolve("tokenizer_config.json"), writer -> writer.write(
                "{\"tokenizer_class\":\"RobertaTokenizer\",\"mask_token\":\"<mask>\",\"model_max_length\":" + size.maximumLength() + "}\n"));
        try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folder)) {
            Path configuration = folder.resolve("config.json");
            AtomicFile.write(configuration, writer -> writer.write(configuration(tokenizer.vocabularySize()) + "\n"));
            new Run(Architecture.of(Configuration.read(configuration)), tokenizer.maskId(), tokenise(sentences, tokenizer))
                    .train(folder.resolve("model.safetensors"));
        }
    }

    /** The {@code config.json} that Hugging Face transformers understand. */
    private JsonObject configuration(int vocabularySize) {
        JsonArray architectures = new JsonArray();
        architectures.add("RobertaForMaskedLM");
        JsonObject json = new JsonObject();
        json.add("architectures", architectures);
        json.addProperty("model_type", "roberta");
        json.addProperty("hidden_act", "gelu");
        json.addProperty("position_embedding_type", "absolute");
        json.addProperty("vocab_size", vocabularySize);
        json.addProperty("hidden_size", size.width());
        json.addProperty("num_hidden_layers", size.layers());
        json.addProperty("num_attention_heads", size.heads());
        json.addProperty("intermediate_size", size.feedForwardWidth());
        json.addProperty("max_position_embeddings", size.maximumLength() + PADDING_ID + 1);
        json.addProperty("type_vocab_size", 1);
        json.addProperty("pad_token_id", PADDING_ID);
        json.addProperty("layer_norm_eps", EPSILON);
        json.addProperty("tie_word_embeddings", true);
        json.addProperty("torch_dtype", "float32");
        return json;
    }

    private List<TokenSequence> tokenise(List<Sample> sentences, MaskedLmTokenizer tokenizer) {
        List<TokenSequence> tokens = new ArrayList<>();
        for (Sample sentence : sentences) {
            TokenSequence sequence = tokenizer.tokenise(sentence);
            if (sequence.length() > size.maximumLength()) {
                throw new AuditException("sentence " + sentence.id() + " has " + sequence.length() + " tokens with the special ones,"
                        + " more than the maximum length " + size.maximumLength() + "; split it or train a longer network");
            }
            if (sequence.contentPositions().length > 0) {
                tokens.add(sequence);
            }
        }
        if (tokens.isEmpty()) {
            throw new AuditException("none of the " + sentences.size() + " sentences has a token to learn from");
        }
        return tokens;
    }

    /** One training from first weights to file. */
    private final class Run {

        private final Architecture architecture;
        private final int maskId;
        private final List<TokenSequence> sentences;
        private final Random random = new Random(seed);

        private Run(Architecture architecture, int maskId, List<TokenSequence> sentences) {
            this.architecture = architecture;
            this.maskId = maskId;
            this.sentences = sentences;
        }

        private void train(Path file) {
            try (Model program = ScoringProgram.model(architecture, ScoringDevice.of("cpu"), Readout.PLAIN)) {
                JniUtils.setGraphExecutorOptimize(false); // shapes vary; the switch is per thread
                NDManager manager = program.getNDManager();
                Map<String, NDArray> weights = firstWeights(manager);
                List<RowBatch> batches = batches();
                int steps = epochs * batches.size();
                Optimizer adam = Optimizer.adam().optLearningRateTracker(LinearTracker.builder()
                        .setBaseValue((float) learningRate).optSlope((float) (-learningRate / (steps + 1.0))).build()).build();
                for (int epoch = 1; epoch <= epochs; epoch++) {
                    double loss = 0;
                    int targets = 0;
                    for (RowBatch batch : batches) {
                        int size = batch.size() * batch.targetsPerRow();
                        loss += step(program, manager, weights, batch, adam) * size;
                        targets += size;
                    }
                    listener.epochDone(epoch, epochs, loss / targets);
                    batches = batches();
                }
                AtomicFile.writeBytes(file, channel -> named(weights).encode(Channels.newOutputStream(channel), NDList.Encoding.SAFETENSORS));
            }
        }

        private Map<String, NDArray> firstWeights(NDManager manager) {
            Map<String, NDArray> weights = new LinkedHashMap<>();
            architecture.parameters().forEach((name, parameter) -> {
                Shape shape = new Shape(parameter.shape());
                float[] values = new float[(int) shape.size()];
                for (int index = 0; index < values.length; index++) {
                    values[index] = firstWeight(name);
                }
                // A copy in PyTorch's own memory: what the optimiser changes must not live in a Java buffer.
                try (NDArray array = manager.create(values, shape)) {
                    NDArray weight = array.duplicate();
                    weight.setName("weights." + name);
                    weight.setRequiresGradient(true);
                    weights.put(name, weight);
                }
            });
            return weights;
        }

        /** The weights under their checkpoint names, where training needs them under the program's argument. */
        private NDList named(Map<String, NDArray> weights) {
            weights.forEach((name, weight) -> weight.setName(architecture.parameters().get(name).stored()));
            return new NDList(weights.values());
        }

        private float firstWeight(String name) {
            boolean norm = name.contains("norm.");
            if (name.endsWith("bias")) {
                return 0;
            }
            return norm ? 1 : (float) (INITIAL_DEVIATION * random.nextGaussian());
        }

        /** All sentences once, in random order, with fresh targets. */
        private List<RowBatch> batches() {
            List<TokenSequence> shuffled = new ArrayList<>(sentences);
            Collections.shuffle(shuffled, random);
            List<RowBatch> batches = new ArrayList<>();
            RowPacker packer = new RowPacker(new TokenBudget(tokenBudget), batches::add);
            for (TokenSequence sentence : shuffled) {
                packer.add(new PlannedRow("in training", sentence, mask(sentence), () -> { }));
            }
            packer.flush();
            Collections.shuffle(batches, random);
            return batches;
        }

        private MaskedRow mask(TokenSequence tokens) {
            int[] content = tokens.contentPositions();
            List<Integer> order = new ArrayList<>(Arrays.stream(content).boxed().toList());
            Collections.shuffle(order, random);
            int count = (int) Math.max(1, Math.round(TARGET_SHARE * content.length));
            int[] targets = order.stream().limit(count).mapToInt(Integer::intValue).sorted().toArray();
            return new MaskedRow(Arrays.stream(targets).filter(position -> random.nextDouble() < 0.8).toArray(), targets);
        }

        /** Half of the targets that the mask does not hide show a random token instead. */
        private long[] disguisedIds(RowBatch batch) {
            long[] ids = batch.ids(maskId);
            long[] positions = batch.positions();
            for (int target = 0; target < positions.length; target++) {
                int place = target / batch.targetsPerRow() * batch.length() + (int) positions[target];
                if (ids[place] != maskId && random.nextBoolean()) {
                    ids[place] = random.nextInt(architecture.vocabularySize());
                }
            }
            return ids;
        }

        /** One update; returns the batch's mean loss before it. */
        private double step(Model program, NDManager manager, Map<String, NDArray> weights, RowBatch batch, Optimizer adam) {
            Shape targets = new Shape(batch.size(), batch.targetsPerRow());
            double loss;
            try (NDManager scratch = manager.newSubManager();
                    GradientCollector gradients = Engine.getEngine("PyTorch").newGradientCollector()) {
                NDList inputs = new NDList(
                        scratch.create(disguisedIds(batch), new Shape(batch.size(), batch.length())),
                        scratch.create(batch.positions(), targets),
                        scratch.create(batch.targets(), targets));
                inputs.addAll(weights.values());
                NDArray mean = program.getBlock().forward(new ParameterStore(scratch, false), inputs, true).singletonOrThrow().neg().mean();
                gradients.backward(mean);
                loss = mean.getFloat();
            }
            if (!Double.isFinite(loss)) {
                throw new AuditException("the training loss became " + loss + "; lower the learning rate of " + learningRate);
            }
            weights.forEach((name, weight) -> {
                try (NDArray gradient = weight.getGradient()) {
                    adam.update(name, weight, gradient);
                }
            });
            return loss;
        }
    }
}
