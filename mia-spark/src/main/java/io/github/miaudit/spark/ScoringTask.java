package io.github.miaudit.spark;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.UnorderedDigest;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoreManifest;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.likelihood.TolerantScorer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/** Scores one bucket, on an executor: picks its rows out of all, and writes a file for each rule. */
final class ScoringTask {

    private static final int MOST_SENTENCES = 1 << 14; // at once; their texts, tokens and scores are in memory
    private static final int MOST_CHARACTERS = 1 << 23;

    private final ScoringSettings settings;
    private final BucketWork work;
    private final ModelAnswers answers;
    private final Map<MaskingRule, ScoresWriter> writers = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();
    private long failed;
    private UnorderedDigest read = UnorderedDigest.NONE;

    private ScoringTask(ScoringSettings settings, BucketWork work, ModelAnswers answers) {
        this.settings = settings;
        this.work = work;
        this.answers = answers;
    }

    /** Nothing, or why the bucket can't be scored whoever tries, in one string; what may go better another time is thrown. */
    static Iterator<String> run(ScoringSettings settings, BucketWork work, ModelAnswers answers, SerializableConfiguration hadoop,
            Iterator<Row> rows) {
        try {
            return new ScoringTask(settings, work, answers).score(rows, hadoop.value(), TaskContext.get()).map(List::of).orElse(List.of())
                    .iterator();
        } catch (Throwable e) { // Scala's code throws what it does not declare
            if (TaskFailure.isOfTheProcess(e)) {
                throw (Error) e;
            }
            throw TaskFailure.of("bucket " + work.bucket(), e);
        }
    }

    private Optional<String> score(Iterator<Row> rows, Configuration hadoop, TaskContext task) throws IOException {
        String attempt = task.taskAttemptId() + "-" + Integer.toHexString(ThreadLocalRandom.current().nextInt());
        try (ExecutorScorers.Lease lease = ExecutorScorers.lease(settings, hadoop, task)) {
            ModelIdentity model = lease.scorer().model();
            for (String label : work.rules()) {
                MaskingRule rule = ScoringSettings.rule(label);
                writers.put(rule,
                        new ScoresWriter(BucketFolder.of(settings.output(), settings.modelDigest(), rule, work.bucket(), hadoop), attempt,
                                settings.tokens()));
            }
            Optional<String> fault = score(rows, lease.scorer());
            if (fault.isEmpty()) {
                for (Map.Entry<MaskingRule, ScoresWriter> each : writers.entrySet()) {
                    each.getValue().commit(model, each.getKey(), read, manifest -> told(manifest, each.getKey()));
                }
            }
            return fault;
        } finally {
            for (ScoresWriter writer : writers.values()) {
                writer.close();
            }
        }
    }

    private ScoreManifest told(ScoreManifest manifest, MaskingRule rule) {
        ScoreManifest whole = manifest.withBucket(new ScoreManifest.Bucket(work.bucket(), settings.buckets()))
                .withTrainedOn(settings.setsOfTraining());
        return answers.probe(rule.label()).map(whole::withProbe).orElse(whole);
    }

    private Optional<String> score(Iterator<Row> rows, SequenceScorer scorer) throws IOException {
        List<SentenceRow> sentences = new ArrayList<>();
        int characters = 0;
        while (rows.hasNext()) {
            Row row = rows.next();
            if (SentenceRow.fault(row).isPresent() || SentenceRow.bucket(SentenceRow.name(row), settings.buckets()) != work.bucket()) {
                continue; // of other buckets; rows at fault were refused before
            }
            SentenceRow sentence = SentenceRow.of(row);
            if (!seen.add(sentence.population().rowLabel() + " " + sentence.sample().id())) {
                return Optional.of("id " + sentence.sample().id() + " is there twice among rows of population "
                        + sentence.population().rowLabel() + "; ids must be unique within a population");
            }
            read = read.plus(SentenceRow.digest(row));
            sentences.add(sentence);
            characters += sentence.sample().text().length();
            if (sentences.size() == MOST_SENTENCES || characters >= MOST_CHARACTERS) {
                write(sentences, scorer);
                sentences.clear();
                characters = 0;
            }
        }
        write(sentences, scorer);
        return read.toString().equals(work.input()) ? Optional.empty()
                : Optional.of(
                        "bucket " + work.bucket() + " held " + UnorderedDigest.parse(work.input()).count()
                                + " rows when they were counted and "
                                + read.count() + " when they were scored, or others; give a table that says the same each time it is read");
    }

    private void write(List<SentenceRow> sentences, SequenceScorer scorer) throws IOException {
        if (sentences.isEmpty()) {
            return;
        }
        List<Sample> samples = sentences.stream().map(SentenceRow::sample).toList();
        int allowed = (int) Math.min(settings.mostFailures() - failed, samples.size());
        Map<MaskingRule, List<SequenceScore>> scores = TolerantScorer.upTo(scorer, allowed).score(samples,
                Collections.unmodifiableSet(writers.keySet()), ScoringListener.NONE);
        for (Map.Entry<MaskingRule, ScoresWriter> each : writers.entrySet()) {
            Iterator<SequenceScore> paired = Objects.requireNonNull(scores.get(each.getKey())).iterator();
            for (SentenceRow sentence : sentences) {
                each.getValue().write(sentence, paired.next());
            }
        }
        failed += scores.values().iterator().next().stream().filter(score -> score.status() == SequenceScore.Status.FAILED).count();
    }
}
