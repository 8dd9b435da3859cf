package io.github.miaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of the archive, of which here only the launcher is real; java says how it is called. */
@DisabledOnOs(OS.WINDOWS)
class ArchiveLauncherTest {

    private static final String TELLS = "case $1 in -XX:ArchiveClassesAtExit=*) echo made >\"${1#*=}\" ;;"
            + " *) printf '%s\\n' \"$PWD\" \"$@\" ;; esac";
    private static final String MAIN = "io.github.miaudit.cli.Mia";

    private final Map<String, String> environment = new HashMap<>();
    private Path folder;
    private Path root;

    @BeforeEach
    void unpack(@TempDir Path temporary) throws IOException {
        folder = temporary.toRealPath();
        root = folder.resolve("my programs/mia");
        Files.createDirectories(root.resolve("bin"));
        Files.copy(Path.of("src/archive/bin/mia"), root.resolve("bin/mia"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectory(root.resolve("lib"));
        Files.writeString(root.resolve("lib/b.jar"), "bytes");
        Files.createFile(root.resolve("lib/a.jar"));
        environment.put("JAVA_HOME", java("17.0.15", TELLS).toString());
        environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    }

    @Test
    void runsFromAnyFolderThroughLinksWithWhatUsersAdd() throws IOException, InterruptedException {
        environment.put("MIA_JAVA_OPTIONS", "-Xmx8g -Dkey=value");
        environment.put("MIA_CLASS_PATH", "/my attacks.jar");
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), Path.of("../my programs/mia/bin/mia"));
        Files.createSymbolicLink(elsewhere.resolve("mia"), link);
        for (String called : List.of(root + "/bin/mia", link.toString(), "./mia")) {
            List<String> printed = run(elsewhere, called, "demo", "--output", "my report");
            Path shared = shared(root.resolve("lib"));
            assertEquals(List.of(elsewhere.toString(), "-Xmx8g", "-Dkey=value", "-XX:SharedArchiveFile=" + shared, "-Xshare:auto",
                    "-Xlog:cds*=off", "-cp", root + "/lib/a.jar:" + root + "/lib/b.jar:/my attacks.jar", MAIN, "demo", "--output",
                    "my report"), printed, called);
        }
    }

    @Test
    void otherJarsOrAnotherJavaTakeOtherSharedClasses() throws IOException, InterruptedException {
        run(folder, root + "/bin/mia");
        Path first = shared(root.resolve("lib"));
        Files.delete(first);
        Files.writeString(root.resolve("lib/b.jar"), "more bytes");
        run(folder, root + "/bin/mia");
        Path second = shared(root.resolve("lib"));
        assertTrue(!first.equals(second), first + " is of other jars");
        Files.delete(second);
        environment.put("JAVA_HOME", java("21", TELLS).toString());
        run(folder, root + "/bin/mia");
        assertTrue(!second.equals(shared(root.resolve("lib"))), second + " is of another Java");
    }

    /** Of a Java that can't share classes, this is asked once. */
    @Test
    void runsWithoutSharedClasses() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", java("17", "case $1 in -XX:ArchiveClassesAtExit=*) exit 1 ;; esac; printf '%s\\n' \"$@\"").toString());
        for (int run = 0; run < 2; run++) {
            assertEquals(List.of("-cp", root + "/lib/a.jar:" + root + "/lib/b.jar", MAIN, "doctor"),
                    run(folder, root + "/bin/mia", "doctor"));
            assertEquals(0, Files.size(shared(root.resolve("lib"))));
        }
    }

    @Test
    void aJavaInTheFolderComesFirst() throws IOException, InterruptedException {
        Files.move(java("17.0.1", "echo of the folder"), root.resolve("runtime"));
        assertEquals(List.of("of the folder"), run(folder, root + "/bin/mia", "demo"));
    }

    @Test
    void saysWhichJavaItNeeds() throws IOException, InterruptedException {
        Path old = java("11.0.2", "exit 9");
        environment.put("JAVA_HOME", old.toString());
        assertEquals(List.of("mia: " + old + "/bin/java is Java 11.0.2; install Java 17 or later, or set JAVA_HOME to its folder"),
                run(folder, root + "/bin/mia", "demo"));
        Files.delete(old.resolve("release"));
        Files.writeString(old.resolve("bin/java"), "#!/bin/sh\necho 'openjdk version \"1.8.0_392\"' >&2\n");
        assertEquals(List.of("mia: " + old + "/bin/java is Java 1.8.0_392; install Java 17 or later, or set JAVA_HOME to its folder"),
                run(folder, root + "/bin/mia", "demo"));
        environment.put("JAVA_HOME", "/nowhere");
        assertEquals(List.of("mia: JAVA_HOME is /nowhere, where no bin/java is; set it to the folder of a Java 17 or later, or unset it"),
                run(folder, root + "/bin/mia", "demo"));
    }

    private Path java(String version, String script) throws IOException {
        Path home = folder.resolve("java " + version);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + script + "\n");
        java.toFile().setExecutable(true);
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static Path shared(Path lib) throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".jsa")).toList();
            assertEquals(1, found.size(), found.toString());
            return found.get(0);
        }
    }

    private List<String> run(Path from, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("MIA_JAVA_OPTIONS", "MIA_CLASS_PATH"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        process.waitFor();
        return lines;
    }
}
