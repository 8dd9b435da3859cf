package io.github.miaudit.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
                text.append("\n## ").append(figure.words()).append(", ").append(unit.words()).append("\n\n").append(table(unit, figure));
            }
        }
        text.append("\n## Targets\n\n").append(row("target", "kind", "what it is")).append("|---|---|---|\n");
        benchmark.targets().forEach(target -> text.append(row(target.label(), target.kind().label(), target.words())));
        if (!report.leftOut().isEmpty()) {
            text.append("\n## Left out\n\n").append(row("attack", "why")).append("|---|---|\n");
            report.leftOut().forEach((attack, reason) -> text.append(row(attack, reason)));
        }
        return text.toString();
    }

    private String table(Figures.Unit unit, Figure figure) {
        List<BenchmarkTarget> targets = report.benchmark().targets();
        StringBuilder table = new StringBuilder(row(Stream.concat(Stream.of("attack", "rules", "passes", "median"),
                targets.stream().map(BenchmarkTarget::label)).toArray(String[]::new)));
        table.append("|---|---|---:|---:|").append("---:|".repeat(targets.size())).append("\n");
        for (Contender contender : report.contenders()) {
            List<String> cells = new ArrayList<>(List.of(contender.attack(), contender.rules(),
                    contender.passes().isPresent() ? String.format(Locale.ROOT, "%.1f", contender.passes().getAsDouble()) : ""));
            double[] leaks = targets.stream().filter(target -> target.kind() == BenchmarkTarget.Kind.LEAK)
                    .flatMap(target -> overSeeds(target, contender, unit, figure).stream()).mapToDouble(OverSeeds::mean).toArray();
            cells.add(leaks.length == 0 ? "" : digits(OverSeeds.median(leaks)));
            targets.forEach(target -> cells.add(overSeeds(target, contender, unit, figure).map(BenchmarkTables::cell).orElse("")));
            table.append(row(cells.toArray(String[]::new)));
        }
        return table.toString();
    }

    private Optional<OverSeeds> overSeeds(BenchmarkTarget target, Contender contender, Figures.Unit unit, Figure figure) {
        return report.figures(target, contender)
                .map(bySeed -> OverSeeds.of(bySeed.values().stream().map(figures -> figures.of(unit, figure)).toList()));
    }

    private static String cell(OverSeeds figure) {
        return digits(figure.mean()) + (figure.halfWidth().isPresent() ? " ± " + digits(figure.halfWidth().getAsDouble()) : "");
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replaceFirst("^0", "");
    }

    /** A file's name may have what would end a cell. */
    private static String row(String... cells) {
        return "| " + String.join(" | ", Stream.of(cells).map(cell -> cell.replace("|", "\\|")).toList()) + " |\n";
    }
}
