package io.github.miaudit.evaluation;

import io.github.miaudit.data.Sample;
import io.github.miaudit.metrics.RocCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Tells members from others by their words alone: multinomial naive Bayes with add-one smoothing over words that at least
 * {@value #FEWEST_SENTENCES} training sentences have, each sentence scored by a model that saw no sentence of its patient. Patients are
 * dealt to {@value #FOLDS} folds, those of a class evenly. Immutable; can be fitted anew to other labels.
 */
final class BagOfWords {

    private static final int FOLDS = 5;
    private static final int FEWEST_SENTENCES = 2;
    private static final Pattern BREAK = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** Of each sentence, its words by number. */
    private final int[][] words;
    /** Of each sentence, its patient by number. */
    private final int[] patients;
    private final int vocabulary;
    private final int patientCount;

    /**
     * Of sentences with the numbers of their patients, from 0.
     */
    BagOfWords(List<Sample> sentences, int[] patients) {
        this.patients = patients;
        patientCount = Arrays.stream(patients).max().orElse(-1) + 1;
        Map<String, Integer> sentencesWith = new HashMap<>();
        List<List<String>> split = sentences.stream().map(BagOfWords::words).toList();
        split.forEach(some -> new HashSet<>(some).forEach(word -> sentencesWith.merge(word, 1, Integer::sum)));
        Map<String, Integer> numbers = new HashMap<>();
        words = split.stream().map(some -> some.stream().filter(word -> Objects.requireNonNull(sentencesWith.get(word)) >= FEWEST_SENTENCES)
                .mapToInt(word -> numbers.computeIfAbsent(word, unseen -> numbers.size())).toArray()).toArray(int[][]::new);
        vocabulary = numbers.size();
    }

    /**
     * The AUC of the scores out of fold when some patients are the members.
     *
     * @param members their numbers, in the order in which they are dealt to folds
     * @param others  the numbers of all others, likewise
     */
    double areaUnderCurve(int[] members, int[] others) {
        boolean[] isMember = isMember(members);
        double[] scores = scores(members, others);
        double[] ofMembers = new double[scores.length];
        double[] ofOthers = new double[scores.length];
        int memberCount = 0;
        int otherCount = 0;
        for (int sentence = 0; sentence < scores.length; sentence++) {
            if (isMember[patients[sentence]]) {
                ofMembers[memberCount++] = scores[sentence];
            } else {
                ofOthers[otherCount++] = scores[sentence];
            }
        }
        return RocCurve.of(Arrays.copyOf(ofMembers, memberCount), Arrays.copyOf(ofOthers, otherCount)).areaUnderCurve();
    }

    /** The log-odds of each sentence, out of fold. */
    double[] scores(int[] members, int[] others) {
        int[] foldOf = new int[patientCount];
        for (int[] dealt : new int[][] {members, others}) {
            for (int place = 0; place < dealt.length; place++) {
                foldOf[dealt[place]] = place % FOLDS;
            }
        }
        boolean[] isMember = isMember(members);
        int[][][] counts = new int[FOLDS][2][vocabulary];
        int[][] sentencesWith = new int[FOLDS][vocabulary];
        int[] seenIn = new int[vocabulary];
        for (int sentence = 0; sentence < words.length; sentence++) {
            int fold = foldOf[patients[sentence]];
            int[] ofClass = counts[fold][isMember[patients[sentence]] ? 0 : 1];
            for (int word : words[sentence]) {
                ofClass[word]++;
                if (seenIn[word] != sentence + 1) {
                    seenIn[word] = sentence + 1;
                    sentencesWith[fold][word]++;
                }
            }
        }
        double[][] logOdds = new double[FOLDS][];
        for (int fold = 0; fold < FOLDS; fold++) {
            logOdds[fold] = logOddsWithout(fold, counts, sentencesWith);
        }
        double[] scores = new double[words.length];
        for (int sentence = 0; sentence < words.length; sentence++) {
            double[] ofFold = logOdds[foldOf[patients[sentence]]];
            for (int word : words[sentence]) {
                scores[sentence] += ofFold[word];
            }
        }
        return scores;
    }

    private boolean[] isMember(int[] members) {
        boolean[] isMember = new boolean[patientCount];
        for (int patient : members) {
            isMember[patient] = true;
        }
        return isMember;
    }

    /** Of each word, learned from the other folds; 0 where too few of their sentences have it. */
    private double[] logOddsWithout(int left, int[][][] counts, int[][] sentencesWith) {
        double[] ofMembers = new double[vocabulary];
        double[] ofOthers = new double[vocabulary];
        double allMembers = 0;
        double allOthers = 0;
        for (int word = 0; word < vocabulary; word++) {
            int with = 0;
            for (int fold = 0; fold < FOLDS; fold++) {
                if (fold != left) {
                    with += sentencesWith[fold][word];
                    ofMembers[word] += counts[fold][0][word];
                    ofOthers[word] += counts[fold][1][word];
                }
            }
            if (with < FEWEST_SENTENCES) {
                ofMembers[word] = -1;
            } else {
                allMembers += ofMembers[word] + 1;
                allOthers += ofOthers[word] + 1;
            }
        }
        double[] logOdds = new double[vocabulary];
        double prior = Math.log(allOthers) - Math.log(allMembers);
        for (int word = 0; word < vocabulary; word++) {
            logOdds[word] = ofMembers[word] < 0 ? 0 : Math.log((ofMembers[word] + 1) / (ofOthers[word] + 1)) + prior;
        }
        return logOdds;
    }

    private static List<String> words(Sample sentence) {
        List<String> words = new ArrayList<>();
        for (String word : BREAK.split(sentence.text().toLowerCase(Locale.ROOT))) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }
}
