package io.github.miaudit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.StoredScorer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store tells without its secret, and what it takes from somebody who does not have it. */
class SealedStoreTest {

    private static final FakeScorer FAKE = new FakeScorer("fake", "characters", -0.5);
    private static final FakeScorer OTHER = new FakeScorer("other", "characters", -0.7);
    private static final MaskingRule RULE = MaskingRule.maskless();
    private static final List<Sample> SENTENCES = sentences("Sentence %02d");

    @TempDir
    private Path folder;

    private Path path;
    private Path secret;
    private StolenStore stolen;

    @BeforeEach
    void fill() {
        path = folder.resolve("scores.db");
        secret = SqliteScoreStore.secretBeside(path);
        stolen = new StolenStore(path);
        score(path, FAKE, SENTENCES);
        score(path, OTHER, SENTENCES);
    }

    private static List<Sample> sentences(String format) {
        return IntStream.range(0, 20).mapToObj(row -> Sample.of("s" + row, String.format(format, row))).toList();
    }

    private static void score(Path path, FakeScorer scorer, List<Sample> sentences) {
        try (SqliteScoreStore store = SqliteScoreStore.open(path)) {
            StoredScorer.of(scorer, store).score(sentences, RULE);
        }
    }

    /** Log-likelihoods stood in the file token by token, and their sums; whoever had the model found the sentence by them. */
    @Test
    void withoutTheSecretNothingOfAScoreIsInTheFiles() throws IOException {
        try (SqliteScoreStore store = SqliteScoreStore.open(path)) {
            Sample sample = Sample.of("1", "Zanzibar Quokka");
            int[] ids = new Random(1).ints(40, 1, 50_000).toArray();
            double[] values = new Random(2).doubles(40, -9, -0.1).map(value -> (float) value).toArray();
            SequenceScore score = new SequenceScore(sample, ids, values);
            store.add(FAKE.model(), List.of(sample), Map.of(RULE, List.of(score)));
            String bytes = stolen.bytes();
            assertFalse(bytes.contains(text(ByteBuffer.allocate(8).putDouble(score.sum()))), "the sum");
            for (int plane = 1; plane < Float.BYTES; plane++) { // as the first format had them; and one by one
                ByteBuffer ofAll = ByteBuffer.allocate(values.length);
                for (double value : values) {
                    ofAll.put((byte) (Float.floatToIntBits((float) value) >>> 8 * (3 - plane)));
                }
                assertFalse(bytes.contains(text(ofAll)), "log-likelihoods");
            }
            for (int token = 0; token + 1 < values.length; token++) {
                assertFalse(
                        bytes.contains(text(ByteBuffer.allocate(8).putFloat((float) values[token]).putFloat((float) values[token + 1]))));
                assertFalse(bytes.contains(text(ByteBuffer.allocate(8).putInt(ids[token]).putInt(ids[token + 1]))));
            }
            for (String word : List.of("Zanzibar", FAKE.model().modelDigest(), FAKE.model().tokenizerDigest(), RULE.label(),
                    FAKE.model().precision(), FAKE.model().lengthPolicy().label())) {
                assertFalse(bytes.contains(word), word);
            }
        }
    }

    private static String text(ByteBuffer bytes) {
        return new String(bytes.array(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void storesOfOtherTextsOfLikeLengthsLookAlike() {
        Path twin = folder.resolve("twin.db");
        List<Sample> others = sentences("Quokkas %02dx");
        score(twin, FAKE, others);
        score(twin, OTHER, others);
        assertEquals(new StolenStore(twin).lengths(), stolen.lengths());
        assertEquals(41, stolen.lengths().size());
        assertEquals(2, stolen.lengths().stream().distinct().count(), "scores of some characters more or less, and the list of models");
        assertTrue(new StolenStore(twin).rows().keySet().stream().noneMatch(stolen.rows()::containsKey));
        assertEquals(41, stolen.rows().keySet().size(), "a sentence has other keys under another model");
    }

    @Test
    void whateverIsChangedOfARowIsAnErrorAndNeverAScore() {
        String key = stolen.scoreKeys().get(0);
        byte[] whole = stolen.rows().get(key);
        for (int index = 0; index < whole.length; index += 7) {
            byte[] changed = whole.clone();
            changed[index] ^= 1;
            assertRefused(key, changed);
            assertRefused(key, Arrays.copyOf(whole, index));
        }
        assertRefused(key, Arrays.copyOf(whole, whole.length + 16));
        stolen.put(key, whole);
        assertEquals(40, StoreMaintenance.verify(path, secret));
    }

    @Test
    void rowsThatStandElsewhereAreRefused() {
        List<String> keys = stolen.scoreKeys();
        Map<String, byte[]> rows = stolen.rows();
        for (int other = 1; other < keys.size(); other++) { // of the same model, and of the other
            assertRefused(keys.get(0), rows.get(keys.get(other)));
        }
        stolen.put(keys.get(0), rows.get(keys.get(0)));

        String nobodys = "00".repeat(RowCipher.KEY_BYTES);
        stolen.put(nobodys, rows.get(keys.get(1)));
        assertDamaged(1);
        stolen.run("DELETE FROM sealed WHERE key = ?", new byte[RowCipher.KEY_BYTES]);

        Path elsewhere = folder.resolve("elsewhere.db");
        score(elsewhere, FAKE, SENTENCES);
        StolenStore other = new StolenStore(elsewhere);
        assertRefused(keys.get(0), other.rows().get(other.scoreKeys().get(0)));
    }

    private void assertRefused(String key, byte[] content) {
        byte[] before = stolen.rows().get(key);
        stolen.put(key, content);
        assertDamaged(1);
        InvalidFileException refused = assertThrows(InvalidFileException.class, () -> {
            score(path, FAKE, SENTENCES); // never scored again in silence
            score(path, OTHER, SENTENCES);
        });
        assertTrue(refused.getMessage().startsWith(path + ": the row of sentence s"), refused.getMessage());
        assertTrue(refused.getMessage().endsWith(" is damaged or forged: it was not sealed under the store's secret for the place where it"
                + " stands. mia store verify counts such rows; restore the store, or start a new one"), refused.getMessage());
        stolen.put(key, before);
    }

    private void assertDamaged(int rows) {
        InvalidFileException damaged = assertThrows(InvalidFileException.class, () -> StoreMaintenance.verify(path, secret));
        assertTrue(damaged.getMessage().startsWith(path + ": holds " + rows + " damaged or forged scores"), damaged.getMessage());
        assertThrows(InvalidFileException.class, () -> StoreMaintenance.holdings(path, secret));
        assertThrows(InvalidFileException.class, () -> StoreMaintenance.export(path, secret, folder.resolve("out.csv")));
        assertFalse(folder.resolve("out.csv").toFile().exists());
    }

    @Test
    void theListOfModelsIsSealedToo() {
        String directory = stolen.rows().keySet().stream().filter(key -> !stolen.scoreKeys().contains(key)).findFirst().orElseThrow();
        byte[] whole = stolen.rows().get(directory);
        byte[] changed = whole.clone();
        changed[100] ^= 1;
        stolen.put(directory, changed);
        String forged = assertThrows(InvalidFileException.class, () -> SqliteScoreStore.open(path)).getMessage();
        assertTrue(forged.startsWith(path + ": the row of its models and rules is damaged or forged"), forged);
        stolen.run("DELETE FROM sealed WHERE length(content) > 4000");
        String missing = assertThrows(InvalidFileException.class, () -> SqliteScoreStore.open(path)).getMessage();
        assertTrue(missing.startsWith(secret + ": is not the secret of " + path), missing);
    }

    /** A list from when the other model was not there yet. */
    @Test
    void anOlderListOfModelsIsFoundOut() {
        Path young = folder.resolve("young.db");
        score(young, FAKE, SENTENCES);
        StolenStore of = new StolenStore(young);
        Map<String, byte[]> before = of.rows();
        String directory = before.keySet().stream().filter(key -> !of.scoreKeys().contains(key)).findFirst().orElseThrow();
        score(young, OTHER, SENTENCES);
        of.put(directory, before.get(directory));
        assertThrows(InvalidFileException.class, () -> StoreMaintenance.verify(young, SqliteScoreStore.secretBeside(young)));
    }

    /** What {@code docs/security.md} says is not seen. */
    @Test
    void anOlderRowOrAMissingOneIsNotNoticed() {
        String key = stolen.scoreKeys().get(0);
        byte[] older = stolen.rows().get(key);
        try (SqliteScoreStore store = SqliteScoreStore.open(path)) {
            for (FakeScorer scorer : List.of(FAKE, OTHER)) {
                store.add(scorer.model(), SENTENCES, scorer.score(SENTENCES, Set.of(RULE), progress -> {
                }));
            }
        }
        assertFalse(Arrays.equals(older, stolen.rows().get(key)), "sealed anew each time");
        stolen.put(key, older);
        assertEquals(40, StoreMaintenance.verify(path, secret));
        stolen.run("DELETE FROM sealed WHERE key = ?", HexFormat.of().parseHex(key));
        assertEquals(39, StoreMaintenance.verify(path, secret));
        score(path, FAKE, SENTENCES);
        score(path, OTHER, SENTENCES);
        assertEquals(40, StoreMaintenance.verify(path, secret), "scored again");
    }

    @Test
    void theOrderOfTheDataSetIsNotThatOfTheRows() {
        Path together = folder.resolve("together.db");
        try (SqliteScoreStore store = SqliteScoreStore.open(together)) {
            store.add(FAKE.model(), SENTENCES, FAKE.score(SENTENCES, Set.of(RULE), progress -> {
            }));
        }
        List<String> keys = new StolenStore(together).scoreKeys();
        assertEquals(keys.stream().sorted().toList(), keys, "of one commit");
        StoreMaintenance.vacuum(path);
        List<String> all = List.copyOf(stolen.rows().keySet());
        assertEquals(all.stream().sorted().toList(), all, "of all");
        assertEquals(40, StoreMaintenance.verify(path, secret));
    }
}
