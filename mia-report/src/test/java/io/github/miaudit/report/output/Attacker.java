package io.github.miaudit.report.output;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Who has a report and the program's sources, knows how many patients and sentences there are, and reckons what is hidden: for each
 * count that is not told, or told, which values it can have. Pages, plots and summaries show no figure that the report has not.
 */
final class Attacker {

    private static final double NOISE = 1e-9;

    private final JsonObject report;
    private final int smallest;
    /** Of each patient, by population; 1 where patients are not known. */
    private final Map<String, Integer> sentences;
    private final Map<String, Set<Integer>> possible = new TreeMap<>();

    private Attacker(JsonObject report, Map<String, Integer> sentences) {
        this.report = report;
        this.sentences = sentences;
        smallest = report.getAsJsonObject("settings").get("smallestCount").getAsInt();
    }

    /**
     * What each count can be, by name: {@code comparison attack sentences|patients members|others rate}, the rate being {@code best},
     * {@code promised 0.1} or {@code 0.1}; {@code attack population bin 7}; and {@code population cell 7}.
     *
     * @param report    as JSON
     * @param sentences of each patient, by population; 1 where patients are not known
     */
    static Map<String, Set<Integer>> possible(JsonObject report, Map<String, Integer> sentences) {
        Attacker attacker = new Attacker(report, sentences);
        attacker.work();
        return attacker.possible;
    }

    private void work() {
        Map<String, Scale> scales = scales();
        for (JsonElement each : report.getAsJsonArray("comparisons")) {
            JsonObject comparison = each.getAsJsonObject();
            int members = comparison.get("memberCount").getAsInt();
            int others = comparison.get("nonMemberCount").getAsInt();
            String population = comparison.get("nonMembers").getAsString();
            for (JsonElement one : comparison.getAsJsonArray("attacks")) {
                JsonObject attack = one.getAsJsonObject();
                String name = population + " " + attack.get("name").getAsString();
                Curve curve = new Curve(attack, members, others, members / sentences.get("members"),
                        others / sentences.get(population), true);
                Scale scale = scales.get(attack.get("name").getAsString());
                for (int round = 0; round < 4; round++) {
                    curve.narrow();
                    scale.of("members").thresholds(attack, "truePositives");
                    scale.of(population).thresholds(attack, "falsePositives");
                    scale.join(curve, population);
                }
                curve.tell(name + " sentences");
                if (!attack.get("byPatient").isJsonNull()) {
                    JsonObject patients = attack.getAsJsonObject("byPatient");
                    int memberPatients = patients.get("memberCount").getAsInt();
                    int otherPatients = patients.get("nonMemberCount").getAsInt();
                    boolean continuous = !report.getAsJsonObject("settings").get("patientScore").getAsString()
                            .matches("fisher|harmonic-mean");
                    Curve ofPatients = new Curve(patients, memberPatients, otherPatients, memberPatients, otherPatients, continuous);
                    ofPatients.narrow();
                    ofPatients.tell(name + " patients");
                }
            }
        }
        scales.forEach((attack, scale) -> scale.cumulative.forEach((population, counts) -> counts.tell(attack + " " + population)));
    }

    /** Whether the report is of this version, which says what it does not tell, and why. */
    private static boolean isNew(JsonObject figures) {
        return figures.getAsJsonArray("tprAtFpr").isEmpty()
                || figures.getAsJsonArray("tprAtFpr").get(0).getAsJsonObject().has("members");
    }

    private static boolean has(JsonObject object, String member) {
        return object.has(member) && !object.get(member).isJsonNull();
    }

    private static double number(JsonObject object, String member) {
        return object.get(member).getAsDouble();
    }

    /**
     * How many members are found with at most j false positives, for each j: never less with more. All values between two bounds that so
     * grow are possible together, and every sum between the sums of the bounds.
     */
    private final class Curve {

        private final JsonObject figures;
        private final int members;
        private final int others;
        private final int memberPatients;
        private final int otherPatients;
        private final boolean continuous;
        private final int[] least;
        private final int[] most;
        private double leastRanks;
        private double mostRanks;

        Curve(JsonObject figures, int members, int others, int memberPatients, int otherPatients, boolean continuous) {
            this.figures = figures;
            this.members = members;
            this.others = others;
            this.memberPatients = memberPatients;
            this.otherPatients = otherPatients;
            this.continuous = continuous;
            least = new int[others + 1];
            most = new int[others + 1];
            java.util.Arrays.fill(most, members);
            least[others] = members;
            mostRanks = (double) members * others;
            ranks();
        }

        private int allowed(double rate) {
            return Math.min(others, (int) Math.floor(rate * others + NOISE));
        }

        private int rowsOfFew() {
            return (smallest - 1) * (members / memberPatients);
        }

        private void atMost(int j, int value) {
            most[j] = Math.min(most[j], value);
        }

        private void atLeast(int j, int value) {
            least[j] = Math.max(least[j], value);
        }

        private void is(int j, int value) {
            atLeast(j, value);
            atMost(j, value);
        }

        /** From the area, which is a mean of ranks. */
        private void ranks() {
            double pairs = (double) members * others;
            double area = number(figures, "auc");
            if (!isNew(figures)) {
                leastRanks = area * pairs - NOISE * pairs;
                mostRanks = area * pairs + NOISE * pairs;
                return;
            }
            double step = Math.max(step(Math.min(0.1, 2.0 * Math.max(5, smallest) / memberPatients / otherPatients)),
                    digits(figures.get("aucInterval"), Math.min(memberPatients, otherPatients)));
            double cut = Math.min(0.25, (double) smallest / memberPatients);
            boolean low = says("FEW") && Math.abs(area - cut / 2) <= step / 2 + NOISE;
            boolean high = says("ALL_BUT_FEW") && Math.abs(area - 1 + cut / 2) <= step / 2 + NOISE;
            low |= area <= step + NOISE;
            high |= area >= 1 - step - NOISE;
            leastRanks = (low ? 0 : Math.max(0, area - step / 2)) * pairs - NOISE * pairs;
            mostRanks = (high ? 1 : Math.min(1, area + step / 2)) * pairs + NOISE * pairs;
            if (says("FEW") && low) {
                mostRanks = Math.max(mostRanks, cut * pairs);
            }
            if (says("ALL_BUT_FEW") && high) {
                leastRanks = Math.min(leastRanks, (1 - cut) * pairs);
            }
        }

        private boolean says(String told) {
            return figures.getAsJsonArray("tprAtFpr").asList().stream()
                    .anyMatch(point -> point.getAsJsonObject().get("members").getAsString().equals(told));
        }

        /** What a figure is told in multiples of, by its interval; that is told wider than it is, if at all differently. */
        private static double digits(JsonElement interval, int units) {
            double halfWidth = interval.isJsonNull() ? 0
                    : (number(interval.getAsJsonObject(), "upper") - number(interval.getAsJsonObject(), "lower")) / 2;
            return Math.pow(10, Math.floor(Math.log10(halfWidth > 0 ? halfWidth : 1 / Math.sqrt(units)) + NOISE) - 1);
        }

        /** A count whose share is told, rounded up to a step, or down. */
        private void isAbout(int j, double share, double step, int of) {
            atLeast(j, (int) Math.ceil((share - step) * of + NOISE * of));
            atMost(j, (int) Math.floor(share * of + NOISE * of));
        }

        /** The least of 1, 2 and 5 times a power of ten that is no less. */
        private static double step(double value) {
            double power = Math.pow(10, Math.floor(Math.log10(value) + NOISE));
            return value <= power * (1 + NOISE) ? power : value <= 2 * power * (1 + NOISE) ? 2 * power
                    : value <= 5 * power * (1 + NOISE) ? 5 * power : 10 * power;
        }

        void narrow() {
            for (JsonElement each : figures.getAsJsonArray("tprAtFpr")) {
                JsonObject point = each.getAsJsonObject();
                int j = allowed(number(point, "atFpr"));
                if (has(point, "truePositives")) {
                    is(j, point.get("truePositives").getAsInt());
                } else if (!point.has("members")) {
                    atLeast(j, 1);
                    atMost(j, smallest - 1);
                } else if (point.get("members").getAsString().equals("FEW")) {
                    atLeast(j, smallest == 2 ? 0 : 1);
                    atMost(j, Math.min(rowsOfFew(), (int) Math.round(number(point, "tprAtMost") * members)));
                } else if (point.get("members").getAsString().equals("ALL_BUT_FEW")) {
                    atLeast(j, Math.max(members - rowsOfFew(), (int) Math.round(number(point, "tprAtLeast") * members)));
                    atMost(j, has(point, "falsePositives") && smallest > 2 ? members - 1 : members);
                }
                if (has(point, "falsePositives") && has(point, "truePositives")) {
                    reached(point.get("falsePositives").getAsInt(), j, point.get("truePositives").getAsInt());
                }
            }
            curve();
            best();
            promised();
            grow();
        }

        /** As many are found with f false positives as with j, and no fewer do. */
        private void reached(int f, int j, int found) {
            IntStream.rangeClosed(f, j).forEach(each -> is(each, found));
            if (f > 0) {
                atMost(f - 1, found - 1);
            }
        }

        private void curve() {
            if (!figures.has("roc")) {
                return;
            }
            Set<Integer> drawn = new TreeSet<>();
            for (JsonElement each : figures.getAsJsonArray("roc")) {
                int j = allowed(each.getAsJsonArray().get(0).getAsDouble());
                drawn.add(j);
                JsonArray row = each.getAsJsonArray();
                double halfWidth = row.size() == 4 ? (row.get(3).getAsDouble() - row.get(2).getAsDouble()) / 2 : 0;
                double step = Math.pow(10, Math.floor(Math.log10(halfWidth > 0 ? halfWidth : 1 / Math.sqrt(memberPatients)) + NOISE) - 1);
                isAbout(j, row.get(1).getAsDouble(), step, members);
            }
            if (!isNew(figures)) {
                int lowest = (int) Math.ceil(10 * Math.log10(others));
                IntStream.rangeClosed(0, lowest).map(index -> allowed(Math.pow(10, (index - lowest) / 10.0)))
                        .filter(j -> j >= smallest && !drawn.contains(j)).forEach(j -> {
                            atLeast(j, 1);
                            atMost(j, smallest - 1);
                        });
            }
        }

        private void best() {
            JsonObject best = figures.getAsJsonObject("bestAdvantage");
            boolean exact = has(best, "advantage") && !best.get("suppressed").getAsBoolean();
            if (exact) {
                for (int j = 0; j <= others; j++) {
                    atMost(j, (int) Math.floor(members * (number(best, "advantage") + (double) j / others) + NOISE * members));
                }
            }
            if (has(best, "truePositives") && has(best, "falsePositives")) {
                is(best.get("falsePositives").getAsInt(), best.get("truePositives").getAsInt());
            }
        }

        /** A promised threshold lies just above one of the scores that it was calibrated on, so that it is known how many are above it. */
        private void promised() {
            for (JsonElement each : figures.getAsJsonArray("calibrated")) {
                JsonObject point = each.getAsJsonObject();
                if (has(point, "tpr") && has(point, "fpr") && continuous && isEachAPatient()) {
                    int fewest = (int) Math.ceil(number(point, "fpr") * (others / 2) - NOISE * others);
                    int most = (int) Math.floor((number(point, "fpr") + digits(point.get("fprInterval"), others / 2)) * (others / 2)
                            - NOISE * others);
                    double step = digits(point.get("tprInterval"), memberPatients);
                    atMost(above(point) + fewest, (int) Math.floor(number(point, "tpr") * members + NOISE * members));
                    atLeast(Math.min(others, above(point) + most),
                            (int) Math.ceil((number(point, "tpr") - step) * members + NOISE * members));
                }
            }
        }

        /** Then rows are calibrated on, and rates are shares of rows. */
        private boolean isEachAPatient() {
            return members == memberPatients && others == otherPatients;
        }

        private int above(JsonObject promised) {
            return (int) Math.floor(number(promised, "alpha") * (promised.get("calibrationNonMembers").getAsInt() + 1) + NOISE) - 1;
        }

        private void grow() {
            for (int j = 1; j <= others; j++) {
                atLeast(j, least[j - 1]);
            }
            for (int j = others - 1; j >= 0; j--) {
                atMost(j, most[j + 1]);
            }
        }

        /** Whether it can be that with j false positives so many are found, or with f to j so many and with fewer less. */
        private boolean fits(int f, int j, int found) {
            if (found < least[j] || found > most[j] || found < least[f] || found > most[f] || f > 0 && least[f - 1] > found - 1) {
                return false;
            }
            return sums(f, j, found, true);
        }

        private boolean fits(int j, int found) {
            return found >= least[j] && found <= most[j] && sums(j, j, found, false);
        }

        private boolean sums(int f, int j, int found, boolean fewerBefore) {
            double low = 0;
            double high = 0;
            for (int each = 0; each < others; each++) {
                boolean set = each >= f && each <= j;
                int lower = set ? found : each > j ? Math.max(least[each], found) : least[each];
                int upper = set ? found : each < f ? Math.min(most[each], fewerBefore ? found - 1 : found) : most[each];
                if (lower > upper) {
                    return false;
                }
                low += lower;
                high += upper;
            }
            return !continuous || high >= leastRanks && low <= mostRanks;
        }

        void tell(String name) {
            for (JsonElement each : figures.getAsJsonArray("tprAtFpr")) {
                JsonObject point = each.getAsJsonObject();
                int j = allowed(number(point, "atFpr"));
                String rate = " " + number(point, "atFpr");
                possible.put(name + " members" + rate, values(members, found -> fits(j, found)));
                possible.put(name + " others" + rate, values(others, f -> falsePositives(point, f, j)));
            }
            JsonObject best = figures.getAsJsonObject("bestAdvantage");
            possible.put(name + " members best", values(members, found -> !has(best, "truePositives")
                    ? !isOldAndSmall(best, found) : found == best.get("truePositives").getAsInt()));
            possible.put(name + " others best", values(others, f -> !has(best, "falsePositives")
                    ? !isOldAndSmall(best, f) : f == best.get("falsePositives").getAsInt()));
            for (JsonElement each : figures.getAsJsonArray("calibrated")) {
                JsonObject point = each.getAsJsonObject();
                if (has(point, "tpr") || point.get("suppressed").getAsBoolean()) {
                    String alpha = " promised " + number(point, "alpha");
                    possible.put(name + " members" + alpha, values(members, found -> promisedMembers(point, found)));
                    possible.put(name + " others" + alpha, values(others / 2, f -> promisedOthers(point, f)));
                }
            }
        }

        /** Of an earlier report, where only one of the two may be hidden, a count that is told when it is not small. */
        private boolean isOldAndSmall(JsonObject point, int count) {
            return !isNew(figures) && (count == 0 || count >= smallest);
        }

        private boolean falsePositives(JsonObject point, int f, int j) {
            if (f > j) {
                return false;
            }
            if (has(point, "falsePositives")) {
                return f == point.get("falsePositives").getAsInt();
            }
            boolean small = isNew(figures) ? f <= Math.max(5, smallest) * sentencesOf() : f > 0 && f < smallest || j < smallest;
            if (!small) {
                return false;
            }
            return IntStream.rangeClosed(least[j], most[j]).anyMatch(found -> (f == 0 || found > 0) && fits(f, j, found));
        }

        private int sentencesOf() {
            return others / otherPatients;
        }

        private boolean promisedMembers(JsonObject point, int found) {
            if (has(point, "tpr")) {
                return found <= number(point, "tpr") * members + NOISE * members
                        && found >= (number(point, "tpr") - digits(point.get("tprInterval"), memberPatients)) * members;
            }
            if (has(point, "fpr") && continuous && isEachAPatient()) {
                int level = above(point) + (int) Math.round(number(point, "fpr") * (others / 2));
                return found > 0 && found < smallest && fits(level, found);
            }
            return isNew(figures) || found > 0 && found < smallest;
        }

        private boolean promisedOthers(JsonObject point, int f) {
            if (has(point, "fpr")) {
                return f >= number(point, "fpr") * (others / 2) - NOISE * others
                        && f <= (number(point, "fpr") + digits(point.get("fprInterval"), otherPatients / 2)) * (others / 2);
            }
            if (has(point, "tpr") && continuous && isEachAPatient()) {
                int level = above(point) + f;
                return f > 0 && f < smallest && level <= others && fits(level, (int) Math.round(number(point, "tpr") * members));
            }
            return isNew(figures) || f > 0 && f < smallest;
        }
    }

    private interface Fits {
        boolean test(int value);
    }

    private static Set<Integer> values(int most, Fits fits) {
        Set<Integer> values = new TreeSet<>();
        IntStream.rangeClosed(0, most).filter(fits::test).forEach(values::add);
        return values;
    }

    /** By attack; the grid's rows are bins of the loss attack's scores too. */
    private Map<String, Scale> scales() {
        Map<String, Scale> scales = new LinkedHashMap<>();
        for (JsonElement each : report.getAsJsonArray("histograms")) {
            JsonObject histogram = each.getAsJsonObject();
            Scale scale = new Scale();
            histogram.getAsJsonObject("counts").entrySet().forEach(counts -> scale.cumulative.put(counts.getKey(),
                    new Cumulative(size(counts.getKey())).bins("bin", number(histogram, "from"), number(histogram, "width"),
                            cells(counts.getValue().getAsJsonArray(), counts.getKey()))));
            scales.put(histogram.get("attack").getAsString(), scale);
        }
        JsonElement likelihoods = report.get("likelihoods");
        if (likelihoods.isJsonObject() && scales.containsKey("loss")) {
            JsonObject grid = likelihoods.getAsJsonObject().getAsJsonObject("grid");
            int columns = grid.get("columns").getAsInt();
            int gridRows = grid.get("rows").getAsInt();
            grid.getAsJsonObject("counts").entrySet()
                    .forEach(counts -> scales.get("loss").of(counts.getKey()).grid(number(grid, "targetFrom"), number(grid, "targetWidth"),
                            columns, gridRows, cells(counts.getValue().getAsJsonArray(), counts.getKey())));
        }
        return scales;
    }

    private int size(String population) {
        for (JsonElement each : report.getAsJsonArray("comparisons")) {
            JsonObject comparison = each.getAsJsonObject();
            if (population.equals("members") || population.equals(comparison.get("nonMembers").getAsString())) {
                return comparison.get(population.equals("members") ? "memberCount" : "nonMemberCount").getAsInt();
            }
        }
        throw new IllegalArgumentException(population);
    }

    /** Bounds of each cell. */
    private List<int[]> cells(JsonArray counts, String population) {
        int rows = size(population);
        int each = sentences.get(population);
        boolean isNew = isNew(
                report.getAsJsonArray("comparisons").get(0).getAsJsonObject().getAsJsonArray("attacks").get(0).getAsJsonObject());
        int told = counts.asList().stream().filter(count -> !count.isJsonNull()).mapToInt(JsonElement::getAsInt).sum();
        int nulls = (int) counts.asList().stream().filter(JsonElement::isJsonNull).count();
        List<int[]> bounds = new ArrayList<>();
        for (JsonElement count : counts) {
            if (isNew) {
                bounds.add(count.isJsonNull() ? new int[] {0, (2 * Math.max(5, smallest) - 1) * each}
                        : new int[] {count.getAsInt(), count.getAsInt() + Math.max(5, smallest) - 1});
            } else {
                // one may be hidden for the sake of others that hold one sentence each, or all
                bounds.add(
                        !count.isJsonNull() ? new int[] {count.getAsInt(), count.getAsInt()} : nulls == counts.size() ? new int[] {0, rows}
                                : new int[] {1, Math.max((smallest - 1) * each, rows - told - nulls + 1)});
            }
        }
        return bounds;
    }

    /** One attack's scores. */
    private static final class Scale {

        private final Map<String, Cumulative> cumulative = new LinkedHashMap<>();

        Cumulative of(String population) {
            return cumulative.get(population);
        }

        /** Members above a place with no more than j others above it are found with j; and the reverse. */
        void join(Curve curve, String population) {
            Cumulative members = of("members");
            Cumulative others = of(population);
            for (double place : members.least.keySet()) {
                others.mark(place);
            }
            others.narrow();
            for (double place : others.least.keySet()) {
                members.mark(place);
            }
            members.narrow();
            for (double place : members.least.keySet()) {
                int fewest = others.least.get(place);
                int most = others.most.get(place);
                if (fewest > 0) {
                    curve.atMost(fewest - 1, members.most.get(place));
                    members.atLeast(place, curve.least[fewest - 1]);
                }
                curve.atLeast(most, members.least.get(place));
                members.atMost(place, curve.most[most]);
            }
            curve.grow();
            members.narrow();
        }
    }

    /** How many rows of a population reach a place on the axis of scores, for each place that something is known of. */
    private final class Cumulative {

        private record Between(String name, double from, double to, int[] bounds) {
        }

        private final int rows;
        private final TreeMap<Double, Integer> least = new TreeMap<>();
        private final TreeMap<Double, Integer> most = new TreeMap<>();
        private final List<Between> bins = new ArrayList<>();
        private final List<List<int[]>> gridRows = new ArrayList<>();
        private final List<Between> rowsOfGrid = new ArrayList<>();

        Cumulative(int rows) {
            this.rows = rows;
            least.put(Double.NEGATIVE_INFINITY, rows);
            most.put(Double.NEGATIVE_INFINITY, rows);
            least.put(Double.POSITIVE_INFINITY, 0);
            most.put(Double.POSITIVE_INFINITY, 0);
        }

        /** The place, or one that differs by rounding. */
        private double near(double place) {
            double slack = NOISE * Math.max(1, Math.abs(place));
            for (Double known : new Double[] {least.floorKey(place), least.ceilingKey(place)}) {
                if (known != null && Math.abs(known - place) < slack) {
                    return known;
                }
            }
            return place;
        }

        double mark(double place) {
            double at = near(place);
            least.putIfAbsent(at, 0);
            most.putIfAbsent(at, rows);
            return at;
        }

        void atLeast(double place, int count) {
            least.merge(place, count, Math::max);
        }

        void atMost(double place, int count) {
            most.merge(place, count, Math::min);
        }

        Cumulative bins(String name, double from, double width, List<int[]> cells) {
            for (int cell = 0; cell < cells.size(); cell++) {
                bins.add(new Between(name + " " + cell, cell == 0 ? Double.NEGATIVE_INFINITY : mark(from + cell * width),
                        cell == cells.size() - 1 ? Double.POSITIVE_INFINITY : mark(from + (cell + 1) * width), cells.get(cell)));
            }
            return this;
        }

        void grid(double from, double width, int columns, int inAll, List<int[]> cells) {
            for (int row = 0; row < inAll; row++) {
                List<int[]> inRow = cells.subList(row * columns, (row + 1) * columns);
                long upper = inRow.stream().mapToLong(bounds -> bounds[1]).sum();
                int[] bounds = {inRow.stream().mapToInt(each -> each[0]).sum(), (int) Math.min(rows, upper)};
                gridRows.add(inRow);
                rowsOfGrid.add(new Between("row " + row, row == 0 ? Double.NEGATIVE_INFINITY : mark(from + row * width),
                        row == inAll - 1 ? Double.POSITIVE_INFINITY : mark(from + (row + 1) * width), bounds));
            }
        }

        void thresholds(JsonObject attack, String count) {
            List<JsonObject> points = new ArrayList<>();
            attack.getAsJsonArray("tprAtFpr").forEach(point -> points.add(point.getAsJsonObject()));
            points.add(attack.getAsJsonObject("bestAdvantage"));
            for (JsonObject point : points) {
                if (has(point, "threshold") && has(point, count)) {
                    atMost(mark(number(point, "threshold")), point.get(count).getAsInt()); // told no lower than it is
                }
            }
            narrow();
        }

        void narrow() {
            for (int round = 0; round < 3; round++) {
                int below = rows;
                for (Map.Entry<Double, Integer> place : most.entrySet()) {
                    place.setValue(Math.min(place.getValue(), below));
                    below = place.getValue();
                }
                int above = 0;
                for (Map.Entry<Double, Integer> place : least.descendingMap().entrySet()) {
                    place.setValue(Math.max(place.getValue(), above));
                    above = place.getValue();
                }
                for (List<Between> kind : List.of(bins, rowsOfGrid)) {
                    for (Between between : kind) {
                        between.bounds[0] = Math.max(between.bounds[0], least.get(between.from) - most.get(between.to));
                        between.bounds[1] = Math.min(between.bounds[1], most.get(between.from) - least.get(between.to));
                        atLeast(between.from, least.get(between.to) + between.bounds[0]);
                        atMost(between.from, most.get(between.to) + between.bounds[1]);
                        atLeast(between.to, least.get(between.from) - between.bounds[1]);
                        atMost(between.to, most.get(between.from) - between.bounds[0]);
                    }
                }
            }
        }

        void tell(String name) {
            narrow();
            bins.forEach(bin -> possible.put(name + " " + bin.name, range(bin.bounds)));
            String population = name.substring(name.lastIndexOf(' ') + 1);
            for (int row = 0; row < gridRows.size(); row++) {
                List<int[]> cells = gridRows.get(row);
                int[] sum = rowsOfGrid.get(row).bounds;
                for (int column = 0; column < cells.size(); column++) {
                    int[] own = cells.get(column);
                    long othersLeast = cells.stream().mapToLong(cell -> cell[0]).sum() - own[0];
                    long othersMost = cells.stream().mapToLong(cell -> cell[1]).sum() - own[1];
                    possible.put(population + " cell " + (row * cells.size() + column), range(new int[] {
                            (int) Math.max(own[0], sum[0] - othersMost), (int) Math.min(own[1], sum[1] - othersLeast)}));
                }
            }
        }

        private Set<Integer> range(int[] bounds) {
            IntFunction<Integer> boxed = value -> value;
            return new TreeSet<>(IntStream.rangeClosed(bounds[0], Math.min(rows, bounds[1])).mapToObj(boxed).toList());
        }
    }
}
