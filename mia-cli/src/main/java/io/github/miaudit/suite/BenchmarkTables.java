package io.github.miaudit.suite;

import io.github.miaudit.membership.LikelihoodRatioAttack;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** {@code benchmark.md}. */
record BenchmarkTables(BenchmarkReport report) {

    String toMarkdown() {
        Benchmark benchmark = report.benchmark();
        StringBuilder text = new StringBuilder("# Benchmark\n\n");
        text.append(benchmark.seeds().size() == 1 ? "Of 1 seed"
                : "Means over " + benchmark.seeds().size() + " seeds ± half width of Student's 95 % interval for them");
        text.append(", size ").append(benchmark.size().label())
                .append(". Passes are rows through target and reference, a sentence; the median is of the targets that leak.\n");
        for (Figures.Unit unit : Figures.Unit.values()) {
            for (Figure figure : Figure.values()) {
                text.append("\n## ").append(figure.words()).append(", ").append(unit.words()).append("\n\n")
                        .append(table((target, contender) -> values(target, contender, unit, figure)));
            }
        }
        usual().ifPresent(usual -> {
            for (Figures.Unit unit : Figures.Unit.values()) {
                text.append("\n## AUC above that of ").append(usual.attack()).append(" by ").append(usual.rules()).append(", ")
                        .append(unit.words()).append("\n\n")
                        .append(table((target, contender) -> differences(target, contender, usual, unit)));
            }
        });
        text.append("\n## Targets\n\n").append(row("target", "kind", "what it is")).append("|---|---|---|\n");
        benchmark.targets().forEach(target -> text.append(row(target.label(), target.kind().label(), target.words())));
        if (!report.leftOut().isEmpty()) {
            text.append("\n## Left out\n\n").append(row("attack", "why")).append("|---|---|\n");
            report.leftOut().forEach((attack, reason) -> text.append(row(attack, reason)));
        }
        return text.toString();
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

    private String table(Values values) {
        List<BenchmarkTarget> targets = report.benchmark().targets();
        StringBuilder table = new StringBuilder(row(Stream.concat(Stream.of("attack", "rules", "passes", "median"),
                targets.stream().map(BenchmarkTarget::label)).toArray(String[]::new)));
        table.append("|---|---|---:|---:|").append("---:|".repeat(targets.size())).append("\n");
        for (Contender contender : report.contenders()) {
            List<String> cells = new ArrayList<>(List.of(contender.attack(), contender.rules(),
                    contender.passes().isPresent() ? String.format(Locale.ROOT, "%.1f", contender.passes().getAsDouble()) : ""));
            Map<BenchmarkTarget, OverSeeds> figures = new EnumMap<>(BenchmarkTarget.class);
            targets.stream().filter(target -> !values.of(target, contender).isEmpty())
                    .forEach(target -> figures.put(target, OverSeeds.of(values.of(target, contender))));
            double[] leaks = figures.entrySet().stream().filter(figure -> figure.getKey().kind() == BenchmarkTarget.Kind.LEAK)
                    .mapToDouble(figure -> figure.getValue().mean()).toArray();
            cells.add(leaks.length == 0 ? "" : digits(OverSeeds.median(leaks)));
            targets.forEach(target -> cells.add(figures.containsKey(target) ? cell(figures.get(target)) : ""));
            table.append(row(cells.toArray(String[]::new)));
        }
        return table.toString();
    }

    private static String cell(OverSeeds figure) {
        return digits(figure.mean()) + (figure.halfWidth().isPresent() ? " ± " + digits(figure.halfWidth().getAsDouble()) : "");
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replaceFirst("^(-?)0", "$1");
    }

    /** A file's name may have what would end a cell. */
    private static String row(String... cells) {
        return "| " + String.join(" | ", Stream.of(cells).map(cell -> cell.replace("|", "\\|")).toList()) + " |\n";
    }
}
