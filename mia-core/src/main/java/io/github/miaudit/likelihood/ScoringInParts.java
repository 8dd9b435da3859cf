package io.github.miaudit.likelihood;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Scores a dataset part by part into files, so that memory holds the sentences and tokens of one part, and of all others a sum by each
 * rule. A part is large enough that sentences of like lengths still meet. Immutable.
 */
public final class ScoringInParts {

    private static final int SENTENCES = 1 << 16;

    private final SequenceScorer scorer;
    private final double mayFail;
    private final boolean tokens;
    private final int sentences;

    private ScoringInParts(SequenceScorer scorer, double mayFail, boolean tokens, int sentences) {
        this.scorer = scorer;
        this.mayFail = mayFail;
        this.tokens = tokens;
        this.sentences = sentences;
    }

    /**
     * What was scored.
     *
     * @param scores sums of all sentences, to probe the model by
     * @param counts of each rule's file
     */
    public record Outcome(ModelScores scores, Map<MaskingRule, ScoreManifest.Counts> counts) {

        /** Keeps the order of the counts. */
        public Outcome {
            counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        }
    }

    /** By a model; no sentence may fail, and files hold each token. */
    public static ScoringInParts of(SequenceScorer scorer) {
        return new ScoringInParts(Objects.requireNonNull(scorer, "scorer"), 0, true, SENTENCES);
    }

    /**
     * The scoring where some sentences may fail, which are marked.
     *
     * @param share of all sentences, at most; in [0, 1)
     * @throws IllegalArgumentException if it is not in that range
     */
    public ScoringInParts withFailures(double share) {
        TolerantScorer.requireShare(share);
        return new ScoringInParts(scorer, share, tokens, sentences);
    }

    /** The scoring into files of sums. */
    public ScoringInParts withoutTokens() {
        return new ScoringInParts(scorer, mayFail, false, sentences);
    }

    /** With parts of another size. */
    ScoringInParts withPartsOf(int other) {
        return new ScoringInParts(scorer, mayFail, tokens, other);
    }

    /**
     * Scores, and writes each file whole or not at all.
     *
     * @param dataset  the sentences
     * @param files    a file for each rule, to make or replace
     * @param listener is told how far all of it has come
     * @throws AuditException if the model can't score them, more of them fail than may, or a file can't be written
     */
    public Outcome write(AttackDataset dataset, Map<MaskingRule, Path> files, ScoringListener listener) {
        Run run = new Run(dataset, files, listener);
        run.open(new ArrayDeque<>(files.entrySet()));
        return new Outcome(run.scores(), run.counts);
    }

    /** One call. */
    private final class Run {

        private final AttackDataset dataset;
        private final Map<MaskingRule, Path> files;
        private final ScoringListener listener;
        private final long all;
        private final long allowed;
        private final ScoredSentences.Builder names;
        private final Map<MaskingRule, ScoreColumn.Builder> columns = new LinkedHashMap<>();
        private final Map<MaskingRule, Writer> writers = new LinkedHashMap<>();
        private final Map<MaskingRule, ScoreManifest.Counts> counts = new LinkedHashMap<>();
        private final long start = System.nanoTime();
        private final List<Sample> part = new ArrayList<>();
        private final List<Population> setsOfPart = new ArrayList<>();
        private long done;
        private long failed;

        private Run(AttackDataset dataset, Map<MaskingRule, Path> files, ScoringListener listener) {
            this.dataset = dataset;
            this.files = files;
            this.listener = listener;
            this.all = Stream.of(Population.values()).mapToLong(set -> dataset.samples(set).size()).sum();
            this.allowed = (long) Math.floor(mayFail * all);
            this.names = new ScoredSentences.Builder(Math.toIntExact(all));
            files.keySet().forEach(rule -> {
                columns.put(rule, new ScoreColumn.Builder(Math.toIntExact(all), false));
                counts.put(rule, ScoreManifest.Counts.of(List.of()));
            });
        }

        /** Opens all files, each while those before it are open, and scores. */
        private void open(Deque<Map.Entry<MaskingRule, Path>> closed) {
            if (closed.isEmpty()) {
                scoreAll();
                return;
            }
            Map.Entry<MaskingRule, Path> file = closed.remove();
            AtomicFile.write(file.getValue(), writer -> {
                writers.put(file.getKey(), writer);
                open(closed);
            });
        }

        private void scoreAll() {
            for (Population set : Population.values()) {
                for (Sample sample : dataset.samples(set)) {
                    part.add(sample);
                    setsOfPart.add(set);
                    if (part.size() == sentences) {
                        scorePart();
                    }
                }
            }
            if (!part.isEmpty()) {
                scorePart();
            }
        }

        private void scorePart() {
            SequenceScorer tolerant = mayFail == 0 ? scorer : TolerantScorer.upTo(scorer, Math.toIntExact(allowed - failed));
            long before = done;
            Map<MaskingRule, List<SequenceScore>> scores = tolerant.score(List.copyOf(part), columns.keySet(),
                    progress -> listener.progressed(new ScoringProgress(progress.model(), before + progress.sentencesDone(), all,
                            Duration.ofNanos(System.nanoTime() - start))));
            columns.keySet().forEach(rule -> ModelScores.requirePaired(scorer, part, scores.get(rule)));
            for (int row = 0; row < part.size(); row++) {
                int number = names.add(setsOfPart.get(row), part.get(row).id(), part.get(row).group());
                boolean fails = false;
                for (MaskingRule rule : columns.keySet()) {
                    SequenceScore score = Objects.requireNonNull(scores.get(rule)).get(row);
                    names.measure(number, score.measures());
                    fails |= score.status() == SequenceScore.Status.FAILED;
                    keep(rule, number, row, score);
                }
                failed += fails ? 1 : 0;
            }
            done += part.size();
            part.clear();
            setsOfPart.clear();
        }

        private void keep(MaskingRule rule, int number, int row, SequenceScore score) {
            ScoreColumn.Builder column = Objects.requireNonNull(columns.get(rule));
            column.set(number, score);
            column.count(setsOfPart.get(row), score);
            SequenceScore told = tokens ? score : score.withoutTokens();
            counts.computeIfPresent(rule, (same, count) -> count.plus(told));
            Writer writer = Objects.requireNonNull(writers.get(rule));
            try {
                writer.write(ScoreFile.line(new ScoredSentence(Optional.of(setsOfPart.get(row)), part.get(row).group(), told)));
                writer.write('\n');
            } catch (IOException e) {
                throw new InvalidFileException(Objects.requireNonNull(files.get(rule)), e);
            }
        }

        private ModelScores scores() {
            ScoredSentences inOrder = names.build(names.inOrderOfComing());
            Map<MaskingRule, ScoreColumn> built = new LinkedHashMap<>();
            columns.forEach((rule, column) -> built.put(rule, column.build()));
            return ModelScores.ofOrdered(scorer.model(), inOrder, built);
        }
    }
}
