package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SequenceLiraTest {

    /** Of {@code golden/make_sequence_lira.py}. */
    private static final class Golden {
        private double[][] target;
        private double[][][] references;
        private boolean[][] trainedOn;
        private double[] scores;
    }

    private static double[] scores(double[][] target, double[][][] references, boolean[][] trainedOn) {
        return SequenceLira.scores(target.length, index -> new SequenceLira.Sentence(target[index],
                Arrays.stream(references).map(reference -> reference[index]).toArray(double[][]::new)), trainedOn);
    }

    @Test
    void isTheLogRatioOfFullNormalDensities() throws IOException {
        try (Reader file = new InputStreamReader(SequenceLiraTest.class.getResourceAsStream("/golden/sequence-lira.json"),
                StandardCharsets.UTF_8)) {
            Golden golden = new Gson().fromJson(file, Golden.class);
            assertArrayEquals(golden.scores, scores(golden.target, golden.references, golden.trainedOn), 1e-9);
        }
    }

    @Test
    void ofOneTokenItIsOnlineLira() {
        double[] target = {-1.5, -2.1, -2.8};
        double[][] references = {{-1.2, -2, -3}, {-0.8, -2.5, -3.3}, {-2.0, -2.9, -3.1}, {-3.0, -2.2, -2.6}};
        boolean[][] trainedOn = {{true, false, true}, {true, true, false}, {false, true, true}, {false, false, false}};
        assertArrayEquals(MembershipStatistic.onlineLira(target, references, trainedOn, LiraVariance.POOLED),
                scores(tokens(target), Arrays.stream(references).map(SequenceLiraTest::tokens).toArray(double[][][]::new),
                        trainedOn),
                1e-12);
    }

    /** Noise that all tokens of a sentence share, and a leak in one token alone: the mean hardly shows it. */
    @Test
    void findsWhatTheMeanHides() {
        Random random = new Random(5);
        int sentences = 400; // the first half members
        boolean[][] trainedOn = new boolean[16][sentences];
        double[][][] references = new double[16][][];
        for (int model = 0; model < 16; model++) {
            Arrays.fill(trainedOn[model], model % 2 == 0);
            references[model] = said(random, trainedOn[model]);
        }
        boolean[] members = new boolean[sentences];
        Arrays.fill(members, 0, sentences / 2, true);
        double[][] target = said(random, members);
        double bySequence = area(scores(target, references, trainedOn));
        double byMean = area(MembershipStatistic.onlineLira(means(target),
                Arrays.stream(references).map(SequenceLiraTest::means).toArray(double[][]::new), trainedOn, LiraVariance.POOLED));
        assertTrue(bySequence > byMean + 0.2, bySequence + " and " + byMean);
    }

    private static double[][] said(Random random, boolean[] saw) {
        return IntStream.range(0, saw.length).mapToObj(sentence -> {
            double shared = random.nextGaussian();
            return IntStream.range(0, 10)
                    .mapToDouble(token -> -3 + shared + 0.3 * random.nextGaussian() + (saw[sentence] && token == 4 ? 1 : 0)).toArray();
        }).toArray(double[][]::new);
    }

    private static double area(double[] scores) {
        return RocCurve.of(Arrays.copyOf(scores, scores.length / 2), Arrays.copyOfRange(scores, scores.length / 2, scores.length))
                .areaUnderCurve();
    }

    private static double[] means(double[][] said) {
        return Arrays.stream(said).mapToDouble(tokens -> Arrays.stream(tokens).average().orElseThrow()).toArray();
    }

    private static double[][] tokens(double[] said) {
        return Arrays.stream(said).mapToObj(value -> new double[] {value}).toArray(double[][]::new);
    }

    @Test
    void refusesWhatTellsNothing() {
        double[][] said = {{-1, -2}};
        double[][][] same = {said, said, said, said};
        assertRefused("the references that saw a sentence agree on every token, so there is no spread; are they the same model?",
                () -> scores(said, same, new boolean[][] {{true}, {true}, {false}, {false}}));
        assertRefused("sentence 0 was seen by 1 references; at least 2 are needed",
                () -> scores(said, same, new boolean[][] {{true}, {false}, {false}, {false}}));
        assertRefused("2 tokens of the target but 1 of a reference; the lengths must be equal",
                () -> scores(said, new double[][][] {said, {{-1}}, said, said}, new boolean[4][1]));
        assertRefused("references are 1; at least 4 are needed",
                () -> scores(said, new double[][][] {said}, new boolean[1][1]));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
