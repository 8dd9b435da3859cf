package io.github.miaudit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.likelihood.SequenceScorerContract;
import io.github.miaudit.likelihood.StoredScorer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scorer with a store does what every scorer must, and asks its scorer for nothing twice. */
class StoredScorerTest extends SequenceScorerContract {

    private static final MaskingRule RULE = MaskingRule.withinWordLeftToRight();

    @TempDir
    private Path folder;

    private SqliteScoreStore store;

    @BeforeEach
    void openStore() {
        store = SqliteScoreStore.open(folder.resolve("scores.db"));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Override
    protected SequenceScorer open() {
        return StoredScorer.of(fake(), store);
    }

    private static FakeScorer fake() {
        return new FakeScorer("fake", "characters", -0.5);
    }

    @Test
    void whatItsScorerWasTrainedOnIsKnown() {
        Asked trained = new Asked(fake());
        assertTrue(StoredScorer.of(trained, store).isKnownToBeTrainedOn(List.of(Sample.of("1", "learnt"))));
        assertFalse(StoredScorer.of(trained, store).isKnownToBeTrainedOn(List.of(Sample.of("1", "other"))));
    }

    /** Writes down what it is asked, and has learnt one sentence. */
    private static final class Asked implements SequenceScorer {

        @Override
        public boolean isKnownToBeTrainedOn(List<Sample> sentences) {
            return sentences.get(0).text().equals("learnt");
        }

        private final SequenceScorer scorer;
        private final List<String> texts = new ArrayList<>();

        private Asked(SequenceScorer scorer) {
            this.scorer = scorer;
        }

        @Override
        public ModelIdentity model() {
            return scorer.model();
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            samples.forEach(sample -> texts.add(sample.text()));
            return scorer.score(samples, rules, listener);
        }

        @Override
        public void close() {
            scorer.close();
        }
    }

    @Test
    void whatIsStoredIsReadAndNotScoredAgain() {
        List<Sample> samples = IntStream.range(0, 300).mapToObj(row -> Sample.of("s" + row, "Sentence " + row % 200)).toList();
        Asked first = new Asked(fake());
        List<SequenceScore> scored = StoredScorer.of(first, store).score(samples, RULE);
        assertEquals(200, first.texts.size(), "equal texts are scored once");
        Asked second = new Asked(fake());
        List<SequenceScore> read = StoredScorer.of(second, store).score(samples, RULE);
        assertEquals(List.of(), second.texts);
        for (int row = 0; row < samples.size(); row++) {
            assertSame(scored.get(row), read.get(row));
            assertEquals("s" + row, read.get(row).id());
        }
    }

    @Test
    void everythingThatDeterminesAScoreIsPartOfItsKey() {
        Sample sample = Sample.of("1", "The chest was clear.");
        StoredScorer.of(fake(), store).score(List.of(sample), RULE);
        for (FakeScorer other : List.of(new FakeScorer("other", "characters", -0.7), new FakeScorer("fake", "words", -0.5))) {
            Asked asked = new Asked(other);
            StoredScorer.of(asked, store).score(List.of(sample), RULE);
            assertEquals(1, asked.texts.size(), other.model().toString());
        }
        Asked otherRule = new Asked(fake());
        StoredScorer.of(otherRule, store).score(List.of(sample), MaskingRule.original());
        StoredScorer.of(otherRule, store).score(List.of(sample), MaskingRule.energy());
        StoredScorer.of(otherRule, store).score(List.of(sample), MaskingRule.energy().withSeed(9));
        StoredScorer.of(otherRule, store).score(List.of(Sample.of("1", "The chest was clear")), RULE);
        assertEquals(4, otherRule.texts.size());
    }

    @Test
    void aScoreWithoutMomentsIsNoneWhereTheyAreRequired() {
        Sample sample = Sample.of("1", "abc");
        SequenceScore plain = new SequenceScore(sample, new int[] {5, 6, 7}, new double[] {-1, -2, -0.1});
        SequenceScore.VocabularyMoments moments = new SequenceScore.VocabularyMoments(new double[] {-3, -2.5, 1.0 / 3},
                new double[] {1, 2, 3});
        StoredScorer.of(new Fixed(plain), store).score(List.of(sample), RULE);
        Asked asked = new Asked(new Fixed(plain.withMoments(moments).withSpecialLiteral().withUnknownCount(2)));
        for (int time = 0; time < 2; time++) {
            SequenceScore read = StoredScorer.of(asked, store).withMomentsRequired().score(List.of(sample), RULE).get(0);
            assertArrayEquals(moments.means(), read.moments().orElseThrow().means());
            assertArrayEquals(moments.deviations(), read.moments().orElseThrow().deviations());
            assertTrue(read.hasSpecialLiteral());
            assertEquals(2, read.unknownCount());
        }
        assertEquals(1, asked.texts.size());
    }

    /** Gives every sentence the same score. */
    private record Fixed(SequenceScore score) implements SequenceScorer {

        @Override
        public ModelIdentity model() {
            return fake().model();
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            return Map.of(RULE, samples.stream().map(sample -> score.withId(sample.id())).toList());
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    /** Not the text, not its token ids, in no file of the store, written or not yet. */
    @Test
    void noTextIsInTheFilesAndTheyAreTheOwnersAlone() throws IOException {
        String text = "Zanzibar Quokka";
        StoredScorer.of(fake(), store).score(List.of(Sample.of("secret-id", text)), RULE);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (String part : List.of("Zanzibar", "Quokka", "secret-id")) {
                    assertTrue(!bytes.contains(part), file + " holds " + part);
                }
                int[] ids = fake().score(List.of(Sample.of("1", text)), RULE).get(0).tokenIds();
                StringBuilder varints = new StringBuilder();
                IntStream.of(ids).forEach(id -> varints.append((char) id));
                assertTrue(!bytes.contains(varints), file + " holds the token ids");
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), file.toString());
            }
        }
    }

    /** Each through a connection of its own, as processes have. */
    @Test
    void manyMayOpenANewStoreAtOnce() {
        for (int time = 0; time < 5; time++) {
            Path path = folder.resolve("new" + time + ".db");
            List<SqliteScoreStore> opened = IntStream.range(0, 16).parallel().mapToObj(one -> SqliteScoreStore.open(path)).toList();
            opened.forEach(SqliteScoreStore::close);
        }
    }

    @Test
    void anotherSecretIsRefused() throws IOException {
        StoredScorer.of(fake(), store).score(List.of(Sample.of("1", "a")), RULE);
        store.close();
        Files.move(folder.resolve("scores.db.secret"), folder.resolve("kept"));
        InvalidFileException missing = assertThrows(InvalidFileException.class, () -> SqliteScoreStore.open(folder.resolve("scores.db")));
        assertTrue(missing.getMessage().contains("scores.db.secret: is missing or empty, but the store was made with a secret"),
                missing.getMessage());
        Secrets.write(folder.resolve("scores.db.secret"));
        InvalidFileException error = assertThrows(InvalidFileException.class, () -> SqliteScoreStore.open(folder.resolve("scores.db")));
        assertTrue(error.getMessage().contains("is not the secret of"), error.getMessage());
        store = SqliteScoreStore.open(folder.resolve("scores.db"), folder.resolve("kept"));
    }

    @Test
    void whatIsNoStoreIsRefused() throws IOException, SQLException {
        Secrets.write(folder.resolve("text.db"), "no database at all, but long enough to be looked at ".repeat(100));
        assertTrue(failure("text.db").contains("is no SQLite file"), failure("text.db"));
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("other.db"));
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE mine (x)");
        }
        assertTrue(failure("other.db").contains("is a SQLite file, but no score store"), failure("other.db"));
        store.close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("scores.db"));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        assertTrue(failure("scores.db").contains("was made by a newer MIAudit: its format is 99, this one reads up to 2"),
                failure("scores.db"));
        store = SqliteScoreStore.open(folder.resolve("new.db"));
    }

    private String failure(String name) {
        return assertThrows(InvalidFileException.class, () -> SqliteScoreStore.open(folder.resolve(name))).getMessage();
    }

    private static void assertSame(SequenceScore expected, SequenceScore actual) {
        assertArrayEquals(expected.tokenIds(), actual.tokenIds());
        assertArrayEquals(expected.logLikelihoods(), actual.logLikelihoods(), "bit by bit");
        assertEquals(expected.status(), actual.status());
        assertEquals(expected.tokenCount(), actual.tokenCount());
        assertEquals(expected.unknownCount(), actual.unknownCount());
        assertEquals(expected.measures().characters(), actual.measures().characters());
        assertEquals(expected.measures().words(), actual.measures().words());
        assertEquals(expected.measures().compressedLength(), actual.measures().compressedLength());
    }
}
