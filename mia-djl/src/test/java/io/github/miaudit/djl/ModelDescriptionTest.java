package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.checkpoint.Architecture;
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDescriptionTest {

    @TempDir
    private Path folder;

    @Test
    void aCheckpointIsDescribed() {
        ModelDescription found = ModelDescription.of(Golden.BERT.folder());
        assertEquals("bert", found.modelType());
        assertEquals(HeadState.TRAINED, found.head());
        assertEquals(4, found.unscored().size());
        assertEquals(1000, found.vocabulary());
        assertEquals(128, found.maximumLength());
        assertEquals(Golden.BERT.folder().resolve("tokenizer.json"), found.tokenizer());
    }

    @Test
    void aHeadThatWasNeverTrainedIsSeen() throws IOException {
        NetworkStart start = new NetworkStart(new NetworkSize(1, 8, 2, 16, 20),
                Files.readString(Golden.ROBERTA.folder().resolve("tokenizer.json")));
        start.writeModelFiles(folder);
        Architecture architecture = Architecture.read(folder);
        try (TrainableNetwork network = TrainableNetwork.load(architecture, ScoringDevice.of("cpu"), Precision.FLOAT32,
                manager -> start.weights(architecture, 1, manager))) {
            network.write(folder.resolve("model.safetensors"));
        }
        assertEquals(HeadState.FRESH, ModelDescription.of(folder).head());
    }

    @Test
    void aProgramIsNoCheckpoint() throws IOException {
        assertFalse(ModelDescription.isExported(Golden.BERT.folder()));
        Files.createFile(folder.resolve("model.pt"));
        assertTrue(ModelDescription.isExported(folder));
        Copies.of(Golden.BERT.folder(), folder);
        assertFalse(ModelDescription.isExported(folder));
    }

    @Test
    void valuesOfTransformersAreAgreedWith() {
        ExpectedValues expected = ExpectedValues.read(Golden.family("electra").folder().resolve("expected.json"));
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.family("electra").folder())) {
            ExpectedValues.Agreement agreement = expected.compare(scorer, 1e-4);
            assertEquals(12, agreement.sentences());
            assertEquals(List.of(), agreement.differences());
            assertTrue(agreement.largest() > 0 && agreement.largest() < 1e-4);
            assertEquals(12, expected.compare(scorer, 1e-12).differences().size());
        }
    }

    @Test
    void otherTokensAndOtherWeightsAreNamed() {
        ExpectedValues expected = ExpectedValues.read(Golden.family("electra").folder().resolve("expected.json"));
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.ROBERTA.folder())) {
            List<String> differences = expected.compare(scorer, 1e-4).differences();
            assertEquals(12, differences.size());
            assertTrue(differences.get(0).matches("sentence s00 has other tokens from its token 0 on: id \\d+ instead of id 148"),
                    differences.get(0));
        }
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.family("modernbert").folder())) { // of the same tokenizer
            List<String> differences = expected.compare(scorer, 1e-4).differences();
            assertTrue(differences.get(0).matches("sentence s00 differs most at its token \\d+: -[0-9.]+ instead of -[0-9.]+"),
                    differences.get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"sentences\": []}", "{\"sentences\": [{\"id\": \"a\"}]}",
            "{\"sentences\": [{\"id\": \"a\", \"text\": \"b\", \"ids\": [1], \"scored_positions\": [1], "
                    + "\"pll_original\": {\"logprobs\": [1]}}]}"})
    void valuesThatAreNoneAreRefused(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("expected.json"), text);
        String message = assertThrows(InvalidFileException.class, () -> ExpectedValues.read(file)).getMessage();
        assertTrue(message.startsWith(file + ": has no "), message);
    }
}
