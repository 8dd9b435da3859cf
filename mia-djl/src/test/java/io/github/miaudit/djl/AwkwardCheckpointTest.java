package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.MaskingRule;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Folders after public bug reports, with the values of a forward pass in float64 numpy that follows transformers 5 ({@code right.json}).
 */
class AwkwardCheckpointTest {

    private static final double TOLERANCE = 1e-4;

    @ParameterizedTest
    @ValueSource(strings = {"roberta-pad-id-is-another-token"})
    void scoresAreTheRightOnes(String name) throws IOException {
        JsonObject right = JsonParser.parseString(Files.readString(Golden.resource("/cases/models/right.json"))).getAsJsonObject()
                .getAsJsonObject(name);
        double[] expected = right.getAsJsonArray("right").asList().stream().mapToDouble(JsonElement::getAsDouble).toArray();
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.resource("/cases/models/" + name))) {
            assertArrayEquals(expected, scorer
                    .score(List.of(Sample.of("s", right.get("text").getAsString())),
                            MaskingRule.named(right.get("rule").getAsString()).orElseThrow())
                    .get(0).logLikelihoods(), TOLERANCE);
        }
    }
}
