package io.github.miaudit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.ChildProgram;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OwnerOnly;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Stores of the first format; {@code version-one/README.md} says how the one that is shipped was made. */
class MigrationTest {

    private static final int KILLS = Integer.getInteger("miaudit.kills", 6);
    private static final FakeScorer FAKE = new FakeScorer("fake", "characters", -0.5);
    private static final List<Sample> SENTENCES = IntStream.range(0, 40)
            .mapToObj(row -> Sample.of("s" + row, row == 0 ? "" : "Sentence " + row)).toList();

    @TempDir
    private Path folder;

    private Path path;
    private Path secret;

    @BeforeEach
    void copyOldStore() throws IOException {
        path = copy("scores.db");
        secret = copy("scores.db.secret");
    }

    private Path copy(String name) throws IOException {
        Path file = Files.createFile(folder.resolve(name), OwnerOnly.file(folder.resolve(name)));
        try (InputStream in = getClass().getResourceAsStream("version-one/" + name)) {
            return Files.write(file, in.readAllBytes());
        }
    }

    @Test
    void scoresComeOverWithoutTheirTexts() throws IOException {
        assertEquals(new StoreMaintenance.Migrated(51, 0), StoreMaintenance.migrate(path, secret));
        assertEquals(51, StoreMaintenance.verify(path, secret));
        try (SqliteScoreStore store = SqliteScoreStore.open(path)) {
            for (MaskingRule rule : List.of(MaskingRule.maskless(), MaskingRule.energy())) {
                List<Sample> sentences = rule.equals(MaskingRule.energy()) ? SENTENCES.subList(0, 10) : SENTENCES;
                List<SequenceScore> right = FAKE.score(sentences, rule);
                List<Optional<SequenceScore>> found = store.find(FAKE.model(), rule, sentences);
                for (int row = 0; row < right.size(); row++) {
                    assertArrayEquals(right.get(row).logLikelihoods(), found.get(row).orElseThrow().logLikelihoods());
                    assertArrayEquals(right.get(row).tokenIds(), found.get(row).orElseThrow().tokenIds());
                    assertEquals(right.get(row).status(), found.get(row).orElseThrow().status());
                    assertEquals(right.get(row).measures(), found.get(row).orElseThrow().measures());
                }
            }
            SequenceScore all = store.find(FAKE.model(), MaskingRule.original(), List.of(Sample.of("m", "abc"))).get(0).orElseThrow();
            assertArrayEquals(new int[] {5, 60, 70_000}, all.tokenIds());
            assertArrayEquals(new double[] {-3, -2.5, 1.0 / 3}, all.moments().orElseThrow().means());
            assertTrue(all.hasSpecialLiteral());
            assertEquals(2, all.unknownCount());
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(path, secret), files.sorted().toList());
        }
        assertFalse(new StolenStore(path).bytes().contains(FAKE.model().modelDigest()));
        List<String> keys = List.copyOf(new StolenStore(path).scoreKeys());
        assertEquals(keys.stream().sorted().toList(), keys, "in an order that tells nothing");
    }

    /** An old store is opened in no other way, and the sentence says what to run. */
    @Test
    void anOldStoreIsRefusedUntilThen() {
        String message = path + ": was made by an earlier MIAudit, whose stores told log-likelihoods without their secret; run mia store"
                + " migrate " + path + " (with --store-secret FILE if its secret is elsewhere)";
        assertEquals(message, failure(() -> SqliteScoreStore.open(path)));
        assertEquals(message, failure(() -> StoreMaintenance.rows(path)));
        assertEquals(message, failure(() -> StoreMaintenance.verify(path, secret)));
        assertEquals(message, failure(() -> StoreMaintenance.vacuum(path)));
        StoreMaintenance.migrate(path, secret);
        assertEquals(path + ": is in the present format; there is nothing to migrate",
                failure(() -> StoreMaintenance.migrate(path, secret)));
    }

    private static String failure(Executable work) {
        return assertThrows(InvalidFileException.class, work).getMessage();
    }

    @Test
    void withoutItsSecretItStaysAsItIs() throws IOException {
        byte[] before = Files.readAllBytes(path);
        Secrets.write(secret);
        assertEquals(secret + ": is not the secret of " + path + "; restore the one that is",
                failure(() -> StoreMaintenance.migrate(path, secret)));
        Files.delete(secret);
        assertEquals(secret + ": does not exist, but this takes the store's secret; restore it, or name where it is",
                failure(() -> StoreMaintenance.migrate(path, secret)));
        assertArrayEquals(before, Files.readAllBytes(path));
        assertFalse(Files.exists(secret), "no other secret takes its place");
    }

    @Test
    void whatIsDamagedIsLeftOutAndCounted() {
        StolenStore old = new StolenStore(path);
        old.run("UPDATE scores SET score = x'01020304' WHERE id = 3");
        old.run("UPDATE scores SET score = (SELECT score FROM scores WHERE id = 5) WHERE id = 4");
        old.run("UPDATE scores SET rule = 77 WHERE id = 6");
        assertEquals(new StoreMaintenance.Migrated(48, 3), StoreMaintenance.migrate(path, secret));
        assertEquals(48, StoreMaintenance.verify(path, secret));
    }

    /** What a killed run left in the log belongs to the store; a log that stayed would be taken for the new file's. */
    @Test
    void theLogOfAKilledRunIsTakenToo() throws IOException {
        Path killed = Files.createDirectory(folder.resolve("killed"));
        new StolenStore(path).with(connection -> {
            connection.createStatement().executeQuery("PRAGMA journal_mode = WAL").close();
            connection.createStatement().executeUpdate("DELETE FROM scores WHERE id <= 10");
            try {
                for (String name : List.of("scores.db", "scores.db-wal", "scores.db.secret")) {
                    Files.copy(folder.resolve(name), killed.resolve(name));
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return null;
        });
        assertEquals(41, StoreMaintenance.migrate(killed.resolve("scores.db"), killed.resolve("scores.db.secret")).scores());
        assertFalse(Files.exists(killed.resolve("scores.db-wal")));
        assertEquals(41, StoreMaintenance.verify(killed.resolve("scores.db"), killed.resolve("scores.db.secret")));
    }

    /** Migrates a store. */
    static final class Migrating {

        private Migrating() {
        }

        public static void main(String[] arguments) {
            System.out.println("migrating");
            Path path = Path.of(arguments[0]);
            System.out.println(StoreMaintenance.migrate(path, SqliteScoreStore.secretBeside(path)).scores());
        }
    }

    /** Killed at any moment, it leaves the old store or the new one, whole; and the next one does it. */
    @Test
    void aKilledMigrationLosesNothing() throws Exception {
        int scores = multiply(40_000);
        byte[] old = Files.readAllBytes(path);
        Random random = new Random(11);
        int before = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            ChildProgram.Running running = ChildProgram.of(Migrating.class, path).start();
            while (running.process().isAlive() && Files.size(running.out()) == 0) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            running.process().waitFor(random.nextInt(1500), TimeUnit.MILLISECONDS);
            running.process().destroyForcibly();
            running.end();
            if (isOld()) {
                before++;
                assertEquals(scores, StoreMaintenance.migrate(path, secret).scores());
            }
            assertEquals(scores, StoreMaintenance.verify(path, secret));
            Files.write(path, old);
        }
        assertTrue(before > 0, "none was killed before its end");
    }

    private boolean isOld() {
        return new StolenStore(path).with(connection -> {
            try (ResultSet version = connection.createStatement().executeQuery("PRAGMA user_version")) {
                return version.getInt(1) == 1;
            }
        });
    }

    /** Gives the old store many more scores, of sentences that nobody knows. */
    private int multiply(int more) {
        return new StolenStore(path).with(connection -> {
            connection.setAutoCommit(false);
            byte[] score;
            try (ResultSet row = connection.createStatement().executeQuery("SELECT score FROM scores WHERE id = 5")) {
                score = row.getBytes(1);
            }
            Random random = new Random(3);
            Purpose purpose = Purpose.of(ScoredBy.of(FAKE.model(), MaskingRule.maskless()));
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO scores (model, rule, sentence, status, tokens, total,"
                    + " score) SELECT model, rule, ?, status, tokens, total, ? FROM scores WHERE id = 5")) {
                for (int row = 0; row < more; row++) {
                    byte[] name = new byte[12];
                    random.nextBytes(name);
                    CRC32C sum = new CRC32C();
                    sum.update(purpose.bytes());
                    sum.update(name);
                    sum.update(score, 0, score.length - Integer.BYTES);
                    ByteBuffer.wrap(score).putInt(score.length - Integer.BYTES, (int) sum.getValue());
                    insert.setBytes(1, name);
                    insert.setBytes(2, score);
                    insert.executeUpdate();
                }
            }
            connection.commit();
            return count(connection);
        });
    }

    private static int count(Connection connection) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery("SELECT count(*) FROM scores")) {
            return row.getInt(1);
        }
    }
}
