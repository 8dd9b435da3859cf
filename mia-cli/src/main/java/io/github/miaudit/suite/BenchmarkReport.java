package io.github.miaudit.suite;

import io.github.miaudit.likelihood.ScoreTable;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a benchmark has measured. For one thread. */
public final class BenchmarkReport {

    private final Benchmark benchmark;
    private final Map<String, String> leftOut;
    private final List<Contender> contenders;
    private final Map<Pair, SortedMap<Long, Figures>> figures = new HashMap<>();

    private final Map<BenchmarkTarget, SortedMap<Long, Answer>> answers = new EnumMap<>(BenchmarkTarget.class);

    private record Pair(BenchmarkTarget target, Contender contender) {
    }

    BenchmarkReport(Benchmark benchmark, Map<String, String> leftOut, List<Contender> contenders) {
        this.benchmark = benchmark;
        this.leftOut = leftOut;
        this.contenders = contenders;
    }

    /** Has all attacks made on a target of a seed. */
    void add(BenchmarkTarget target, long seed, ScoreTable table) {
        contenders.forEach(contender -> contender.scoring().of(target, seed, table)
                .ifPresent(scores -> figures.computeIfAbsent(new Pair(target, contender), first -> new TreeMap<>())
                        .put(seed, Figures.of(scores))));
    }

    /** Keeps what the audit of a target of a seed answers. */
    void add(BenchmarkTarget target, long seed, Answer answer) {
        answers.computeIfAbsent(target, first -> new TreeMap<>()).put(seed, answer);
    }

    Benchmark benchmark() {
        return benchmark;
    }

    /** The names of attacks that were not made, with the reason. */
    Map<String, String> leftOut() {
        return leftOut;
    }

    List<Contender> contenders() {
        return contenders;
    }

    /** By seed; none of a target that the contender has not attacked. */
    SortedMap<Long, Figures> figures(BenchmarkTarget target, Contender contender) {
        return figures.getOrDefault(new Pair(target, contender), Collections.emptySortedMap());
    }

    /** By seed; none of a target that was not audited. */
    SortedMap<Long, Answer> answers(BenchmarkTarget target) {
        return answers.getOrDefault(target, Collections.emptySortedMap());
    }

    /**
     * Writes all figures; docs/benchmark.md says what the members mean.
     *
     * @throws io.github.miaudit.io.InvalidFileException if the file can't be written
     */
    public void writeJson(Path file) {
        BenchmarkDocument.write(this, file);
    }

    /** Tables for people: an attack a row, a target a column. */
    public String toMarkdown() {
        return new BenchmarkTables(this).toMarkdown();
    }

    /** The same tables as a page that loads nothing, after a plot of what the best attacks find. */
    public String toHtml() {
        return new BenchmarkTables(this).toHtml();
    }

    /** JSON Schema (draft 2020-12) of what {@link #writeJson} writes, {@code urn:miaudit:benchmark:1}. */
    public static String jsonSchema() {
        return BenchmarkDocument.schema();
    }
}
