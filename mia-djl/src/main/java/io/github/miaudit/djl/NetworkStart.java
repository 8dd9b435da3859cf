package io.github.miaudit.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.miaudit.checkpoint.Architecture;
import io.github.miaudit.checkpoint.TokenizerJson;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** A start from nothing: a RoBERTa network with random weights, and a tokenizer in the format of {@code tokenizer.json}. */
record NetworkStart(NetworkSize size, String tokenizerJson) implements TrainingStart {

    private static final float INITIAL_DEVIATION = 0.02f; // as BERT's and RoBERTa's
    private static final int PADDING_ID = 1;
    private static final double EPSILON = 1e-5;

    @Override
    public void writeModelFiles(Path folder) {
        AtomicFile.write(folder.resolve("tokenizer.json"), writer -> writer.write(tokenizerJson));
        AtomicFile.write(folder.resolve("tokenizer_config.json"),
                writer -> writer.write("{\"tokenizer_class\":\"PreTrainedTokenizerFast\",\"mask_token\":\"<mask>\",\"pad_token\":\"<pad>\","
                        + "\"model_max_length\":"
                        + size.maximumLength() + "}\n"));
        int vocabularySize = TokenizerJson.read(folder).vocabularySize();
        AtomicFile.write(folder.resolve("config.json"), writer -> writer.write(configuration(vocabularySize) + "\n"));
    }

    @Override
    public Map<String, NDArray> weights(Architecture architecture, long seed, NDManager manager) {
        Random random = new Random(seed);
        Map<String, NDArray> weights = new LinkedHashMap<>();
        architecture.parameters().forEach((name, parameter) -> {
            Shape shape = new Shape(parameter.shape());
            float[] values = new float[(int) shape.size()];
            for (int index = 0; index < values.length; index++) {
                values[index] = firstWeight(name, random);
            }
            weights.put(name, manager.create(values, shape));
        });
        return weights;
    }

    @Override
    public String digest() {
        return Sha256.of((size + " " + tokenizerJson).getBytes(StandardCharsets.UTF_8));
    }

    private static float firstWeight(String name, Random random) {
        if (name.endsWith("bias")) {
            return 0;
        }
        return name.contains("norm.") ? 1 : (float) (INITIAL_DEVIATION * random.nextGaussian());
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
}
