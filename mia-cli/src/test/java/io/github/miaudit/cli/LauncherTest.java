package io.github.miaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher finds its checkout, of which here only the launcher is real; java and mvn say how they are called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    private static final String CLASS_PATH = "/library.jar";

    private Path folder;
    private Path launcher;
    private Path classPath;

    @BeforeEach
    void build(@TempDir Path temporary) throws IOException {
        folder = temporary.toRealPath();
        launcher = Files.createDirectory(folder.resolve("a checkout")).resolve("mia");
        Files.copy(Path.of("../mia"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(launcher.resolveSibling("pom.xml"), "<project><groupId>io.github.miaudit</groupId></project>");
        Files.createDirectories(launcher.resolveSibling("mia-cli/src/main"));
        Files.createFile(launcher.resolveSibling("mia-cli/pom.xml"));
        classPath = Files.createDirectories(launcher.resolveSibling("mia-cli/target")).resolve("class-path");
        Files.writeString(classPath, CLASS_PATH);
        program("java", "printf '%s\\n' \"$PWD\" \"$@\"");
        program("mvn", "echo \"mvn $*\"; exit 1");
    }

    @Test
    void runsFromAnyFolderThroughLinksToLinks() throws IOException, InterruptedException {
        Path elsewhere = Files.createDirectories(folder.resolve("else where/deeper"));
        Path absolute = Files.createSymbolicLink(elsewhere.resolve("absolute link"), launcher);
        Path relative = Files.createSymbolicLink(folder.resolve("else where/mia"), Path.of("deeper/absolute link"));
        Path linkedFolder = Files.createSymbolicLink(folder.resolve("linked"), Path.of("else where/deeper"));
        Files.createSymbolicLink(elsewhere.resolve("up"), Path.of("../mia"));
        List<String> expected = List.of(elsewhere.toString(), "-cp", launcher.resolveSibling("mia-cli/target/classes") + ":" + CLASS_PATH,
                "io.github.miaudit.cli.Mia", "demo", "--output", "my report");
        for (String called : List.of(launcher.toString(), absolute.toString(), relative.toString(), linkedFolder + "/up", "./up")) {
            assertEquals(expected, run(elsewhere, called, "demo", "--output", "my report"), called);
        }
    }

    @Test
    void buildsWhereASourceIsNewer() throws IOException, InterruptedException {
        Path source = Files.createFile(launcher.resolveSibling("mia-cli/src/main/New.java"));
        Files.setLastModifiedTime(source, FileTime.from(Files.getLastModifiedTime(classPath).toInstant().plusSeconds(5)));
        assertEquals(List.of("mia: building (once; Maven may download dependencies)",
                "mvn --batch-mode --quiet -Pprogram --projects mia-cli --also-make package",
                "mia: the build failed; it needs Java 17 or later, Maven 3.8 or later and, the first time, Maven Central"),
                run(folder, launcher.toString()));
    }

    /** A copy of the launcher beside somebody's own project, and a checkout that others may write to. */
    @Test
    void buildsNothingOfStrangers() throws IOException, InterruptedException {
        Files.delete(classPath);
        Path build = launcher.resolveSibling("pom.xml");
        Files.setPosixFilePermissions(launcher.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertTrue(run(folder, launcher.toString()).get(0).startsWith("mia: " + launcher.getParent() + " is a link, another user's, or"));
        Files.setPosixFilePermissions(launcher.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Path strange = Files.move(build, folder.resolve("strange.xml"));
        Files.createSymbolicLink(build, strange);
        assertTrue(run(folder, launcher.toString()).get(0).startsWith("mia: " + build + " is a link, another user's, or"));
        Files.delete(build);
        Files.writeString(build, "<project><groupId>org.example</groupId></project>");
        assertEquals(List.of("mia: " + build + " is not MIAudit's, so it is not built; call mia in its checkout, or by a link to it"),
                run(folder, launcher.toString()));
    }

    @Test
    void saysSoWhereTooFewFilesMayBeOpen() throws IOException, InterruptedException {
        assertEquals(
                List.of("mia: only 60 files may be open at once, too few for Java and PyTorch; allow more, such as with ulimit -n 4096"),
                run(folder, "sh", "-c", "ulimit -n 60 && exec \"$0\" demo", launcher.toString()));
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.createDirectories(folder.resolve("programs/bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        file.toFile().setExecutable(true);
    }

    private List<String> run(Path from, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("programs").toString());
        builder.environment().put("PATH", folder.resolve("programs/bin") + ":" + System.getenv("PATH"));
        builder.environment().remove("MIA_JAVA_OPTIONS");
        Process process = builder.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        process.waitFor();
        return lines;
    }
}
