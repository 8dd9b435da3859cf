package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.github.miaudit.data.Rewriting;
import io.github.miaudit.data.RewritingContract;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.SequenceScore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedLmNeighboursTest extends RewritingContract {

    private static final String TEXT = "😀 the patient, übel 3 × since May — was seen on the ward.";

    private static MaskedLmNeighbours shared;

    @BeforeAll
    static void open() {
        shared = MaskedLmNeighbours.open(Golden.ROBERTA.folder(), MaskedLmOptions.withDefaults());
    }

    @AfterAll
    static void close() {
        shared.close();
    }

    @Override
    protected Rewriting rewriting() {
        return shared;
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-tiny", "roberta-tiny"})
    void eachNeighbourIsOneTokenAway(String name) throws IOException {
        Sample sample = Sample.of("1", "patient", TEXT);
        try (MaskedLmNeighbours neighbours = MaskedLmNeighbours.open(golden(name).folder(), MaskedLmOptions.withDefaults());
                HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(golden(name).folder(),
                        Map.of("truncation", "false", "padding", "false"))) {
            List<Sample> found = neighbours.rewrite(sample);
            assertTrue(found.size() > 10, found.size() + " neighbours");
            assertEquals(found.size(), new HashSet<>(found).size());
            long[] original = tokenizer.encode(TEXT).getIds();
            for (Sample neighbour : found) {
                assertEquals("1", neighbour.id());
                assertEquals(sample.group(), neighbour.group());
                long[] ids = tokenizer.encode(neighbour.text()).getIds();
                assertEquals(original.length, ids.length);
                assertEquals(1, IntStream.range(0, ids.length).filter(position -> ids[position] != original[position]).count(),
                        neighbour.text());
            }
        }
    }

    /**
     * By rule original the masked row of a swap is that of the sentence, so the scorer says what the generator thinks of
     * the swapped token: its chance over that of all tokens but the original must fall from neighbour to neighbour.
     */
    @ParameterizedTest
    @ValueSource(strings = {"bert-tiny", "roberta-tiny"})
    void theLikeliestSwapsComeFirst(String name) {
        try (MaskedLmNeighbours neighbours = MaskedLmNeighbours.open(golden(name).folder(), MaskedLmOptions.withDefaults());
                MaskedLmScorer scorer = MaskedLmScorer.open(golden(name).folder())) {
            SequenceScore original = scorer.score(List.of(Sample.of("1", TEXT)), MaskingRule.original()).get(0);
            double previous = Double.POSITIVE_INFINITY;
            for (SequenceScore swapped : scorer.score(neighbours.rewrite(Sample.of("1", TEXT)), MaskingRule.original())) {
                double weight = weight(original, swapped);
                assertTrue(weight <= previous * (1 + 1e-4), weight + " after " + previous);
                previous = weight;
            }
            assertTrue(previous > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-tiny", "roberta-tiny"})
    void noOtherSwapOfThatTokenIsLikelierThanTheFirst(String name) throws IOException {
        Sample sample = Sample.of("1", "the ward");
        try (MaskedLmNeighbours neighbours = MaskedLmNeighbours.open(golden(name).folder(), MaskedLmOptions.withDefaults()).withCount(1);
                MaskedLmScorer scorer = MaskedLmScorer.open(golden(name).folder());
                HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(golden(name).folder())) {
            SequenceScore original = scorer.score(List.of(sample), MaskingRule.original()).get(0);
            List<Sample> all = new ArrayList<>(neighbours.rewrite(sample));
            assertEquals(1, all.size());
            for (long id = 5; id < 1000; id++) { // every word of the vocabulary in the place of the first
                String word = tokenizer.decode(new long[] {id}, true);
                all.add(Sample.of("1", word + sample.text().substring(3)));
            }
            List<SequenceScore> scores = scorer.score(all, MaskingRule.original());
            double best = weight(original, scores.get(0));
            for (SequenceScore score : scores) {
                if (score.tokenCount() == original.tokenCount() && differences(original, score) == 1) {
                    assertTrue(weight(original, score) <= best * (1 + 1e-4));
                }
            }
        }
    }

    @Test
    void manySentencesEachHaveTheirOwn() {
        List<Sample> samples = IntStream.range(0, 300)
                .mapToObj(number -> Sample.of("s" + number, "the patient was seen on day " + number + " of May")).toList();
        MaskedLmNeighbours few = shared.withCount(2);
        List<List<Sample>> all = few.rewriteAll(samples);
        assertEquals(samples.size(), all.size());
        for (int place = 0; place < samples.size(); place++) {
            Sample sample = samples.get(place);
            assertEquals(2, all.get(place).size());
            all.get(place).forEach(neighbour -> assertEquals(sample.id(), neighbour.id()));
        }
        for (int place = 0; place < samples.size(); place += 50) {
            assertEquals(few.rewrite(samples.get(place)), all.get(place));
        }
    }

    @Test
    void aSentenceTooLongToBeReadHasNone() {
        List<Sample> samples = List.of(Sample.of("s1", "the ward"), Sample.of("s2", "a".repeat(100_001)), Sample.of("s3", "the ward"));
        List<List<Sample>> all = shared.rewriteAll(samples);
        assertEquals(List.of(), all.get(1));
        assertEquals(all.get(0).stream().map(Sample::text).toList(), all.get(2).stream().map(Sample::text).toList());
    }

    @Test
    void aSentenceWithoutContentHasNone() {
        try (MaskedLmNeighbours neighbours = MaskedLmNeighbours.open(Golden.BERT.folder(), MaskedLmOptions.withDefaults())) {
            assertEquals(List.of(), neighbours.rewrite(Sample.of("1", "")));
            assertThrows(IllegalArgumentException.class, () -> neighbours.withCount(0));
        }
    }

    @Test
    void ofALongSentenceTheStartIsSwapped() {
        String text = "the patient was seen ".repeat(200).strip();
        try (MaskedLmNeighbours neighbours = MaskedLmNeighbours.open(Golden.ROBERTA.folder(), MaskedLmOptions.withDefaults())
                .withCount(3)) {
            List<Sample> found = neighbours.rewrite(Sample.of("1", text));
            assertEquals(3, found.size());
            found.forEach(neighbour -> assertEquals(text.substring(text.length() - 400),
                    neighbour.text().substring(neighbour.text().length() - 400)));
        }
    }

    private static double weight(SequenceScore original, SequenceScore swapped) {
        int token = IntStream.range(0, original.tokenCount()).filter(each -> swapped.tokenIds()[each] != original.tokenIds()[each])
                .findFirst().orElseThrow();
        return Math.exp(swapped.logLikelihoods()[token]) / (1 - Math.exp(original.logLikelihoods()[token]));
    }

    private static long differences(SequenceScore original, SequenceScore swapped) {
        return IntStream.range(0, original.tokenCount()).filter(each -> swapped.tokenIds()[each] != original.tokenIds()[each]).count();
    }

    private static Golden golden(String name) {
        return name.equals("bert-tiny") ? Golden.BERT : Golden.ROBERTA;
    }
}
