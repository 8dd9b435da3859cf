package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.miaudit.AuditReport;
import io.github.miaudit.ComparisonReport;
import io.github.miaudit.io.SoftwareVersions;
import io.github.miaudit.report.output.dossier.Dossier;
import io.github.miaudit.report.output.dossier.DossierFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every output for fixed inputs is, byte for byte, what lies in {@code src/test/resources/snapshots}, a folder a case. Where a
 * change is meant, {@code -Dsnapshots.write=true} writes the files anew; then read what git says of them. The versions of Java
 * and MIAudit are replaced by placeholders. A page's plots lie beside it, compressed.
 */
class SnapshotsTest {

    private static final boolean WRITES = Boolean.getBoolean("snapshots.write");
    private static final Path SNAPSHOTS = Path.of(System.getProperty("basedir", "."), "src/test/resources/snapshots");
    private static final Pattern PLOT = Pattern.compile("(?s)<svg .*?</svg>");
    private static final String PLOTS = "plots.svg.gz";
    private static final String DOSSIER = "dossier";
    private static final int BEFORE = 60;
    private static final int AFTER = 100;

    @TempDir
    private Path folder;

    private record Case<R>(String name, Supplier<R> report) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case<AuditReport>> audits() {
        return Stream.of(
                new Case<>("grouped-with-externals", SnapshotInputs::groupedWithExternals),
                new Case<>("ungrouped", SnapshotInputs::ungrouped),
                new Case<>("few-exposed", SnapshotInputs::fewExposed),
                new Case<>("few-patients", SnapshotInputs::fewPatients),
                new Case<>("losses", SnapshotInputs::losses),
                new Case<>("losses-of-many", SnapshotInputs::lossesOfMany),
                new Case<>("canaries", SnapshotInputs::canaries),
                new Case<>("with-everything", SnapshotInputs::withEverything),
                new Case<>("without-reference", SnapshotInputs::withoutReference),
                new Case<>("identifiers", SnapshotInputs::identifiersRemembered),
                new Case<>("strata", SnapshotsTest::stratified));
    }

    /** 24 a side, of whom half leak. */
    private static AuditReport stratified() {
        return StratifiedReports.of(24, StrataInAuditTest.QUICK, 5, patient -> patient % 2 == 0 ? 3 : 0, patient -> 0, "ward,age",
                patient -> (patient % 2 == 0 ? "north" : "south") + "," + (patient < 14 ? "18-64" : patient < 20 ? "65-79" : ""));
    }

    @Test
    void aDossierIsToldAsBefore() throws IOException {
        AuditReport report = stratified();
        report.writeJson(folder.resolve("audit.json"));
        Dossier dossier = Dossier.of(folder.resolve("audit.json"), DossierFacts.read(SNAPSHOTS.resolve("dossier.yaml")), Optional.empty(),
                LocalDate.of(2026, 11, 28));
        Map<String, String> outputs = new TreeMap<>();
        // the digest is of a document with the version of Java
        List.of("dossier.json", "dossier.html", "sacro.html").forEach(
                name -> outputs.put(name, dossier.text(name).replace(dossier.document().auditDigest(), "{audit}")));
        compare(DOSSIER, outputs);
    }

    static Stream<Case<ComparisonReport>> comparisons() {
        return Stream.of(
                new Case<>("comparison-grouped", SnapshotInputs::groupedComparison),
                new Case<>("comparison-ungrouped", SnapshotInputs::ungroupedComparison));
    }

    @ParameterizedTest
    @MethodSource("audits")
    void anAuditIsToldAsBefore(Case<AuditReport> audit) throws IOException {
        AuditReport report = audit.report.get();
        Publication publication = Publication.of(report);
        PolicyOutcome outcome = publication.check(Policy.read(SNAPSHOTS.resolve("policy.yaml")));
        PolicyOutcome ofExternals = publication.check(Policy.read(SNAPSHOTS.resolve("policy-externals.yaml")));
        report.writeJson(folder.resolve("audit.json"));
        publication.writeHtml(folder.resolve("report.html"));
        Map<String, String> outputs = new TreeMap<>();
        outputs.put("audit.json", Files.readString(folder.resolve("audit.json")));
        putPage("report.html", outputs);
        outputs.put("report.txt", report.toText());
        outputs.put("summary.md", publication.toMarkdown());
        outputs.put("summary-with-policy.md", publication.toMarkdown(outcome));
        outputs.put("model-card.md", publication.toModelCard());
        outputs.put("policy.txt", outcome.toText());
        outputs.put("policy.xml", outcome.toJUnitXml());
        outputs.put("policy-externals.xml", ofExternals.toJUnitXml());
        assertEquals(report.toJson(), outputs.get("audit.json"));
        AuditReport reread = AuditReport.read(folder.resolve("audit.json"));
        assertEquals(report, reread);
        assertEquals(report.toText(), reread.toText());
        assertEquals(Files.readString(folder.resolve("report.html")), Publication.of(reread).toHtml());
        compare(audit.name, outputs);
    }

    @ParameterizedTest
    @MethodSource("comparisons")
    void aComparisonIsToldAsBefore(Case<ComparisonReport> comparison) throws IOException {
        ComparisonReport report = comparison.report.get();
        report.writeJson(folder.resolve("comparison.json"));
        ComparisonPublication.of(report).writeHtml(folder.resolve("comparison.html"));
        Map<String, String> outputs = new TreeMap<>();
        outputs.put("comparison.json", Files.readString(folder.resolve("comparison.json")));
        putPage("comparison.html", outputs);
        outputs.put("comparison.txt", report.toText());
        assertEquals(report.toJson(), outputs.get("comparison.json"));
        ComparisonReport reread = ComparisonReport.read(folder.resolve("comparison.json"));
        assertEquals(report, reread);
        assertEquals(Files.readString(folder.resolve("comparison.html")), ComparisonPublication.of(reread).toHtml());
        compare(comparison.name, outputs);
    }

    @Test
    void noCaseIsLeftOver() throws IOException {
        List<String> cases = Stream.concat(Stream.concat(audits(), comparisons()).map(Case::name), Stream.of(DOSSIER)).sorted().toList();
        try (Stream<Path> folders = Files.list(SNAPSHOTS)) {
            List<String> stored = folders.filter(Files::isDirectory).map(each -> each.getFileName().toString()).sorted().toList();
            assertEquals(cases, WRITES ? cases : stored);
        }
    }

    /** The page, and its plots apart from it. */
    private void putPage(String name, Map<String, String> outputs) throws IOException {
        String page = Files.readString(folder.resolve(name));
        outputs.put(name, PLOT.matcher(page).replaceAll("{plot}"));
        outputs.put(PLOTS, PLOT.matcher(page).results().map(MatchResult::group).collect(Collectors.joining("\n")));
    }

    private static void compare(String name, Map<String, String> outputs) throws IOException {
        outputs.replaceAll((file, text) -> text.replace(Runtime.version().toString(), "{java}")
                .replace(SoftwareVersions.miaudit(), "{miaudit}"));
        Path stored = SNAPSHOTS.resolve(name);
        if (WRITES) {
            write(stored, outputs);
        }
        List<String> differences = new ArrayList<>();
        if (!files(stored).equals(List.copyOf(outputs.keySet()))) {
            differences.add(name + ": stored are " + files(stored) + ", rendered are " + outputs.keySet());
        }
        for (Map.Entry<String, String> output : outputs.entrySet()) {
            Path file = stored.resolve(output.getKey());
            if (Files.exists(file)) {
                differences.addAll(differences(file, read(file), output.getValue()));
            }
        }
        if (!differences.isEmpty()) {
            fail(String.join("\n", differences));
        }
    }

    private static void write(Path stored, Map<String, String> outputs) throws IOException {
        Files.createDirectories(stored);
        for (String file : files(stored)) {
            if (!outputs.containsKey(file)) {
                Files.delete(stored.resolve(file));
            }
        }
        for (Map.Entry<String, String> output : outputs.entrySet()) {
            Path file = stored.resolve(output.getKey());
            if (!Files.exists(file) || !read(file).equals(output.getValue())) {
                try (OutputStream bytes = Files.newOutputStream(file);
                        OutputStream content = isCompressed(file) ? new GZIPOutputStream(bytes) : bytes) {
                    content.write(output.getValue().getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    private static String read(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                InputStream content = isCompressed(file) ? new GZIPInputStream(bytes) : bytes) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean isCompressed(Path file) {
        return file.toString().endsWith(".gz");
    }

    private static List<String> files(Path stored) throws IOException {
        if (!Files.exists(stored)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(stored)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The file and the first line that differs, in both versions. */
    private static List<String> differences(Path file, String before, String now) {
        if (before.equals(now)) {
            return List.of();
        }
        String[] stored = before.split("\n", -1);
        String[] rendered = now.split("\n", -1);
        int shorter = Math.min(stored.length, rendered.length);
        int line = IntStream.range(0, shorter).filter(index -> !stored[index].equals(rendered[index])).findFirst().orElse(shorter);
        String one = line < stored.length ? stored[line] : "(no such line)";
        String other = line < rendered.length ? rendered[line] : "(no such line)";
        int shared = Math.min(one.length(), other.length());
        int column = IntStream.range(0, shared).filter(index -> one.charAt(index) != other.charAt(index)).findFirst().orElse(shared);
        return List.of(SNAPSHOTS.relativize(file) + " differs in line " + (line + 1) + ", column " + (column + 1)
                + "\n  stored:   " + around(one, column) + "\n  rendered: " + around(other, column));
    }

    private static String around(String line, int column) {
        int from = Math.max(0, column - BEFORE);
        int to = Math.min(line.length(), column + AFTER);
        return (from > 0 ? "…" : "") + line.substring(from, to).replace("\r", "\\r") + (to < line.length() ? "…" : "");
    }
}
