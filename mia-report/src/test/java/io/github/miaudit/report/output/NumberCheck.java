package io.github.miaudit.report.output;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.report.PValues;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Looks for numbers in what was published that the report's JSON does not hold. */
final class NumberCheck {

    /** Numbers of the wording: guessing, the power of a comparison, the correction's year, of how many pairs is spoken, the smallest
     * p-value that is written, the steps of a token's shade. */
    private static final Set<String> WORDING = Set.of("50", "0.5", "80", "1979", "2", "4", "100", "0.0001");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\p{L}\\p{N}_.-])-?\\d+(\\.\\d+)?(?![\\p{L}\\p{N}_])");

    private final Set<Double> numbers = new HashSet<>();
    /** Longest first: texts that the JSON holds are its own. */
    private final Set<String> texts = new TreeSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    NumberCheck(String json) {
        collect(JsonParser.parseString(json));
    }

    private void collect(JsonElement element) {
        if (element.isJsonArray()) {
            numbers.add((double) element.getAsJsonArray().size());
            element.getAsJsonArray().forEach(this::collect);
        } else if (element.isJsonObject()) {
            for (Map.Entry<String, JsonElement> member : element.getAsJsonObject().entrySet()) {
                derive(member.getKey(), member.getValue());
                collect(member.getValue());
            }
        } else if (element.isJsonPrimitive()) {
            if (element.getAsJsonPrimitive().isNumber()) {
                numbers.add(element.getAsDouble());
            } else if (element.getAsString().matches("(?s).*\\d.*")) {
                texts.add(PlainText.line(element.getAsString()));
            }
        }
    }

    /** What a page may reckon from the JSON: the middles of the medians' bins, untold bins, and all sentences that are in both sets. */
    private void derive(String name, JsonElement value) {
        if (name.equals("histograms")) {
            value.getAsJsonArray().forEach(each -> {
                double from = each.getAsJsonObject().get("from").getAsDouble();
                double width = each.getAsJsonObject().get("width").getAsDouble();
                int untold = 0;
                for (Map.Entry<String, JsonElement> population : each.getAsJsonObject().getAsJsonObject("counts").entrySet()) {
                    List<JsonElement> counts = population.getValue().getAsJsonArray().asList();
                    addMedian(counts.stream().mapToInt(NumberCheck::toldCount).toArray(), from, width);
                    untold += (int) counts.stream().filter(JsonElement::isJsonNull).count();
                }
                numbers.add((double) untold);
            });
        } else if (name.equals("grid")) {
            JsonObject grid = value.getAsJsonObject();
            int columns = grid.get("columns").getAsInt();
            for (Map.Entry<String, JsonElement> population : grid.getAsJsonObject("counts").entrySet()) {
                List<JsonElement> cells = population.getValue().getAsJsonArray().asList();
                addMedian(IntStream.range(0, grid.get("rows").getAsInt()).map(row -> cells.subList(row * columns, (row + 1) * columns)
                        .stream().mapToInt(NumberCheck::toldCount).sum()).toArray(), grid.get("targetFrom").getAsDouble(),
                        grid.get("targetWidth").getAsDouble());
            }
        } else if (name.equals("tprAtFpr")) {
            value.getAsJsonArray().forEach(each -> {
                BigDecimal rate = each.getAsJsonObject().get("atFpr").getAsBigDecimal();
                if (rate.signum() > 0) { // 0.01 is 1 in 100
                    numbers.add(Math.rint(1 / rate.doubleValue()));
                }
            });
        } else if (name.equals("comparisons")) {
            value.getAsJsonArray().get(0).getAsJsonObject().getAsJsonArray("attacks").forEach(attack -> {
                int members = value.getAsJsonArray().get(0).getAsJsonObject().get("memberCount").getAsInt();
                gains(attack.getAsJsonObject(), members);
                if (attack.getAsJsonObject().get("byPatient") instanceof JsonObject patients) {
                    gains(patients, patients.get("memberCount").getAsInt());
                }
            });
        } else if (name.equals("overlap") && value.isJsonObject()) {
            numbers.add((double) value.getAsJsonObject().get("exact").getAsInt() + value.getAsJsonObject().get("near").getAsInt());
        } else if (name.equals("exposed") && value.isJsonArray()) { // those of identifiers are one number
            value.getAsJsonArray().forEach(each -> {
                if (!each.getAsJsonObject().get("lower").isJsonNull()) { // told in whole patients
                    numbers.add(Math.floor(each.getAsJsonObject().get("lower").getAsDouble()));
                    numbers.add(Math.ceil(each.getAsJsonObject().get("upper").getAsDouble()));
                }
            });
        }
    }

    /** What an attacker gets, in whole members and in whole percent, a guesser, and an attacker on the control. */
    private void gains(JsonObject attack, int members) {
        List<JsonElement> points = attack.getAsJsonArray("tprAtFpr").asList();
        for (int point = 0; point < points.size(); point++) {
            JsonObject told = points.get(point).getAsJsonObject();
            numbers.add((double) Math.round(told.get("atFpr").getAsDouble() * members));
            if (told.get("tprInterval") instanceof JsonObject interval) {
                numbers.add(Math.floor(interval.get("lower").getAsDouble() * members + 1e-9));
                numbers.add(Math.ceil(interval.get("upper").getAsDouble() * members - 1e-9));
            }
            if (attack.get("control") instanceof JsonObject control && !told.get("tpr").isJsonNull()
                    && !control.getAsJsonArray("tprDifferences").get(point).isJsonNull()) {
                double other = told.get("tpr").getAsDouble() - control.getAsJsonArray("tprDifferences").get(point).getAsDouble();
                numbers.add((double) Math.round(100 * Math.min(1, Math.max(0, other))));
            }
        }
        if (attack.get("aucInterval") instanceof JsonObject interval) { // in whole comparisons of 100
            numbers.add(Math.floor(100 * interval.get("lower").getAsDouble()));
            numbers.add(Math.ceil(100 * interval.get("upper").getAsDouble()));
        }
        numbers.add((double) Math.round(100 * attack.get("auc").getAsDouble()));
    }

    private static int toldCount(JsonElement count) {
        return count.isJsonNull() ? 0 : count.getAsInt();
    }

    /** The middle of the first bin up to which half of all lie. */
    private void addMedian(int[] counts, double from, double width) {
        int all = IntStream.of(counts).sum();
        IntStream.range(0, counts.length).filter(bin -> 2 * IntStream.rangeClosed(0, bin).map(each -> counts[each]).sum() >= all)
                .findFirst().ifPresent(bin -> numbers.add(from + (bin + 0.5) * width));
    }

    /** The numbers of a page that the JSON does not explain. */
    List<String> unexplainedOfPage(String html) {
        Document page = Jsoup.parse(html);
        List<String> unexplained = new ArrayList<>();
        for (Element data : page.select("data")) {
            if (!numbers.contains(Double.valueOf(data.attr("value"))) || !isShown(data.text(), Double.parseDouble(data.attr("value")))) {
                unexplained.add(data.outerHtml());
            }
        }
        page.select("data").forEach(data -> data.text("–"));
        page.select("style").remove();
        page.select(".axis-text-x, .axis-text-y").remove(); // ticks
        Element methods = page.select("h2").stream().filter(heading -> heading.text().equals("Methods")).findFirst().orElseThrow();
        methods.nextElementSiblings().remove(); // dates of papers
        page.select("[title], [aria-label]").forEach(element -> element.appendText(
                " " + element.attr("title") + " " + element.attr("aria-label") + " "));
        String visible = page.select("body *").stream().map(element -> element.ownText()).collect(Collectors.joining("\n"));
        unexplained.addAll(unexplained(visible));
        return unexplained;
    }

    /** The numbers of a text that neither the JSON nor the wording explains. */
    List<String> unexplained(String text) {
        String own = text.replace("\\_", "_").replace("&#8203;", "").replace("\\", "");
        for (String known : texts) {
            own = own.replace(known, " ");
        }
        own = own.replaceAll("\\b[0-9a-f]{12,}\\b", " "); // starts of digests
        return NUMBER.matcher(own).results().map(MatchResult::group).filter(token -> !WORDING.contains(token) && !isExplained(token))
                .toList();
    }

    private boolean isExplained(String token) {
        return numbers.stream()
                .anyMatch(value -> isRounding(token, value) || isRounding(token, Math.abs(value)) || isRounding(token, 100 * value)
                        || isRounding(token, 100 * Math.abs(value)));
    }

    /** A p-value is written upwards. */
    private static boolean isShown(String token, double value) {
        return token.equals(PValues.figure(value)) || isRounding(token, value);
    }

    /** A number without decimals is no rounding: it must be as it is. */
    private static boolean isRounding(String token, double value) {
        BigDecimal shown = new BigDecimal(token);
        BigDecimal exact = new BigDecimal(Double.toString(value));
        return shown.scale() == 0 ? shown.subtract(exact).abs().doubleValue() < 1e-9
                : exact.setScale(shown.scale(), RoundingMode.HALF_UP).compareTo(shown) == 0;
    }
}
