package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.AuditReport;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.report.output.ReportReaders.Guess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Over random audits no reader who has the models confirms the guess of a sentence. To each sentence that was audited there is one that was
 * not, drawn alike, so that the models tell nothing: what a reader says of the former more often than of the latter he has of the report.
 * He may be right more often only where he says the same of five sentences or more, and can't tell which.
 */
class ReportReadersTest {

    private static final int FEWEST_ALIKE = 5;
    private static final double CHANCE = 4; // standard errors

    @TempDir
    private Path folder;

    /** A report, and guesses that are right and wrong. */
    private record Made(JsonObject report, List<Guess> right, List<Guess> wrong) {
    }

    /** What became of one reader. */
    private static final class Tally {
        private int said;
        private int saidWrongly;
        private int guesses;
        private int fewestInAnAudit = Integer.MAX_VALUE;

        void add(int right, int wrong, int of) {
            said += right;
            saidWrongly += wrong;
            guesses += of;
            fewestInAnAudit = right == 0 ? fewestInAnAudit : Math.min(fewestInAnAudit, right);
        }

        double standardErrors() {
            double share = (said + saidWrongly) / (2.0 * guesses);
            return share == 0 || share == 1 ? 0 : (said - saidWrongly) / Math.sqrt(2 * guesses * share * (1 - share));
        }

        boolean confirmsNobody() {
            return standardErrors() < CHANCE || fewestInAnAudit >= FEWEST_ALIKE;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT,
                    "%.4f of the right, %.4f of the wrong guesses (%.1f standard errors), in an audit %s",
                    said / (double) guesses, saidWrongly / (double) guesses, standardErrors(),
                    said == 0 ? "never" : "at least " + fewestInAnAudit);
        }
    }

    private Made made(int number, List<String> named) throws IOException {
        Random random = new Random(number * 0x9E3779B97F4A7C15L);
        int patients = new int[] {12, 20, 40, 100}[random.nextInt(4)];
        int sentences = new int[] {1, 1, 3}[random.nextInt(3)];
        double leak = new double[] {0, 0.5, 2}[random.nextInt(3)];
        boolean fewLeak = random.nextBoolean();
        List<Guess> right = new ArrayList<>();
        List<Guess> wrong = new ArrayList<>();
        StringBuilder rows = new StringBuilder("population,group,target_loss,reference_loss\n");
        for (String population : List.of("member", "non_member")) {
            for (int row = 0; row < patients * sentences; row++) {
                double lower = !population.equals("member") ? 0 : fewLeak && row / sentences < 3 ? 6 : leak;
                for (boolean isRight : new boolean[] {true, false}) {
                    double reference = rounded(3 + Math.exp(0.5 * random.nextGaussian()));
                    double target = rounded(reference + 0.4 * random.nextGaussian() - 0.3 * lower);
                    Map<String, Double> scores = new LinkedHashMap<>(Map.of("loss", -target, "likelihood-ratio", reference - target));
                    (isRight ? right : wrong).add(new Guess(scores, -target, -reference));
                    if (isRight) {
                        rows.append(String.format(Locale.ROOT, "%s,%s,%.9f,%.9f%n", population,
                                named.contains(population) ? population + row / sentences : "", target, reference));
                    }
                }
            }
        }
        Evaluation evaluation = Evaluation.withDefaults().withFalsePositiveRates(0.3, 0.1, 0.05, 0.02, 0).withBootstrapReplicates(100)
                .withPermutations(0).withPrior(0.2);
        Path file = Files.writeString(folder.resolve("losses.csv"), rows);
        return new Made(JsonParser.parseString(AuditReport.ofLosses(file, List.of("likelihood-ratio", "loss"), evaluation).toJson())
                .getAsJsonObject(), right, wrong);
    }

    /** As the file has it. */
    private static double rounded(double loss) {
        return Math.rint(loss * 1e9) / 1e9;
    }

    private Map<String, Tally> tallies(int audits) throws IOException {
        List<List<String>> kinds = List.of(List.of("member", "non_member"), List.of("member"), List.of("non_member"), List.of());
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (int number = 0; number < audits; number++) {
            Made made = made(number, kinds.get(number % kinds.size()));
            for (Map.Entry<String, BiPredicate<JsonObject, Guess>> reader : ReportReaders.all().entrySet()) {
                tallies.computeIfAbsent(reader.getKey(), name -> new Tally()).add(said(reader.getValue(), made.report, made.right),
                        said(reader.getValue(), made.report, made.wrong), made.right.size());
            }
        }
        return tallies;
    }

    private static int said(BiPredicate<JsonObject, Guess> reader, JsonObject report, List<Guess> guesses) {
        return (int) guesses.stream().filter(guess -> reader.test(report, guess)).count();
    }

    private static void requireThatNobodyIsConfirmed(Map<String, Tally> tallies) {
        List<String> confirming = new ArrayList<>();
        tallies.forEach((reader, tally) -> {
            if (!tally.confirmsNobody()) {
                confirming.add(reader + ": " + tally);
            }
        });
        assertEquals(List.of(), confirming, tallies.toString());
        assertEquals(0, tallies.get("any number is the score").said);
    }

    @Test
    void noReaderConfirmsASentence() throws IOException {
        Map<String, Tally> tallies = tallies(20);
        assertTrue(tallies.size() >= 20, tallies.size() + " readers");
        requireThatNobodyIsConfirmed(tallies);
    }

    @Tag("redteam")
    @Test
    void norInTwoHundredAudits() throws IOException {
        Map<String, Tally> tallies = tallies(200);
        tallies.forEach((reader, tally) -> System.out.println(reader + ": " + tally));
        requireThatNobodyIsConfirmed(tallies);
    }
}
