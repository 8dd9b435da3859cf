package io.github.miaudit.spark;

import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.djl.ScoringDevice;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.ModelIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/**
 * The scorers of this process, one for each model and device, which all its tasks share; a scorer that no task uses is closed when another
 * model is asked for. Thread-safe.
 */
final class ExecutorScorers {

    private static final String THREADS = "ai.djl.pytorch.num_threads";

    /** What makes a scorer another one. */
    private record Key(String filesDigest, String precision, String lengthPolicy, boolean moments, String device) {
    }

    /** A scorer that a task uses until it gives it back. */
    static final class Lease implements AutoCloseable {

        private final MaskedLmScorer scorer;
        private int users;

        private Lease(MaskedLmScorer scorer) {
            this.scorer = scorer;
        }

        MaskedLmScorer scorer() {
            return scorer;
        }

        /** Gives it back; it stays open for the next task. */
        @Override
        public void close() {
            synchronized (ExecutorScorers.class) {
                users--;
            }
        }
    }

    private static final Map<Key, Lease> OPEN = new HashMap<>();

    private ExecutorScorers() {
    }

    /** The scorer for a task, opened if need be; others wait meanwhile. */
    static synchronized Lease lease(ScoringSettings settings, Configuration hadoop, TaskContext task) throws IOException {
        String device = device(Optional.ofNullable(task.resourcesJMap().get("gpu")).map(ResourceInformation::addresses));
        Key key = new Key(settings.filesDigest(), settings.precision(), settings.lengthPolicy(), settings.moments(), device);
        Lease lease = OPEN.get(key);
        if (lease == null) {
            closeUnused(device);
            limitThreads(task.cpus());
            Path folder = LocalFiles.copyOf(settings.modelUri(), settings.filesDigest(), hadoop);
            lease = new Lease(opened(folder, settings, ScoringDevice.of(device)));
            OPEN.put(key, lease);
        }
        lease.users++;
        return lease;
    }

    private static MaskedLmScorer opened(Path folder, ScoringSettings settings, ScoringDevice device) {
        MaskedLmScorer scorer = MaskedLmScorer.open(folder, settings.options(device));
        ModelIdentity model = scorer.model();
        if (!model.modelDigest().equals(settings.modelDigest()) || !model.tokenizerDigest().equals(settings.tokenizer())) {
            scorer.close();
            throw new AuditException("model " + model.name() + " and its tokenizer have other digests here than where the job began, though"
                    + " their files are equal; do driver and executors have the same version of MIAudit?");
        }
        return scorer;
    }

    /** The device of a task: the GPUs that Spark gave it, or the CPU if it gave none, whatever the machine has. */
    static String device(Optional<String[]> gpus) {
        return gpus.filter(addresses -> addresses.length > 0)
                .map(addresses -> Stream.of(addresses).map(address -> "gpu:" + address).collect(Collectors.joining(","))).orElse("cpu");
    }

    private static void closeUnused(String device) {
        for (Iterator<Map.Entry<Key, Lease>> all = OPEN.entrySet().iterator(); all.hasNext();) {
            Map.Entry<Key, Lease> each = all.next();
            if (each.getValue().users == 0 && each.getKey().device().equals(device)) {
                each.getValue().scorer.close();
                all.remove();
            }
        }
    }

    /** Each task computes on as many cores as it has of the executor's; counts only before PyTorch is loaded. */
    private static void limitThreads(int cores) {
        if (System.getProperty(THREADS) == null && System.getenv("OMP_NUM_THREADS") == null) {
            System.setProperty(THREADS, Integer.toString(cores));
        }
    }
}
