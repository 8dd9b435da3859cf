package io.github.miaudit.report.output;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * Readers of a report who have the models and a guess of a sentence, which they score; each has a way to tell from the report whether the
 * sentence is one of those audited.
 */
final class ReportReaders {

    private ReportReaders() {
    }

    /**
     * A guessed sentence as the models score it, as the attacks of the audit do.
     *
     * @param byAttack  its score by each attack
     * @param target    its log-likelihood by the target
     * @param reference and by the reference
     */
    record Guess(Map<String, Double> byAttack, double target, double reference) {

        List<Double> all() {
            List<Double> all = new ArrayList<>(byAttack.values());
            all.add(target);
            all.add(reference);
            return all;
        }
    }

    /** Each reader by name: whether he says that the guess is right. */
    static Map<String, BiPredicate<JsonObject, Guess>> all() {
        Map<String, BiPredicate<JsonObject, Guess>> readers = new LinkedHashMap<>();
        readers.put("any number is the score", (report, guess) -> numbers(report).stream().anyMatch(
                number -> guess.all().stream().anyMatch(score -> Math.abs(number - score) <= 1e-10 * Math.abs(score))));
        readers.put("a threshold is the score, rounded", (report, guess) -> anyThreshold(report, guess,
                (threshold, score) -> rounded(score, threshold, RoundingMode.HALF_EVEN) == threshold));
        readers.put("a threshold is the score, rounded up", (report, guess) -> anyThreshold(report, guess,
                (threshold, score) -> rounded(score, threshold, RoundingMode.CEILING) == threshold));
        readers.put("a threshold is the score, rounded down", (report, guess) -> anyThreshold(report, guess,
                (threshold, score) -> rounded(score, threshold, RoundingMode.FLOOR) == threshold));
        readers.put("a threshold lies just above the score", (report, guess) -> anyThreshold(report, guess,
                (threshold, score) -> threshold >= score && threshold - score < 0.001 * spread(report)));
        readers.put("the score lies between two thresholds", (report, guess) -> guess.byAttack().entrySet().stream().anyMatch(score -> {
            TreeSet<Double> thresholds = thresholds(report, score.getKey());
            return thresholds.lower(score.getValue()) != null && thresholds.higher(score.getValue()) != null;
        }));
        readers.put("an axis begins at the score", (report, guess) -> anyAxis(report, guess,
                (axis, score) -> Math.abs(score - axis.from) < 0.001 * axis.width));
        readers.put("an axis ends at the score", (report, guess) -> anyAxis(report, guess,
                (axis, score) -> Math.abs(score - axis.from - axis.bins * axis.width) < 0.001 * axis.width));
        readers.put("an edge of a bin is the score", (report, guess) -> anyAxis(report, guess,
                (axis, score) -> Math.abs((score - axis.from) / axis.width - Math.rint((score - axis.from) / axis.width)) < 0.001));
        readers.put("no axis ends before the score", (report, guess) -> !anyAxis(report, guess,
                (axis, score) -> score < axis.from || score > axis.from + axis.bins * axis.width));
        readers.put("the score is in the first bin", (report, guess) -> anyAxis(report, guess, (axis, score) -> axis.bin(score) == 0));
        readers.put("the score is in the last bin",
                (report, guess) -> anyAxis(report, guess, (axis, score) -> axis.bin(score) == axis.bins - 1));
        for (String population : List.of("members", "non_members")) {
            readers.put("the bin is not empty among " + population, (report, guess) -> guess.byAttack().entrySet().stream()
                    .allMatch(score -> !told(report, score.getKey(), score.getValue(), population).map(count -> count == 0).orElse(false)));
            readers.put("the bin is told among " + population, (report, guess) -> guess.byAttack().entrySet().stream()
                    .allMatch(score -> told(report, score.getKey(), score.getValue(), population).isPresent()));
            readers.put("the bin is one sentence among " + population, (report, guess) -> guess.byAttack().entrySet().stream()
                    .anyMatch(score -> told(report, score.getKey(), score.getValue(), population).map(count -> count == 1).orElse(false)));
        }
        readers.put("the cell of both models is told", (report, guess) -> cell(report, guess).isPresent());
        readers.put("the cell of both models is not empty", (report, guess) -> !cell(report, guess).map(count -> count == 0).orElse(false));
        readers.put("a point of both models is the guess", (report, guess) -> points(report, guess));
        readers.put("a patient's score is the guess's", (report, guess) -> report.getAsJsonArray("mostExposedPatients").asList().stream()
                .map(JsonElement::getAsJsonObject).filter(patient -> patient.has("score") && !patient.get("score").isJsonNull())
                .anyMatch(patient -> guess.all().stream().anyMatch(score -> Math.abs(patient.get("score").getAsDouble() - score) < 1e-6)));
        return readers;
    }

    private static List<Double> numbers(JsonElement element) {
        List<Double> numbers = new ArrayList<>();
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(each -> numbers.addAll(numbers(each)));
        } else if (element.isJsonObject()) {
            element.getAsJsonObject().asMap().values().forEach(each -> numbers.addAll(numbers(each)));
        } else if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber()) {
            numbers.add(element.getAsDouble());
        }
        return numbers;
    }

    private static boolean anyThreshold(JsonObject report, Guess guess, BiPredicate<Double, Double> fits) {
        return guess.byAttack().entrySet().stream().anyMatch(score -> thresholds(report, score.getKey()).stream()
                .anyMatch(threshold -> fits.test(threshold, score.getValue())));
    }

    private static TreeSet<Double> thresholds(JsonObject report, String attack) {
        TreeSet<Double> thresholds = new TreeSet<>();
        report.getAsJsonArray("comparisons").forEach(comparison -> comparison.getAsJsonObject().getAsJsonArray("attacks").asList().stream()
                .map(JsonElement::getAsJsonObject).filter(each -> each.get("name").getAsString().equals(attack)).forEach(each -> {
                    List<JsonElement> points = new ArrayList<>(each.getAsJsonArray("tprAtFpr").asList());
                    points.add(each.get("bestAdvantage"));
                    points.stream().map(point -> point.getAsJsonObject().get("threshold")).filter(JsonElement::isJsonPrimitive)
                            .forEach(threshold -> thresholds.add(threshold.getAsDouble()));
                }));
        return thresholds;
    }

    private static double rounded(double score, double told, RoundingMode mode) {
        return BigDecimal.valueOf(score).setScale(BigDecimal.valueOf(told).stripTrailingZeros().scale(), mode).doubleValue();
    }

    private static double spread(JsonObject report) {
        Axis axis = histogram(report, report.getAsJsonArray("histograms").get(0).getAsJsonObject().get("attack").getAsString());
        return axis.bins * axis.width;
    }

    private record Axis(double from, double width, int bins) {

        int bin(double score) {
            return Math.max(0, Math.min(bins - 1, (int) Math.floor((score - from) / width)));
        }
    }

    private static boolean anyAxis(JsonObject report, Guess guess, BiPredicate<Axis, Double> fits) {
        return guess.byAttack().entrySet().stream().anyMatch(score -> fits.test(histogram(report, score.getKey()), score.getValue()));
    }

    private static JsonObject ofAttack(JsonObject report, String attack) {
        return report.getAsJsonArray("histograms").asList().stream().map(JsonElement::getAsJsonObject)
                .filter(each -> each.get("attack").getAsString().equals(attack)).findFirst().orElseThrow();
    }

    private static Axis histogram(JsonObject report, String attack) {
        JsonObject histogram = ofAttack(report, attack);
        return new Axis(histogram.get("from").getAsDouble(), histogram.get("width").getAsDouble(),
                histogram.getAsJsonObject("counts").getAsJsonArray("members").size());
    }

    private static Optional<Integer> told(JsonObject report, String attack, double score, String population) {
        JsonElement count = ofAttack(report, attack).getAsJsonObject("counts").getAsJsonArray(population)
                .get(histogram(report, attack).bin(score));
        return count.isJsonNull() ? Optional.empty() : Optional.of(count.getAsInt());
    }

    private static Optional<Integer> cell(JsonObject report, Guess guess) {
        JsonElement grid = report.getAsJsonObject("likelihoods").get("grid");
        if (grid.isJsonNull()) {
            return Optional.of(1);
        }
        JsonObject of = grid.getAsJsonObject();
        int columns = of.get("columns").getAsInt();
        int rows = of.has("rows") ? of.get("rows").getAsInt() : columns;
        int across = new Axis(of.get("referenceFrom").getAsDouble(), of.get("referenceWidth").getAsDouble(), columns)
                .bin(guess.reference());
        int up = new Axis(of.get("targetFrom").getAsDouble(), of.get("targetWidth").getAsDouble(), rows).bin(guess.target());
        JsonElement count = of.getAsJsonObject("counts").getAsJsonArray("members").get(columns * up + across);
        return count.isJsonNull() ? Optional.empty() : Optional.of(count.getAsInt());
    }

    private static boolean points(JsonObject report, Guess guess) {
        JsonObject likelihoods = report.getAsJsonObject("likelihoods");
        if (!likelihoods.has("points") || !likelihoods.getAsJsonObject("points").has("members")) {
            return false;
        }
        List<JsonElement> target = likelihoods.getAsJsonObject("points").getAsJsonObject("members").getAsJsonArray("target").asList();
        return target.stream().anyMatch(each -> Math.abs(each.getAsDouble() - guess.target()) < 1e-6);
    }
}
