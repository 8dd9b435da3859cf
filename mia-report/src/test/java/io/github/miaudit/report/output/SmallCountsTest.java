package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.AuditReport;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.membership.LossFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An attacker who reads what is published and reckons what is not. */
class SmallCountsTest {

    private static final double[] RATES = {0.3, 0.1, 0.04, 0};

    @TempDir
    private Path folder;

    /** A report and what its reader is not told: by patient and rate how many members and non-members reach the threshold. */
    private record Case(AuditReport report, JsonObject published, JsonObject truth, int smallest) {
    }

    private Case made(long seed, int patients, int sentences, double leak, int smallest) throws IOException {
        Random random = new Random(seed);
        StringBuilder rows = new StringBuilder("population,group,target_loss,reference_loss\n");
        for (String population : List.of("member", "non_member")) {
            for (int row = 0; row < patients * sentences; row++) {
                rows.append(String.format(Locale.ROOT, "%s,%s%d,%.9f,0%n", population, population, row / sentences,
                        30 + random.nextGaussian() - (population.equals("member") ? leak : 0)));
            }
        }
        Path file = Files.writeString(folder.resolve("losses.csv"), rows);
        Evaluation evaluation = Evaluation.withDefaults().withFalsePositiveRates(RATES).withBootstrapReplicates(100).withPermutations(0)
                .withPrior(0.3);
        List<String> attacks = LossFile.ATTACKS.subList(1, 2);
        AuditReport report = AuditReport.ofLosses(file, attacks, evaluation.withSmallestCount(smallest));
        return new Case(report, json(report), json(AuditReport.ofLosses(file, attacks, evaluation.withSmallestCount(1))), smallest);
    }

    private static JsonObject json(AuditReport report) {
        return JsonParser.parseString(report.toJson()).getAsJsonObject();
    }

    private static JsonObject attack(JsonObject report) {
        return report.getAsJsonArray("comparisons").get(0).getAsJsonObject().getAsJsonArray("attacks").get(0).getAsJsonObject();
    }

    /** Below 3, or all but so few. */
    private static boolean isFew(JsonObject truth, int rate, int patients) {
        int found = truth.getAsJsonArray("tprAtFpr").get(rate).getAsJsonObject().get("truePositives").getAsInt();
        return isFew(found, 3) || isFew(patients - found, 3);
    }

    private static boolean isFew(int count, int smallest) {
        return count > 0 && count < smallest;
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "1, 10", "4, 5", "4, 10", "4, 1"})
    void noFigureOfFewPatientsIsTold(int sentences, int smallest) throws IOException {
        int hidden = 0;
        for (int patients : new int[] {10, 12, 26, 40}) {
            for (double leak : new double[] {0, 0.3, 1, 2}) {
                Case made = made(patients + Math.round(10 * leak), patients, sentences, leak, smallest);
                JsonElement byPatient = attack(made.published).get("byPatient");
                assertEquals(smallest > 1 && patients < 2 * smallest, byPatient.isJsonNull());
                if (!byPatient.isJsonNull()) {
                    hidden += hiddenPoints(made, byPatient.getAsJsonObject(), attack(made.truth).getAsJsonObject("byPatient"), patients);
                }
                if (sentences == 1) {
                    hidden += hiddenPoints(made, attack(made.published), attack(made.truth), patients);
                }
                assertTextTellsNoFew(made);
            }
        }
        assertEquals(smallest > 1, hidden > 0);
    }

    /** Each hidden count leaves no figure from which it follows. */
    private static int hiddenPoints(Case made, JsonObject published, JsonObject truth, int patients) {
        int hidden = 0;
        List<JsonElement> points = published.getAsJsonArray("tprAtFpr").asList();
        for (int index = 0; index <= points.size(); index++) {
            JsonObject told = index < points.size() ? points.get(index).getAsJsonObject() : published.getAsJsonObject("bestAdvantage");
            JsonObject all = index < points.size() ? truth.getAsJsonArray("tprAtFpr").get(index).getAsJsonObject()
                    : truth.getAsJsonObject("bestAdvantage");
            int truePositives = all.get("truePositives").getAsInt();
            int falsePositives = all.get("falsePositives").getAsInt();
            List<Double> figures = figures(told);
            if (isFew(truePositives, made.smallest)) {
                hidden++;
                assertEquals(Set.of(), recovered(figures, truePositives, patients), told.toString());
                assertTrue(
                        told.get("truePositives").isJsonNull() && told.get("threshold").isJsonNull() && told.get("precision").isJsonNull()
                                && told.get("accuracy").isJsonNull(),
                        told.toString());
            }
            if (isFew(falsePositives, made.smallest)) {
                hidden++;
                assertTrue(told.get("falsePositives").isJsonNull() && told.get("fpr").isJsonNull() && told.get("threshold").isJsonNull()
                        && told.get("precision").isJsonNull() && told.get("accuracy").isJsonNull(), told.toString());
                assertTrue(!told.has("falsePositivesAllowed") || possible(told, made.smallest).size() > 1, told.toString());
            }
        }
        return hidden;
    }

    /** What the false positives of an operating point that hides them can be, to who knows when they are hidden. */
    private static Set<Integer> possible(JsonObject told, int smallest) {
        int allowed = told.get("falsePositivesAllowed").getAsInt();
        Set<Integer> possible = new TreeSet<>();
        for (int count = 0; count <= allowed; count++) {
            if (isFew(count, smallest) || isFew(allowed, smallest)) {
                possible.add(count);
            }
        }
        return possible;
    }

    private static List<Double> figures(JsonElement element) {
        List<Double> figures = new ArrayList<>();
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(each -> figures.addAll(figures(each)));
        } else if (element.isJsonObject()) {
            element.getAsJsonObject().entrySet().stream()
                    .filter(member -> !Set.of("atFpr", "level", "falsePositivesAllowed", "fpr", "fprInterval", "falsePositives",
                            "tprAtMost", "tprAtLeast", "tprInterval")
                            .contains(member.getKey()))
                    .forEach(member -> figures.addAll(figures(member.getValue())));
        } else if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber()) {
            figures.add(element.getAsDouble());
        }
        return figures;
    }

    /**
     * Figures that are the count, its share, or an end of its Clopper-Pearson interval, sought by halving from the binomial distribution.
     */
    private static Set<Double> recovered(List<Double> figures, int count, int patients) {
        Set<Double> found = new TreeSet<>();
        double share = count / (double) patients;
        double lower = solve(probability -> 1 - atMost(count - 1, patients, probability), 0.025);
        double upper = solve(probability -> -atMost(count, patients, probability), -0.025);
        for (double figure : figures) {
            for (double telling : new double[] {count, share, lower, upper, lower * patients, upper * patients}) {
                if (Math.abs(figure - telling) < 1e-7) {
                    found.add(figure);
                }
            }
        }
        return found;
    }

    private interface Growing {
        double of(double probability);
    }

    private static double solve(Growing function, double value) {
        double low = 0;
        double high = 1;
        for (int step = 0; step < 60; step++) {
            double middle = (low + high) / 2;
            if (function.of(middle) < value) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double atMost(int count, int trials, double probability) {
        double sum = 0;
        double ways = 1;
        for (int successes = 0; successes <= count; successes++) {
            sum += ways * Math.pow(probability, successes) * Math.pow(1 - probability, trials - successes);
            ways *= (trials - successes) / (successes + 1.0);
        }
        return sum;
    }

    /** No text says how few patients are exposed. */
    private static void assertTextTellsNoFew(Case made) {
        Publication publication = Publication.of(made.report);
        for (String text : List.of(made.report.toText(), publication.toHtml(), publication.toMarkdown(), publication.toModelCard())) {
            for (int few = 1; few < made.smallest; few++) {
                assertFalse(text.matches("(?s).*\\b" + few + " of \\d+ patients.*") || text.matches("(?s).*patients: " + few + " \\[.*"),
                        text);
            }
        }
        if (attack(made.published).get("byPatient").isJsonNull()) {
            return;
        }
        for (JsonElement each : attack(made.published).getAsJsonObject("byPatient").getAsJsonArray("exposed")) {
            JsonObject exposed = each.getAsJsonObject();
            assertTrue(exposed.get("patients").isJsonNull() || !isFew(exposed.get("patients").getAsInt(), made.smallest),
                    exposed.toString());
            assertEquals(exposed.get("patients").isJsonNull(), !exposed.get("members").getAsString().equals("EXACTLY"));
            assertEquals(exposed.get("lower").isJsonNull(), exposed.get("upper").isJsonNull());
        }
    }

    /** Whoever is told of a bin is told of many, and not of how many exactly. */
    @ParameterizedTest
    @CsvSource({"10, 1", "40, 1", "40, 3", "8, 12", "200, 1", "60, 10"})
    void binsAreOfManyAndRounded(int patients, int sentences) throws IOException {
        for (int seed = 0; seed < 10; seed++) {
            JsonObject counts = made(seed, patients, sentences, 0.5, 5).published.getAsJsonArray("histograms").get(0).getAsJsonObject()
                    .getAsJsonObject("counts");
            for (String population : counts.keySet()) {
                List<JsonElement> told = counts.getAsJsonArray(population).asList().stream().filter(bin -> !bin.isJsonNull()).toList();
                assertTrue(told.stream().allMatch(bin -> bin.getAsInt() >= 10 && bin.getAsInt() % 5 == 0), told.toString());
                assertTrue(told.stream().mapToInt(JsonElement::getAsInt).sum() <= patients * sentences, told.toString());
                assertTrue(patients < 40 || !told.isEmpty(), population);
            }
        }
    }

    /** Of sentences that are each a patient's only one, the curve has no point of few. */
    @Test
    void theCurveOfSentencesTellsOfNoFewPatients() throws IOException {
        for (double leak : new double[] {0, 0.5, 1, 2}) {
            for (int seed = 0; seed < 5; seed++) {
                for (JsonElement point : attack(made(seed, 40, 1, leak, 5).published).getAsJsonArray("roc")) {
                    assertFalse(isFew((int) Math.round(40 * point.getAsJsonArray().get(1).getAsDouble()), 5), point.toString());
                }
            }
        }
    }

    /**
     * Who tries all orders in which so few patients can come, and keeps those that give what is told of counts and advantage, is left with
     * several counts; the area is {@link HiddenCountsTest}'s.
     */
    @ParameterizedTest
    @CsvSource({"7, 0.0", "7, 0.5", "7, 1.0", "8, 0.4", "8, 1.2"}) // so few are told of only where counts below 3 are hidden
    void allOrdersThatFitCountsAndAdvantageLeaveSeveralCounts(int patients, double leak) throws IOException {
        int hidden = 0;
        List<String> betrayed = new ArrayList<>();
        for (int seed = 0; seed < 12; seed++) {
            Case made = made(seed, patients, 3, leak, 3);
            JsonObject published = attack(made.published).getAsJsonObject("byPatient");
            published.remove("auc");
            published.remove("aucInterval");
            List<int[]> fitting = new PatientOrders(patients).fitting(published, RATES, made.smallest);
            assertFalse(fitting.isEmpty());
            for (int rate = 0; rate < RATES.length; rate++) {
                if (published.getAsJsonArray("tprAtFpr").get(rate).getAsJsonObject().get("truePositives").isJsonNull()
                        && isFew(attack(made.truth).getAsJsonObject("byPatient"), rate, patients)) {
                    hidden++;
                    int index = rate;
                    long counts = fitting.stream().mapToInt(found -> found[index]).distinct().count();
                    if (counts < 2) {
                        betrayed.add("seed " + seed + " rate " + RATES[rate] + " of " + fitting.size() + " orders");
                    }
                }
            }
        }
        assertTrue(hidden > 0 || leak > 1);
        assertEquals(List.of(), betrayed);
    }
}
