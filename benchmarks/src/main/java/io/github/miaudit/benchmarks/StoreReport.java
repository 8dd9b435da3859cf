package io.github.miaudit.benchmarks;

import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.store.SqliteScoreStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How fast a store takes scores and gives them back, and how large it is: scores of 30 tokens, as many as is said (default one
 * million), 10 000 a commit. Prints a Markdown table.
 */
public final class StoreReport {

    private static final int TOKENS = 30;
    private static final int A_COMMIT = 10_000;
    private static final MaskingRule RULE = MaskingRule.withinWordLeftToRight();
    private static final ModelIdentity MODEL = new ModelIdentity("model", "m", "t", 50_265, Casing.CASED, "float32", LengthPolicy.WINDOW,
            "none");

    public static void main(String[] arguments) throws IOException {
        int scores = arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]);
        try (TemporaryFolder folder = TemporaryFolder.create();
                SqliteScoreStore store = SqliteScoreStore.open(folder.path().resolve("scores.db"))) {
            double writing = 0;
            double reading = 0;
            for (int from = 0; from < scores; from += A_COMMIT) {
                List<Sample> samples = samples(from);
                Map<MaskingRule, List<SequenceScore>> made = Map.of(RULE, samples.stream().map(StoreReport::score).toList());
                long start = System.nanoTime();
                store.add(MODEL, samples, made);
                writing += (System.nanoTime() - start) / 1e9;
            }
            for (int from = 0; from < scores; from += A_COMMIT) {
                List<Sample> samples = samples(from);
                long start = System.nanoTime();
                List<Optional<SequenceScore>> found = store.find(MODEL, RULE, samples);
                reading += (System.nanoTime() - start) / 1e9;
                if (!found.stream().allMatch(Optional::isPresent)) {
                    throw new IllegalStateException("a score is not there");
                }
            }
            double megabytes = Files.size(folder.path().resolve("scores.db")) / 1e6;
            System.out.printf(Locale.ROOT,
                    "| scores of %d tokens | written | read | size | a score |%n|---|---|---|---|---|%n| %d | %.0f/s | %.0f/s | %.0f MB"
                            + " | %.0f bytes |%n",
                    TOKENS, scores, scores / writing, scores / reading, megabytes, 1e6 * megabytes / scores);
        }
    }

    private static List<Sample> samples(int from) {
        return IntStream.range(from, from + A_COMMIT).mapToObj(row -> Sample.of(Integer.toString(row),
                "Sentence number " + row + " of a note that says as much as notes do, more or less.")).toList();
    }

    private static SequenceScore score(Sample sample) {
        Random random = new Random(sample.text().hashCode());
        double[] logLikelihoods = random.doubles(TOKENS).map(value -> (float) Math.log(value)).toArray();
        return new SequenceScore(sample, random.ints(TOKENS, 0, MODEL.vocabularySize()).toArray(), logLikelihoods);
    }
}
