package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.ChildProgram;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PyTorch runs out of memory in a process that may have little. */
class LittleMemoryTest {

    private static final double NOISE = 1e-4;
    private static final int SENTENCES = 150;
    private static final MaskingRule RULE = MaskingRule.maskless();

    /** Scores with a token budget; says each sentence's sum, or what failed. */
    static final class Scoring {

        private Scoring() {
        }

        public static void main(String[] arguments) {
            MaskedLmOptions options = MaskedLmOptions.withDefaults().withDevice(ScoringDevice.of("cpu"))
                    .withTokenBudget(Integer.parseInt(arguments[1]));
            try (MaskedLmScorer scorer = MaskedLmScorer.open(Path.of(arguments[0]), options)) {
                scorer.score(sentences(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3])), RULE)
                        .forEach(score -> System.out.println(score.sum()));
            } catch (AuditException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @TempDir
    private static Path folder;

    /** Whose tokens take 80 KB each in one place, and little time. */
    @BeforeAll
    static void trainWideModel() throws IOException {
        MaskedLmTrainer.of(new NetworkSize(2, 8, 2, 20_000, 8_000), Files.readString(Golden.ROBERTA.folder().resolve("tokenizer.json")))
                .withEpochs(1)
                .train(sentences(1, 1), folder.resolve("wide"));
    }

    @Test
    void aBatchThatIsTooLargeIsHalvedAndTheScoresAreTheSame() throws Exception {
        ChildProgram.Outcome outcome = scoring(1_000_000, SENTENCES, 20);
        List<String> warnings = outcome.err().lines().filter(line -> line.contains("memory ran out")).toList();
        assertTrue(warnings.get(0).contains("model wide: memory ran out on a batch that counts as "), outcome.err());
        assertTrue(warnings.get(0).contains(" tokens; the token budget is lowered from 1000000 to "), outcome.err());
        assertEquals(warnings.size(), warnings.stream().distinct().count(), "each lowering is told once");
        try (MaskedLmScorer scorer = MaskedLmScorer.open(folder.resolve("wide"))) {
            List<SequenceScore> undisturbed = scorer.score(sentences(SENTENCES, 20), RULE);
            List<String> sums = outcome.out().lines().toList();
            assertEquals(SENTENCES, sums.size(), outcome.out());
            for (int sentence = 0; sentence < SENTENCES; sentence++) {
                assertEquals(undisturbed.get(sentence).sum(), Double.parseDouble(sums.get(sentence)), NOISE);
            }
        }
    }

    @Test
    void aRowThatIsTooLargeIsNamed() throws Exception {
        ChildProgram.Outcome outcome = scoring(2048, 1, 7_000);
        assertTrue(outcome.out().startsWith("sentence s0: memory ran out on a single row of "), outcome.out() + outcome.err());
        assertTrue(outcome.out().contains(" tokens, of which model wide scores "), outcome.out());
        assertTrue(outcome.out().endsWith(" at once; free memory, give the process more, or choose a device that has it\n"), outcome.out());
    }

    private static ChildProgram.Outcome scoring(int tokenBudget, int sentences, int words) throws Exception {
        return ChildProgram.of(Scoring.class, folder.resolve("wide"), tokenBudget, sentences, words)
                .withLimit("-v 1200000") // of which Java and PyTorch take two thirds
                .withEnvironment("MALLOC_ARENA_MAX", "1").withEnvironment("OMP_NUM_THREADS", "1")
                .withJavaOptions("-Xmx64m", "-XX:+UseSerialGC", "-XX:ActiveProcessorCount=2", "-XX:ReservedCodeCacheSize=32m",
                        "-XX:CompressedClassSpaceSize=32m")
                .run();
    }

    /** As libtorch 2.7.1 said it; that on a GPU is from its source. */
    @ParameterizedTest
    @ValueSource(strings = {
            "The following operation failed in the TorchScript interpreter.\nTraceback of TorchScript (most recent call"
                    + " last):\nRuntimeError: [enforce fail at alloc_cpu.cpp:119] err == 0."
                    + " DefaultCPUAllocator: can't allocate memory: you tried to allocate 819185664 bytes. Error code 12 (Cannot"
                    + " allocate memory)\n",
            "CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total capacity of 79.11 GiB of which 2.75 MiB is free."})
    void shortageIsKnownByItsWords(String message) {
        assertTrue(MemoryShortage.isIn(new EngineException(message)));
    }

    @Test
    void otherFailuresAreNoShortage() {
        assertFalse(MemoryShortage.isIn(new EngineException("RuntimeError: index out of range in self")));
        assertFalse(MemoryShortage.isIn(new EngineException((String) null)));
    }

    private static List<Sample> sentences(int count, int words) {
        return IntStream.range(0, count).mapToObj(row -> Sample.of("s" + row, "pain " + row + " fever".repeat(words))).toList();
    }
}
