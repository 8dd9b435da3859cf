package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.Blank;
import io.github.miaudit.likelihood.BlankReading;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.likelihood.SequenceScorerContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An exported model of a made-up architecture: the logit of token v at position t, where token w is shown, is
 * {@code sin(0.1 v) + 0.01 (w mod 7) - [v = w]}, so that a softmax by hand gives the expected values.
 */
class ExportedModelTest extends SequenceScorerContract {

    private static final int VOCABULARY = 1000;
    private static final String PROGRAM = """
            class MaskedLm(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.MaskedLm, input_ids: Tensor, attention_mask: Tensor%s) -> %s:
                tokens = torch.to(torch.arange(0, 1000, dtype=4, layout=None, device=None, pin_memory=False), 6)
                wave = torch.sin(torch.mul(tokens, 0.1))
                shown = torch.unsqueeze(torch.to(input_ids, 6), 2)
                same = torch.to(torch.eq(shown, tokens), 6)
                logits = torch.sub(torch.add(wave, torch.mul(torch.remainder(shown, 7), 0.01)), same)
                return %s
            """;

    private static final MaskedLmOptions TRUSTING = MaskedLmOptions.withDefaults().withExportedModels();

    @TempDir
    private static Path folder;

    @Override
    protected SequenceScorer open() {
        return open("", "Tensor", "logits");
    }

    @Test
    void theLogProbabilitiesAreTheSoftmaxOfTheLogits() {
        try (SequenceScorer scorer = open()) {
            Golden.Sentence sentence = Golden.ROBERTA.plainSentences().get(3);
            SequenceScore masked = scorer.score(List.of(sentence.sample()), MaskingRule.original()).get(0);
            SequenceScore shown = scorer.score(List.of(sentence.sample()), MaskingRule.maskless()).get(0);
            for (int token = 0; token < masked.tokenCount(); token++) {
                int id = masked.tokenIds()[token];
                assertEquals(expected(id, 999), masked.logLikelihoods()[token], 1e-5);
                assertEquals(expected(id, id), shown.logLikelihoods()[token], 1e-5);
            }
            assertEquals(1000, scorer.model().vocabularySize());
        }
    }

    @Test
    void candidatesInBlanksAreReadFromTheLogits() {
        Sample sentence = Sample.of("s1", "pt Smith's pain");
        Blank blank = new Blank(sentence, 3, 8, List.of("Smith", "no", "Ng", "history"));
        try (MaskedLmScorer scorer = (MaskedLmScorer) open()) {
            for (BlankReading reading : BlankReading.values()) {
                double[] filled = scorer.blanks().fill(List.of(blank), reading, ScoringListener.NONE).get(0);
                for (int candidate = 0; candidate < filled.length; candidate++) {
                    int[] ids = ids(scorer, blank.with(blank.candidates().get(candidate)));
                    int frame = ids(scorer, "pt").length + ids(scorer, "'s pain").length;
                    double sum = IntStream.range(0, ids.length - frame)
                            .mapToDouble(token -> expected(ids[ids(scorer, "pt").length + token], 999)).sum();
                    assertEquals(sum, filled[candidate], 1e-4);
                }
            }
        }
    }

    private static int[] ids(MaskedLmScorer scorer, String text) {
        return scorer.score(List.of(Sample.of("t", text)), MaskingRule.original()).get(0).tokenIds();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Tensor|logits", "Tuple[Tensor, Tensor]|(logits, wave)", "Dict[str, Tensor]|{\"loss\": wave, \"logits\": logits}"})
    void logitsMayComeAloneInATupleOrInADictionary(String output) {
        String[] parts = output.split("\\|");
        for (String third : List.of("", ", token_type_ids: Tensor")) {
            try (SequenceScorer scorer = open(third, parts[0], parts[1])) {
                Golden.Sentence sentence = Golden.ROBERTA.plainSentences().get(3);
                SequenceScore score = scorer.score(List.of(sentence.sample()), MaskingRule.original()).get(0);
                assertEquals(expected(score.tokenIds()[0], 999), score.logLikelihoods()[0], 1e-5);
            }
        }
    }

    @Test
    void whatIsNoMaskedLanguageModelIsRefused() throws IOException {
        InvalidFileException noLogits = assertThrows(InvalidFileException.class, () -> open("", "Tensor", "wave"));
        assertTrue(noLogits.getMessage().startsWith(folder.resolve("model.pt") + ": does not turn (input_ids, attention_mask)"),
                noLogits.getMessage());
        Files.writeString(folder.resolve("model.pt"), "no program");
        InvalidFileException noProgram = assertThrows(InvalidFileException.class, () -> MaskedLmScorer.open(folder, TRUSTING));
        assertEquals(folder.resolve("model.pt") + ": is no TorchScript program that is run: it is no zip archive or is cut short; save it"
                + " again with torch.jit.save", noProgram.getMessage());
    }

    @Test
    void aLinkOutOfTheFolderIsRefused(@TempDir Path elsewhere) throws IOException {
        open().close();
        Files.move(folder.resolve("model.pt"), elsewhere.resolve("model.pt"));
        Files.createSymbolicLink(folder.resolve("model.pt"), elsewhere.resolve("model.pt"));
        InvalidFileException link = assertThrows(InvalidFileException.class, () -> MaskedLmScorer.open(folder, TRUSTING));
        Files.delete(folder.resolve("model.pt"));
        assertEquals(folder.resolve("model.pt") + ": is a link to " + elsewhere.toRealPath().resolve("model.pt")
                + ", which is outside its folder; put the file itself there", link.getMessage());
    }

    @Test
    void itIsRunOnlyWhenThatIsSaid() {
        open().close();
        InvalidFileException untold = assertThrows(InvalidFileException.class, () -> MaskedLmScorer.open(folder));
        assertEquals(folder.resolve("model.pt") + ": is a program, which can do what you can; if you trust whoever made it as you trust a"
                + " program of his, run it with --trust-program (MaskedLmOptions.withExportedModels())", untold.getMessage());
    }

    @Test
    void aProgramOfAnotherNameIsNotRun() throws IOException {
        open().close();
        Files.move(folder.resolve("model.pt"), folder.resolve("x.pt"));
        InvalidFileException stray = assertThrows(InvalidFileException.class, () -> MaskedLmScorer.open(folder, TRUSTING));
        Files.delete(folder.resolve("x.pt"));
        assertTrue(stray.getMessage().startsWith(folder.resolve("config.json") + ": model_type is \"made-up\"; supported are "),
                stray.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "weights.safetensors", "pytorch_model.bin", "model.safetensors.index.json"})
    void aProgramBesideWeightsIsNotRun(String weights) throws IOException {
        open().close();
        Files.createFile(folder.resolve(weights));
        InvalidFileException beside = assertThrows(InvalidFileException.class, () -> MaskedLmScorer.open(folder, TRUSTING));
        Files.delete(folder.resolve(weights));
        assertTrue(beside.getMessage().startsWith(folder.resolve("config.json") + ": model_type is \"made-up\"; supported are "),
                beside.getMessage());
    }

    @Test
    void aProgramThatOverwritesAFileIsRefusedBeforeItIsRun() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "mine");
        InvalidFileException refused = assertThrows(InvalidFileException.class,
                () -> open("", "Tensor", "torch.add(logits, torch.from_file(\"%s\", True, 1, dtype=6))".formatted(victim)));
        assertEquals(folder.resolve("model.pt")
                + ": is not run: code/__torch__.py line 11 calls torch.from_file, which is not on the list of what programs may call",
                refused.getMessage());
        assertEquals("mine", Files.readString(victim));
        Files.delete(victim);
    }

    @Test
    void itComputesAsItWasExported() {
        open().close();
        MaskedLmOptions half = TRUSTING.withPrecision(Precision.BFLOAT16);
        assertEquals(folder.resolve("model.pt") + ": an exported model computes as it was exported; leave the precision bfloat16 out",
                assertThrows(AuditException.class, () -> MaskedLmScorer.open(folder, half)).getMessage());
    }

    private static double expected(int target, int shown) {
        double sum = 0;
        for (int token = 0; token < VOCABULARY; token++) {
            sum += Math.exp(logit(token, shown));
        }
        return logit(target, shown) - Math.log(sum);
    }

    private static double logit(int token, int shown) {
        return Math.sin(0.1 * token) + 0.01 * (shown % 7) - (token == shown ? 1 : 0);
    }

    private static SequenceScorer open(String thirdInput, String type, String result) {
        try {
            Files.write(folder.resolve("model.pt"), ProgramArchive.of(PROGRAM.formatted(thirdInput, type, result), Map.of()));
            Files.write(folder.resolve("tokenizer.json"), Files.readAllBytes(Golden.ROBERTA.folder().resolve("tokenizer.json")));
            Files.writeString(folder.resolve("config.json"),
                    "{\"model_type\": \"made-up\", \"pad_token_id\": 1, \"max_position_embeddings\": 200}");
            return MaskedLmScorer.open(folder, TRUSTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
