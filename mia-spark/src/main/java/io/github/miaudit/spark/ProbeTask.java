package io.github.miaudit.spark;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelProbe;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.likelihood.TolerantScorer;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the model again about some sentences, on one executor, before any bucket is scored, so that each bucket's manifest can tell what it
 * said. Sentences stay there; numbers alone come back, so it does no harm that it is tried twice.
 */
final class ProbeTask {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeTask.class);

    private ProbeTask() {
    }

    /**
     * Asks.
     *
     * @param rules  labels
     * @param chosen {@link InputCount#probed}
     * @throws AuditException if the model can't be opened, or a sentence not be scored
     */
    static ModelAnswers ask(ScoringSettings settings, List<String> rules, Set<String> chosen, JavaRDD<Row> rows, Configuration hadoop) {
        SerializableConfiguration configuration = new SerializableConfiguration(hadoop);
        List<String> said;
        try {
            said = EveryPartition.of(rows.rdd(), 1).toJavaRDD().mapPartitions(all -> run(settings, rules, chosen, configuration, all))
                    .collect();
        } catch (Exception e) { // Spark's are not declared
            throw TaskFailure.ofJob(settings.output(), e);
        }
        LOG.info("{}: the model was asked again about {} sentences by {}", settings.output(), chosen.size(), rules);
        Map<String, String> byRule = new TreeMap<>();
        for (int rule = 0; rule < rules.size(); rule++) {
            byRule.put(rules.get(rule), said.get(rule));
        }
        return new ModelAnswers(byRule);
    }

    /** One text a rule, in their order. */
    private static Iterator<String> run(ScoringSettings settings, List<String> rules, Set<String> chosen,
            SerializableConfiguration hadoop, Iterator<Row> rows) {
        try {
            Set<MaskingRule> by = rules.stream().map(ScoringSettings::rule)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            AttackDataset sentences = sentences(chosen, rows);
            try (ExecutorScorers.Lease lease = ExecutorScorers.lease(settings, hadoop.value(), TaskContext.get())) {
                ModelAnswers answers = ModelAnswers.of(ModelProbe.ofChosen(scorer(settings, lease), sentences, by));
                return rules.stream().map(rule -> Objects.requireNonNull(answers.byRule().get(rule))).iterator();
            }
        } catch (Throwable e) { // Scala's code throws what it does not declare
            if (TaskFailure.isOfTheProcess(e)) {
                throw (Error) e;
            }
            throw TaskFailure.of("asking the model again", e);
        }
    }

    private static SequenceScorer scorer(ScoringSettings settings, ExecutorScorers.Lease lease) {
        return TolerantScorer.upTo(lease.scorer(), (int) Math.min(settings.mostFailures(), Integer.MAX_VALUE));
    }

    /** In the order of their names, so that batches are the same however rows are parted. */
    private static AttackDataset sentences(Set<String> chosen, Iterator<Row> rows) {
        Map<String, SentenceRow> found = new TreeMap<>();
        while (rows.hasNext()) {
            Row row = rows.next();
            if (SentenceRow.fault(row).isEmpty()) {
                String name = HexFormat.of().formatHex(SentenceRow.name(row));
                if (chosen.contains(name)) {
                    found.put(name, SentenceRow.of(row));
                }
            }
        }
        return population -> found.values().stream().filter(row -> row.population() == population).map(SentenceRow::sample)
                .toList();
    }
}
