package io.github.miaudit.site;

import java.util.List;
import java.util.stream.Stream;

/** Which pages the site has, in the order in which they are read. */
record Contents(List<Section> sections) {

    /** Files of the repository under a word that tells a reader what they are about. */
    record Section(String title, List<String> sources) {
    }

    static final Contents OF_THE_PROJECT = new Contents(List.of(
            section("Start", "README.md", "docs/start.md", "docs/install.md", "docs/command-line.md"),
            section("Datasets", "docs/datasets.md", "docs/identifiers.md"),
            section("Models", "docs/models.md"),
            section("Attacks", "docs/attacks.md", "docs/benchmark.md"),
            section("Statistics", "docs/statistics.md", "benchmarks/README.md"),
            section("Reports and policies", "docs/policy.md", "docs/dossier.md", "docs/files.md"),
            section("GPU", "docs/gpu.md"),
            section("Spark", "docs/spark.md"),
            section("Security", "docs/security.md", "docs/reliability.md", "SECURITY.md"),
            section("Architecture", "docs/architecture.md", "CONTRIBUTING.md", "docs/releasing.md", "CHANGELOG.md"),
            section("FAQ", "docs/faq.md"),
            section("Compare with", "docs/compare.md"),
            section("Java API", "docs/dependencies.md", "examples/README.md")));

    private static Section section(String title, String... sources) {
        return new Section(title, List.of(sources));
    }

    Stream<String> sources() {
        return sections.stream().flatMap(section -> section.sources().stream());
    }
}
