package io.github.miaudit.spark;

import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.UnorderedDigest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * A model that executors will open: a Hugging Face folder in any file system that Spark reads, such as {@code hdfs:}, {@code s3a:} or,
 * where all machines see it, {@code file:}. Each executor copies the folder to its own disk once, and refuses a copy of another digest.
 * Immutable.
 */
public final class ClusterModel {

    private final String uri;
    private final String filesDigest;
    private final String digest;
    private final String tokenizerDigest;
    private final Optional<String> trainingTexts;

    private ClusterModel(String uri, String filesDigest, String digest, String tokenizerDigest, Optional<String> trainingTexts) {
        this.uri = uri;
        this.filesDigest = filesDigest;
        this.digest = digest;
        this.tokenizerDigest = tokenizerDigest;
        this.trainingTexts = trainingTexts;
    }

    /**
     * The model of a folder, as the active session sees it. All its files are read and copied once, for their digests; no weights are
     * loaded. The folder should hold one model and no weights of other frameworks, since all of it is copied; files and folders whose names
     * begin with a dot are left out.
     *
     * @param uri the folder, such as {@code hdfs:///models/clinical-roberta}
     * @throws AuditException if the folder can't be read, is not there or holds no {@code config.json}, or no session is active
     */
    public static ClusterModel at(String uri) {
        SparkSession session = SparkSession.getActiveSession().orElse(SparkSession::getDefaultSession).getOrElse(() -> {
            throw new AuditException("no session of Spark is active; open one first (SparkSession.builder()…getOrCreate())");
        });
        try {
            Configuration hadoop = session.sparkContext().hadoopConfiguration();
            String digest = ModelFiles.in(uri, hadoop).digest();
            Path copy = LocalFiles.copyOf(uri, digest, hadoop);
            return new ClusterModel(uri, digest, MaskedLmScorer.digest(copy), MaskedLmScorer.tokenizerDigest(copy),
                    MaskedLmScorer.trainingTexts(copy));
        } catch (IOException e) {
            throw new AuditException(uri + ": the model's folder can't be read: " + e.getMessage(), e);
        } catch (UnsupportedOperationException e) {
            throw new AuditException(uri + ": the model's folder can't be listed there; copy the model to a file system of Hadoop's", e);
        }
    }

    /** Where it lies, as it was named. */
    public String uri() {
        return uri;
    }

    /** The digest of the network, as reports state it: its configuration and weights. */
    public String digest() {
        return digest;
    }

    /** Of all files, by which copies are known. */
    String filesDigest() {
        return filesDigest;
    }

    /** Of everything that determines the tokens. */
    String tokenizerDigest() {
        return tokenizerDigest;
    }

    /** Whether a file in its folder tells that it was trained on just these texts; that none does says nothing. */
    boolean isKnownToBeTrainedOn(UnorderedDigest texts) {
        return trainingTexts.equals(Optional.of(texts.sealed()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClusterModel model && uri.equals(model.uri) && filesDigest.equals(model.filesDigest);
    }

    @Override
    public int hashCode() {
        return filesDigest.hashCode();
    }

    @Override
    public String toString() {
        return "ClusterModel[" + uri + ", " + digest() + "]";
    }
}
