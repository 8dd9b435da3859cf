package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every family against a forward pass of its own: {@code families/make.py} makes the checkpoints and the values, in
 * float64 numpy, and says what is independent of this library and what is not.
 */
class FamiliesTest {

    private static final double TOLERANCE = 5e-5;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"bert-untied-relu,bert-untied-relu", "distilbert,distilbert", "electra,electra", "modernbert,modernbert",
            "electra,electra-zip", "bert-untied-relu,bert-legacy"})
    void everyRuleGivesTheFamilysLogProbabilities(String family, String weights) throws IOException {
        copy(family, weights);
        JsonElement expected = JsonParser.parseString(Files.readString(Golden.resource("/families/" + family + "/expected.json")));
        List<Sample> samples = stream(expected)
                .map(sentence -> Sample.of(sentence.get("id").getAsString(), sentence.get("text").getAsString())).toList();
        JsonObject first = expected.getAsJsonArray().get(0).getAsJsonObject().getAsJsonObject("rules");
        Set<MaskingRule> rules = first.keySet().stream().flatMap(name -> MaskingRule.named(name).stream()).collect(Collectors.toSet());
        assertTrue(rules.size() >= 5);
        try (MaskedLmScorer scorer = MaskedLmScorer.open(folder, MaskedLmOptions.withDefaults().withVocabularyMoments())) {
            Map<MaskingRule, List<SequenceScore>> scores = scorer.score(samples, rules, ScoringListener.NONE);
            for (int index = 0; index < samples.size(); index++) {
                JsonObject values = expected.getAsJsonArray().get(index).getAsJsonObject().getAsJsonObject("rules");
                for (MaskingRule rule : rules) {
                    assertArrayEquals(doubles(values.get(rule.label())), scores.get(rule).get(index).logLikelihoods(), TOLERANCE,
                            rule.label() + " " + samples.get(index).id());
                }
                SequenceScore.VocabularyMoments moments = scores.get(MaskingRule.original()).get(index).moments().orElseThrow();
                assertArrayEquals(doubles(values.get("first-moments")), new double[] {moments.means()[0], moments.deviations()[0]},
                        TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xlm-roberta", "camembert"})
    void robertasKinAreRobertas(String modelType) throws IOException {
        for (String name : List.of("model.safetensors", "tokenizer.json")) {
            Files.copy(Golden.ROBERTA.folder().resolve(name), folder.resolve(name));
        }
        String configuration = Files.readString(Golden.ROBERTA.folder().resolve("config.json"));
        Files.writeString(folder.resolve("config.json"),
                configuration.replace("\"model_type\": \"roberta\"", "\"model_type\": \"" + modelType + "\""));
        Golden.Sentence sentence = Golden.ROBERTA.plainSentences().get(3);
        try (MaskedLmScorer scorer = MaskedLmScorer.open(folder)) {
            assertArrayEquals(sentence.logLikelihoods(MaskingRule.original()),
                    scorer.score(List.of(sentence.sample()), MaskingRule.original()).get(0).logLikelihoods(), TOLERANCE);
        }
    }

    @Test
    void aConfigurationOf2019NamesItsArchitectureAlone() throws IOException {
        copy("bert-untied-relu", "bert-legacy");
        String configuration = Files.readString(folder.resolve("config.json"));
        Files.writeString(folder.resolve("config.json"), configuration.replace("\"model_type\": \"bert\",", ""));
        MaskedLmScorer.open(folder).close();
        Files.writeString(folder.resolve("config.json"),
                configuration.replace("\"model_type\": \"bert\",", "").replace("BertForMaskedLM", "Mystery"));
        assertTrue(assertThrows(AuditException.class, () -> MaskedLmScorer.open(folder)).getMessage().contains("has no model_type"));
    }

    @Test
    void aFamilyWithoutPaddingSaysSo() throws IOException {
        copy("modernbert", "modernbert");
        try (MaskedLmScorer scorer = MaskedLmScorer.open(folder)) {
            assertTrue(assertThrows(AuditException.class,
                    () -> scorer.score(List.of(Sample.of("a", "text")), MaskingRule.seedCompatibleLoss()))
                    .getMessage().startsWith("rule seed-compat-loss pads sentences"));
        }
    }

    private void copy(String family, String weights) throws IOException {
        Files.copy(Golden.resource("/families/" + family + "/config.json"), folder.resolve("config.json"));
        Files.copy(Golden.BERT.folder().resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
        for (String name : List.of("model.safetensors", "pytorch_model.bin")) {
            Path file = Golden.resource("/families/" + weights).resolve(name);
            if (Files.exists(file)) {
                Files.copy(file, folder.resolve(name));
            }
        }
    }

    private static Stream<JsonObject> stream(JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false).map(JsonElement::getAsJsonObject);
    }

    private static double[] doubles(JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false).mapToDouble(JsonElement::getAsDouble).toArray();
    }
}
