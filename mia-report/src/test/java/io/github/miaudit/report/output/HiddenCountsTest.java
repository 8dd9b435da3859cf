package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.AuditReport;
import io.github.miaudit.data.Patient;
import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.evaluation.ComparisonResult;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.ConfusionMatrix;
import io.github.miaudit.metrics.GroupReduction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over many random audits an attacker who reckons with all that is published finds out no count of few patients, nor of all but few. */
class HiddenCountsTest {

    private static final int AUDITS = 250;
    private static final int AUDITS_OF_ONE_SIDE = 30;
    private static final int AUDITS_OF_ATTACKERS = 200;
    private static final double[][] RATES = {{0.1, 0.01, 0.001}, {0.2, 0.1, 0.05, 0.025, 0}, {0.3, 0.1, 0.04, 0}, {0.5, 0.05, 0.02}};

    @TempDir
    private Path folder;

    /**
     * A random audit: of so many patients with so many sentences each, of whom few leak strongly, or all but few, and the others a little.
     */
    private record Made(AuditReport report, int patients, int sentences, int smallest) {

        /** The reader's: of each patient who is named. */
        Map<String, Integer> sentences(List<String> named) {
            Map<String, Integer> each = new HashMap<>(Map.of("members", 1, "non_members", 1, "externals", 1));
            named.forEach(population -> each.put(population.equals("member") ? "members" : population + "s", sentences));
            return each;
        }
    }

    private Made made(int number, List<String> named) throws IOException {
        Random random = new Random(number * 0x9E3779B97F4A7C15L); // near seeds draw alike at first
        int patients = new int[] {10, 12, 20, 33, 40, 64, 120, 200}[random.nextInt(8)];
        int sentences = new int[] {1, 1, 1, 3}[random.nextInt(4)];
        int smallest = new int[] {5, 5, 5, 3, 4, 10}[random.nextInt(6)];
        int few = 1 + random.nextInt(4);
        int exposed = random.nextInt(4) == 0 ? patients - few : few;
        double leak = new double[] {0, 0, 0.5, 1.5, 4}[random.nextInt(5)];
        boolean externals = random.nextBoolean();
        GroupReduction reduction = List.of(GroupReduction.mean(), GroupReduction.mean(), GroupReduction.max(), GroupReduction.sum(),
                GroupReduction.topMean(0.5), GroupReduction.fisher()).get(random.nextInt(6));
        StringBuilder rows = new StringBuilder("population,group,target_loss,reference_loss\n");
        for (String population : externals ? List.of("member", "non_member", "external") : List.of("member", "non_member")) {
            for (int row = 0; row < patients * sentences; row++) {
                double reference = 30 + random.nextGaussian();
                double lower = !population.equals("member") ? 0 : row / sentences < exposed ? 8 + leak : leak;
                rows.append(String.format(Locale.ROOT, "%s,%s,%.9f,%.9f%n", population,
                        named.contains(population) ? population + row / sentences : "", reference + random.nextGaussian() - lower,
                        reference));
            }
        }
        Evaluation evaluation = Evaluation.withDefaults().withFalsePositiveRates(RATES[random.nextInt(RATES.length)])
                .withBootstrapReplicates(100).withPermutations(0).withPrior(0.2).withGroupReduction(reduction).withSmallestCount(smallest);
        Path file = Files.writeString(folder.resolve("losses.csv"), rows);
        return new Made(AuditReport.ofLosses(file, List.of("likelihood-ratio", "loss"), evaluation), patients, sentences, smallest);
    }

    @Test
    void noCountOfFewPatientsCanBeReckoned() throws IOException {
        reckon(AUDITS, List.of("member", "non_member", "external"));
    }

    /** Sentences of nobody known count as patients of their own; the reader learns as little of them. */
    @ParameterizedTest
    @ValueSource(strings = {"member", "non_member", "external"})
    void norWhereOneSideAloneNamesPatients(String named) throws IOException {
        reckon(AUDITS_OF_ONE_SIDE, List.of(named));
    }

    @Tag("redteam")
    @ParameterizedTest
    @ValueSource(strings = {"member", "non_member", "external"})
    void norInTwoHundredAuditsOfASide(String named) throws IOException {
        reckon(AUDITS_OF_ATTACKERS, List.of(named));
    }

    private void reckon(int audits, List<String> named) throws IOException {
        int counts = 0;
        List<String> found = new ArrayList<>();
        for (int number = 0; number < audits; number++) {
            Made made = made(number, named);
            if (named.equals(List.of("external")) && made.report.confidential().comparisons().size() == 1) {
                continue; // nobody is named
            }
            JsonObject published = JsonParser.parseString(made.report.toJson()).getAsJsonObject();
            Map<String, Set<Integer>> possible = Attacker.possible(published, made.sentences(named));
            requireFewOnTopHidden(made, published);
            for (Map.Entry<String, Integer> count : few(made, published).entrySet()) {
                Set<Integer> left = possible.get(count.getKey());
                if (left == null) {
                    continue; // nothing is said of it at all
                }
                counts++;
                if (!left.contains(count.getValue()) || left.size() < 2) {
                    found.add("audit " + number + ", " + made.patients + " x " + made.sentences + ", smallest " + made.smallest + ", "
                            + count.getKey() + ": " + count.getValue() + " among " + left);
                }
            }
        }
        assertTrue(counts > 3 * audits, counts + " counts are no test");
        assertEquals(List.of(), found);
    }

    /** Few patients above every other: neither how many, nor their chance, which is a function of how many. */
    private static void requireFewOnTopHidden(Made made, JsonObject published) {
        List<ComparisonResult> comparisons = made.report.confidential().comparisons();
        for (int place = 0; place < comparisons.size(); place++) {
            JsonObject comparison = published.getAsJsonArray("comparisons").get(place).getAsJsonObject();
            for (int index = 0; index < comparisons.get(place).attacks().size(); index++) {
                AttackResult attack = comparisons.get(place).attacks().get(index);
                if (attack.byPatient().isEmpty()) {
                    continue; // patients are named on one side alone
                }
                int above = attack.byPatient().flatMap(AttackResult::exceedance).orElseThrow().exceeding();
                if (above > 0 && above < made.smallest || above < made.patients && above > made.patients - made.smallest) {
                    JsonElement byPatient = comparison.getAsJsonArray("attacks").get(index).getAsJsonObject().get("byPatient");
                    assertTrue(byPatient.isJsonNull()
                            || byPatient.getAsJsonObject().getAsJsonObject("exceeding").get("count").isJsonNull()
                                    && byPatient.getAsJsonObject().getAsJsonObject("exceeding").get("pValue").isJsonNull());
                    comparison.getAsJsonArray("tests").asList().stream().map(JsonElement::getAsJsonObject)
                            .filter(test -> test.get("attack").getAsString().equals(attack.name())
                                    && test.get("question").getAsString().equals("MORE_ON_TOP"))
                            .forEach(test -> assertTrue(test.get("pValue").isJsonNull() && test.get("adjustedPValue").isJsonNull()));
                }
            }
        }
    }

    /** The counts that no one is to learn, by the attacker's names: of few patients, or of all but few. */
    private static Map<String, Integer> few(Made made, JsonObject published) {
        Map<String, Integer> few = new HashMap<>();
        for (ComparisonResult comparison : made.report.confidential().comparisons()) {
            for (int index = 0; index < comparison.attacks().size(); index++) {
                AttackResult attack = comparison.attacks().get(index);
                AttackScores scores = comparison.scores().get(index);
                String name = comparison.nonMembers().label() + " " + attack.name();
                put(few, made, name + " sentences", attack, accepted -> patients(scores, Population.MEMBERS, accepted),
                        accepted -> patients(scores, comparison.nonMembers(), accepted), made.patients);
                attack.byPatient().ifPresent(patients -> put(few, made, name + " patients", patients, IntUnaryOperator.identity(),
                        IntUnaryOperator.identity(), patients.nonMemberCount()));
            }
        }
        cells(few, made, published);
        return few;
    }

    /** Of how many patients so many accepted sentences are; or if they are negative, so many rejected ones. */
    private static int patients(AttackScores scores, Population population, int accepted) {
        double[] values = scores.scores(population);
        List<Patient> patients = scores.patients(population);
        List<Integer> order = IntStream.range(0, values.length).boxed().sorted((a, b) -> Double.compare(values[b], values[a])).toList();
        List<Integer> rows = accepted >= 0 ? order.subList(0, accepted) : order.subList(order.size() + accepted, order.size());
        return (int) rows.stream().map(patients::get).distinct().count();
    }

    private static void put(Map<String, Integer> few, Made made, String name, AttackResult attack, IntUnaryOperator members,
            IntUnaryOperator others, int otherPatients) {
        for (AttackResult.OperatingPoint point : attack.operatingPoints()) {
            put(few, made, name, " " + point.maximumFalsePositiveRate(), point.point().confusion(), members, others);
        }
        put(few, made, name, " best", attack.bestAdvantage().confusion(), members, others);
        for (AttackResult.CalibratedPoint point : attack.calibrated()) {
            point.decisions().filter(decisions -> attack.memberCount() == made.patients) // else rows and patients of the half differ
                    .ifPresent(decisions -> put(few, made, name, " promised " + point.alpha(), decisions.confusion(),
                            IntUnaryOperator.identity(),
                            IntUnaryOperator.identity()));
        }
    }

    private static void put(Map<String, Integer> few, Made made, String name, String rate, ConfusionMatrix matrix, IntUnaryOperator members,
            IntUnaryOperator others) {
        if (isFew(members, matrix.truePositives(), matrix.falseNegatives(), made.smallest)) {
            few.put(name + " members" + rate, matrix.truePositives());
        }
        if (isFew(others, matrix.falsePositives(), matrix.trueNegatives(), made.smallest)) {
            few.put(name + " others" + rate, matrix.falsePositives());
        }
    }

    private static boolean isFew(IntUnaryOperator patients, int accepted, int rejected, int smallest) {
        return accepted > 0 && rejected > 0
                && (patients.applyAsInt(accepted) < smallest || Math.abs(patients.applyAsInt(-rejected)) < smallest);
    }

    private static void cells(Map<String, Integer> few, Made made, JsonObject published) {
        for (AttackScores scores : made.report.confidential().comparisons().get(0).scores()) {
            JsonObject histogram = published.getAsJsonArray("histograms").asList().stream().map(each -> each.getAsJsonObject())
                    .filter(each -> each.get("attack").getAsString().equals(scores.name())).findFirst().orElseThrow();
            histogram.getAsJsonObject("counts").entrySet().forEach(counts -> {
                Population population = Population.valueOf(counts.getKey().toUpperCase(Locale.ROOT));
                cells(few, made, scores.name() + " " + counts.getKey() + " bin ", counts.getValue().getAsJsonArray().size(),
                        Arrays.stream(scores.scores(population)).mapToInt(score -> bin(histogram, "from", "width", score,
                                counts.getValue().getAsJsonArray().size())).toArray(),
                        scores.patients(population));
            });
        }
        JsonObject grid = published.getAsJsonObject("likelihoods").getAsJsonObject("grid");
        AttackScores target = made.report.confidential().likelihoods().orElseThrow().target();
        AttackScores reference = made.report.confidential().likelihoods().orElseThrow().reference();
        int columns = grid.get("columns").getAsInt();
        grid.getAsJsonObject("counts").keySet().forEach(label -> {
            Population population = Population.valueOf(label.toUpperCase(Locale.ROOT));
            double[] up = target.scores(population);
            double[] across = reference.scores(population);
            int rows = grid.get("rows").getAsInt();
            cells(few, made, label + " cell ", columns * rows,
                    IntStream.range(0, up.length).map(row -> columns * bin(grid, "targetFrom", "targetWidth", up[row], rows)
                            + bin(grid, "referenceFrom", "referenceWidth", across[row], columns)).toArray(),
                    target.patients(population));
        });
    }

    private static int bin(JsonObject axis, String from, String width, double value, int bins) {
        return Math.max(0, Math.min(bins - 1, (int) Math.floor((value - axis.get(from).getAsDouble()) / axis.get(width).getAsDouble())));
    }

    private static void cells(Map<String, Integer> few, Made made, String name, int cells, int[] cellOf, List<Patient> patients) {
        for (int cell = 0; cell < cells; cell++) {
            int each = cell;
            int[] rows = IntStream.range(0, cellOf.length).filter(row -> cellOf[row] == each).toArray();
            long different = Arrays.stream(rows).mapToObj(patients::get).distinct().count();
            if (different > 0 && different < made.smallest) {
                few.put(name + cell, rows.length);
            }
        }
    }
}
