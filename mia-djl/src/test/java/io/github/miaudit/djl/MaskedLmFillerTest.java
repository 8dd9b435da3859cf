package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.Blank;
import io.github.miaudit.likelihood.BlankFillerContract;
import io.github.miaudit.likelihood.BlankFillings;
import io.github.miaudit.likelihood.BlankReading;
import io.github.miaudit.likelihood.BlankScorer;
import io.github.miaudit.likelihood.Filling;
import io.github.miaudit.likelihood.FillingSettings;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.Reading;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScorer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MaskedLmFillerTest extends BlankFillerContract {

    private static final Blank SEEN = new Blank(Sample.of("s1", "seen by Dr Smith today"), 11, 16, List.of("Smith"));

    @Override
    protected SequenceScorer open() {
        return MaskedLmScorer.open(Golden.ROBERTA.folder());
    }

    @Override
    protected BlankScorer blanks(SequenceScorer scorer) {
        return ((MaskedLmScorer) scorer).blanks();
    }

    private static BlankFillings fill(MaskedLmScorer scorer, Blank blank, int width, int longest) {
        return scorer.blanks().filler().orElseThrow().fill(List.of(blank), new FillingSettings(width, longest), ScoringListener.NONE)
                .get(0).orElseThrow();
    }

    /** A beam as wide as the vocabulary is a full search; here it is made one text at a time. */
    @Test
    void aFullBeamMissesNoneOfAllPairsOfWords() throws IOException {
        List<String> words = Files.readAllLines(Golden.BERT.folder().resolve("vocab.txt")).stream()
                .filter(word -> word.matches("[a-z]{2,}")).toList();
        assertTrue(words.size() > 100, words.size() + " words");
        List<String> texts = new ArrayList<>(words);
        for (String first : words.subList(0, 40)) {
            words.subList(20, 60).forEach(second -> texts.add(first + " " + second));
        }
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.BERT.folder())) {
            List<Filling> full = fill(scorer, SEEN, 1000, 2).likeliest();
            Map<String, Filling> found = full.stream().collect(Collectors.toMap(filling -> filling.reading().text(), Function.identity()));
            double[] naive = scorer.blanks().fill(List.of(new Blank(SEEN.sample(), SEEN.start(), SEEN.end(), texts)),
                    BlankReading.LEFT_TO_RIGHT, ScoringListener.NONE).get(0);
            int among = 0;
            for (int place = 0; place < naive.length; place++) {
                int tokens = texts.get(place).split(" ").length;
                Filling filling = found.get(texts.get(place));
                if (filling != null && filling.reading().tokens() == tokens) {
                    among++;
                    assertEquals(naive[place], filling.logLikelihood(), 5e-4);
                } else {
                    double least = full.stream().filter(each -> each.reading().tokens() == tokens).mapToDouble(Filling::logLikelihood).min()
                            .orElseThrow();
                    assertTrue(filling != null || tokens == 2 && naive[place] < least + 5e-4, texts.get(place) + " is missed");
                }
            }
            assertTrue(among > 100, among + " among the likeliest");
            for (Filling narrow : fill(scorer, SEEN, 3, 2).likeliest()) {
                assertTrue(narrow.rank() >= found.get(narrow.reading().text()).rank());
                assertEquals(found.get(narrow.reading().text()).logLikelihood(), narrow.logLikelihood(), 5e-4);
            }
        }
    }

    @Test
    void readingsAreAsTheModelWrites() {
        Blank blank = new Blank(Sample.of("s1", "seen by Dr Müller today"), 11, 17, List.of("Müller", "van Dyk", "12/03", "SMITH"));
        try (MaskedLmScorer bert = MaskedLmScorer.open(Golden.BERT.folder());
                MaskedLmScorer roberta = MaskedLmScorer.open(Golden.ROBERTA.folder())) {
            assertEquals(List.of("muller", "van dyk", "12 / 03", "smith"),
                    fill(bert, blank, 1, 1).candidates().stream().map(Reading::text).toList());
            assertEquals(List.of("Müller", "van Dyk", "12/03", "SMITH"),
                    fill(roberta, blank, 1, 1).candidates().stream().map(Reading::text).toList());
        }
    }

    @Test
    void noFillingLengthensTheWordBeforeOrHoldsASpecialToken() {
        try (MaskedLmScorer bert = MaskedLmScorer.open(Golden.BERT.folder());
                MaskedLmScorer roberta = MaskedLmScorer.open(Golden.ROBERTA.folder())) {
            for (MaskedLmScorer scorer : List.of(bert, roberta)) {
                List<Filling> found = fill(scorer, SEEN, 1000, 1).likeliest();
                assertTrue(found.size() > 50 && found.size() < 1000, found.size() + " fillings");
                for (Filling filling : found) {
                    String text = SEEN.with(filling.reading().text());
                    assertFalse(filling.reading().text().matches("##.*|\\[(CLS|SEP|MASK|PAD|UNK)]|</?s>|<mask>|<pad>|<unk>"));
                    // as a text it has one token more than without, unless it is part of a character or of another token
                    List<String> tokens = scorer.tokens(Sample.of("t", text)).orElseThrow();
                    assertTrue(filling.reading().text().contains("\uFFFD") || tokens.get(3).equals(filling.reading().text())
                            || tokens.get(3).toLowerCase().equals(filling.reading().text())
                            || tokens.size() > 5 || tokens.size() < 5, "filling of " + filling.reading());
                }
            }
        }
    }

    @Test
    void rowsSharedOrAloneGiveTheSame() {
        try (MaskedLmScorer plain = MaskedLmScorer.open(Golden.ROBERTA.folder());
                MaskedLmScorer single = MaskedLmScorer.open(Golden.ROBERTA.folder(), MaskedLmOptions.withDefaults().withTokenBudget(1));
                MaskedLmScorer moments = MaskedLmScorer.open(Golden.ROBERTA.folder(),
                        MaskedLmOptions.withDefaults().withVocabularyMoments())) {
            BlankFillings expected = fill(plain, SEEN, 5, 3);
            for (MaskedLmScorer other : List.of(single, moments)) {
                BlankFillings found = fill(other, SEEN, 5, 3);
                assertEquals(expected.candidates(), found.candidates());
                assertEquals(expected.likeliest().stream().map(Filling::reading).toList(),
                        found.likeliest().stream().map(Filling::reading).toList());
            }
        }
    }

    @Test
    void whereATokenReachesAcrossThePlaceNothingIsFilledIn() {
        Blank within = new Blank(Sample.of("s1", "seen by ☃Smith☃ today"), 9, 14, List.of("Smith")); // all one unknown token
        Blank partOfWord = new Blank(Sample.of("s2", "seen by drsmith"), 10, 15, List.of("smith"));
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.BERT.folder())) {
            List<Optional<BlankFillings>> found = scorer.blanks().filler().orElseThrow().fill(List.of(within, SEEN, partOfWord),
                    new FillingSettings(3, 2), ScoringListener.NONE);
            assertTrue(found.get(0).isEmpty());
            assertEquals(3, found.get(1).orElseThrow().likeliest().stream().filter(each -> each.reading().tokens() == 1).count());
            found.get(2).orElseThrow().likeliest().forEach(filling -> assertEquals(1, scorer
                    .tokens(Sample.of("t", partOfWord.with(filling.reading().text()))).orElseThrow().stream()
                    .filter(token -> token.equals("dr")).count()));
        }
    }

    @Test
    void longTextIsCutAroundThePlaceOrRefused() {
        String before = "no pain ".repeat(100);
        Blank blank = new Blank(Sample.of("s1", before + "Smith" + " slept".repeat(100)), before.length(), before.length() + 5,
                List.of("Smith"));
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.BERT.folder());
                MaskedLmScorer strict = MaskedLmScorer.open(Golden.BERT.folder(),
                        MaskedLmOptions.withDefaults().withLengthPolicy(LengthPolicy.REJECT))) {
            assertTrue(fill(scorer, blank, 3, 2).likeliest().size() > 3);
            String refused = assertThrows(AuditException.class, () -> fill(strict, blank, 3, 2)).getMessage();
            assertTrue(refused.contains("sentence s1 has ") && refused.contains("takes up to 128"), refused);
            assertTrue(assertThrows(AuditException.class, () -> fill(scorer, blank, 1, 60)).getMessage()
                    .contains("ask for shorter fillings"));
        }
    }

    @Test
    void textsDoNotShowInWords() {
        try (MaskedLmScorer scorer = MaskedLmScorer.open(Golden.ROBERTA.folder())) {
            assertFalse(fill(scorer, SEEN, 2, 2).toString().contains("Smith"));
        }
    }
}
