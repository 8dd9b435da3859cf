package io.github.miaudit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearDuplicatesTest {

    @Test
    void aWordChangedIsNearAnotherSentenceIsNot() {
        NearDuplicates members = NearDuplicates.of(List.of("The patient was admitted with chest pain and fever.", "No rash."),
                Normalisation.CASE_AND_SPACE, 0.8);
        assertTrue(members.contains("the  patient was admitted with chest pain and FEVER. "));
        assertTrue(members.contains("The patient was admitted with chest pain and a fever."));
        assertFalse(members.contains("The patient was discharged without chest pain or fever."));
        assertTrue(members.contains("The\u00A0patient was admitted with chest pain and\u00A0fever."));
        assertFalse(members.contains(""));
        assertTrue(NearDuplicates.of(List.of("hello world"), Normalisation.CASE_AND_SPACE, 1e-12).contains("world"));
    }

    @Test
    void shortAndEmptyTextsAreTheirOwnShingle() {
        NearDuplicates members = NearDuplicates.of(List.of("no", ""), Normalisation.CASE_AND_SPACE, 0.5);
        assertTrue(members.contains("No"));
        assertTrue(members.contains(" "));
        assertFalse(members.contains("yes"));
        assertFalse(NearDuplicates.of(List.of(), Normalisation.CASE_AND_SPACE, 0.5).contains("yes"));
    }

    @Test
    void thresholdHasBounds() {
        assertThrows(IllegalArgumentException.class, () -> NearDuplicates.of(List.of(), Normalisation.CASE_AND_SPACE, 0));
        assertThrows(IllegalArgumentException.class, () -> NearDuplicates.of(List.of(), Normalisation.CASE_AND_SPACE, Double.NaN));
    }

    @Test
    void digitsAreTheSameWhereTheyDoNotCount() {
        String text = "Metoprolol 25 mg was begun on 03/12.";
        String other = "Metoprolol 50 mg was begun on 11/09.";
        assertEquals(Set.of("metoprolol 00 mg was begun on 00/00."),
                NearDuplicates.of(List.of(text), Normalisation.CASE_SPACE_AND_DIGITS, 1).similarTo(other));
        assertFalse(NearDuplicates.of(List.of(text), Normalisation.CASE_AND_SPACE, 1).contains(other));
    }

    @Property
    void findsWhatComparingAllFinds(@ForAll("texts") List<String> texts, @ForAll("text") String text,
            @ForAll @DoubleRange(min = 0.2, max = 1) double threshold) {
        Set<String> expected = texts.stream().filter(other -> jaccard(shingles(text), shingles(other)) >= threshold - 1e-9)
                .map(Normalisation.CASE_AND_SPACE::of).collect(Collectors.toSet());
        assertEquals(expected, NearDuplicates.of(texts, Normalisation.CASE_AND_SPACE, threshold).similarTo(text));
        assertEquals(!expected.isEmpty(), NearDuplicates.of(texts, Normalisation.CASE_AND_SPACE, threshold).contains(text));
    }

    /** Longer texts of few words, so that many share most of their shingles: by parts and by sketches all are found. */
    @Property(tries = 300)
    void findsWhatComparingAllFindsAmongLongerTexts(@ForAll("phrases") List<String> texts, @ForAll("phrase") String text,
            @ForAll("thresholds") double threshold, @ForAll Normalisation normalisation) {
        Set<String> expected = texts.stream()
                .filter(other -> jaccard(shingles(text, normalisation), shingles(other, normalisation)) >= threshold - 1e-9)
                .map(normalisation::of).collect(Collectors.toSet());
        NearDuplicates near = NearDuplicates.of(texts, normalisation, threshold);
        assertEquals(expected, near.similarTo(text));
        assertEquals(expected, near.similarTo(text), "asked again");
    }

    /** Thousands of sentences, some made of others by changing a word or two: all that are similar are found, and nothing else. */
    @ParameterizedTest
    @CsvSource({"0.5, CASE_AND_SPACE, 465", "0.8, CASE_AND_SPACE, 191", "0.9, CASE_AND_SPACE, 135", "1, CASE_AND_SPACE, 130",
            "0.5, CASE_SPACE_AND_DIGITS, 481", "0.8, CASE_SPACE_AND_DIGITS, 201", "1, CASE_SPACE_AND_DIGITS, 135"})
    void onSentencesRecallAndPrecisionAreOne(double threshold, Normalisation normalisation, int pairs) {
        Random random = new Random(7);
        List<String> sentences = new ArrayList<>();
        for (int index = 0; index < 2400; index++) {
            sentences.add(
                    index % 3 == 0 || index < 10 ? sentence(random) : changed(sentences.get(random.nextInt(sentences.size())), random));
        }
        List<String> known = sentences.subList(0, 2000);
        NearDuplicates near = NearDuplicates.of(known, normalisation, threshold);
        List<Set<String>> shinglesOfKnown = known.stream().map(text -> shingles(text, normalisation)).toList();
        long found = 0;
        for (String asked : sentences.subList(2000, 2400)) {
            Set<String> shingles = shingles(asked, normalisation);
            Set<String> expected = IntStream.range(0, known.size())
                    .filter(index -> jaccard(shingles, shinglesOfKnown.get(index)) >= threshold - 1e-9)
                    .mapToObj(index -> normalisation.of(known.get(index))).collect(Collectors.toSet());
            assertEquals(expected, near.similarTo(asked));
            found += expected.size();
        }
        assertEquals(pairs, found);
    }

    private static String sentence(Random random) {
        return Stream.generate(() -> word(random)).limit(8 + random.nextInt(20)).collect(Collectors.joining(" ")) + ".";
    }

    private static String word(Random random) {
        if (random.nextInt(20) == 0) {
            return random.nextBoolean() ? "na\u00efve\u2019s" : "\u4e2d\u6587\u5f88";
        }
        return Integer.toString((int) Math.pow(20_000, random.nextDouble()) * 7919 % 1_000_003, 36);
    }

    private static String changed(String sentence, Random random) {
        String[] words = sentence.split(" ");
        for (int change = random.nextInt(3); change > 0; change--) {
            words[random.nextInt(words.length)] = word(random);
        }
        return String.join(random.nextBoolean() ? " " : "\n", words);
    }

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.strings().withChars('a', 'b', ' ', '\u4e2d').ofMaxLength(14);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return text().list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> phrase() {
        return Arbitraries.of("pain", "was", "12", "mg", "Caf\u00e9", "of the", "\u4e2d\u6587", "NO", "admitted", "3/7").list().ofMinSize(1)
                .ofMaxSize(40).map(words -> String.join(" ", words));
    }

    @Provide
    Arbitrary<List<String>> phrases() {
        return phrase().list().ofMinSize(1).ofMaxSize(4).flatMap(
                phrases -> Arbitraries.of(phrases).flatMap(text -> Arbitraries.integers().between(0, text.length()).map(text::substring))
                        .list().ofMaxSize(30));
    }

    @Provide
    Arbitrary<Double> thresholds() {
        return Arbitraries.of(0.3, 0.5, 0.75, 0.8, 0.85, 0.95, 1.0);
    }

    private static double jaccard(Set<String> first, Set<String> second) {
        long shared = first.stream().filter(second::contains).count();
        return (double) shared / (first.size() + second.size() - shared);
    }

    private static Set<String> shingles(String text) {
        return shingles(text, Normalisation.CASE_AND_SPACE);
    }

    private static Set<String> shingles(String text, Normalisation normalisation) {
        String normalised = normalisation.of(text);
        Set<String> shingles = new HashSet<>();
        for (int end = 5; end <= normalised.length(); end++) {
            shingles.add(normalised.substring(end - 5, end));
        }
        return shingles.isEmpty() ? Set.of(normalised) : shingles;
    }
}
