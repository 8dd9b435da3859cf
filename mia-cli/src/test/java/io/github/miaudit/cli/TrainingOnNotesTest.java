package io.github.miaudit.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.djl.MaskedLmTrainer;
import io.github.miaudit.djl.NetworkSize;
import io.github.miaudit.djl.TrainingListener;
import io.github.miaudit.djl.TrainingProgress;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.suite.BytePairEncoding;
import io.github.miaudit.suite.SyntheticNotes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingOnNotesTest {

    private static final int VOCABULARY = 400;

    @TempDir
    private Path folder;

    /** What a model that looks at nothing but how often tokens are says of the held-out tokens. */
    private static double unigramLoss(List<int[]> training, List<int[]> heldOut) {
        Map<Integer, Integer> counts = new HashMap<>();
        training.forEach(sentence -> IntStream.of(sentence).forEach(token -> counts.merge(token, 1, Integer::sum)));
        double total = counts.values().stream().mapToInt(Integer::intValue).sum() + VOCABULARY; // one more of each
        return heldOut.stream().flatMapToInt(IntStream::of).mapToDouble(token -> -Math.log((counts.getOrDefault(token, 0) + 1) / total))
                .average().orElseThrow();
    }

    @Test
    void aTrainedModelKnowsMoreThanHowOftenTokensAre() {
        List<Sample> sentences = new ArrayList<>();
        for (SyntheticNotes.Patient patient : SyntheticNotes.patients(5, 100, 8)) {
            patient.sentences().forEach(text -> sentences.add(Sample.of("" + sentences.size(), text)));
        }
        List<Sample> training = sentences.subList(0, 720);
        List<Sample> heldOut = sentences.subList(720, sentences.size());
        List<Double> losses = new ArrayList<>();
        MaskedLmTrainer
                .of(new NetworkSize(2, 48, 2, 96, 96), BytePairEncoding.train(training.stream().map(Sample::text).toList(), VOCABULARY))
                .withEpochs(6).withLearningRate(5e-3).withTokensPerStep(512).withHeldOut(heldOut)
                .withListener(new TrainingListener() {
                    @Override
                    public void stepDone(TrainingProgress progress) {
                    }

                    @Override
                    public void heldOutMeasured(String model, int step, double loss) {
                        losses.add(loss);
                    }
                }).train(training, folder.resolve("model"));
        double unigram;
        try (MaskedLmScorer scorer = MaskedLmScorer.open(folder.resolve("model"))) {
            unigram = unigramLoss(tokens(scorer, training), tokens(scorer, heldOut));
        }
        double trained = losses.get(losses.size() - 1);
        assertTrue(trained < unigram - 0.2, trained + " nats against " + unigram + " of the unigram model");
        assertTrue(losses.get(0) > unigram, "it knew more before it was trained: " + losses);
    }

    private static List<int[]> tokens(MaskedLmScorer scorer, List<Sample> sentences) {
        return scorer.score(sentences, MaskingRule.maskless()).stream().map(score -> score.tokenIds()).toList();
    }
}
