package io.github.miaudit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OwnerOnly;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.StoredScorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreMaintenanceTest {

    private static final FakeScorer SCORER = new FakeScorer("fake", "characters", -0.5);
    private static final List<Sample> SENTENCES = IntStream.range(0, 400)
            .mapToObj(row -> Sample.of("s" + row, row == 0 ? "" : "Sentence " + row)).toList();

    @TempDir
    private Path folder;

    private Path path;
    private Path secret;

    @BeforeEach
    void fill() {
        path = folder.resolve("scores.db");
        secret = SqliteScoreStore.secretBeside(path);
        try (SqliteScoreStore store = SqliteScoreStore.open(path)) {
            StoredScorer.of(SCORER, store).score(SENTENCES, MaskingRule.maskless());
            StoredScorer.of(SCORER, store).score(SENTENCES.subList(0, 10), MaskingRule.original());
        }
    }

    @Test
    void tellsWhatIsInAStore() {
        List<StoreMaintenance.Holding> holdings = StoreMaintenance.holdings(path, secret);
        assertEquals(List.of("maskless", "original"), holdings.stream().map(StoreMaintenance.Holding::rule).toList());
        assertEquals(List.of(400L, 10L), holdings.stream().map(StoreMaintenance.Holding::sentences).toList());
        assertEquals(
                new StoreMaintenance.Holding(SCORER.model().modelDigest(), SCORER.model().tokenizerDigest(), SCORER.model().precision(),
                        SCORER.model().lengthPolicy().label(), "maskless", 400),
                holdings.get(0));
        assertEquals(410, StoreMaintenance.verify(path, secret));
        assertTrue(assertThrows(InvalidFileException.class, () -> StoreMaintenance.verify(folder.resolve("none.db"), secret)).getMessage()
                .endsWith("does not exist"));
    }

    @Test
    void exportsOneRowAScore() throws IOException {
        StoreMaintenance.export(path, secret, folder.resolve("scores.csv"));
        List<String> rows = Files.readAllLines(folder.resolve("scores.csv"));
        assertEquals("model,rule,sentence,status,tokens,sum,mean", rows.get(0));
        assertEquals(411, rows.size());
        SequenceScore score = SCORER.score(SENTENCES.subList(7, 8), MaskingRule.maskless()).get(0);
        assertTrue(
                rows.stream().anyMatch(
                        row -> row.endsWith("SCORED," + score.tokenCount() + "," + score.sum() + "," + score.sum() / score.tokenCount())),
                rows.get(5));
        assertEquals(2, rows.stream().filter(row -> row.endsWith(",EMPTY,0,,")).count());
        StoreMaintenance.vacuum(path);
        assertEquals(410, StoreMaintenance.verify(path, secret));
    }

    /** Whatever byte is flipped and wherever it is cut: an error that says so, or right scores, never wrong ones. */
    @Test
    void damageIsFoundOrDoesNoHarm() throws IOException {
        StoreMaintenance.vacuum(path);
        byte[] whole = Files.readAllBytes(path);
        List<SequenceScore> right = SCORER.score(SENTENCES, MaskingRule.maskless());
        Random random = new Random(4);
        int found = 0;
        for (int attempt = 0; attempt < 120; attempt++) {
            byte[] damaged = attempt % 4 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (attempt % 4 != 0) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Path broken = folder.resolve("broken" + attempt + ".db");
            Files.write(Files.createFile(broken, OwnerOnly.file(broken)), damaged);
            try (SqliteScoreStore store = SqliteScoreStore.open(broken, folder.resolve("scores.db.secret"))) {
                List<SequenceScore> read = StoredScorer.of(SCORER, store).score(SENTENCES, MaskingRule.maskless());
                for (int row = 0; row < right.size(); row++) {
                    assertEquals(right.get(row).sum(), read.get(row).sum(), "attempt " + attempt);
                }
            } catch (AuditException e) {
                found++;
            }
        }
        assertTrue(found > 20, found + " found");
    }

    /** A view in the place of a table can have rows without end, and a trigger can write what nobody asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"CREATE TRIGGER more AFTER INSERT ON claims BEGIN DELETE FROM sealed; END", "CREATE TABLE more (x)",
            "ALTER TABLE sealed RENAME TO kept; CREATE VIEW sealed AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                    + " SELECT i AS id, x'00' AS key, x'00' AS content FROM n"})
    void whatAStrangerAddedIsRefused(String added) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + path); var statement = connection.createStatement()) {
            statement.executeUpdate(added);
        }
        InvalidFileException refused = assertTimeoutPreemptively(Duration.ofMinutes(1),
                () -> assertThrows(InvalidFileException.class, () -> StoreMaintenance.holdings(path, secret)));
        assertEquals(path + ": has other tables, views or triggers than a score store; restore it, or start a new store",
                refused.getMessage());
    }

    @Test
    void aFullDiskAndAReadOnlyFolderAreSaidToBe() throws SQLException {
        InvalidFileException full = StoreFile.explained(path, new SQLException("full", "", 13));
        assertTrue(full.getMessage().contains("the disk is full"), full.getMessage());
        try (SqliteScoreStore store = SqliteScoreStore.open(path);
                var connection = DriverManager.getConnection("jdbc:sqlite:" + path); var statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = 1"); // of this connection alone
            assertEquals(400, StoredScorer.of(SCORER, store).score(SENTENCES, MaskingRule.maskless()).size());
        }
    }
}
