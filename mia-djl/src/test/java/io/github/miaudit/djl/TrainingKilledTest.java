package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A training in a process of its own that is killed, and the same call again. */
class TrainingKilledTest {

    private static final List<Sample> SENTENCES = IntStream.range(0, 12)
            .mapToObj(number -> Sample.of("" + number, "The patient had " + "no ".repeat(1 + number % 4) + "pain for " + number + " days."))
            .toList();
    private static final int KILLED_AFTER = 13; // in the second epoch, of 8 steps
    private static final int KILLED = 77;

    @TempDir
    private Path folder;

    /** Ways to train. */
    enum Way {
        FLOAT32(UnaryOperator.identity()), BFLOAT16(trainer -> trainer.withPrecision(Precision.BFLOAT16)), NOISY(
                trainer -> trainer.withNoise(new GradientNoise(1, 0.5)));

        private final UnaryOperator<MaskedLmTrainer> change;

        Way(UnaryOperator<MaskedLmTrainer> change) {
            this.change = change;
        }
    }

    @ParameterizedTest
    @EnumSource
    void comesToTheSameWeightsAsIfItHadNotBeenKilled(Way way) throws IOException, InterruptedException {
        Path output = folder.resolve("killed");
        assertEquals(KILLED, trainUntilKilled(output, way));
        assertEquals(List.of("killed-training"), names(folder));
        assertEquals(List.of("checkpoint-10", "lock", "model"), names(folder.resolve("killed-training")));
        Path unfinished = Files.createDirectory(folder.resolve(".killed-unfinished-1")); // as of a kill while the model is written
        Files.writeString(unfinished.resolve("model.safetensors"), "half");

        List<Integer> steps = new ArrayList<>();
        MaskedLmTrainer trainer = way.change.apply(trainer());
        trainer.withListener(progress -> steps.add(progress.step())).train(SENTENCES, output);
        assertEquals(IntStream.rangeClosed(11, 24).boxed().toList(), steps);
        trainer.train(SENTENCES, folder.resolve("undisturbed"));
        assertEquals(List.of("killed", "undisturbed"), names(folder));
        for (String file : names(folder.resolve("undisturbed"))) {
            assertArrayEquals(Files.readAllBytes(folder.resolve("undisturbed").resolve(file)), Files.readAllBytes(output.resolve(file)),
                    file);
        }
    }

    @Test
    void isNotResumedAsAnotherTraining() throws IOException, InterruptedException {
        Path output = folder.resolve("killed");
        trainUntilKilled(output, Way.FLOAT32);
        requireRefused("learningRate was 0.003, and now it is 0.001;", trainer().withLearningRate(1e-3), SENTENCES, output);
        requireRefused("precision was \"float32\", and now it is \"bfloat16\";", trainer().withPrecision(Precision.BFLOAT16), SENTENCES,
                output);
        requireRefused("sentenceNorm was none, and now it is 1.0;", trainer().withNoise(new GradientNoise(1, 0.5)), SENTENCES, output);
        requireRefused("seed was 1, and now it is 2;", trainer().withSeed(2), SENTENCES, output);
        requireRefused("sentencesDigest was ", trainer(), SENTENCES.subList(1, 12), output);
        assertEquals(List.of("checkpoint-10", "lock", "model"), names(folder.resolve("killed-training")));
    }

    @Test
    void leavesACheckpointThatIsAModel() throws IOException, InterruptedException {
        trainUntilKilled(folder.resolve("killed"), Way.FLOAT32);
        MaskedLmScorer.open(folder.resolve("killed-training/checkpoint-10")).close();
    }

    private static void requireRefused(String why, MaskedLmTrainer trainer, List<Sample> sentences, Path output) {
        String message = assertThrows(InvalidFileException.class, () -> trainer.train(sentences, output)).getMessage();
        assertTrue(message.contains("checkpoint-10/training.json: says that " + why), message);
    }

    private static MaskedLmTrainer trainer() {
        try {
            return MaskedLmTrainer
                    .of(new NetworkSize(1, 16, 2, 32, 30), Files.readString(Golden.ROBERTA.folder().resolve("tokenizer.json")))
                    .withEpochs(3).withLearningRate(3e-3).withTokensPerStep(20).withCheckpointEvery(5);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int trainUntilKilled(Path output, Way way) throws IOException, InterruptedException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"),
                "-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true", Killed.class.getName(), output.toString(), way.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start().waitFor();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The process; it ends without any clean-up, as when it is killed. */
    static final class Killed {

        private Killed() {
        }

        public static void main(String[] arguments) {
            Way.valueOf(arguments[1]).change.apply(trainer()).withListener(progress -> {
                if (progress.step() == KILLED_AFTER) {
                    Runtime.getRuntime().halt(KILLED);
                }
            }).train(SENTENCES, Path.of(arguments[0]));
        }
    }
}
