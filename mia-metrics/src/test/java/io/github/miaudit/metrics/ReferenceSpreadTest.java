package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.stat.StatUtils;

class ReferenceSpreadTest {

    /** Sentence by sentence, from what its references say: the same to the last digit. */
    @Property(tries = 100)
    void meansAndDeviationsAreOfTheSide(@ForAll @IntRange(min = 4, max = 9) int references, @ForAll long seed) {
        Random random = new Random(seed);
        double[][] said = IntStream.range(0, references)
                .mapToObj(reference -> random.doubles(20).map(value -> Math.log(value) * Math.exp(9 * random.nextGaussian())).toArray())
                .toArray(double[][]::new);
        boolean[][] saw = IntStream.range(0, references).mapToObj(reference -> {
            boolean[] sentences = new boolean[20];
            IntStream.range(0, 20).forEach(sentence -> sentences[sentence] = reference < 2 || reference > 3 && random.nextBoolean());
            return sentences;
        }).toArray(boolean[][]::new);
        for (boolean seen : new boolean[] {true, false}) {
            ReferenceSpread spread = ReferenceSpread.of(said, saw, seen, LiraVariance.PER_EXAMPLE);
            double[][] ofSentences = IntStream.range(0, 20).mapToObj(sentence -> IntStream.range(0, references)
                    .filter(reference -> saw[reference][sentence] == seen).mapToDouble(reference -> said[reference][sentence]).toArray())
                    .toArray(double[][]::new);
            double[] variances = Arrays.stream(ofSentences).mapToDouble(StatUtils::variance).toArray();
            double floor = 1e-6 * Math.sqrt(Arrays.stream(variances).sum() / 20);
            assertArrayEquals(Arrays.stream(variances).map(variance -> Math.max(Math.sqrt(variance), floor)).toArray(),
                    spread.deviations());
            for (int sentence = 0; sentence < 20; sentence++) {
                assertEquals(Arrays.stream(ofSentences[sentence]).sum() / ofSentences[sentence].length, spread.means()[sentence]);
            }
        }
    }
}
