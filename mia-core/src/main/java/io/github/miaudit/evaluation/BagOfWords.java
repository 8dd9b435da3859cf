package io.github.miaudit.evaluation;

import io.github.miaudit.data.Patient;
import io.github.miaudit.data.Sample;
import io.github.miaudit.metrics.CounterRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Tells two sets of sentences apart by their words alone: multinomial naive Bayes, {@code s(x) = sum over words of
 * log P(w | members) - log P(w | others)} with add-one smoothing, over words that stand in at least two sentences of
 * the training folds. Every sentence is scored by a classifier that saw no sentence of its patient.
 */
final class BagOfWords {

    private static final int FOLDS = 5;
    private static final int FEWEST_SENTENCES = 2;
    private static final Pattern BREAK = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final List<List<Sample>> classes;
    private final List<int[]> folds;

    private BagOfWords(List<List<Sample>> classes, long seed) {
        this.classes = classes;
        Map<Patient, Integer> foldOf = new HashMap<>();
        this.folds = classes.stream().map(sentences -> folds(sentences, foldOf, seed)).toList();
    }

    /** Scores of members and of the others, each out of fold. */
    static double[][] outOfFold(List<Sample> members, List<Sample> others, long seed) {
        BagOfWords classifier = new BagOfWords(List.of(members, others), seed);
        double[][] scores = {new double[members.size()], new double[others.size()]};
        for (int fold = 0; fold < FOLDS; fold++) {
            classifier.scoreFold(fold, scores);
        }
        return scores;
    }

    /** Patients are dealt to folds at random; a patient that is in both classes is in the same fold. */
    private static int[] folds(List<Sample> sentences, Map<Patient, Integer> foldOf, long seed) {
        Map<Patient, Integer> numbers = new LinkedHashMap<>();
        int[] groups = sentences.stream().mapToInt(sentence -> numbers.computeIfAbsent(sentence.patient(), unseen -> numbers.size()))
                .toArray();
        int[] order = new CounterRandom(seed, sentences.size()).sample(IntStream.range(0, numbers.size()).toArray(), numbers.size());
        int[] foldOfNumber = new int[numbers.size()];
        numbers.forEach((group, number) -> foldOfNumber[number] = foldOf.computeIfAbsent(group, unseen -> order[number] % FOLDS));
        return Arrays.stream(groups).map(group -> foldOfNumber[group]).toArray();
    }

    private void scoreFold(int fold, double[][] scores) {
        Map<String, int[]> counts = new HashMap<>();
        Map<String, Integer> sentencesWith = new HashMap<>();
        for (int kind = 0; kind < 2; kind++) {
            for (int index = 0; index < classes.get(kind).size(); index++) {
                if (folds.get(kind)[index] != fold) {
                    Set<String> distinct = new HashSet<>();
                    for (String word : words(classes.get(kind).get(index))) {
                        counts.computeIfAbsent(word, unseen -> new int[2])[kind]++;
                        distinct.add(word);
                    }
                    distinct.forEach(word -> sentencesWith.merge(word, 1, Integer::sum));
                }
            }
        }
        counts.keySet().removeIf(word -> sentencesWith.get(word) < FEWEST_SENTENCES);
        double members = counts.size() + counts.values().stream().mapToDouble(count -> count[0]).sum();
        double others = counts.size() + counts.values().stream().mapToDouble(count -> count[1]).sum();
        for (int kind = 0; kind < 2; kind++) {
            for (int index = 0; index < classes.get(kind).size(); index++) {
                if (folds.get(kind)[index] == fold) {
                    double score = 0;
                    for (String word : words(classes.get(kind).get(index))) {
                        int[] count = counts.get(word);
                        score += count == null ? 0 : Math.log((count[0] + 1) / members) - Math.log((count[1] + 1) / others);
                    }
                    scores[kind][index] = score;
                }
            }
        }
    }

    private static List<String> words(Sample sentence) {
        return Arrays.stream(BREAK.split(sentence.text().toLowerCase(Locale.ROOT))).filter(word -> !word.isEmpty()).toList();
    }
}
