package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import io.github.miaudit.checkpoint.Checkpoint;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Half precision computes the same thing, less exactly, and says so. */
class PrecisionTest {

    private static final List<Sample> SAMPLES = List.of(Sample.of("1", "The patient was given aspirin and had no fever."),
            Sample.of("2", "No chest pain."));

    @TempDir
    private Path folder;

    /** A bfloat16 is known to 1 part in 256, a float16 to 1 in 2048; a log-likelihood of some nats comes from a dozen roundings. */
    @ParameterizedTest
    @CsvSource({"golden/roberta-tiny,BFLOAT16,0.1", "golden/roberta-tiny,FLOAT16,0.02", "golden/bert-tiny,BFLOAT16,0.1",
            "families/distilbert,BFLOAT16,0.1",
            "families/electra,BFLOAT16,0.1", "families/modernbert,BFLOAT16,0.1", "families/modernbert,FLOAT16,0.02",
            "golden/families/albert,BFLOAT16,0.1", "golden/families/ernie,BFLOAT16,0.1", "golden/families/megatron-bert,BFLOAT16,0.1",
            "golden/families/mpnet,BFLOAT16,0.1", "golden/families/roberta-prelayernorm,BFLOAT16,0.1",
            "golden/families/longformer,BFLOAT16,0.1", "golden/families/longformer,FLOAT16,0.02", "golden/families/big_bird,BFLOAT16,0.1",
            "golden/families/deberta-v2,BFLOAT16,0.1", "golden/families/deberta-v2,FLOAT16,0.02", "golden/families/eurobert,BFLOAT16,0.1",
            "golden/families/eurobert,FLOAT16,0.02", "golden/rare-settings/deberta-conv-types-biased,BFLOAT16,0.1",
            "golden/rare-settings/nomic-bert,BFLOAT16,0.1"})
    void halfPrecisionIsNearFloat32(String name, Precision precision, double tolerance) throws IOException {
        copy(name);
        double[] exact = scores(MaskedLmOptions.withDefaults(), "float32");
        double[] rounded = scores(MaskedLmOptions.withDefaults().withPrecision(precision), precision.label());
        assertArrayEquals(exact, rounded, tolerance);
        assertTrue(!Arrays.equals(exact, rounded), "it is used");
    }

    /** Which rows share a batch decides how products are rounded: by 1 part in 256 at each step. */
    @ParameterizedTest
    @CsvSource({"BFLOAT16,0.1", "FLOAT16,0.02", "FLOAT32,1e-4"})
    void howRowsArePackedChangesScoresByNoMoreThanRounding(Precision precision, double tolerance) throws IOException {
        copy("golden/roberta-tiny");
        MaskedLmOptions options = MaskedLmOptions.withDefaults().withPrecision(precision);
        assertArrayEquals(scores(options.withTokenBudget(1), precision.label()), scores(options.withTokenBudget(1000), precision.label()),
                tolerance);
    }

    /** An embedding of 1e6 is none in float16. */
    @Test
    void whatOverflowsStopsTheRun() throws IOException {
        copy("golden/roberta-tiny");
        Checkpoint checkpoint = Checkpoint.open(folder);
        try (TrainableNetwork network = TrainableNetwork.load(checkpoint.architecture(), ScoringDevice.of("cpu"), Precision.FLOAT32,
                manager -> Weights.load(checkpoint, manager))) {
            NDArray words = network.weights().get("embeddings.word");
            words.mul(1e6).copyTo(words);
            network.write(folder.resolve("model.safetensors"));
        }
        AuditException overflow = assertThrows(AuditException.class,
                () -> scores(MaskedLmOptions.withDefaults().withPrecision(Precision.FLOAT16), "float16"));
        assertTrue(overflow.getMessage().matches("sentence [12] has a log-likelihood of NaN at token \\d+; does the model overflow\\?"),
                overflow.getMessage());
    }

    private double[] scores(MaskedLmOptions options, String label) {
        try (MaskedLmScorer scorer = MaskedLmScorer.open(folder, options.withDevice(ScoringDevice.of("cpu")))) {
            assertEquals(label, scorer.model().precision());
            return scorer.score(SAMPLES, MaskingRule.original()).stream().map(SequenceScore::logLikelihoods).flatMapToDouble(Arrays::stream)
                    .toArray();
        }
    }

    private void copy(String name) throws IOException {
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.copy(Golden.resource("/" + name).resolve(file), folder.resolve(file));
        }
        Path tokenizer = Golden.resource("/" + name).resolve("tokenizer.json");
        Files.copy(Files.exists(tokenizer) ? tokenizer : Golden.BERT.folder().resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
        if (Files.exists(tokenizer.resolveSibling("tokenizer_config.json"))) {
            Files.copy(tokenizer.resolveSibling("tokenizer_config.json"), folder.resolve("tokenizer_config.json"));
        }
    }
}
