package io.github.miaudit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.likelihood.StoredScorer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each test is somebody else who stole a store without its secret, has both models, all texts and this program, and wants something of
 * it; or who may write where the store is, and wants a row of his to be taken. {@code docs/security.md} says what came of it.
 */
@Tag("redteam")
class StoreThievesTest {

    private static final Model TARGET = new Model("target-weights-digest", 1);
    private static final Model REFERENCE = new Model("reference-weights-digest", 2);
    private static final Set<MaskingRule> RULES = Set.of(MaskingRule.original(), MaskingRule.wholeWord());
    private static final List<Sample> MEMBERS = IntStream.range(0, 60).mapToObj(row -> Sample.of("m" + row,
            "Mrs Quokka " + row + " of Zanzibar was seen with a cough" + " and chills".repeat(row % 5) + ".")).toList();
    private static final List<Sample> STRANGERS = IntStream.range(0, 60).mapToObj(row -> Sample.of("n" + row,
            "Mr Axolotl " + row + " of Timbuktu came with a fever" + " and nausea".repeat(row % 5) + ".")).toList();

    @TempDir
    private Path folder;

    private Path path;
    private Path secret;
    private StolenStore stolen;

    /** A model that anybody can compute: a token a word, its id and its log-likelihood by a hash. */
    private record Model(String digest, int seed) implements SequenceScorer {

        @Override
        public ModelIdentity model() {
            return new ModelIdentity("model", digest, "tokenizer-digest", 30_000, Casing.CASED, "float32", LengthPolicy.WINDOW, "none");
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            return rules.stream()
                    .collect(Collectors.toMap(rule -> rule, rule -> samples.stream().map(sample -> score(sample, rule)).toList()));
        }

        private SequenceScore score(Sample sample, MaskingRule rule) {
            String[] words = sample.text().split(" ");
            int[] ids = Arrays.stream(words).mapToInt(word -> Math.floorMod(word.hashCode(), 30_000)).toArray();
            Random random = new Random(sample.text().hashCode() + 31L * rule.label().hashCode() + seed);
            return new SequenceScore(sample, ids, random.doubles(ids.length).map(value -> (float) Math.log(value)).toArray());
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    @BeforeEach
    void stealAStore() {
        path = folder.resolve("scores.db");
        secret = SqliteScoreStore.secretBeside(path);
        stolen = filled(path, MEMBERS);
    }

    private static StolenStore filled(Path path, List<Sample> sentences) {
        score(path, sentences, TARGET, REFERENCE);
        return new StolenStore(path);
    }

    private static void score(Path path, List<Sample> sentences, Model... models) {
        try (SqliteScoreStore store = SqliteScoreStore.open(path)) {
            for (Model model : models) {
                StoredScorer.of(model, store).score(sentences, RULES, ScoringListener.NONE);
            }
        }
    }

    private List<SequenceScore> truth() {
        return Stream.of(TARGET, REFERENCE).flatMap(model -> model.score(MEMBERS, RULES, ScoringListener.NONE).values().stream())
                .flatMap(List::stream).toList();
    }

    private void assertNowhere(String what, byte[] sought) throws IOException {
        assertFalse(stolen.bytes().contains(new String(sought, StandardCharsets.ISO_8859_1)), what);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // what he reads

    @Test
    void looksForWords() throws IOException {
        for (String word : List.of("Quokka", "Zanzibar", "cough", "chills")) {
            assertNowhere(word, bytes(word));
            assertNowhere(word, word.getBytes(StandardCharsets.UTF_16LE));
        }
    }

    @Test
    void looksForLogLikelihoodsOfTwoTokensInAnyOrderOfBytes() throws IOException {
        String bytes = stolen.bytes();
        for (SequenceScore score : truth()) {
            double[] values = score.logLikelihoods();
            for (int token = 0; token + 1 < values.length; token++) {
                for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
                    byte[] floats = ByteBuffer.allocate(8).order(order).putFloat((float) values[token]).putFloat((float) values[token + 1])
                            .array();
                    assertFalse(bytes.contains(new String(floats, StandardCharsets.ISO_8859_1)));
                    byte[] wide = ByteBuffer.allocate(8).order(order).putDouble(values[token]).array();
                    assertFalse(bytes.contains(new String(wide, StandardCharsets.ISO_8859_1)));
                }
            }
        }
    }

    @Test
    void looksForPlanesOfLogLikelihoods() throws IOException {
        for (SequenceScore score : truth()) {
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                ByteBuffer plane = ByteBuffer.allocate(score.tokenCount());
                for (double value : score.logLikelihoods()) {
                    plane.put((byte) (Float.floatToIntBits((float) value) >>> shift));
                }
                if (score.tokenCount() >= 8) {
                    assertNowhere("plane", plane.array());
                }
            }
        }
    }

    @Test
    void looksForSentencesByTheirSums() throws IOException {
        for (SequenceScore score : truth()) {
            assertNowhere("sum", ByteBuffer.allocate(8).putDouble(score.sum()).array());
            assertNowhere("sum", bytes(Double.toString(score.sum())));
        }
    }

    @Test
    void looksForTokenIds() throws IOException {
        for (SequenceScore score : truth()) {
            int[] ids = score.tokenIds();
            ByteBuffer small = ByteBuffer.allocate(8);
            ByteBuffer large = ByteBuffer.allocate(16);
            IntStream.range(0, 4).forEach(token -> {
                small.putShort((short) ids[token]);
                large.putInt(ids[token]);
            });
            assertNowhere("ids", small.array());
            assertNowhere("ids", large.array());
        }
    }

    @Test
    void wantsToKnowTheModelsAndRules() throws IOException {
        for (String word : List.of(TARGET.digest, REFERENCE.digest, "tokenizer-digest", "original", "whole-word", "float32", "window",
                "WINDOW", "SCORED")) {
            assertNowhere(word, bytes(word));
        }
    }

    @Test
    void testsAGuessByDigestsThatTakeNoSecret() throws IOException, GeneralSecurityException {
        for (Sample guess : MEMBERS) {
            for (String algorithm : List.of("MD5", "SHA-1", "SHA-256", "SHA-512")) {
                assertNowhere(algorithm, Arrays.copyOf(MessageDigest.getInstance(algorithm).digest(bytes(guess.text())), 12));
            }
        }
    }

    @Test
    void testsAGuessByWeakSecrets() throws IOException, GeneralSecurityException {
        List<byte[]> secrets = List.of(new byte[32], bytes("0".repeat(64)), bytes(path.toString()), bytes("scores.db"), bytes("miaudit"));
        for (byte[] weak : secrets) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(weak, "HmacSHA256"));
            for (Sample guess : MEMBERS) {
                mac.update(Purpose.NAME.bytes());
                mac.update(new byte[Integer.BYTES]);
                assertNowhere("name", Arrays.copyOf(mac.doFinal(bytes(guess.text())), 12));
            }
        }
    }

    @Test
    void linksTheRowsOfASentenceUnderTwoModels() {
        Set<String> halves = new HashSet<>(); // of keys, and of what contents begin and end with
        stolen.rows().forEach((key, content) -> {
            assertTrue(halves.add(key.substring(0, 16)) && halves.add(key.substring(16)));
            String hex = HexFormat.of().formatHex(content);
            assertTrue(halves.add(hex.substring(0, 16)) && halves.add(hex.substring(hex.length() - 16)));
        });
        assertEquals(4 * (4 * MEMBERS.size() + 1), halves.size());
    }

    @Test
    void linksTwoStoresOfTheSameNotes() {
        StolenStore other = filled(folder.resolve("other.db"), MEMBERS);
        assertTrue(Collections.disjoint(stolen.rows().keySet(), other.rows().keySet()));
        assertEquals(stolen.lengths(), other.lengths());
    }

    @Test
    void tellsStoresOfTwoClinicsApart() {
        StolenStore other = filled(folder.resolve("other.db"), STRANGERS);
        assertEquals(stolen.lengths().size(), other.lengths().size());
        assertEquals(new HashSet<>(stolen.lengths()), new HashSet<>(other.lengths()), "all but the counts of size classes");
    }

    /** From 2 to 60 words he learns one of a few classes. */
    @Test
    void countsWordsByLengths() {
        Path long60 = folder.resolve("long.db");
        StolenStore store = filled(long60,
                IntStream.range(2, 61).mapToObj(words -> Sample.of("s" + words, "word ".repeat(words) + words)).toList());
        Map<Integer, Long> classes = store.lengths().stream().collect(Collectors.groupingBy(length -> length, Collectors.counting()));
        assertTrue(classes.size() <= 7, classes.toString());
        assertTrue(classes.keySet().stream().allMatch(length -> Integer.bitCount(length - 28) <= 2), classes.toString());
    }

    @Test
    void readsTheOrderOfTheDataSet() {
        Path atOnce = folder.resolve("at-once.db");
        try (SqliteScoreStore store = SqliteScoreStore.open(atOnce)) {
            store.add(TARGET.model(), MEMBERS, TARGET.score(MEMBERS, RULES, ScoringListener.NONE));
        }
        List<String> keys = new StolenStore(atOnce).scoreKeys();
        assertEquals(keys.stream().sorted().toList(), keys);
    }

    /** What has structure can be compressed; bytes of contents are all equally frequent, too. */
    @Test
    void looksForStructure() {
        ByteBuffer all = ByteBuffer.allocate(1 << 20);
        stolen.rows().forEach((key, content) -> all.put(HexFormat.of().parseHex(key)).put(content));
        byte[] bytes = Arrays.copyOf(all.array(), all.position());
        Deflater deflater = new Deflater(9);
        deflater.setInput(bytes);
        deflater.finish();
        assertTrue(deflater.deflate(new byte[2 * bytes.length]) >= bytes.length);
        int[] counts = new int[256];
        for (byte value : bytes) {
            counts[value & 0xff]++;
        }
        double expected = bytes.length / 256.0;
        double chiSquare = Arrays.stream(counts).mapToDouble(count -> (count - expected) * (count - expected) / expected).sum();
        assertTrue(chiSquare < 400, chiSquare + " with 255 degrees of freedom"); // p is 10^-8
    }

    /** A stream that served twice gives the sum of two plaintexts. */
    @Test
    void comparesARowThatIsWrittenAgainAndAgain() {
        Set<String> nonces = new HashSet<>();
        Map<String, byte[]> first = stolen.rows();
        List<Map<String, byte[]>> versions = new ArrayList<>(List.of(first));
        for (int time = 0; time < 20; time++) {
            try (SqliteScoreStore store = SqliteScoreStore.open(path)) {
                store.add(TARGET.model(), MEMBERS, TARGET.score(MEMBERS, RULES, ScoringListener.NONE));
            }
            versions.add(stolen.rows());
        }
        versions.forEach(version -> version.values().forEach(content -> nonces.add(HexFormat.of().formatHex(content, 0, 12))));
        int written = 20 * 2 * MEMBERS.size();
        assertEquals(first.size() + written, nonces.size());
        String key = stolen.scoreKeys().get(stolen.scoreKeys().size() - 1); // was written last
        byte[] one = versions.get(19).get(key);
        byte[] other = versions.get(20).get(key);
        long equal = IntStream.range(12, one.length).filter(index -> one[index] == other[index]).count();
        assertTrue(equal < 12, equal + " equal bytes of the same content");
    }

    /** Log, shared memory and free pages; the file is in use. */
    @Test
    void looksIntoTheLogAndFreePages() throws IOException {
        try (SqliteScoreStore store = SqliteScoreStore.open(path)) {
            store.claim(TARGET.model(), STRANGERS);
            store.add(TARGET.model(), STRANGERS, TARGET.score(STRANGERS, RULES, ScoringListener.NONE));
            stolen.run("DELETE FROM sealed WHERE id % 2 = 0 AND length(content) < 4000");
            assertTrue(Files.exists(folder.resolve("scores.db-wal")));
            looksForWords();
            looksForPlanesOfLogLikelihoods();
            looksForSentencesByTheirSums();
            looksForTokenIds();
            wantsToKnowTheModelsAndRules();
        }
    }

    @Test
    void readsFromClaimsWhoScoresWhat() throws IOException {
        try (SqliteScoreStore store = SqliteScoreStore.open(path)) {
            assertEquals(60, store.claim(TARGET.model(), STRANGERS).size());
            String runtime = ManagementFactory.getRuntimeMXBean().getName();
            assertNowhere("machine and process", bytes(runtime.substring(runtime.indexOf('@') + 1) + "/"));
            assertNowhere("process", bytes("/" + ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli()));
            Set<String> rows = stolen.rows().keySet();
            Set<String> claims = stolen.with(connection -> {
                Set<String> keys = new HashSet<>();
                try (ResultSet row = connection.createStatement().executeQuery("SELECT hex(key) FROM claims")) {
                    while (row.next()) {
                        keys.add(row.getString(1).toLowerCase(Locale.ROOT));
                    }
                }
                return keys;
            });
            assertEquals(60, claims.size());
            assertTrue(Collections.disjoint(rows, claims));
            store.add(TARGET.model(), STRANGERS, TARGET.score(STRANGERS, RULES, ScoringListener.NONE));
            assertTrue(Collections.disjoint(stolen.rows().keySet(), claims), "nor of the rows that come of them");
        }
    }

    // what he writes

    private void assertNotTaken(String key, byte[] content) {
        byte[] before = stolen.rows().get(key);
        stolen.put(key, content);
        assertThrows(InvalidFileException.class, () -> StoreMaintenance.verify(path, secret));
        assertThrows(InvalidFileException.class, () -> score(path, MEMBERS, TARGET, REFERENCE));
        stolen.put(key, before);
    }

    @Test
    void changesABit() {
        String key = stolen.scoreKeys().get(7);
        byte[] whole = stolen.rows().get(key);
        for (int bit = 0; bit < Byte.SIZE * whole.length; bit += 131) {
            byte[] changed = whole.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertNotTaken(key, changed);
        }
    }

    @Test
    void cutsAndLengthensARow() {
        String key = stolen.scoreKeys().get(7);
        byte[] whole = stolen.rows().get(key);
        for (int length : new int[] {0, 1, 11, 12, 28, whole.length - 16, whole.length - 1, whole.length + 1, whole.length + 64}) {
            assertNotTaken(key, Arrays.copyOf(whole, length));
        }
    }

    @Test
    void movesRowsBetweenSentencesRulesAndModels() {
        List<String> keys = stolen.scoreKeys();
        Map<String, byte[]> rows = stolen.rows();
        Random random = new Random(6);
        for (int time = 0; time < 40; time++) {
            int to = random.nextInt(keys.size());
            int from = (to + 1 + random.nextInt(keys.size() - 1)) % keys.size();
            assertNotTaken(keys.get(to), rows.get(keys.get(from)));
        }
    }

    @Test
    void bringsRowsFromAnotherStoreOfTheSameNotes() {
        StolenStore other = filled(folder.resolve("other.db"), MEMBERS);
        Map<String, byte[]> rows = other.rows();
        for (int row = 0; row < 10; row++) {
            assertNotTaken(stolen.scoreKeys().get(row), rows.get(other.scoreKeys().get(row)));
        }
    }

    @Test
    void sealsRowsOfHisOwn() throws IOException {
        StoreSecret his = Secrets.read(Secrets.write(folder.resolve("his")));
        Purpose purpose = Purpose.of(ScoredBy.of(TARGET.model(), MaskingRule.original()));
        Sample sentence = MEMBERS.get(0);
        byte[] name = his.name(sentence.text());
        byte[] blob = ScoreBlob.of(new SequenceScore(sentence, new int[] {1}, new double[] {-0.001}), name, purpose);
        for (String key : stolen.scoreKeys().subList(0, 10)) {
            assertNotTaken(key, new RowCipher(his).seal(HexFormat.of().parseHex(key), blob));
        }
    }

    @Test
    void bringsAStoreOfHisOwn() throws IOException {
        Path his = folder.resolve("his.db");
        filled(his, MEMBERS);
        Files.copy(his, path, StandardCopyOption.REPLACE_EXISTING);
        String refused = assertThrows(InvalidFileException.class, () -> SqliteScoreStore.open(path)).getMessage();
        assertTrue(refused.startsWith(secret + ": is not the secret of " + path), refused);
    }

    @Test
    void changesTheListOfModels() {
        String list = stolen.rows().keySet().stream().filter(key -> !stolen.scoreKeys().contains(key)).findFirst().orElseThrow();
        Map<String, byte[]> rows = stolen.rows();
        for (byte[] content : List.of(rows.get(stolen.scoreKeys().get(0)), new byte[4124], new byte[0])) {
            assertNotTaken(list, content);
        }
        stolen.run("DELETE FROM sealed WHERE key = ?", HexFormat.of().parseHex(list));
        assertThrows(InvalidFileException.class, () -> SqliteScoreStore.open(path));
    }

    /** An earlier format knew checksums only; whoever writes one in the place of a store gets it refused, not read. */
    @Test
    void passesTheFileOffAsAnOlderFormat() {
        stolen.run("PRAGMA user_version = 1");
        assertThrows(InvalidFileException.class, () -> SqliteScoreStore.open(path));
        assertThrows(InvalidFileException.class, () -> StoreMaintenance.migrate(path, secret));
    }

    @Test
    void plantsSecretsThatHeKnows() throws IOException {
        Path fresh = folder.resolve("fresh.db");
        Path planted = SqliteScoreStore.secretBeside(fresh);
        for (String content : List.of("00".repeat(32), "ab".repeat(32), "0123456789abcdef".repeat(4), "6d".repeat(16) + "69".repeat(16))) {
            Secrets.write(planted, content);
            assertThrows(InvalidFileException.class, () -> SqliteScoreStore.open(fresh), content);
        }
        Secrets.write(planted);
        Files.setAttribute(planted, "unix:mode", 0644);
        assertThrows(InvalidFileException.class, () -> SqliteScoreStore.open(fresh));
        Files.delete(planted);
        Files.createSymbolicLink(planted, Secrets.write(folder.resolve("known")));
        assertThrows(InvalidFileException.class, () -> SqliteScoreStore.open(fresh));
    }

    @Test
    void plantsLinksThatLeadTheStoreElsewhere() throws IOException {
        for (String ending : List.of("", "-wal", "-shm", "-journal", ".secret")) {
            Path link = Files.createSymbolicLink(folder.resolve("linked.db" + ending), folder.resolve("elsewhere"));
            assertThrows(InvalidFileException.class, () -> SqliteScoreStore.open(folder.resolve("linked.db")), ending);
            assertFalse(Files.exists(folder.resolve("elsewhere")));
            Files.delete(link);
            Files.deleteIfExists(folder.resolve("linked.db.secret"));
        }
    }

    /** He can't hold a run up for ever. */
    @Test
    @Timeout(60)
    void claimsEverythingForEver() {
        try (SqliteScoreStore store = SqliteScoreStore.open(path)) {
            store.claim(TARGET.model(), STRANGERS);
            stolen.run("UPDATE claims SET owner = x'00', expires = 9223372036854775807");
            assertEquals(STRANGERS, store.claim(TARGET.model(), STRANGERS));
        }
    }

    @Test
    void addsATriggerAndAView() {
        for (String sql : List.of("CREATE TRIGGER t AFTER INSERT ON sealed BEGIN DELETE FROM claims; END",
                "CREATE VIEW v AS SELECT * FROM sealed")) {
            stolen.run(sql);
            assertThrows(InvalidFileException.class, () -> SqliteScoreStore.open(path));
            stolen.run(sql.contains("TRIGGER") ? "DROP TRIGGER t" : "DROP VIEW v");
        }
    }

    // what is not defended, and said to be

    @Test
    void putsBackAnOlderRowOrTakesOneAway() {
        Map<String, byte[]> older = new HashMap<>(stolen.rows());
        try (SqliteScoreStore store = SqliteScoreStore.open(path)) {
            store.add(TARGET.model(), MEMBERS, TARGET.score(MEMBERS, RULES, ScoringListener.NONE));
        }
        older.forEach(stolen::put);
        stolen.run("DELETE FROM sealed WHERE key = ?", HexFormat.of().parseHex(stolen.scoreKeys().get(0)));
        assertEquals(4 * MEMBERS.size() - 1, StoreMaintenance.verify(path, secret));
        score(path, MEMBERS, TARGET, REFERENCE);
        assertEquals(4 * MEMBERS.size(), StoreMaintenance.verify(path, secret));
    }
}
