package io.github.miaudit.spark;

import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.ScoreManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Scores that {@link ClusterScoring} wrote, of whatever models and rules lie under a folder; all buckets are there. Immutable. */
public final class ClusterScores {

    private final Path root;
    private final List<ScoreManifest> manifests;

    private ClusterScores(Path root, List<ScoreManifest> manifests) {
        this.root = root;
        this.manifests = List.copyOf(manifests);
    }

    /**
     * Finds scores.
     *
     * @param spark whose settings say how the file system is reached
     * @param uri   the folder that {@link ClusterScoring#into} was given
     * @throws AuditException if there are none, or buckets are missing; the message lists them
     */
    public static ClusterScores read(SparkSession spark, String uri) {
        try {
            Configuration hadoop = spark.sparkContext().hadoopConfiguration();
            Path path = new Path(uri);
            FileSystem system = path.getFileSystem(hadoop);
            Path root = system.makeQualified(path);
            List<ScoreManifest> manifests = new ArrayList<>();
            for (FileStatus model : folders(system, root, BucketFolder.MODEL)) {
                for (FileStatus rule : folders(system, model.getPath(), BucketFolder.RULE)) {
                    manifests.addAll(of(system, rule.getPath()));
                }
            }
            if (manifests.isEmpty()) {
                throw new AuditException(uri + ": holds no scores");
            }
            return new ClusterScores(root, manifests);
        } catch (IOException e) {
            throw new AuditException(uri + ": scores can't be read there: " + e.getMessage(), e);
        }
    }

    private static FileStatus[] folders(FileSystem system, Path folder, String prefix) throws IOException {
        return system.exists(folder)
                ? system.listStatus(folder, path -> path.getName().startsWith(prefix))
                : new FileStatus[0];
    }

    private static List<ScoreManifest> of(FileSystem system, Path rule) throws IOException {
        Map<Integer, ScoreManifest> found = new TreeMap<>();
        int buckets = 0;
        for (FileStatus folder : folders(system, rule, BucketFolder.BUCKET)) {
            Optional<ScoreManifest> manifest = new BucketFolder(system, folder.getPath()).finished();
            Optional<ScoreManifest.Bucket> bucket = manifest.flatMap(ScoreManifest::bucket);
            if (bucket.isPresent()) {
                buckets = Math.max(buckets, bucket.get().count());
                found.put(bucket.get().number(), manifest.get());
            }
        }
        List<Integer> missing = IntStream.range(0, buckets).filter(bucket -> !found.containsKey(bucket)).boxed().toList();
        if (buckets == 0 || !missing.isEmpty()) {
            throw new AuditException(rule + ": " + (buckets == 0 ? "no bucket is finished" : "buckets " + missing + " of " + buckets
                    + " are missing") + "; call the scoring again, which does what is missing");
        }
        return List.copyOf(found.values());
    }

    /** How many scores there are: sentences of each model and rule. */
    public long count() {
        return manifests.stream().mapToLong(manifest -> manifest.counts().sentences()).sum();
    }

    @Override
    public String toString() {
        return "ClusterScores[" + root + ", " + manifests.size() + " buckets]";
    }
}
