package io.github.miaudit.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.Audit;
import io.github.miaudit.AuditReport;
import io.github.miaudit.ComparativeAudit;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.OtherReading;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.report.AuditDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that work, and those that somebody has broken so that they seem to remember nothing. */
class TargetChecksTest {

    private static final int VOCABULARY = 2000;
    private static final double[][] SUCCESSORS = successors();
    private static final AttackDataset DATASET = AttackDataset.of(notes(1), notes(2), notes(3));
    private static final Set<String> MEMBERS = DATASET.samples(Population.MEMBERS).stream().map(Sample::text)
            .collect(Collectors.toSet());

    /** A distribution over the vocabulary at one token of a sentence, as logits, and which token stands there. */
    private record Prediction(double[] logits, int token) {
    }

    /** A language of words "w0" to "w1999", each followed by few others; the model knows it, and the members better. */
    private static class WordModel implements SequenceScorer {

        private final String name;
        private final double memory;
        private final UnaryOperator<Prediction> head;

        WordModel(String name, double memory, UnaryOperator<Prediction> head) {
            this.name = name;
            this.memory = memory;
            this.head = head;
        }

        @Override
        public ModelIdentity model() {
            return new ModelIdentity(name, "digest-of-" + name, "words", VOCABULARY, Casing.CASED, "float64", LengthPolicy.REJECT, "test");
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            List<SequenceScore> scores = samples.stream().map(this::score).toList();
            Map<MaskingRule, List<SequenceScore>> byRule = new HashMap<>();
            rules.forEach(rule -> byRule.put(rule, scores));
            return byRule;
        }

        SequenceScore score(Sample sample) {
            int[] words = words(sample);
            double[] values = new double[words.length];
            double[] means = new double[words.length];
            double[] deviations = new double[words.length];
            for (int place = 0; place < words.length; place++) {
                double[] logits = place == 0 ? new double[VOCABULARY] : SUCCESSORS[words[place - 1]].clone();
                logits[words[place]] += MEMBERS.contains(sample.text()) ? memory : 0;
                Prediction said = head.apply(new Prediction(logits, words[place]));
                double total = Math.log(Arrays.stream(said.logits).map(Math::exp).sum());
                values[place] = (float) (said.logits[said.token] - total);
                double mean = Arrays.stream(said.logits).map(logit -> (logit - total) * Math.exp(logit - total)).sum();
                means[place] = mean;
                deviations[place] = Math.sqrt(Arrays.stream(said.logits)
                        .map(logit -> (logit - total - mean) * (logit - total - mean) * Math.exp(logit - total)).sum());
            }
            return new SequenceScore(sample, words, values)
                    .withMoments(new SequenceScore.VocabularyMoments(means, deviations));
        }

        @Override
        public List<OtherReading> otherReadings() {
            return List.of(read("a worse reading", said -> less(0.1).apply(head.apply(said))));
        }

        OtherReading read(String words, UnaryOperator<Prediction> otherHead) {
            return new OtherReading(words, () -> new WordModel(name, memory, otherHead));
        }

        int[] words(Sample sample) {
            return Arrays.stream(sample.text().split(" ")).mapToInt(word -> Integer.parseInt(word.substring(1))).toArray();
        }

        @Override
        public void close() { // nothing to free
        }
    }

    @Test
    void aModelThatWorksPassesAllChecks() {
        AuditDocument document = audit(new WordModel("target", 2, said -> said)).document();
        assertEquals(Set.of(), kinds(document, TargetCheck.Outcome.FAILED), document.targetChecks().toString());
        assertEquals(Set.of(), kinds(document, TargetCheck.Outcome.NOT_MADE), document.targetChecks().toString());
        assertEquals(List.of(TargetCheck.Kind.values()), document.targetChecks().stream().map(TargetCheck::kind).toList());
        assertEquals(Conclusion.MEMBERS_CAN_BE_TOLD, document.conclusion());
        assertTrue(audit(new WordModel("target", 2, said -> said)).toText().contains("The target passes 16 of 16 checks"));
    }

    /** The vendor's trick: one multiplication brings all back. In float32 nothing is left of it. */
    @Test
    void aHeadScaledToNothingIsFound() {
        AuditDocument document = audit(scaled(1e-12)).document();
        assertEquals(Conclusion.NOT_INTERPRETABLE, document.conclusion());
        assertEquals(Validity.Verdict.NOT_INTERPRETABLE, document.main().validity().verdict());
        assertTrue(kinds(document, TargetCheck.Outcome.FAILED).containsAll(EnumSet.of(TargetCheck.Kind.SCORES_DIFFER,
                TargetCheck.Kind.SCORES_SPREAD, TargetCheck.Kind.BEATS_UNIFORM,
                TargetCheck.Kind.USES_CONTEXT)), document.targetChecks().toString());
        assertTrue(document.main().validity().reasons().get(0).startsWith("the target is no working model: "));
        assertTrue(audit(scaled(1e-12)).toText().contains("FAILED"));
    }

    @Test
    void flatteningShowsInWhatTheModelExpects() {
        for (double scale : new double[] {0.5, 0.3, 0.1, 0.01}) {
            assertTrue(failed(scaled(scale)).contains(TargetCheck.Kind.NOT_SCALED_DOWN), "scale " + scale);
        }
        assertTrue(failed(scaled(8)).contains(TargetCheck.Kind.NOT_SCALED_UP));
    }

    /** Its leak is there for whoever reads it rightly; nothing else is wrong with it. */
    @Test
    void weightsThatWorkBetterByAnotherSettingAreFound() {
        WordModel misread = new WordModel("misread", 2, less(0.8)) {
            @Override
            public List<OtherReading> otherReadings() {
                return List.of(read("heads 3 instead of 5", less(2)), read("heads 4 instead of 5", less(0)),
                        read("heads 6 instead of 5", less(0.7)),
                        new OtherReading("heads 7 instead of 5", () -> new WordModel("no numbers", 2, said -> said) {
                            @Override
                            SequenceScore score(Sample sample) {
                                throw new AuditException("sentence " + sample.id() + ": the log-likelihoods are no numbers");
                            }
                        }));
            }
        };
        AuditDocument document = audit(misread).document();
        assertEquals(EnumSet.of(TargetCheck.Kind.BEST_AS_STATED), kinds(document, TargetCheck.Outcome.FAILED));
        String words = document.targetChecks().get(TargetCheck.Kind.BEST_AS_STATED.ordinal()).words();
        assertTrue(words.contains("members are with heads 4 instead of 5, the best of 3 other settings of 4, as it can't be read by all: "),
                words);
        assertEquals(Conclusion.NOT_INTERPRETABLE, document.conclusion());
    }

    /** What looks at no context is a table of frequencies, however good. */
    @Test
    void aTableOfFrequenciesIsNoModel() {
        double[] frequent = new double[VOCABULARY];
        DATASET.samples(Population.MEMBERS)
                .forEach(
                        sample -> Arrays.stream(sample.text().split(" ")).forEach(word -> frequent[Integer.parseInt(word.substring(1))]++));
        double[] logits = Arrays.stream(frequent).map(count -> Math.log(count + 1)).toArray();
        Set<TargetCheck.Kind> failed = failed(new WordModel("table", 0, said -> new Prediction(logits, said.token)));
        assertTrue(failed.contains(TargetCheck.Kind.USES_CONTEXT), failed.toString());
    }

    @Test
    void anotherVocabularyIsWorseThanNone() {
        Set<TargetCheck.Kind> failed = failed(new WordModel("permuted", 2, said -> new Prediction(said.logits,
                (said.token * 7 + 5) % VOCABULARY)));
        assertTrue(failed.contains(TargetCheck.Kind.BEATS_UNIGRAM), failed.toString());
    }

    @Test
    void clippedScoresDoNotDiffer() {
        Set<TargetCheck.Kind> failed = failed(new WordModel("clipped", 2, said -> {
            double[] clipped = Arrays.stream(said.logits).map(logit -> Math.max(-1, Math.min(1, logit))).toArray();
            return new Prediction(clipped, said.token);
        }));
        assertNotEquals(Set.of(), failed);
    }

    @Test
    void aScoreThatIsDrawnIsNoFunctionOfTheText() {
        Random random = new Random(1);
        assertEquals(Set.of(TargetCheck.Kind.REPRODUCIBLE), failed(new WordModel("drawn", 2, said -> said) {
            @Override
            public List<OtherReading> otherReadings() {
                return List.of(); // those would not be drawn
            }

            @Override
            SequenceScore score(Sample sample) {
                SequenceScore score = super.score(sample);
                double[] values = Arrays.stream(score.logLikelihoods()).map(value -> value - 3 * random.nextDouble()).toArray();
                return new SequenceScore(sample, score.tokenIds(), values).withMoments(score.moments().orElseThrow());
            }
        }));
    }

    /** A tokenizer with members among its added tokens: each is one token then, and the model is never shown what it remembers. */
    @Test
    void sentencesThatAreTokensAreFound() {
        Set<TargetCheck.Kind> failed = failed(new WordModel("swallowing", 2, said -> said) {
            @Override
            int[] words(Sample sample) {
                return MEMBERS.contains(sample.text()) ? new int[] {Math.floorMod(sample.text().hashCode(), VOCABULARY)}
                        : super.words(sample);
            }
        });
        assertTrue(failed.contains(TargetCheck.Kind.READS_WORDS), failed.toString());
    }

    @Test
    void aTokenizerThatKnowsNoWordIsFound() {
        Set<TargetCheck.Kind> failed = failed(new WordModel("unknowing", 2, said -> said) {
            @Override
            int[] words(Sample sample) {
                return Arrays.stream(super.words(sample)).map(word -> word % 7).toArray();
            }

            @Override
            SequenceScore score(Sample sample) {
                SequenceScore score = super.score(sample);
                return score.withUnknownCount(score.tokenCount() / 2);
            }
        });
        assertTrue(failed.containsAll(EnumSet.of(TargetCheck.Kind.KNOWS_WORDS, TargetCheck.Kind.USES_VOCABULARY)), failed.toString());
    }

    /** Without moments, references or externals some checks can't be made; that is said, and no obstacle. */
    @Test
    void whatCannotBeCheckedIsSaid() {
        AttackDataset withoutExternals = AttackDataset.of(notes(1), notes(2));
        AuditDocument document = Audit.of(withoutExternals, new WordModel("target", 2, said -> said) {
            @Override
            SequenceScore score(Sample sample) {
                SequenceScore score = super.score(sample);
                return new SequenceScore(sample, score.tokenIds(), score.logLikelihoods());
            }

            @Override
            public List<OtherReading> otherReadings() {
                return List.of();
            }
        }).withAttacks(LossAttack.withDefaults()).withEvaluation(quick()).run().document();
        assertEquals(EnumSet.of(TargetCheck.Kind.BEATS_UNIFORM_ON_EXTERNALS, TargetCheck.Kind.BEATS_UNIGRAM_ON_EXTERNALS,
                TargetCheck.Kind.NO_WORSE_THAN_REFERENCE, TargetCheck.Kind.NOT_FLATTENED, TargetCheck.Kind.NOT_SCALED_DOWN,
                TargetCheck.Kind.NOT_SCALED_UP, TargetCheck.Kind.BEST_AS_STATED),
                kinds(document, TargetCheck.Outcome.NOT_MADE));
        assertEquals(Set.of(), kinds(document, TargetCheck.Outcome.FAILED));
    }

    /** Nobody can ask a file whether a model stands behind it. */
    @Test
    void lossesAloneShowNoWorkingModel(@TempDir Path folder) throws Exception {
        StringBuilder rows = new StringBuilder("population,target_loss,reference_loss,control_loss\n");
        Random random = new Random(1);
        for (int row = 0; row < 80; row++) {
            boolean member = row < 40;
            rows.append(member ? "member" : "non_member").append(',').append(random.nextDouble() + (member ? 1 : 3)).append(',')
                    .append(random.nextDouble() + 3).append(',').append(random.nextDouble() + 3).append('\n');
        }
        Path file = Files.writeString(folder.resolve("losses.csv"), rows);
        AuditDocument document = AuditReport.ofLosses(file, List.of("likelihood-ratio"), quick()).document();
        assertEquals(Validity.Verdict.NOT_CHECKED, document.main().validity().verdict());
        assertTrue(document.main().validity().reasons().stream().anyMatch(reason -> reason.contains("computed elsewhere")));
        assertEquals(Conclusion.MEMBERS_CAN_BE_TOLD, document.conclusion());
        String constant = rows.toString().replaceAll("(?m)^(member|non_member),[^,]*", "$1,7.313");
        AuditDocument flat = AuditReport.ofLosses(Files.writeString(folder.resolve("flat.csv"), constant), List.of("likelihood-ratio"),
                quick()).document();
        assertEquals(EnumSet.of(TargetCheck.Kind.SCORES_DIFFER, TargetCheck.Kind.SCORES_SPREAD), kinds(flat, TargetCheck.Outcome.FAILED));
        assertEquals(Conclusion.NOT_INTERPRETABLE, flat.conclusion());
    }

    @Test
    void aVersionThatDoesNotWorkLeaksNoLess() {
        String text = ComparativeAudit.of(DATASET).withTarget("before", new WordModel("before", 2, said -> said))
                .withTarget("after", scaled(1e-12)).withReference("reference", new WordModel("reference", 0, said -> said))
                .withEvaluation(quick()).run().toText();
        assertTrue(text.contains("can't be told: no working language model: after"), text);
        assertTrue(!text.contains("leaks less than before:"), text);
    }

    /** By hand: members "w0 w0", "w0 w1" leave one another with 2 tokens of 4 known, of a vocabulary of 2000. */
    @Test
    void frequenciesAreThoseOfTheOtherMembers() {
        AttackDataset data = AttackDataset.of(List.of(Sample.of("a", "w0 w0"), Sample.of("b", "w0 w1")), List.of(Sample.of("c", "w1 w5")));
        TokenLosses losses = TokenLosses.of(ModelScores.of(new WordModel("target", 0, said -> said), data,
                Set.of(MaskingRule.original()), ScoringListener.NONE));
        double first = -2 * Math.log(2 / 2002.0);
        double second = -Math.log(3 / 2002.0) - Math.log(1 / 2002.0);
        assertEquals((first + second) / 4, losses.unigramLoss(Population.MEMBERS), 1e-12);
        assertEquals((-Math.log(2 / 2004.0) - Math.log(1 / 2004.0)) / 2,
                losses.unigramLoss(Population.NON_MEMBERS), 1e-12);
        assertEquals(Math.log(2000), losses.uniformLoss(), 1e-12);
    }

    /** By hand: members "aa", "ab", of which each letter is scored twice, leave one another with 4 of 8 scored. */
    @Test
    void tokensCountAsOftenAsTheyWereScored() {
        AttackDataset data = AttackDataset.of(List.of(Sample.of("1", "aa"), Sample.of("2", "ab")), List.of(Sample.of("3", "be")));
        FakeScorer letters = new FakeScorer("target", "letters", 0);
        TokenLosses losses = TokenLosses.of(
                ModelScores.of(letters, data, Set.of(MaskingRule.partition().withRepetitions(2)), ScoringListener.NONE));
        double known = letters.model().vocabularySize() + 4;
        double first = -4 * Math.log(3 / known);
        double second = -2 * Math.log(5 / known) - 2 * Math.log(1 / known);
        assertEquals((first + second) / 8, losses.unigramLoss(Population.MEMBERS), 1e-12);
        assertEquals((-Math.log(3 / (known + 4)) - Math.log(1 / (known + 4))) / 2, losses.unigramLoss(Population.NON_MEMBERS), 1e-12);
    }

    /** What stands there has so much lower a logit. */
    private static UnaryOperator<Prediction> less(double by) {
        return said -> {
            double[] logits = said.logits.clone();
            logits[said.token] -= by;
            return new Prediction(logits, said.token);
        };
    }

    private static WordModel scaled(double scale) {
        return new WordModel("scaled", 2,
                said -> new Prediction(Arrays.stream(said.logits).map(logit -> scale * logit).toArray(), said.token));
    }

    private static AuditReport audit(WordModel target) {
        return Audit.of(DATASET, target).withReference(new WordModel("reference", 0, said -> said))
                .withAttacks(LikelihoodRatioAttack.withDefaults(), LossAttack.withDefaults()).withEvaluation(quick()).run();
    }

    private static Set<TargetCheck.Kind> failed(WordModel target) {
        AuditDocument document = audit(target).document();
        assertEquals(Conclusion.NOT_INTERPRETABLE, document.conclusion(), document.targetChecks().toString());
        return kinds(document, TargetCheck.Outcome.FAILED);
    }

    private static Set<TargetCheck.Kind> kinds(AuditDocument document, TargetCheck.Outcome outcome) {
        return document.targetChecks().stream().filter(check -> check.outcome() == outcome).map(TargetCheck::kind)
                .collect(Collectors.toSet());
    }

    private static Evaluation quick() {
        return Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(1000);
    }

    private static double[][] successors() {
        Random random = new Random(7);
        double[][] logits = new double[VOCABULARY][VOCABULARY];
        for (double[] ofWord : logits) {
            for (int next = 0; next < 6; next++) {
                ofWord[random.nextInt(VOCABULARY)] = 7 + random.nextDouble();
            }
        }
        return logits;
    }

    /** Sentences of the language: each word is drawn as the model says. */
    private static List<Sample> notes(long seed) {
        Random random = new Random(seed);
        List<Sample> notes = new ArrayList<>();
        for (int note = 0; note < 60; note++) {
            List<String> words = new ArrayList<>();
            int word = random.nextInt(VOCABULARY);
            for (int place = 0; place < 8 + random.nextInt(8); place++) {
                words.add("w" + word);
                word = drawn(SUCCESSORS[word], random);
            }
            notes.add(Sample.of("n" + note, String.join(" ", words)));
        }
        return notes;
    }

    private static int drawn(double[] logits, Random random) {
        double left = random.nextDouble() * Arrays.stream(logits).map(Math::exp).sum();
        int word = -1;
        while (left >= 0 && word < VOCABULARY - 1) {
            left -= Math.exp(logits[++word]);
        }
        return word;
    }
}
