package io.github.miaudit.djl;

import io.github.miaudit.metrics.CounterRandom;
import java.util.Arrays;

/**
 * Chooses the targets of masked-language modelling and what is shown in their place: the mask token for 80 %, a random token below
 * the vocabulary's size for 10 %, the token itself for 10 % (Devlin et al. 2019).
 */
record TokenMasker(int maskId, int vocabularySize) {

    private static final int IN_TEN_MASKED = 8;
    private static final int IN_TEN_RANDOM = 1;

    TrainingBatch.Row mask(MaskableTokens sentence, CounterRandom random) {
        long[] shown = Arrays.stream(sentence.tokens().ids()).asLongStream().toArray();
        int[] positions = random.sample(sentence.maskable(), sentence.targetCount());
        Arrays.sort(positions);
        long[] targets = Arrays.stream(positions).mapToLong(position -> shown[position]).toArray();
        for (int position : positions) {
            int tenth = random.nextInt(10);
            if (tenth < IN_TEN_MASKED) {
                shown[position] = maskId;
            } else if (tenth < IN_TEN_MASKED + IN_TEN_RANDOM) {
                shown[position] = random.nextInt(vocabularySize);
            }
        }
        return new TrainingBatch.Row(shown, Arrays.stream(positions).asLongStream().toArray(), targets);
    }
}
