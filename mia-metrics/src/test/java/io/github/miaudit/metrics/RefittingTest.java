package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RefittingTest {

    private static final int PATIENTS = 8;

    /** Rows of two classes, 3 a patient, with scores as they are and as they are without each patient. */
    private record Drawn(double[][] scores, double[][][] anew) {

        static Drawn of(long seed, double moved) {
            Random random = new Random(seed);
            double[][] scores = new double[2][];
            Arrays.setAll(scores, kind -> random.doubles(3 * PATIENTS).map(value -> value + (1 - kind) * 0.3).toArray());
            double[][][] anew = new double[2 * PATIENTS][2][];
            for (double[][] without : anew) {
                double shift = moved * random.nextGaussian();
                Arrays.setAll(without, kind -> Arrays.stream(scores[kind])
                        .map(score -> score + (1 - kind) * shift + moved / 2 * random.nextGaussian()).toArray());
            }
            return new Drawn(scores, anew);
        }

        GroupedScores grouped(int kind) {
            return GroupedScores.of(scores[kind], IntStream.range(0, scores[kind].length).mapToObj(row -> row / 3).toList());
        }

        Refitting refitting() {
            List<Refitting.Without> refits = new ArrayList<>();
            for (int part = 0; part < anew.length; part++) {
                refits.add(new Refitting.Without(part / PATIENTS, anew[part][0], anew[part][1], kept(0, part), kept(1, part)));
            }
            return Refitting.of(grouped(0), grouped(1), refits);
        }

        private static boolean[] kept(int kind, int part) {
            boolean[] kept = new boolean[3 * PATIENTS];
            for (int row = 0; row < kept.length; row++) {
                kept[row] = kind * PATIENTS + row / 3 != part;
            }
            return kept;
        }

        /** By pairs of rows, and by leaving out one scored patient after the other. */
        double naive() {
            double[] asScored = new double[anew.length];
            double[] moved = new double[anew.length];
            double chance = 0;
            for (int part = 0; part < anew.length; part++) {
                asScored[part] = area(scores, -1, -1) - area(scores, part, -1);
                moved[part] = area(scores, part, -1) - area(anew[part], part, -1);
                for (int kind = 0; kind < 2; kind++) {
                    List<Double> moves = new ArrayList<>();
                    for (int scored = kind * PATIENTS; scored < (kind + 1) * PATIENTS; scored++) {
                        if (scored != part) {
                            moves.add(area(scores, part, scored) - area(anew[part], part, scored));
                        }
                    }
                    double ofAll = moved[part];
                    chance += (moves.size() - 1.0) / moves.size()
                            * moves.stream().mapToDouble(move -> (move - ofAll) * (move - ofAll)).sum();
                }
            }
            double sum = 0;
            for (int kind = 0; kind < 2; kind++) {
                double[] t = centred(Arrays.copyOfRange(asScored, kind * PATIENTS, (kind + 1) * PATIENTS));
                double[] r = centred(Arrays.copyOfRange(moved, kind * PATIENTS, (kind + 1) * PATIENTS));
                for (int part = 0; part < PATIENTS; part++) {
                    sum += (PATIENTS - 1.0) / PATIENTS * (Math.pow(t[part] + r[part], 2) - Math.pow(t[part], 2));
                }
            }
            return Math.max(0, sum - chance);
        }

        private static double[] centred(double[] values) {
            double mean = Arrays.stream(values).average().orElseThrow();
            return Arrays.stream(values).map(value -> value - mean).toArray();
        }

        private static double area(double[][] scores, int without, int orWithout) {
            double wins = 0;
            int pairs = 0;
            for (int member = 0; member < scores[0].length; member++) {
                for (int other = 0; other < scores[1].length; other++) {
                    int first = member / 3;
                    int second = PATIENTS + other / 3;
                    if (first != without && first != orWithout && second != without && second != orWithout) {
                        wins += scores[0][member] > scores[1][other] ? 1 : scores[0][member] == scores[1][other] ? 0.5 : 0;
                        pairs++;
                    }
                }
            }
            return wins / pairs;
        }
    }

    @Property(tries = 50)
    void isWhatItSays(@ForAll long seed) {
        Drawn drawn = Drawn.of(seed, 0.3);
        assertEquals(drawn.naive(), drawn.refitting().addedVariance(), 1e-12);
    }

    @Test
    void fitsThatDontMoveAddNothing() {
        Drawn drawn = Drawn.of(1, 0);
        assertEquals(0, drawn.refitting().addedVariance());
        DeLong area = DeLong.of(drawn.grouped(0), drawn.grouped(1));
        assertEquals(area.variance(), area.refitted(drawn.refitting()).variance());
    }

    @Test
    void intervalsAndDifferencesAreWider() {
        Drawn drawn = Drawn.of(2, 0.4);
        Refitting refitting = drawn.refitting();
        assertTrue(refitting.addedVariance() > 0.001, "" + refitting.addedVariance());
        DeLong fixed = DeLong.of(drawn.grouped(0), drawn.grouped(1));
        DeLong refitted = fixed.refitted(refitting);
        assertTrue(refitted.interval(0.95).lower() < fixed.interval(0.95).lower());
        assertTrue(refitted.interval(0.95).upper() > fixed.interval(0.95).upper());
        Drawn other = Drawn.of(3, 0.1);
        DeLong of = DeLong.of(drawn.grouped(0).withScores(other.scores[0]), drawn.grouped(1).withScores(other.scores[1]));
        PairedDifference plain = fixed.minus(of, 0.95);
        PairedDifference one = refitted.minus(of, 0.95);
        assertEquals(Math.sqrt(plain.standardError() * plain.standardError() + refitting.addedVariance()), one.standardError(), 1e-12);
        PairedDifference both = refitted.minus(of.refitted(other.refitting()), 0.95);
        assertEquals(Math.sqrt(plain.standardError() * plain.standardError() + refitting.minus(other.refitting()).addedVariance()),
                both.standardError(), 1e-12);
        assertEquals(0, refitting.minus(refitting).addedVariance(), "what both learned alike");
    }

    @Test
    void otherPartsAreRefused() {
        Drawn drawn = Drawn.of(4, 0.1);
        assertThrows(IllegalArgumentException.class,
                () -> drawn.refitting().minus(Refitting.of(drawn.grouped(0), drawn.grouped(1), List.of())));
    }
}
