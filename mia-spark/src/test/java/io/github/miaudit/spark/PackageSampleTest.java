package io.github.miaudit.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As the command's test of all other packages, which has no Spark. */
class PackageSampleTest {

    private static final Path SOURCES = Path.of("src/main/java/io/github/miaudit/spark");

    private static String sample() throws IOException {
        Matcher sample = Pattern.compile("<pre>\\{@code\\R(.*?)\\R \\* }</pre>", Pattern.DOTALL)
                .matcher(Files.readString(SOURCES.resolve("package-info.java")));
        sample.find();
        return sample.group(1).replaceAll("(?m)^ \\*( |$)", "");
    }

    @Test
    void allPublicTypesAreInTheSample() throws IOException {
        Set<String> types = new TreeSet<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                Matcher type = Pattern.compile("^public (?:final )?class (\\w+)", Pattern.MULTILINE).matcher(Files.readString(file));
                if (type.find()) {
                    types.add(type.group(1));
                }
            }
        }
        assertEquals(Set.of("ClusterModel", "ClusterOverlaps", "ClusterScores", "ClusterScoring", "SentenceColumns"), types);
        types.removeIf(sample()::contains);
        assertEquals(Set.of(), types);
    }

    @Test
    void itCompiles(@TempDir Path folder) throws IOException {
        assertCompiles(sample(), folder);
    }

    /** But for the example's, which is compiled there. */
    @Test
    void soDoesThePage(@TempDir Path folder) throws IOException {
        List<String> blocks = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("../docs/spark.md")))
                .results().map(block -> block.group(1)).filter(block -> !block.startsWith("try (")).toList();
        assertEquals(1, blocks.size());
        assertCompiles("static void run(SparkSession spark) {\n" + blocks.get(0) + "}\n", folder);
    }

    private static void assertCompiles(String members, Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("Sample.java"), """
                import io.github.miaudit.data.preparation.*;
                import io.github.miaudit.likelihood.MaskingRule;
                import io.github.miaudit.notes.NoteFiles;
                import io.github.miaudit.spark.*;
                import java.nio.file.Path;
                import org.apache.spark.sql.*;
                class Sample {
                """ + members + "}\n");
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, errors, "-proc:none", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), "-d", folder.toString(),
                file.toString());
        assertEquals(0, code, errors.toString(StandardCharsets.UTF_8));
    }
}
