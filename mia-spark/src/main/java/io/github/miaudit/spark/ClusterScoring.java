package io.github.miaudit.spark;

import io.github.miaudit.data.Population;
import io.github.miaudit.djl.Precision;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.membership.NamedAttack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores a table of sentences by a model on the executors of a cluster. Immutable; {@code with…} returns a copy.
 *
 * <p>A sentence belongs to a bucket by a hash of its population and id alone. A task scores a bucket and writes it whole or not at all;
 * what is finished is not computed again, so a job that ended early goes on when it is called again. No row is shuffled: each task reads
 * the table itself and picks its rows. So the table is read once to be counted and once for each bucket that is missing; keep it in a
 * columnar form that can be split, such as Parquet, with few other columns.
 *
 * <p>Before that, one task asks the model again, about those members and non-members whose hashes are smallest, as
 * {@link io.github.miaudit.likelihood.ModelProbe} does; a rule's manifests all state what it said. What finished buckets state is kept.
 *
 * <p>Scores are those of one call with these rules, but for the noise of float32: which sentences share a batch decides in which order
 * sums are made.
 *
 * <p>Executors compute on the GPUs that Spark gives a task ({@code spark.task.resource.gpu.amount}), and on as many cores as it gives one
 * ({@code spark.task.cpus}) where it gives no GPU.
 *
 * <p>What is written under the output's folder: {@code model=DIGEST/rule=LABEL/bucket=K/} with a file of scores and {@code manifest.json},
 * for their owner alone where the file system knows owners. Scores are as confidential as the sentences. One call at a time may write under
 * a folder.
 */
public final class ClusterScoring {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterScoring.class);
    private static final int USUAL_BUCKETS = 64;
    private static final int MOST_BUCKETS = 10_000;

    private final Dataset<Row> rows;
    private final SentenceColumns columns;
    private final ClusterModel model;
    private final Draft options;

    private ClusterScoring(Dataset<Row> rows, SentenceColumns columns, ClusterModel model, Draft options) {
        this.rows = rows;
        this.columns = columns;
        this.model = model;
        this.options = options;
    }

    /**
     * Scores by the rules of the {@linkplain NamedAttack#standard standard attacks}, in 64 buckets, in float32, sentences that are longer
     * than the model in windows, and asks the model again about some members and non-members. No sentence may fail.
     *
     * @param rows    the sentences, the same each time they are read
     * @param columns where they stand in it
     * @param model   the model
     */
    public static ClusterScoring of(Dataset<Row> rows, SentenceColumns columns, ClusterModel model) {
        return new ClusterScoring(rows, columns, model, new Draft());
    }

    /**
     * The scoring by other rules, all of them in one pass over a bucket. A rule that is not MIAudit's own must be on the class path of the
     * executors.
     *
     * @throws IllegalArgumentException if there is none, or one that {@link MaskingRule#named} does not know
     */
    public ClusterScoring withRules(MaskingRule... rules) {
        if (rules.length == 0) {
            throw new IllegalArgumentException("no rule is named; name one, such as MaskingRule.withinWordLeftToRight()");
        }
        for (MaskingRule rule : rules) {
            if (!MaskingRule.named(rule.label()).equals(Optional.of(rule))) {
                throw new IllegalArgumentException("rule " + rule.label() + " can't be made of its label, as executors must; list it in a"
                        + " NamedRules");
            }
        }
        return with(draft -> draft.rules = Stream.of(rules).distinct().toList());
    }

    /**
     * The scoring in another number of buckets: some for each task that runs at a time, lest all wait for the last one; the table is read
     * once for each.
     *
     * @throws IllegalArgumentException if it is not from 1 to 10000
     */
    public ClusterScoring withBuckets(int buckets) {
        if (buckets < 1 || buckets > MOST_BUCKETS) {
            throw new IllegalArgumentException("there are to be " + buckets + " buckets; it must be from 1 to " + MOST_BUCKETS);
        }
        return with(draft -> draft.buckets = buckets);
    }

    /** The scoring in another precision, on whatever device; scores of different precisions are different scores. */
    public ClusterScoring withPrecision(Precision precision) {
        return with(draft -> draft.precision = precision);
    }

    /**
     * The scoring that goes on where sentences can't be scored: they are there with the status
     * {@link io.github.miaudit.likelihood.SequenceScore.Status#FAILED} and the reason, and audits leave them out.
     *
     * @param share of all sentences, at most
     * @throws IllegalArgumentException if it is not in [0, 1)
     */
    public ClusterScoring withFailuresUpTo(double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("share of sentences that may fail is " + share + "; it must be in [0, 1)");
        }
        return with(draft -> draft.failures = share);
    }

    /**
     * The scoring that also tells what the model expects of each token, which the attack {@code min-k-plus-plus} takes.
     *
     * @throws IllegalArgumentException if it is {@linkplain #withoutTokens() without tokens}
     */
    public ClusterScoring withVocabularyMoments() {
        return with(draft -> draft.moments = true);
    }

    /**
     * The scoring into a sum for each sentence, not each token's log-likelihood: less to store, and no token ids, which give the text away.
     * It is enough for attacks on whole sentences, such as likelihood ratio and loss, and leaves out what is there of each token. How the
     * tokens of a bucket spread is told, so that a target can be seen to know more than how frequent tokens are.
     *
     * @throws IllegalArgumentException if it tells {@linkplain #withVocabularyMoments() what the model expects} of each token
     */
    public ClusterScoring withoutTokens() {
        return with(draft -> draft.tokens = false);
    }

    /**
     * The scoring that does not ask the model again, as checks of a target need; of references and controls nobody needs it. An audit of
     * such a target says that it is not checked.
     */
    public ClusterScoring withoutProbe() {
        return with(draft -> draft.probed = false);
    }

    /** The scoring with another way to treat sentences that are longer than the model. */
    public ClusterScoring withLengthPolicy(LengthPolicy policy) {
        return with(draft -> draft.lengthPolicy = policy);
    }

    /**
     * Scores what is missing, and waits until all is there. A bucket that is there but of other rows, another version or other settings is
     * done again, which the log tells.
     *
     * @param uri the folder to write to, in any file system that Spark writes
     * @return the scores, of this model and by these rules alone
     * @throws AuditException           if a row is no sentence, an id is there twice in a population, reading the table may leave sentences
     *                                  in
     *                                  clear on local disks, an executor can't open the model, or a sentence can't be scored; never with a
     *                                  text in its message. What was finished is kept
     * @throws IllegalArgumentException if a column is not there or of another type
     */
    public ClusterScores into(String uri) {
        JavaRDD<Row> sentences = RowsOnDisk.requireNone(columns.of(rows)).toJavaRDD();
        Configuration hadoop = rows.sparkSession().sparkContext().hadoopConfiguration();
        InputCount input = InputCount.of(sentences, options.buckets);
        ScoringSettings settings = settings(uri, input);
        try {
            OutputState before = OutputState.of(options.rules, settings, input.buckets(), hadoop);
            LOG.info("{}: {} of {} buckets are to be scored", uri, before.missing().size(), options.buckets);
            List<String> unanswered = before.unanswered();
            ModelAnswers answers = unanswered.isEmpty() ? before.answers()
                    : before.answers().and(ProbeTask.ask(settings, unanswered, input.probed(), sentences, hadoop));
            before.prepare(options.rules, hadoop);
            run(settings, before.missing(), answers, sentences, hadoop);
            OutputState.of(options.rules, settings, input.buckets(), hadoop).requireWhole();
            return scores(settings, input, hadoop);
        } catch (IOException e) {
            throw new AuditException(uri + ": scores can't be written or read there: " + e.getMessage(), e);
        }
    }

    private ScoringSettings settings(String uri, InputCount input) {
        List<String> trainedOn = Stream.of(Population.values())
                .filter(set -> Optional.ofNullable(input.texts().get(set)).filter(model::isKnownToBeTrainedOn).isPresent())
                .map(Population::rowLabel).toList();
        return new ScoringSettings(model.uri(), model.filesDigest(), model.digest(), model.tokenizerDigest(), options.precision.label(),
                options.lengthPolicy.label(), options.tokens, options.moments, options.probed && !input.probed().isEmpty(), trainedOn,
                options.buckets,
                uri, (long) Math.floor(options.failures * input.rows()));
    }

    private ClusterScores scores(ScoringSettings settings, InputCount input, Configuration hadoop) throws IOException {
        List<BucketFolder> folders = new ArrayList<>();
        for (MaskingRule rule : options.rules) {
            for (int bucket = 0; bucket < options.buckets; bucket++) {
                folders.add(BucketFolder.of(settings.output(), settings.modelDigest(), rule, bucket, hadoop));
            }
        }
        Path root = new Path(settings.output());
        return new ClusterScores(root.getFileSystem(hadoop).makeQualified(root), folders,
                options.rules.size() * input.rows());
    }

    private void run(ScoringSettings settings, List<BucketWork> missing, ModelAnswers answers, JavaRDD<Row> sentences,
            Configuration hadoop) {
        if (missing.isEmpty()) {
            return;
        }
        SerializableConfiguration configuration = new SerializableConfiguration(hadoop);
        List<BucketWork> work = new ArrayList<>(missing);
        List<String> faults;
        try {
            faults = EveryPartition.of(sentences.rdd(), work.size()).toJavaRDD()
                    .mapPartitionsWithIndex((task, all) -> ScoringTask.run(settings, work.get(task), answers, configuration, all),
                            true)
                    .collect();
        } catch (Exception e) { // Spark's are not declared
            throw TaskFailure.ofJob(settings.output(), e);
        }
        if (!faults.isEmpty()) {
            throw new AuditException(
                    faults.get(0) + (faults.size() > 1 ? " (and " + (faults.size() - 1) + " other buckets have faults)" : "")
                            + "; what was finished is kept");
        }
    }

    private ClusterScoring with(Consumer<Draft> change) {
        return new ClusterScoring(rows, columns, model, options.with(change));
    }

    /** The options; changed only before they are anybody's. */
    private static final class Draft implements Cloneable {
        private List<MaskingRule> rules = NamedAttack.standardRules();
        private double failures;
        private boolean tokens = true;
        private boolean moments;
        private boolean probed = true;
        private int buckets = USUAL_BUCKETS;
        private Precision precision = Precision.FLOAT32;
        private LengthPolicy lengthPolicy = LengthPolicy.WINDOW;

        private Draft with(Consumer<Draft> change) {
            try {
                Draft copy = (Draft) clone();
                change.accept(copy);
                if (copy.moments && !copy.tokens) {
                    throw new IllegalArgumentException("moments are of tokens, which are not told; leave out withVocabularyMoments() or"
                            + " withoutTokens()");
                }
                return copy;
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
