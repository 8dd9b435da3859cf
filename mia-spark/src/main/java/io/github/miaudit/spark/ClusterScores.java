package io.github.miaudit.spark;

import io.github.miaudit.StoredAudit;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.ScoreManifest;
import io.github.miaudit.likelihood.StoredScores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Scores that {@link ClusterScoring} wrote, of whatever models and rules lie under a folder; all buckets are there. Immutable. */
public final class ClusterScores {

    private final Path root;
    private final List<BucketFolder> buckets;
    private final long count;

    /** Of buckets that are all there, under a folder, with as many scores together. */
    ClusterScores(Path root, List<BucketFolder> buckets, long count) {
        this.root = root;
        this.buckets = List.copyOf(buckets);
        this.count = count;
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
            List<BucketFolder> buckets = new ArrayList<>();
            long count = 0;
            for (FileStatus model : folders(system, root, BucketFolder.MODEL)) {
                for (FileStatus rule : folders(system, model.getPath(), BucketFolder.RULE)) {
                    count += find(system, rule.getPath(), buckets);
                }
            }
            if (buckets.isEmpty()) {
                throw new AuditException(uri + ": holds no scores");
            }
            return new ClusterScores(root, buckets, count);
        } catch (IOException e) {
            throw new AuditException(uri + ": scores can't be read there: " + e.getMessage(), e);
        }
    }

    private static FileStatus[] folders(FileSystem system, Path folder, String prefix) throws IOException {
        return system.exists(folder)
                ? system.listStatus(folder, path -> path.getName().startsWith(prefix))
                : new FileStatus[0];
    }

    /** Adds a rule's buckets; returns how many scores they hold. */
    private static long find(FileSystem system, Path rule, List<BucketFolder> all) throws IOException {
        Set<Integer> found = new TreeSet<>();
        int buckets = 0;
        long count = 0;
        for (FileStatus status : folders(system, rule, BucketFolder.BUCKET)) {
            BucketFolder folder = new BucketFolder(system, status.getPath());
            Optional<ScoreManifest> manifest = folder.finished();
            if (manifest.isPresent() && manifest.get().bucket().isPresent()) {
                buckets = Math.max(buckets, manifest.get().bucket().get().count());
                count += manifest.get().counts().sentences();
                found.add(manifest.get().bucket().get().number());
                all.add(folder);
            }
        }
        List<Integer> missing = IntStream.range(0, buckets).filter(bucket -> !found.contains(bucket)).boxed().toList();
        if (buckets == 0 || !missing.isEmpty()) {
            throw new AuditException(rule + ": " + (buckets == 0 ? "no bucket is finished" : "buckets " + missing + " of " + buckets
                    + " are missing") + "; call the scoring again, which does what is missing");
        }
        return count;
    }

    /**
     * An audit of the scores on this machine, the driver: {@code scores.audit("clinical-roberta").withReference("roberta-base").run()}.
     * Where the scores do not lie on its disks they are copied to its folder for temporary files, for its owner alone, until this
     * process ends: as much as the output takes.
     *
     * @throws AuditException if a file can't be read, or there are no scores of that model
     */
    public StoredAudit audit(String target) {
        return StoredAudit.of(stored(), target);
    }

    /** The scores as files of this machine. */
    StoredScores stored() {
        try {
            boolean local = root.toUri().getScheme().equals("file");
            java.nio.file.Path here = local ? java.nio.file.Path.of(root.toUri().getPath()) : LocalFiles.newFolder("scores-");
            List<java.nio.file.Path> manifests = new ArrayList<>();
            for (BucketFolder bucket : buckets) {
                java.nio.file.Path folder = here.resolve(root.toUri().relativize(bucket.path().toUri()).getPath());
                if (!local) {
                    bucket.copyTo(folder);
                }
                manifests.add(folder.resolve(ScoreManifest.NAME));
            }
            return StoredScores.find(manifests);
        } catch (IOException e) {
            throw new AuditException(root + ": scores can't be copied to this machine: " + e.getMessage(), e);
        }
    }

    /** How many scores there are: sentences of each model and rule. */
    public long count() {
        return count;
    }

    @Override
    public String toString() {
        return "ClusterScores[" + root + ", " + buckets.size() + " files]";
    }
}
