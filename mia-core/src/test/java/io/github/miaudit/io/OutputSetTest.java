package io.github.miaudit.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputSetTest {

    private static final Set<String> NAMES = Set.of("a.json", "b.html", "verdict.xml", "scores.csv");

    @TempDir
    private Path folder;

    private OutputSet open() {
        return OutputSet.open(folder.resolve("out"), NAMES, Set.of("verdict.xml"), OutputSet.Earlier.REPLACED);
    }

    private Set<String> there() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private void run(String content, String... names) throws IOException {
        try (OutputSet set = open()) {
            for (String name : names) {
                Files.writeString(set.file(name), content);
            }
            set.complete();
        }
    }

    /** Digests by sha256sum. */
    @Test
    void aSetIsListedWithItsDigests() throws IOException {
        run("hello\n", "a.json", "b.html");
        String digest = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
        assertEquals(List.of(digest + "  a.json", digest + "  b.html"), Files.readAllLines(folder.resolve("out/SHA256SUMS")));
        assertEquals(Set.of(".mia-lock", "SHA256SUMS", "a.json", "b.html"), there());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("out"))));
    }

    @Test
    void nothingOfAnEarlierRunStaysBesideANewOne() throws IOException {
        run("old", "a.json", "b.html", "verdict.xml", "scores.csv");
        Files.writeString(folder.resolve("out/mine.txt"), "the user's");
        run("new", "a.json", "b.html");
        assertEquals(Set.of(".mia-lock", "SHA256SUMS", "a.json", "b.html", "mine.txt"), there());
        assertEquals("new", Files.readString(folder.resolve("out/b.html")));
    }

    /** A pipeline that looks at nothing else must not go on with the old one. */
    @Test
    void aVerdictGoesAsSoonAsANewRunBegins() throws IOException {
        run("old", "a.json", "verdict.xml");
        open().close();
        assertEquals(Set.of(".mia-lock", "a.json"), there());
    }

    @Test
    void aRunThatFailsLeavesTheOldSetAndWhatItHas() throws IOException {
        run("old", "a.json");
        Path scores;
        try (OutputSet set = open()) {
            scores = set.file("scores.csv");
            Files.writeString(scores, "dear");
            set.file("b.html");
            assertEquals(List.of(scores), set.left());
        }
        assertEquals("old", Files.readString(folder.resolve("out/a.json")));
        assertEquals("dear", Files.readString(scores));
        run("new", "a.json");
        assertTrue(Files.notExists(scores.getParent()));
    }

    @Test
    void nothingIsReplacedUnlessItMayBe() throws IOException {
        OutputSet.requireFree(folder.resolve("out"), NAMES, OutputSet.Earlier.KEPT);
        run("old", "b.html", "verdict.xml");
        String refused = folder.resolve("out/b.html")
                + ": is there already, of an earlier run; name another place, or have its results replaced (--overwrite)";
        assertEquals(refused,
                assertThrows(InvalidFileException.class, () -> OutputSet.requireFree(folder.resolve("out"), NAMES, OutputSet.Earlier.KEPT))
                        .getMessage());
        assertEquals(refused, assertThrows(InvalidFileException.class,
                () -> OutputSet.open(folder.resolve("out"), NAMES, Set.of("verdict.xml"), OutputSet.Earlier.KEPT)).getMessage());
        assertEquals(Set.of(".mia-lock", "SHA256SUMS", "b.html", "verdict.xml"), there());
        assertEquals(refused,
                assertThrows(InvalidFileException.class, () -> OutputSet.requireFree(folder.resolve("out/b.html"), OutputSet.Earlier.KEPT))
                        .getMessage());
        assertEquals(folder.resolve("out/b.html/deeper") + ": can't be made, as " + folder.resolve("out/b.html")
                + " is a file; name another place",
                assertThrows(InvalidFileException.class,
                        () -> OutputSet.open(folder.resolve("out/b.html/deeper"), NAMES, Set.of(), OutputSet.Earlier.KEPT)).getMessage());
    }

    /** Wherever a kill came between two renames, the next run finds the old set or the new one, whole. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void aKilledReplacementIsUndoneOrDone(int steps) throws IOException {
        run("old", "a.json", "b.html");
        Path out = folder.resolve("out");
        Path partly = out.resolve(".mia-former-partly");
        Path aside = out.resolve(".mia-former");
        Path unfinished = Files.createDirectories(out.resolve(".mia-unfinished"));
        Files.writeString(unfinished.resolve("a.json"), "new");
        Files.writeString(unfinished.resolve("SHA256SUMS"), "new");
        List<List<Path>> renames = List.of(List.of(out.resolve("SHA256SUMS"), partly.resolve("SHA256SUMS")),
                List.of(out.resolve("a.json"), partly.resolve("a.json")), List.of(out.resolve("b.html"), partly.resolve("b.html")),
                List.of(partly, aside), List.of(unfinished.resolve("a.json"), out.resolve("a.json")),
                List.of(unfinished.resolve("SHA256SUMS"), out.resolve("SHA256SUMS")));
        if (steps > 0) {
            Files.createDirectories(partly);
        }
        for (List<Path> rename : renames.subList(0, Math.min(renames.size(), Math.max(0, steps - 1)))) {
            Files.move(rename.get(0), rename.get(1));
        }
        boolean done = steps == 7;
        OutputSet.open(out, NAMES, Set.of(), OutputSet.Earlier.REPLACED).close();
        assertEquals(done ? "new" : "old", Files.readString(out.resolve("a.json")));
        assertEquals(!done, Files.exists(out.resolve("b.html")));
        assertEquals(done, Files.readString(out.resolve("SHA256SUMS")).equals("new"));
        assertTrue(Files.notExists(partly) && Files.notExists(aside));
        run("newest", "a.json");
        assertEquals(Set.of(".mia-lock", "SHA256SUMS", "a.json"), there());
    }

    @Test
    void aReplacementThatFailsLeavesTheOldSet() throws IOException {
        run("old", "a.json", "b.html");
        try (OutputSet set = open()) {
            Files.writeString(set.file("a.json"), "new");
            Files.writeString(set.file("b.html"), "new");
            Files.createDirectories(folder.resolve("out/.mia-former/in-the-way"));
            assertThrows(InvalidFileException.class, set::complete);
            assertEquals("old", Files.readString(folder.resolve("out/a.json")));
            assertEquals("old", Files.readString(folder.resolve("out/b.html")));
            assertTrue(Files.exists(folder.resolve("out/SHA256SUMS")));
            assertEquals(2, set.left().size());
        }
    }

    @Test
    void whatIsOfTheSameSetCanBeKept() throws IOException {
        run("old", "a.json", "scores.csv");
        try (OutputSet set = open()) {
            set.keep("scores.csv");
            set.keep("b.html"); // is not there
            Files.writeString(set.file("a.json"), "old");
            assertEquals(List.of("a.json", "SHA256SUMS"), set.complete());
        }
        assertEquals(2, Files.readAllLines(folder.resolve("out/SHA256SUMS")).size());
        assertEquals("old", Files.readString(folder.resolve("out/scores.csv")));
    }

    @Test
    void twoRunsDoNotWriteAtOnce() {
        try (OutputSet set = open()) {
            assertEquals(folder.resolve("out") + ": is being written by another run; wait for it, or choose another folder",
                    assertThrows(InvalidFileException.class, this::open).getMessage());
            assertThrows(IllegalArgumentException.class, () -> set.file("other"));
        }
        open().close();
    }

    @Test
    void linksInTheFolderLeadNowhere() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        Path elsewhere = folder.resolve("elsewhere");
        Files.createSymbolicLink(folder.resolve("out/.mia-lock"), elsewhere);
        assertEquals(folder.resolve("out") + ": is a link, which is not followed there, or one of many that lead to each other; remove it",
                assertThrows(InvalidFileException.class, this::open).getMessage());
        assertTrue(Files.notExists(elsewhere));
    }

    /** Whoever would only find out in the end would have worked for nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"b.html", "SHA256SUMS", ".mia-unfinished/other"})
    void aFolderIsNotReplacedByAFile(String name) throws IOException {
        Path inTheWay = Files.createDirectories(folder.resolve("out").resolve(name));
        assertEquals(inTheWay + ": is a folder where a file is to be; remove it",
                assertThrows(InvalidFileException.class, this::open).getMessage());
        assertTrue(Files.isDirectory(inTheWay));
        Files.delete(inTheWay);
        run("new", "a.json");
    }

    /** Opening it would never end. */
    @Test
    void aPipeInThePlaceOfTheLockIsRefused() throws IOException, InterruptedException {
        Path pipe = Files.createDirectories(folder.resolve("out")).resolve(".mia-lock");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        assertEquals(pipe + ": is no regular file; remove it",
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThrows(InvalidFileException.class, this::open)).getMessage());
    }
}
