package io.github.miaudit.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.package$;
import org.junit.jupiter.api.Test;

/**
 * These tests run on the libraries that a Spark distribution puts first on the class path. Which these are says Spark's own tree:
 * {@code mvn dependency:tree} of a project that depends on {@code spark-sql_2.13} alone.
 */
class SparksVersionsTest {

    private record Library(String name, String ofSpark, String ofMiaudit) {
    }

    private static List<Library> documented() throws IOException {
        return Files.readAllLines(Path.of("../docs/spark.md")).stream().map(line -> line.split("\\s*\\|\\s*"))
                .filter(cells -> cells.length == 5 && cells[2].matches("\\d[\\d.]+"))
                .map(cells -> new Library(cells[1], cells[2], cells[3])).toList();
    }

    @Test
    void theClassPathHasSparksOwnVersions() throws IOException {
        Set<String> jars = Stream.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator)).map(entry -> Path.of(entry).getFileName().toString()).collect(Collectors.toSet());
        assertTrue(documented().size() >= 9);
        for (Library each : documented()) {
            assertEquals(Set.of(each.name + "-" + each.ofSpark + ".jar"),
                    jars.stream().filter(jar -> jar.matches(each.name + "-\\d.*")).collect(Collectors.toSet()));
        }
    }

    @Test
    void thePageSaysWhatTheBomSays() throws IOException {
        String bom = Files.readString(Path.of("../mia-bom/pom.xml"));
        for (Library each : documented()) {
            if (bom.contains("<" + each.name + ".version>") || bom.contains("<" + each.name.replace("-api", "") + ".version>")) {
                assertTrue(bom.contains(">" + each.ofMiaudit + "<"), each.toString());
            }
        }
        assertTrue(Files.readString(Path.of("../docs/spark.md")).contains("| library | Spark " + package$.MODULE$.SPARK_VERSION() + " |"));
    }
}
