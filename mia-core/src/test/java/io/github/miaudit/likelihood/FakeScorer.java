package io.github.miaudit.likelihood;

import io.github.miaudit.data.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A scorer as a user without DJL may write one: its tokens are the characters, its words are separated by blanks,
 * and the log-likelihood of a target depends on its character, on how many characters its row masks and on a
 * number that stands for the model.
 */
public final class FakeScorer implements SequenceScorer {

    private final ModelIdentity model;
    private final double bias;

    /**
     * A model.
     *
     * @param name      its name
     * @param tokenizer its tokenizer's digest
     * @param bias      is added to each log-likelihood
     */
    public FakeScorer(String name, String tokenizer, double bias) {
        this.model = new ModelIdentity(name, "digest-of-" + name, tokenizer, "float64", "fake");
        this.bias = bias;
    }

    @Override
    public ModelIdentity model() {
        return model;
    }

    @Override
    public List<SequenceScore> score(List<Sample> samples, MaskingRule rule, ScoringListener listener) {
        listener.progressed(model, rule, 0, samples.size());
        List<SequenceScore> scores = samples.stream().map(sample -> score(sample, rule)).toList();
        listener.progressed(model, rule, samples.size(), samples.size());
        return scores;
    }

    @Override
    public void close() {
        // holds nothing
    }

    private SequenceScore score(Sample sample, MaskingRule rule) {
        TokenSequence tokens = tokenise(sample.text());
        double[] byPosition = new double[tokens.length()];
        for (MaskedRow row : rule.rows(tokens)) {
            for (int target : row.targets()) {
                byPosition[target] = bias - 0.01 * tokens.id(target) - 0.1 * row.masked().length;
            }
        }
        int[] content = tokens.contentPositions();
        return new SequenceScore(sample, Arrays.stream(content).map(tokens::id).toArray(),
                Arrays.stream(content).mapToDouble(position -> byPosition[position]).toArray());
    }

    /** Characters between a start and an end token. */
    private static TokenSequence tokenise(String text) {
        int[] characters = text.codePoints().toArray();
        int length = characters.length + 2;
        int[] ids = new int[length];
        int[] words = new int[length];
        boolean[] special = new boolean[length];
        special[0] = true;
        special[length - 1] = true;
        words[0] = -1;
        words[length - 1] = -1;
        IntStream.range(0, characters.length).forEach(index -> {
            ids[index + 1] = characters[index];
            words[index + 1] = (int) Arrays.stream(characters, 0, index).filter(character -> character == ' ').count();
        });
        return new TokenSequence(ids, words, special);
    }
}
