package io.github.miaudit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.likelihood.StoredScorer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores in processes that are killed, and in two at once. */
class StoreInProcessesTest {

    private static final int SENTENCES = 1500;
    private static final MaskingRule RULE = MaskingRule.maskless();
    private static final int KILLS = Integer.getInteger("miaudit.kills", 6);
    /** What a sentence takes: long enough that all kills fall into the run. */
    private static final long MILLIS_A_SENTENCE = Math.max(4, KILLS);

    @TempDir
    private Path folder;

    /** Scores all sentences with the folder's store, once so many processes are there, and writes down, batch by batch, what it scores. */
    static final class Scoring {

        private Scoring() {
        }

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            try (SqliteScoreStore store = SqliteScoreStore.open(folder.resolve("scores.db"));
                    SequenceScorer scorer = StoredScorer.of(new Slow(folder.resolve(arguments[1])), store)) {
                Files.createFile(folder.resolve(arguments[1] + ".ready"));
                while (Files.list(folder).filter(file -> file.toString().endsWith(".ready")).count() < Integer.parseInt(arguments[2])) {
                    Thread.sleep(10);
                }
                System.out.println("scoring");
                scorer.score(sentences(), RULE);
                System.out.println("done");
            }
        }
    }

    /** Takes its time. */
    private record Slow(Path log) implements SequenceScorer {

        private static final FakeScorer FAKE = new FakeScorer("fake", "characters", -0.5);

        @Override
        public ModelIdentity model() {
            return FAKE.model();
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            try {
                Files.writeString(log, String.join(" ", samples.stream().map(Sample::id).toList()) + "\n", StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
                Thread.sleep(Long.parseLong(System.getProperty("pause")) * samples.size());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return FAKE.score(samples, rules, listener);
        }

        @Override
        public void close() {
            FAKE.close();
        }
    }

    @Test
    void aKilledRunGoesOnWhereItWas() throws Exception {
        Random random = new Random(5);
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start("log" + kill, 1);
            try (var lines = process.inputReader()) {
                lines.readLine();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
                assertTrue(process.isAlive(), "kill " + kill + " comes too late");
                process.destroyForcibly().waitFor();
            }
        }
        Process last = start("log" + KILLS, 1);
        assertEquals(0, last.waitFor());

        int scored = 0;
        int lost = 0;
        for (int run = 0; run <= KILLS; run++) {
            List<String> batches = Files.exists(folder.resolve("log" + run)) ? Files.readAllLines(folder.resolve("log" + run)) : List.of();
            scored += batches.stream().mapToInt(batch -> batch.split(" ").length).sum();
            // the batch in work, and the one before it, which is stored meanwhile
            List<String> atRisk = run < KILLS ? batches.subList(Math.max(0, batches.size() - 2), batches.size()) : List.of();
            lost += atRisk.stream().mapToInt(batch -> batch.split(" ").length).sum();
        }
        assertTrue(scored >= SENTENCES && scored <= SENTENCES + lost, scored + " scored, at most " + lost + " for a second time");
        assertScoresAreThoseOfAnUndisturbedRun();
    }

    @Test
    void twoProcessesShareTheWork() throws Exception {
        Process one = start("one", 2);
        Process other = start("other", 2);
        assertEquals(0, one.waitFor());
        assertEquals(0, other.waitFor());
        List<String> ofOne = ids("one");
        List<String> ofOther = ids("other");
        assertTrue(!ofOne.isEmpty() && !ofOther.isEmpty(), ofOne.size() + " and " + ofOther.size());
        assertEquals(SENTENCES, Stream.concat(ofOne.stream(), ofOther.stream()).distinct().count());
        assertEquals(SENTENCES, ofOne.size() + ofOther.size(), "nothing is scored twice");
        assertScoresAreThoseOfAnUndisturbedRun();
    }

    private void assertScoresAreThoseOfAnUndisturbedRun() throws Exception {
        List<SequenceScore> undisturbed = Slow.FAKE.score(sentences(), RULE);
        try (SqliteScoreStore store = SqliteScoreStore.open(folder.resolve("scores.db"))) {
            for (int sentence = 0; sentence < SENTENCES; sentence++) {
                SequenceScore stored = store.find(Slow.FAKE.model(), RULE, sentences().subList(sentence, sentence + 1)).get(0)
                        .orElseThrow();
                assertArrayEquals(undisturbed.get(sentence).logLikelihoods(), stored.logLikelihoods());
            }
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("scores.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("PRAGMA integrity_check")) {
            assertEquals("ok", rows.getString(1));
        }
    }

    private List<String> ids(String log) throws IOException {
        return Files.readAllLines(folder.resolve(log)).stream().flatMap(line -> Stream.of(line.split(" "))).toList();
    }

    private static List<Sample> sentences() {
        return IntStream.range(0, SENTENCES).mapToObj(row -> Sample.of("s" + row, "Sentence " + row + " of all.")).toList();
    }

    private Process start(String log, int processes) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "-Dpause=" + MILLIS_A_SENTENCE, Scoring.class.getName(), folder.toString(), log,
                Integer.toString(processes)));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
