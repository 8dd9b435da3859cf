package io.github.miaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stranger who opens the page of a package finds a sample that compiles, and on that page every type of the package: in the sample, or
 * in a link that says what it is for.
 */
class PackageSamplesTest {

    private static final int LONGEST_SAMPLE = 15;
    private static final Pattern SAMPLE = Pattern.compile("<pre>\\{@code\\R(.*?)\\R \\* }</pre>", Pattern.DOTALL);
    private static final Pattern PUBLIC_TYPE = Pattern.compile("^public (?:\\w+ )*(?:class|interface|record|enum) (\\w+)",
            Pattern.MULTILINE);

    /** A package that others may use. */
    private record Published(String name, String page, Set<String> types) {

        static Published of(Path packageInfo) throws IOException {
            String page = Files.readString(packageInfo);
            Set<String> types = new TreeSet<>();
            try (Stream<Path> files = Files.list(packageInfo.getParent())) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    Matcher type = PUBLIC_TYPE.matcher(Files.readString(file));
                    if (type.find()) {
                        types.add(type.group(1));
                    }
                }
            }
            return new Published(page.replaceFirst("(?s).*\\npackage ([\\w.]+);.*", "$1"), page, types);
        }

        List<String> samples() {
            return SAMPLE.matcher(page).results().map(found -> found.group(1).replaceAll("(?m)^ \\*( |$)", "")).toList();
        }

        /** Of a sample alone: what lies beside it in the package, the JDK's usual packages, and all of MIAudit's. */
        String program(String sample, String name, List<Published> all) {
            StringBuilder program = new StringBuilder();
            Stream.of("java.nio.file", "java.time", "java.util").forEach(each -> program.append("import ").append(each).append(".*;\n"));
            all.forEach(each -> program.append("import ").append(each.name).append(".*;\n"));
            // before others' of its name
            types.forEach(type -> program.append("import ").append(this.name).append('.').append(type).append(";\n"));
            String body = sample.startsWith("static ") ? sample + "\nstatic void run() {\n}" : "static void run() {\n" + sample + "\n}";
            return program.append("public class ").append(name).append(" {\npublic ").append(body).append("\n}\n").toString();
        }
    }

    private static List<Published> packages() throws IOException {
        List<Published> packages = new ArrayList<>();
        for (String module : List.of("metrics", "core", "checkpoint", "djl", "store", "parquet", "report")) {
            try (Stream<Path> files = Files.walk(Path.of("../mia-" + module + "/src/main/java"))) {
                for (Path page : files.filter(file -> file.endsWith("package-info.java")).sorted().toList()) {
                    packages.add(Published.of(page));
                }
            }
        }
        assertTrue(packages.size() > 15, packages.toString());
        return packages;
    }

    @Test
    void everyPackageHasOneShortSample() throws IOException {
        for (Published each : packages()) {
            assertEquals(1, each.samples().size(), each.name);
            assertTrue(each.samples().get(0).lines().count() <= LONGEST_SAMPLE, each.name);
        }
    }

    @Test
    void everyTypeIsInItsPackagesSampleOrLinkedBesideIt() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Published each : packages()) {
            Set<String> named = new TreeSet<>();
            Pattern.compile("\\{@link (?:[a-z]+\\.)*([A-Z]\\w*)").matcher(each.page).results().map(link -> link.group(1))
                    .forEach(named::add);
            each.samples().forEach(sample -> Pattern.compile("\\b[A-Z]\\w*").matcher(sample).results().map(MatchResult::group)
                    .forEach(named::add));
            each.types.stream().filter(type -> !named.contains(type)).forEach(type -> missing.add(each.name + "." + type));
        }
        assertEquals(Set.of(), missing, "name them in the package's sample, link them beside it, or don't let them be public");
    }

    /** Those that read no file run as well, and print something. */
    @Test
    void samplesCompileAndRun(@TempDir Path folder) throws Exception {
        List<Published> packages = packages();
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "--release", "17", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), "-d", folder.toString()));
        List<String> cheap = new ArrayList<>();
        for (Published each : packages) {
            String name = "Sample" + arguments.size();
            String sample = each.samples().get(0);
            Files.writeString(folder.resolve(name + ".java"), each.program(sample, name, packages));
            arguments.add(folder.resolve(name + ".java").toString());
            if (!sample.contains("Path.of(") && !sample.startsWith("static ")) {
                cheap.add(name);
            }
        }
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, errors, arguments.toArray(String[]::new));
        assertEquals(0, code, errors.toString(StandardCharsets.UTF_8));

        assertTrue(cheap.size() >= 4, cheap.toString());
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            for (String name : cheap) {
                assertTrue(printed(loader.loadClass(name)).length() > 0, name);
            }
        }
    }

    private static String printed(Class<?> sample) throws ReflectiveOperationException {
        PrintStream terminal = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            sample.getMethod("run").invoke(null);
            return bytes.toString(StandardCharsets.UTF_8);
        } finally {
            System.setOut(terminal);
        }
    }
}
