package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.Blank;
import io.github.miaudit.likelihood.BlankReading;
import io.github.miaudit.likelihood.BlankScorer;
import io.github.miaudit.likelihood.BlankScorerContract;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScorer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedLmBlanksTest extends BlankScorerContract {

    @Override
    protected SequenceScorer open() {
        return MaskedLmScorer.open(Golden.ROBERTA.folder());
    }

    @Override
    protected BlankScorer blanks(SequenceScorer scorer) {
        return ((MaskedLmScorer) scorer).blanks();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-tiny", "roberta-tiny"})
    void logLikelihoodsAreThoseOfTransformers(String name) throws IOException {
        JsonArray expected = JsonParser.parseString(Files.readString(Golden.resource("/blanks/expected.json"))).getAsJsonObject()
                .getAsJsonArray(name);
        List<Blank> blanks = new ArrayList<>();
        for (JsonElement each : expected) {
            JsonObject blank = each.getAsJsonObject();
            blanks.add(new Blank(Sample.of("b" + blanks.size(), blank.get("text").getAsString()), blank.get("start").getAsInt(),
                    blank.get("end").getAsInt(),
                    candidates(blank).stream().map(candidate -> candidate.get("text").getAsString()).toList()));
        }
        try (MaskedLmScorer scorer = MaskedLmScorer.open((name.equals("bert-tiny") ? Golden.BERT : Golden.ROBERTA).folder())) {
            for (BlankReading reading : BlankReading.values()) {
                List<double[]> filled = scorer.blanks().fill(blanks, reading, ScoringListener.NONE);
                for (int place = 0; place < blanks.size(); place++) {
                    List<JsonObject> candidates = candidates(expected.get(place).getAsJsonObject());
                    for (int candidate = 0; candidate < candidates.size(); candidate++) {
                        JsonObject values = candidates.get(candidate);
                        assertEquals(values.get(reading == BlankReading.WHOLE ? "whole" : "left_to_right").getAsDouble(),
                                filled.get(place)[candidate], 1e-4 * values.get("tokens").getAsInt(),
                                reading + " " + blanks.get(place) + ", candidate " + candidate);
                    }
                }
            }
        }
    }

    private static List<JsonObject> candidates(JsonObject blank) {
        return StreamSupport.stream(blank.getAsJsonArray("candidates").spliterator(), false).map(JsonElement::getAsJsonObject).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"albert", "big_bird", "deberta-v2", "electra", "ernie", "eurobert", "longformer", "megatron-bert", "modernbert",
            "mpnet", "roberta-prelayernorm", "xlm-roberta"})
    void everyFamilyScoresAsOneRowAtATime(String family) {
        Blank blank = new Blank(Sample.of("s1", "pt Smith's pain"), 3, 8, List.of("Smith", "no", "Ng", "Smits", "pain pt"));
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.family(family).folder())) {
            for (BlankReading reading : BlankReading.values()) {
                assertScoresAsOneRowAtATime(scorer, scorer.blanks(), reading, List.of(blank));
            }
        }
    }

    /** Which rows share a batch, and whether the scorer tells moments, changes no more than rounding does. */
    @ParameterizedTest
    @CsvSource({"float32,5e-4", "bfloat16,0.3"})
    void packingAndMomentsDoNotMatter(String precision, double tolerance) {
        List<Blank> blanks = IntStream.range(0, 40)
                .mapToObj(number -> new Blank(Sample.of("s" + number, "day " + number + ", Mrs Smith" + " no pain".repeat(number % 5)),
                        ("day " + number + ", Mrs ").length(), ("day " + number + ", Mrs Smith").length(),
                        List.of("Smith", "Jones", "Smits", "Ng")))
                .toList();
        MaskedLmOptions options = MaskedLmOptions.withDefaults()
                .withPrecision(Precision.valueOf(precision.toUpperCase(Locale.ROOT)));
        try (MaskedLmScorer plain = MaskedLmScorer.open(Golden.ROBERTA.folder(), options);
                MaskedLmScorer single = MaskedLmScorer.open(Golden.ROBERTA.folder(), options.withTokenBudget(1));
                MaskedLmScorer moments = MaskedLmScorer.open(Golden.ROBERTA.folder(), options.withVocabularyMoments())) {
            for (BlankReading reading : BlankReading.values()) {
                List<double[]> expected = plain.blanks().fill(blanks, reading, ScoringListener.NONE);
                List<double[]> alone = single.blanks().fill(blanks, reading, ScoringListener.NONE);
                List<double[]> beside = moments.blanks().fill(blanks, reading, ScoringListener.NONE);
                for (int place = 0; place < blanks.size(); place++) {
                    assertArrayEquals(expected.get(place), alone.get(place), tolerance);
                    assertArrayEquals(expected.get(place), beside.get(place), tolerance);
                }
            }
        }
    }

    @Test
    void threadsDoNotDisturbOneAnother() {
        Blank blank = new Blank(Sample.of("s1", "Mrs Smith's chest"), 4, 9, List.of("Smith", "Jones", "Ng"));
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.ROBERTA.folder())) {
            double[] expected = scorer.blanks().fill(List.of(blank), BlankReading.LEFT_TO_RIGHT, ScoringListener.NONE).get(0);
            IntStream.range(0, 40).parallel().forEach(call -> assertArrayEquals(expected,
                    scorer.blanks().fill(List.of(blank), BlankReading.LEFT_TO_RIGHT, ScoringListener.NONE).get(0), 1e-5));
        }
    }

    @Test
    void someHundredCandidatesOfOneTokenAreDifferentTokensInOneRow() {
        List<String> letters = IntStream.rangeClosed('A', 'Z').mapToObj(letter -> Character.toString(letter)).toList();
        Blank blank = new Blank(Sample.of("s1", "ward A"), 5, 6, letters);
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.BERT.folder())) {
            double[] filled = scorer.blanks().fill(List.of(blank), BlankReading.WHOLE, ScoringListener.NONE).get(0);
            assertEquals(26, filled.length);
            double all = IntStream.range(0, 26).mapToDouble(place -> Math.exp(filled[place])).sum();
            assertTrue(all > 0 && all < 1, all + " is a part of all chances");
        }
    }
}
