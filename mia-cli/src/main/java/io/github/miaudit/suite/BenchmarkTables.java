package io.github.miaudit.suite;

import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.report.output.TablePage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code benchmark.md} and {@code benchmark.html}, which say the same; the page has a plot too. */
record BenchmarkTables(BenchmarkReport report) {

    private static final String TITLE = "Benchmark";
    private static final int PLOTTED = 4;

    String toMarkdown() {
        StringBuilder text = new StringBuilder("# " + TITLE + "\n\n").append(summary()).append("\n");
        for (TablePage.Table table : tables()) {
            text.append("\n## ").append(table.title()).append("\n\n").append(row(table.header())).append("|")
                    .append("---|".repeat(table.names())).append("---:|".repeat(table.header().size() - table.names())).append("\n");
            table.rows().forEach(cells -> text.append(row(cells)));
        }
        return text.toString();
    }

    String toHtml() {
        return new TablePage(TITLE, summary(), plot(), tables()).toHtml();
    }

    private String summary() {
        Benchmark benchmark = report.benchmark();
        int seeds = benchmark.seeds().size();
        return (seeds == 1 ? "Of 1 seed" : "Means over " + seeds + " seeds ± half width of Student's 95 % interval for them") + ", size "
                + benchmark.size().label()
                + ". Passes are rows through target and reference, a sentence; the median is of the targets that leak.";
    }

    private List<TablePage.Table> tables() {
        List<TablePage.Table> tables = new ArrayList<>();
        for (Figures.Unit unit : Figures.Unit.values()) {
            for (Figure figure : Figure.values()) {
                tables.add(table(figure.words() + ", " + unit.words(), (target, contender) -> values(target, contender, unit, figure)));
            }
        }
        usual().ifPresent(usual -> {
            for (Figures.Unit unit : Figures.Unit.values()) {
                tables.add(table("AUC above that of " + usual.attack() + " by " + usual.rules() + ", " + unit.words(),
                        (target, contender) -> differences(target, contender, usual, unit)));
            }
        });
        List<BenchmarkTarget> targets = report.benchmark().targets();
        List<List<String>> answers = targets.stream().flatMap(this::answers).toList();
        if (!answers.isEmpty()) {
            tables.add(
                    new TablePage.Table("What an audit answers", 5, List.of("target", "kind", "conclusion", "verdict", "seeds"), answers));
        }
        tables.add(new TablePage.Table("Targets", 3, List.of("target", "kind", "what it is"),
                targets.stream().map(target -> List.of(target.label(), target.kind().label(), target.words())).toList()));
        if (!report.leftOut().isEmpty()) {
            tables.add(new TablePage.Table("Left out", 2, List.of("attack", "why"),
                    report.leftOut().entrySet().stream().map(left -> List.of(left.getKey(), left.getValue())).toList()));
        }
        return tables;
    }

    /** What {@code mia audit} does if nothing else is asked for, and what others are compared with seed by seed. */
    private Optional<Contender> usual() {
        LikelihoodRatioAttack usual = LikelihoodRatioAttack.withDefaults();
        return report.contenders().stream().filter(contender -> contender.definition().equals(usual.definition())).findFirst();
    }

    /** A figure by seed; none if there is none. */
    private interface Values {
        List<Double> of(BenchmarkTarget target, Contender contender);
    }

    private List<Double> values(BenchmarkTarget target, Contender contender, Figures.Unit unit, Figure figure) {
        return report.figures(target, contender).values().stream().map(figures -> figures.of(unit, figure)).toList();
    }

    private List<Double> differences(BenchmarkTarget target, Contender contender, Contender usual, Figures.Unit unit) {
        SortedMap<Long, Figures> others = report.figures(target, usual);
        return report.figures(target, contender).entrySet().stream()
                .map(ofSeed -> ofSeed.getValue().of(unit, Figure.AUC) - others.get(ofSeed.getKey()).of(unit, Figure.AUC)).toList();
    }

    private TablePage.Table table(String title, Values values) {
        List<BenchmarkTarget> targets = report.benchmark().targets();
        List<String> header = Stream.concat(Stream.of("attack", "rules", "passes", "median"), targets.stream().map(BenchmarkTarget::label))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        for (Contender contender : report.contenders()) {
            Map<BenchmarkTarget, OverSeeds> figures = overSeeds(contender, values);
            List<String> cells = new ArrayList<>(List.of(contender.attack(), contender.rules(),
                    contender.passes().isPresent() ? String.format(Locale.ROOT, "%.1f", contender.passes().getAsDouble()) : ""));
            OptionalDouble median = medianOfLeaks(figures);
            cells.add(median.isPresent() ? digits(median.getAsDouble()) : "");
            targets.forEach(target -> cells.add(figures.containsKey(target) ? cell(figures.get(target)) : ""));
            rows.add(cells);
        }
        return new TablePage.Table(title, 2, header, rows);
    }

    private Map<BenchmarkTarget, OverSeeds> overSeeds(Contender contender, Values values) {
        Map<BenchmarkTarget, OverSeeds> figures = new EnumMap<>(BenchmarkTarget.class);
        report.benchmark().targets().stream().filter(target -> !values.of(target, contender).isEmpty())
                .forEach(target -> figures.put(target, OverSeeds.of(values.of(target, contender))));
        return figures;
    }

    private static OptionalDouble medianOfLeaks(Map<BenchmarkTarget, OverSeeds> figures) {
        double[] leaks = figures.entrySet().stream().filter(figure -> figure.getKey().kind() == BenchmarkTarget.Kind.LEAK)
                .mapToDouble(figure -> figure.getValue().mean()).toArray();
        return leaks.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(OverSeeds.median(leaks));
    }

    /** One row for each answer that some seed gets. */
    private Stream<List<String>> answers(BenchmarkTarget target) {
        Map<List<String>, List<String>> seeds = new LinkedHashMap<>();
        report.answers(target)
                .forEach((seed, answer) -> seeds
                        .computeIfAbsent(List.of(answer.words(), answer.verdict().name()), first -> new ArrayList<>())
                        .add(seed.toString()));
        return seeds.entrySet().stream().map(answer -> List.of(target.label(), target.kind().label(), answer.getKey().get(0),
                answer.getKey().get(1), String.join(", ", answer.getValue())));
    }

    /** The AUC by patient of the attacks with the highest medians, of those that were made on every target. */
    private Optional<TablePage.Plot> plot() {
        List<BenchmarkTarget> targets = report.benchmark().targets();
        Values areas = (target, contender) -> values(target, contender, Figures.Unit.PATIENT, Figure.AUC);
        Map<Contender, Map<BenchmarkTarget, OverSeeds>> complete = new LinkedHashMap<>();
        report.contenders().forEach(contender -> complete.put(contender, overSeeds(contender, areas)));
        List<TablePage.Line> lines = complete.entrySet().stream()
                .filter(figures -> figures.getValue().size() == targets.size())
                .sorted(Comparator.comparingDouble(figures -> -medianOfLeaks(figures.getValue()).orElse(0))).limit(PLOTTED)
                .map(figures -> new TablePage.Line(name(figures.getKey()),
                        targets.stream().map(target -> figures.getValue().get(target).mean()).toList(),
                        targets.stream().map(target -> figures.getValue().get(target).halfWidth()).toList()))
                .toList();
        return lines.isEmpty() ? Optional.empty()
                : Optional.of(new TablePage.Plot("AUC by patient", targets.stream().map(BenchmarkTarget::label).toList(), lines,
                        "The attacks with the highest medians over the targets that leak; bars are the intervals in the tables."));
    }

    /** Without the rules' parameters, which the tables tell. */
    private static String name(Contender contender) {
        return contender.rules().isEmpty() ? contender.attack()
                : contender.attack() + " by " + contender.rules().replaceAll("\\([^)]*\\)", "");
    }

    private static String cell(OverSeeds figure) {
        return digits(figure.mean()) + (figure.halfWidth().isPresent() ? " ± " + digits(figure.halfWidth().getAsDouble()) : "");
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replaceFirst("^(-?)0", "$1");
    }

    /** A file's name may have what would end a cell. */
    private static String row(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
