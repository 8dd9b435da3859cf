package io.github.miaudit.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoringInPartsTest {

    private static final MaskingRule RULE = MaskingRule.withinWordLeftToRight();
    private static final FakeScorer MODEL = new FakeScorer("model", "t", 0.1);
    /** Of which no sentence with a z can be scored. */
    private static final SequenceScorer FAILING = new ForwardingScorer(MODEL) {
        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            samples.stream().filter(sample -> sample.text().contains("z")).findFirst().ifPresent(sample -> {
                throw new AuditException("sentence " + sample.id() + " is too much");
            });
            return scorer.score(samples, rules, listener);
        }
    };

    @TempDir
    private Path folder;

    private static AttackDataset dataset(Set<Integer> failing) {
        return AttackDataset.of(samples("m", 30, failing), samples("n", 25, Set.of()), samples("e", 3, Set.of()));
    }

    private static List<Sample> samples(String set, int count, Set<Integer> failing) {
        return IntStream.range(0, count).mapToObj(row -> Sample.of(set + row, set + "p" + row / 4,
                "said " + "ab ".repeat(row % 7) + row + (failing.contains(row) ? " z" : ""))).toList();
    }

    private Map<MaskingRule, Path> files() {
        Map<MaskingRule, Path> files = new LinkedHashMap<>();
        files.put(RULE, folder.resolve("a/scores.jsonl"));
        files.put(MaskingRule.maskless(), folder.resolve("b/scores.jsonl"));
        return files;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 30, 58, 1000})
    void filesAndSumsAreThoseOfAllAtOnce(int part) throws IOException {
        AttackDataset dataset = dataset(Set.of());
        ModelScores all = ModelScores.of(MODEL, dataset, files().keySet(), ScoringListener.NONE);
        List<ScoringProgress> told = new ArrayList<>();
        ScoringInParts scoring = ScoringInParts.of(MODEL).withPartsOf(part);
        ScoringInParts.Outcome found = scoring.write(dataset, files(), told::add);
        assertEquals(58, told.get(told.size() - 1).sentencesDone());
        assertTrue(told.stream().allMatch(progress -> progress.sentencesTotal() == 58));
        for (Map.Entry<MaskingRule, Path> file : files().entrySet()) {
            List<ScoredSentence> expected = Stream.of(Population.values()).flatMap(set -> {
                Iterator<Sample> samples = dataset.samples(set).iterator();
                return all.scores(file.getKey(), set).stream()
                        .map(score -> new ScoredSentence(Optional.of(set), samples.next().group(), score));
            }).toList();
            ScoreFile.write(folder.resolve("expected.jsonl"), expected);
            assertEquals(-1, Files.mismatch(folder.resolve("expected.jsonl"), file.getValue()));
            assertEquals(ScoreManifest.Counts.of(expected), found.counts().get(file.getKey()));
            for (Population set : Population.values()) {
                assertEquals(lines(all.scores(file.getKey(), set).stream().map(SequenceScore::withoutTokens)),
                        lines(found.scores().scores(file.getKey(), set).stream()));
            }
        }
        assertEquals(all.withProbe(MODEL, dataset).probe(), found.scores().withProbe(MODEL, dataset).probe());

        Map<MaskingRule, ScoreManifest.Counts> ofSums = scoring.withoutTokens().write(dataset, files(), ScoringListener.NONE).counts();
        assertEquals(0, ofSums.get(RULE).tokens());
        assertFalse(Files.readString(files().get(RULE)).contains("tokenIds"));
    }

    /** A sum of a token that was scored twice, or never, is of other tokens than the sentence's. */
    @Test
    void howTokensSpreadIsKnownWhereEachIsScoredOnce() {
        AttackDataset dataset = dataset(Set.of());
        for (MaskingRule rule : List.of(MaskingRule.energy(), MaskingRule.progressive(), MaskingRule.partition().withRepetitions(2))) {
            assertEquals(Optional.empty(), scored(dataset, rule).spread(rule), rule.label());
        }
        MaskingRule once = MaskingRule.partition();
        ModelScores scores = scored(dataset, once);
        assertEquals(scores.scores(once, Population.MEMBERS).stream().mapToLong(SequenceScore::tokenCount).sum(),
                scores.spread(once).orElseThrow().of(Population.MEMBERS).tokens());
    }

    private ModelScores scored(AttackDataset dataset, MaskingRule rule) {
        return ScoringInParts.of(MODEL).withoutTokens().write(dataset, Map.of(rule, folder.resolve("scores.jsonl")), ScoringListener.NONE)
                .scores();
    }

    private static List<String> lines(Stream<SequenceScore> scores) {
        return scores.map(score -> ScoreFile.line(new ScoredSentence(Optional.empty(), Optional.empty(), score))).toList();
    }

    @Test
    void theShareThatMayFailIsOfAll() throws IOException {
        ScoringInParts scoring = ScoringInParts.of(FAILING).withPartsOf(10).withFailures(0.055); // 3.19 of 58
        ScoringInParts.Outcome found = scoring.write(dataset(Set.of(0, 1, 2)), files(), ScoringListener.NONE);
        assertEquals(new ScoreManifest.Counts(58, 3, found.counts().get(RULE).tokens(), found.counts().get(RULE).tokens()),
                found.counts().get(RULE));
        AuditException tooMany = assertThrows(AuditException.class,
                () -> scoring.write(dataset(Set.of(0, 1, 2, 29)), files(), ScoringListener.NONE));
        assertTrue(String.valueOf(tooMany.getMessage()).contains("m29"), tooMany::getMessage);
        assertThrows(AuditException.class, () -> ScoringInParts.of(FAILING).write(dataset(Set.of(3)), files(), ScoringListener.NONE));
        assertThrows(IllegalArgumentException.class, () -> scoring.withFailures(1));
    }

    @Test
    void whatFailsLeavesWhatWasThere() throws IOException {
        Files.createDirectories(folder.resolve("a"));
        Files.writeString(files().get(RULE), "earlier");
        assertThrows(AuditException.class,
                () -> ScoringInParts.of(FAILING).withPartsOf(10).write(dataset(Set.of(29)), files(), ScoringListener.NONE));
        assertEquals("earlier", Files.readString(files().get(RULE)));
        try (Stream<Path> left = Files.walk(folder)) {
            assertEquals(List.of(files().get(RULE)), left.filter(Files::isRegularFile).toList());
        }
    }
}
