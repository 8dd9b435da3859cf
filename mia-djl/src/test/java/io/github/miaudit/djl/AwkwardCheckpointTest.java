package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.MaskingRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Folders after public bug reports, with the values of a forward pass in float64 numpy that follows transformers 5 ({@code right.json}).
 */
class AwkwardCheckpointTest {

    private static final double TOLERANCE = 5e-5;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"roberta-pad-id-is-another-token,roberta-tiny", "lora-adapter-beside-base-weights,bert-tiny",
            "bert-two-biases-differ,bert-tiny", "added-token-after-specials-outside-vocab,bert-tiny",
            "do-lower-case-false-in-config-true-in-tokenizer-json,bert-tiny"})
    void scoresAreTheRightOnes(String name, String base) throws IOException {
        Copies.of(Golden.resource("/golden/" + base),
                List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"),
                folder);
        Copies.of(Golden.resource("/cases/models/" + name), folder);
        JsonObject right = JsonParser.parseString(Files.readString(Golden.resource("/cases/models/right.json"))).getAsJsonObject()
                .getAsJsonObject(name);
        double[] expected = right.getAsJsonArray("right").asList().stream().mapToDouble(JsonElement::getAsDouble).toArray();
        try (MaskedLmScorer scorer = MaskedLmScorer.open(folder)) {
            assertArrayEquals(expected, scorer
                    .score(List.of(Sample.of("s", right.get("text").getAsString())),
                            MaskingRule.named(right.get("rule").getAsString()).orElseThrow())
                    .get(0).logLikelihoods(), TOLERANCE);
        }
    }

    @Test
    void theDecodersOwnNameIsOneOfTheWordEmbeddings() throws IOException {
        Path stored = Golden.resource("/cases/models/tied-only-decoder-weight-stored");
        Golden.Sentence sentence = Golden.ROBERTA.plainSentences().get(3);
        try (MaskedLmScorer scorer = MaskedLmScorer.open(stored)) {
            assertArrayEquals(sentence.logLikelihoods(MaskingRule.original()),
                    scorer.score(List.of(sentence.sample()), MaskingRule.original()).get(0).logLikelihoods(), TOLERANCE);
        }
    }
}
