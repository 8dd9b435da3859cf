package io.github.miaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The house has floors: a package names, in imports, code or links of its documentation, only packages below its own. */
class FloorsTest {

    /** From the ground up; a package that is not here has no place yet. */
    private static final List<String> FLOORS = List.of("metrics", "io", "checkpoint", "text", "notes", "data", "data.preparation",
            "identifiers", "likelihood",
            "membership", "evaluation", "exposure", "report", "", "store", "parquet", "djl", "spark", "report.output",
            "report.output.dossier",
            "suite", "cli", "examples", "examples.spark",
            "benchmarks");

    private static final String ROOT = "io.github.miaudit";
    private static final Pattern TYPE = Pattern.compile("\\bio\\.github\\.miaudit((?:\\.[a-z][a-z_]*)*)\\.(?:[A-Z]\\w*|\\*;)");

    @Test
    void noPackageNamesAHigherOne() throws IOException {
        assertEquals(List.of(), climbs(Path.of("..")));
    }

    @Test
    void aClimbIsFoundWhereverItStands(@TempDir Path house) throws IOException {
        plant(house, "io", "import io.github.miaudit.data.Sample;");
        plant(house, "data", "import io.github.miaudit.io.Sha256;");
        plant(house, "likelihood", "/** As {@link io.github.miaudit.Audit} does. */");
        plant(house, "evaluation", "import static io.github.miaudit.report.AuditText.line;");
        plant(house, "text", "import io.github.miaudit.text.inner.Shingle;");
        plant(house, "notes", "import io.github.miaudit.report.*;");

        assertEquals(List.of("evaluation names report", "io names data", "likelihood names the root", "notes names report",
                "text names text.inner, which has no floor"), climbs(house));
    }

    @Test
    void twoPackagesThatNameEachOtherAreFound(@TempDir Path house) throws IOException {
        plant(house, "notes", "import io.github.miaudit.data.Sample;");
        plant(house, "data", "import io.github.miaudit.notes.Note;");

        assertEquals(List.of("notes names data"), climbs(house));
    }

    private static void plant(Path house, String name, String line) throws IOException {
        Path folder = Files.createDirectories(house.resolve("module/src/main/java/io/github/miaudit/" + name));
        Files.writeString(folder.resolve("Planted.java"), "package io.github.miaudit." + name + ";\n\n" + line + "\n");
    }

    private static List<String> climbs(Path house) throws IOException {
        Set<String> climbs = new TreeSet<>();
        for (Path source : sources(house)) {
            String text = Files.readString(source);
            String own = floor(text.lines().filter(line -> line.startsWith("package ")).findFirst().orElseThrow()
                    .replace("package " + ROOT, "").replace(";", ""));
            Matcher types = TYPE.matcher(text);
            while (types.find()) {
                String other = floor(types.group(1));
                if (!FLOORS.contains(other)) {
                    climbs.add(own + " names " + other + ", which has no floor");
                } else if (!other.equals(own) && FLOORS.indexOf(other) > FLOORS.indexOf(own)) {
                    climbs.add(own + " names " + (other.isEmpty() ? "the root" : other));
                }
            }
        }
        return List.copyOf(climbs);
    }

    private static List<Path> sources(Path house) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(house)) {
            for (Path module : modules.filter(path -> Files.isDirectory(path.resolve("src/main/java"))).toList()) {
                try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
                    files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("module-info.java")).forEach(sources::add);
                }
            }
        }
        return sources;
    }

    private static String floor(String dotted) {
        return dotted.isEmpty() ? "" : dotted.substring(1);
    }
}
