package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.OtherReading;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights by other settings than their files state, beside folders that state those. */
class OtherReadingsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "roberta-tiny | positions numbered from padding token 3 instead of 1 | config.json | pad_token_id | 3",
            "roberta-tiny | heads 1 instead of 4 | config.json | num_attention_heads | 1",
            "roberta-tiny | activation relu instead of gelu | config.json | hidden_act | relu",
            "bert-tiny | activation and head activation relu instead of gelu | config.json | hidden_act | relu",
            "bert-tiny | heads 1 instead of 4 | config.json | num_attention_heads | 1",
            "families/longformer | positions numbered from padding token 2 instead of 1 | config.json | pad_token_id | 2",
            "families/modernbert | heads 1 instead of 3 | config.json | num_attention_heads | 1",
            "families/albert | layers 2 instead of 3 | config.json | num_hidden_layers | 2",
            "families/eurobert | theta 1000.0 instead of 10000.0 | config.json | rope_theta | 1000"})
    void readsAsAFolderWouldThatStatesSo(String golden, String words, String file, String key, String value) throws IOException {
        Golden model = golden.startsWith("families/") ? Golden.family(golden.substring(9))
                : golden.equals("bert-tiny") ? Golden.BERT : Golden.ROBERTA;
        List<Sample> samples = model.sentences().stream().map(Golden.Sentence::sample).toList();
        Copies.of(model.folder(), folder);
        JsonObject json = JsonParser.parseString(Files.readString(folder.resolve(file))).getAsJsonObject();
        json.remove("rope_parameters"); // would count before
        json.add(key, value.matches("\\d+") ? new JsonPrimitive(Integer.parseInt(value)) : new JsonPrimitive(value));
        Files.writeString(folder.resolve(file), json.toString());
        try (MaskedLmScorer stated = MaskedLmScorer.open(folder); MaskedLmScorer scorer = MaskedLmScorer.open(model.folder())) {
            List<OtherReading> readings = scorer.otherReadings().stream().filter(reading -> reading.words().equals(words)).toList();
            assertEquals(1, readings.size(), scorer.otherReadings().stream().map(OtherReading::words).collect(Collectors.joining("; ")));
            List<SequenceScore> expected = stated.score(samples, MaskingRule.partition());
            try (SequenceScorer reading = readings.get(0).scorer().get()) {
                List<SequenceScore> scores = reading.score(samples, MaskingRule.partition());
                for (int sentence = 0; sentence < samples.size(); sentence++) {
                    assertArrayEquals(expected.get(sentence).logLikelihoods(), scores.get(sentence).logLikelihoods(), 1e-5);
                }
            }
            assertEquals(samples.size(), scorer.score(samples, MaskingRule.partition()).size()); // it is still open
        }
    }

    @Test
    void anotherTokenStandsForTheMask() throws IOException {
        Copies.of(Golden.ROBERTA.folder(), folder);
        try (MaskedLmScorer scorer = MaskedLmScorer.open(folder)) {
            List<OtherReading> readings = scorer.otherReadings().stream().filter(reading -> reading.words().startsWith("token ")).toList();
            assertTrue(readings.size() >= 4, readings.toString());
            Sample sample = Golden.ROBERTA.sentences().get(0).sample();
            double own = scorer.score(List.of(sample), MaskingRule.partition()).get(0).sum();
            try (SequenceScorer reading = readings.get(0).scorer().get()) {
                assertTrue(Math.abs(own - reading.score(List.of(sample), MaskingRule.partition()).get(0).sum()) > 1e-3);
            }
        }
    }

    /** What is stated is never among them, and each can be opened. */
    @ParameterizedTest
    @ValueSource(strings = {"albert", "big_bird", "deberta-v2", "electra", "ernie", "eurobert", "longformer", "megatron-bert", "modernbert",
            "mpnet", "roberta-prelayernorm", "xlm-roberta"})
    void everyFamilyHasOthers(String family) {
        Golden model = Golden.family(family);
        List<Sample> samples = model.sentences().stream().map(Golden.Sentence::sample).limit(2).toList();
        try (MaskedLmScorer scorer = MaskedLmScorer.open(model.folder())) {
            List<OtherReading> readings = scorer.otherReadings();
            assertEquals(readings.size(), readings.stream().map(OtherReading::words).distinct().count());
            assertTrue(readings.stream().anyMatch(reading -> reading.words().startsWith("activation ")), readings.toString());
            for (OtherReading other : readings) {
                String[] parts = other.words().split(" instead of ");
                assertTrue(!parts[0].endsWith(" " + parts[1]), other.words());
                try (SequenceScorer reading = other.scorer().get()) {
                    assertEquals(samples.size(), reading.score(samples, MaskingRule.partition()).size(), other.words());
                }
            }
        }
    }
}
