package io.github.miaudit.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.UnorderedDigest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores as lines: what is read is what was written, and nothing else is read. */
class ScoreFileTest {

    private static final Path FILE = Path.of("scores.jsonl");
    private static final String COUNTS = "\"tokenCount\":1,\"unknownCount\":0,\"characterCount\":2,\"wordCount\":1,\"compressedLength\":9";

    @Property
    void whatIsReadIsWhatWasWritten(@ForAll("sentences") List<ScoredSentence> sentences) {
        List<ScoredSentence> read = read(String.join("\n", sentences.stream().map(ScoreFile::line).toList()));
        assertEquals(sentences.size(), read.size());
        for (int row = 0; row < read.size(); row++) {
            ScoredSentence sentence = sentences.get(row);
            ScoredSentence again = read.get(row);
            assertEquals(sentence.population(), again.population());
            assertEquals(sentence.group(), again.group());
            assertEquals(sentence.score().id(), again.score().id());
            assertEquals(sentence.score().status(), again.score().status());
            assertEquals(sentence.score().failure(), again.score().failure());
            assertEquals(sentence.score().tokenCount(), again.score().tokenCount());
            assertEquals(sentence.score().unknownCount(), again.score().unknownCount());
            assertEquals(sentence.score().measures(), again.score().measures());
            assertEquals(sentence.score().hasSpecialLiteral(), again.score().hasSpecialLiteral());
            assertEquals(sentence.score().sum(), again.score().sum());
            if (sentence.score().status().isScored()) {
                assertEquals(sentence.score().hasTokens(), again.score().hasTokens());
                assertEquals(sentence.score().moments().isPresent(), again.score().moments().isPresent());
            }
            if (sentence.score().hasTokens()) {
                assertTrue(sentence.score().hasTokensOf(again.score()));
                assertArrayEquals(sentence.score().logLikelihoods(), again.score().logLikelihoods());
            }
            again.score().moments().ifPresent(moments -> {
                assertArrayEquals(sentence.score().moments().orElseThrow().means(), moments.means());
                assertArrayEquals(sentence.score().moments().orElseThrow().deviations(), moments.deviations());
            });
        }
    }

    @Provide
    static Arbitrary<List<ScoredSentence>> sentences() {
        Arbitrary<TextMeasures> measures = Combinators
                .combine(Arbitraries.integers().between(0, 500), Arbitraries.integers().between(0, 90),
                        Arbitraries.integers().between(8, 700))
                .as(TextMeasures::new);
        Arbitrary<double[]> numbers = Arbitraries.oneOf(Arbitraries.doubles().between(-40, 0),
                Arbitraries.floats().between(-40, 0).map(Float::doubleValue)).array(double[].class).ofMaxSize(5);
        Arbitrary<SequenceScore> scores = Combinators.combine(Arbitraries.strings().ofMinLength(1).ofMaxLength(9), measures, numbers,
                Arbitraries.integers().between(0, 6), Arbitraries.integers().between(0, 4)).as(ScoreFileTest::score);
        return Combinators.combine(Arbitraries.of(Population.class).optional(), Arbitraries.strings().ofMaxLength(6).optional(), scores)
                .as(ScoredSentence::new).list().ofMaxSize(6);
    }

    private static SequenceScore score(String id, TextMeasures measures, double[] numbers, int kind, int unknown) {
        SequenceScore score = new SequenceScore(id, measures, new int[numbers.length], numbers)
                .withUnknownCount(Math.min(unknown, numbers.length));
        return switch (kind) {
            case 0 -> SequenceScore.ofFailure(id, measures, "sentence " + id + ": no number");
            case 1 -> score.withoutTokens();
            case 2 -> new SequenceScore(id, measures, new int[0], new double[0]).withStatus(SequenceScore.Status.TOO_LONG)
                    .withTokenCount(700);
            case 3 -> score.withMoments(new SequenceScore.VocabularyMoments(numbers, numbers));
            case 4 -> score.withSpecialLiteral();
            case 5 -> numbers.length == 0 ? score : score.withStatus(SequenceScore.Status.WINDOWED).withTokenCount(numbers.length + 3);
            default -> score;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "3", "\"a\"", "{}", "{\"id\":\"1\"}", "{\"id\":1,\"status\":\"EMPTY\"," + COUNTS + "}",
            "{\"id\":\"1\",\"status\":\"SCORED\"," + COUNTS + "}", "{\"id\":\"1\",\"status\":\"scored\",\"sum\":-1," + COUNTS + "}",
            "{\"id\":\"1\",\"status\":\"SCORED\",\"sum\":NaN," + COUNTS + "}",
            "{\"id\":\"1\",\"id\":\"2\",\"status\":\"SCORED\",\"sum\":-1," + COUNTS + "}",
            "{\"population\":\"members\",\"id\":\"1\",\"status\":\"SCORED\",\"sum\":-1," + COUNTS + "}",
            "{\"id\":\"1\",\"status\":\"SCORED\",\"tokenIds\":[1],\"logLikelihoods\":[-1,-2]," + COUNTS + "}",
            "{\"id\":\"1\",\"status\":\"SCORED\",\"tokenIds\":[1,2],\"logLikelihoods\":[-1,2]," + COUNTS + "}",
            "{\"id\":\"1\",\"status\":\"SCORED\",\"sum\":1," + COUNTS + "}",
            "{\"id\":\"1\",\"status\":\"SCORED\",\"tokenIds\":[1.5],\"logLikelihoods\":[-1]," + COUNTS + "}",
            "{\"id\":\"1\",\"status\":\"SCORED\",\"sum\":-1,\"tokenCount\":-1,\"characterCount\":2,\"wordCount\":1}",
            "{\"id\":\"1\",\"status\":\"SCORED\",\"sum\":-1,\"tokenCount\":1,\"characterCount\":2,\"wordCount\":1}",
            "{\"id\":\"1\",\"status\":\"FAILED\"," + COUNTS + "}", "{\"id\":\"1\",\"status\":\"SCORED\",\"sum\":-1," + COUNTS + "} {}"})
    void whatIsNoScoreIsRefusedByItsLine(String line) {
        String first = "{\"id\":\"0\",\"status\":\"SCORED\",\"sum\":-1," + COUNTS + "}\n";
        InvalidFileException refused = assertThrows(InvalidFileException.class, () -> read(first + line));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("scores.jsonl:2: "), refused::getMessage);
    }

    @Test
    void aScoreOfASumAloneHasNoTokensToAskFor() {
        SequenceScore score = SequenceScore.ofSum("7", new TextMeasures(3, 1, 9), 2, -3.5);
        assertFalse(score.hasTokens());
        assertEquals(-3.5, score.sum());
        assertEquals(-1.75, Reduction.MEAN.reduce(score));
        assertTrue(String.valueOf(assertThrows(IllegalStateException.class, score::tokenIds).getMessage()).contains("sentence 7"));
        assertThrows(IllegalStateException.class, score::logLikelihoods);
    }

    @Test
    void aManifestIsReadAsItWasWritten(@TempDir Path folder) {
        Path scores = folder.resolve("scores.jsonl");
        List<ScoredSentence> sentences = List.of(
                new ScoredSentence(Optional.of(Population.MEMBERS), Optional.of("p"),
                        new SequenceScore("1", new TextMeasures(3, 1, 9), new int[] {4, 5}, new double[] {-1, -2})),
                new ScoredSentence(Optional.of(Population.NON_MEMBERS), Optional.empty(),
                        SequenceScore.ofFailure("1", new TextMeasures(3, 1, 9), "why")));
        ScoreFile.write(scores, sentences);
        ModelIdentity model = new ModelIdentity("m", "d", "t", 10, Casing.UNCASED, "float32", LengthPolicy.WINDOW, "e");
        ScoreManifest manifest = ScoreManifest
                .of(scores, model, MaskingRule.energy(), ScoreManifest.Counts.of(sentences), new UnorderedDigest(2, BigInteger.TEN))
                .withTrainedOn(List.of(Population.MEMBERS)).withBucket(new ScoreManifest.Bucket(3, 64))
                .withProbe(new ModelProbe(5, 0.25, 1.5, OptionalDouble.of(0.125),
                        Optional.of(new ModelProbe.Expectation(2, 2.5, 0.75)),
                        Optional.of(new ModelProbe.BestReading("none", -1, 0.5, 3, 4))));
        manifest.write(ScoreManifest.beside(scores));
        assertEquals(manifest, ScoreManifest.read(folder.resolve("scores.jsonl.manifest.json")));
        assertEquals(new ScoreManifest.Counts(2, 1, 2, 0), manifest.counts());
        assertEquals(manifest.probe(), manifest.probe().map(probe -> ScoreManifest.parseProbe(FILE, ScoreManifest.write(probe))));
        assertThrows(InvalidFileException.class, () -> ScoreManifest.parseProbe(FILE, "{}"));
    }

    @Test
    void aManifestCountsTokensWithMoments() {
        SequenceScore score = new SequenceScore("1", new TextMeasures(3, 1, 9), new int[] {4, 5}, new double[] {-1, -2});
        SequenceScore expected = score.withMoments(new SequenceScore.VocabularyMoments(new double[] {-1, -1}, new double[] {1, 1}));
        assertEquals(new ScoreManifest.Counts(2, 0, 4, 2), ScoreManifest.Counts.of(List.of()).plus(score).plus(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"format\":2}", "{\"format\":1,\"model\":{},\"file\":\"a\"}", "{\"format\":1,\"model\":3}"})
    void whatIsNoManifestIsRefused(String text, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("manifest.json"), text);
        assertThrows(InvalidFileException.class, () -> ScoreManifest.read(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"sentences\": 2|\"sentences\": 2.5", "\"sentences\": 2|\"sentences\": -2", "\"failed\": 0|\"failed\": -3",
            "\"format\": 1|\"format\": 1.9", "\"bucket\": 3|\"bucket\": 4", "\"buckets\": 4|\"buckets\": 0",
            "\"noise\": 0.5|\"noise\": -1", "\"file\": \"x\"|\"file\": \"a\\u0000b\"", "\"tokens\": 4|\"tokens\": 1e300",
            "\"trainedOn\": \\[\\]|\"trainedOn\": [null]"})
    void aManifestWithAnImpossibleNumberIsRefused(String change) {
        ScoreManifest manifest = new ScoreManifest("x", "d",
                new ModelIdentity("m", "d", "t", 10, Casing.UNCASED, "float32", LengthPolicy.WINDOW, "e"), "original",
                new ScoreManifest.Counts(2, 0, 4, 0), List.of(),
                Optional.of(new ModelProbe(5, 0.5, 1.5, OptionalDouble.empty(), Optional.empty(), Optional.empty())), Optional.empty(),
                Optional.of(new ScoreManifest.Bucket(3, 4)), new UnorderedDigest(2, BigInteger.TEN), "0");
        assertEquals(manifest, ScoreManifest.parse(Path.of("m"), manifest.toJson()));
        String changed = manifest.toJson().replaceFirst(change.split("\\|")[0], change.split("\\|")[1].replace("\\", "\\\\"));
        assertThrows(InvalidFileException.class, () -> ScoreManifest.parse(Path.of("m"), changed));
    }

    @Test
    void aManifestNamesNoFileElsewhere() {
        ScoreManifest manifest = new ScoreManifest("../x", "d",
                new ModelIdentity("m", "d", "t", 10, Casing.UNCASED, "float32", LengthPolicy.WINDOW, "e"), "original",
                new ScoreManifest.Counts(1, 0, 0, 0), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), UnorderedDigest.NONE,
                "0");
        assertThrows(InvalidFileException.class, () -> ScoreManifest.parse(Path.of("m"), manifest.toJson()));
    }

    private static List<ScoredSentence> read(String text) {
        List<ScoredSentence> read = new ArrayList<>();
        ScoreFile.read(FILE, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), read::add);
        return read;
    }
}
