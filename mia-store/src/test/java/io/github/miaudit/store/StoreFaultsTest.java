package io.github.miaudit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.ChildProgram;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.Cancellation;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringCancelledException;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.likelihood.StoredScorer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores whose disk fills, that may not be written, that are removed or damaged while in use. */
class StoreFaultsTest {

    private static final MaskingRule RULE = MaskingRule.maskless();
    private static final FakeScorer FAKE = new FakeScorer("fake", "characters", -0.5);

    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("scores.db");
    }

    /** Does something before it scores a batch. */
    private record Disturbed(Runnable disturbance) implements SequenceScorer {

        @Override
        public ModelIdentity model() {
            return FAKE.model();
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            disturbance.run();
            return FAKE.score(samples, rules, listener);
        }

        @Override
        public void close() {
            FAKE.close();
        }
    }

    /** Scores until the disk is full, makes room, looks at the store, and goes on. */
    static final class Filling {

        private Filling() {
        }

        public static void main(String[] arguments) throws IOException {
            Path path = Path.of(arguments[0], "scores.db");
            Path other = Files.write(Path.of(arguments[0], "other"), new byte[4 << 20]);
            List<Sample> sentences = sentences(20_000);
            try (SqliteScoreStore store = SqliteScoreStore.open(path)) {
                StoredScorer.of(FAKE, store).score(sentences, RULE);
            } catch (InvalidFileException e) {
                System.out.println(e.getMessage());
            }
            try {
                SqliteScoreStore.open(path).close();
                System.out.println("opened");
            } catch (InvalidFileException e) {
                System.out.println(e.getMessage());
            }
            Files.delete(other);
            int stored = (int) StoreMaintenance.verify(path, SqliteScoreStore.secretBeside(path));
            System.out.println(stored);
            int[] scored = {0};
            try (SqliteScoreStore store = SqliteScoreStore.open(path)) {
                StoredScorer.of(FAKE, store).score(sentences.subList(0, stored + 100), Set.of(RULE),
                        progress -> scored[0] = (int) progress.sentencesTotal());
            }
            System.out.println(scored[0]);
            System.out.println(StoreMaintenance.verify(path, SqliteScoreStore.secretBeside(path)));
        }
    }

    @Test
    void aFullDiskLosesNothingThatWasStored() throws Exception {
        ChildProgram.Outcome outcome = ChildProgram.of(Filling.class, folder).withSmallDisk(folder, "size=6m").run();
        List<String> lines = outcome.out().lines().toList();
        String full = path + ": could not grow: the disk is full. What was stored before is intact; make room and run again";
        assertEquals(full, lines.get(0), outcome.err());
        assertTrue(lines.get(1).equals(full) || lines.get(1).equals("opened"), lines.get(1));
        int stored = Integer.parseInt(lines.get(2));
        assertTrue(stored > 250 && stored < 10_000, stored + " stored"); // claims of the next chunk may take the last room
        assertEquals(100, Integer.parseInt(lines.get(3)), "only what is missing is scored");
        assertEquals(stored + 100, Integer.parseInt(lines.get(4)));
    }

    /** Opens a store. */
    static final class Opening {

        private Opening() {
        }

        public static void main(String[] arguments) {
            try (SqliteScoreStore store = SqliteScoreStore.open(Path.of(arguments[0]))) {
                StoredScorer.of(FAKE, store).score(sentences(10), RULE);
                System.out.println("scored");
            } catch (InvalidFileException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void whatMayNotBeWrittenIsNamed() throws Exception {
        String unwritable = ": can't be written; it and its folder must be writable";
        assertEquals("SCORES" + unwritable, failure("scores.db", "r--r--r--"));
        assertEquals("SCORES: can't be opened; it and its folder must be there and writable", failure("scores.db", "---------"));
        assertEquals("SCORES" + unwritable, failure("", "r-xr-xr-x"));
        assertEquals("SCORES.secret: access denied; get the rights to it and to its folder, or name a place elsewhere",
                failure("scores.db.secret", "---------"));
    }

    /** What is said of a store of which one file, or the folder, has been given other permissions. */
    private String failure(String file, String permissions) throws IOException, InterruptedException {
        Path own = Files.createTempDirectory(folder, "case");
        SqliteScoreStore.open(own.resolve("scores.db")).close();
        Files.setPosixFilePermissions(own.resolve(file), PosixFilePermissions.fromString(permissions));
        ChildProgram.Outcome outcome = ChildProgram.of(Opening.class, own.resolve("scores.db")).boundByPermissions().run();
        assertEquals(0, outcome.exitCode(), outcome.err());
        return outcome.out().strip().replace(own.resolve("scores.db").toString(), "SCORES");
    }

    @Test
    void aStoreThatIsRemovedWhileInUseIsMissed() {
        InvalidFileException removed = assertThrows(InvalidFileException.class, () -> scoreWhile(() -> {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        assertEquals(path + ": was removed while it was in use; what is scored would be lost. Run again", removed.getMessage());
    }

    @Test
    void aStoreThatIsReplacedWhileInUseIsMissed() {
        InvalidFileException replaced = assertThrows(InvalidFileException.class, () -> scoreWhile(() -> {
            try {
                Path copy = Files.copy(path, folder.resolve("copy"));
                Files.delete(path);
                Files.move(copy, path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        assertEquals(path + ": was replaced while it was in use; what is scored would be lost. Run again", replaced.getMessage());
    }

    @Test
    void aSecretThatIsRemovedIsMissedTheNextTime() throws IOException {
        scoreWhile(() -> {
        });
        Files.delete(folder.resolve("scores.db.secret"));
        InvalidFileException missing = assertThrows(InvalidFileException.class, () -> SqliteScoreStore.open(path));
        assertEquals(
                folder.resolve("scores.db.secret")
                        + ": is missing or empty, but the store was made with a secret; restore it, or start a new store",
                missing.getMessage());
        assertEquals(0, Files.size(folder.resolve("scores.db.secret")), "no other secret takes its place");
    }

    /** Whatever is damaged while a store is in use: an error then or at the next run, or right scores, never wrong ones. */
    @Test
    void damageWhileInUseIsFoundOrDoesNoHarm() throws IOException {
        damageIsFoundOrDoesNoHarm(10);
    }

    @Test
    @Tag("torture")
    void muchDamageWhileInUseIsFoundOrDoesNoHarm() throws IOException {
        damageIsFoundOrDoesNoHarm(400);
    }

    private void damageIsFoundOrDoesNoHarm(int attempts) throws IOException {
        Random random = new Random(8);
        int found = 0;
        for (int attempt = 0; attempt < attempts; attempt++) {
            path = folder.resolve("damaged" + attempt + ".db");
            try (SqliteScoreStore store = SqliteScoreStore.open(path)) {
                StoredScorer.of(FAKE, store).score(sentences(300), RULE); // so that there is something to damage
            }
            Path log = folder.resolve(path.getFileName() + "-wal");
            try {
                assertRight(scoreWhile(() -> damage(random.nextBoolean() ? path : log, random)));
                try (SqliteScoreStore store = SqliteScoreStore.open(path)) {
                    assertRight(StoredScorer.of(FAKE, store).score(sentences(600), RULE));
                }
            } catch (AuditException e) {
                found++;
            }
        }
        assertTrue(found > attempts / 10, found + " found");
    }

    private static void assertRight(List<SequenceScore> scores) {
        List<SequenceScore> right = FAKE.score(sentences(600), RULE);
        for (int sentence = 0; sentence < right.size(); sentence++) {
            assertEquals(right.get(sentence).sum(), scores.get(sentence).sum());
        }
    }

    private static void damage(Path file, Random random) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() == 0) {
                return;
            }
            long place = (long) (random.nextDouble() * channel.size());
            if (random.nextInt(4) == 0) {
                channel.truncate(place);
            } else {
                ByteBuffer bytes = ByteBuffer.allocate(64);
                random.nextBytes(bytes.array());
                channel.write(bytes, place);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void stopsBetweenCommitsWhenAskedTo() {
        Cancellation cancellation = new Cancellation();
        int[] batches = {0};
        try (SqliteScoreStore store = SqliteScoreStore.open(path)) {
            StoredScorer scorer = StoredScorer.of(new Disturbed(() -> {
                if (++batches[0] == 3) {
                    cancellation.request(Duration.ZERO);
                }
            }), store).withCancellation(cancellation);
            assertThrows(ScoringCancelledException.class, () -> scorer.score(sentences(600), RULE));
        }
        assertEquals(3, batches[0]);
        assertEquals(1 + 4 + 16, StoreMaintenance.verify(path, SqliteScoreStore.secretBeside(path)), "the batch in work is stored");
    }

    /** Scores 600 sentences, with something done before each batch. */
    private List<SequenceScore> scoreWhile(Runnable disturbance) {
        try (SqliteScoreStore store = SqliteScoreStore.open(path)) {
            return StoredScorer.of(new Disturbed(disturbance), store).score(sentences(600), RULE);
        }
    }

    private static List<Sample> sentences(int count) {
        return IntStream.range(0, count).mapToObj(row -> Sample.of("s" + row, "Sentence " + row + " of all.")).toList();
    }
}
