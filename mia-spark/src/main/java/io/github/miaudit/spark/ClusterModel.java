package io.github.miaudit.spark;

import io.github.miaudit.io.AuditException;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/**
 * A model that executors will open: a Hugging Face folder in any file system that Spark reads, such as {@code hdfs:}, {@code s3a:} or, where
 * all machines see it, {@code file:}. Each executor copies the folder to its own disk once, and refuses a copy of another digest. Immutable.
 */
public final class ClusterModel {

    private final String uri;
    private final String digest;

    private ClusterModel(String uri, String digest) {
        this.uri = uri;
        this.digest = digest;
    }

    /**
     * The model of a folder, as the active session sees it. All its files are read once, for their digest; nothing is loaded. The folder
     * should hold one model and no weights of other frameworks, since all of it is copied; files and folders whose names begin with a dot are
     * left out.
     *
     * @param uri the folder, such as {@code hdfs:///models/clinical-roberta}
     * @throws AuditException if the folder can't be read, is not there or holds no {@code config.json}, or no session is active
     */
    public static ClusterModel at(String uri) {
        SparkSession session = SparkSession.getActiveSession().getOrElse(() -> {
            throw new AuditException("no session of Spark is active; open one first (SparkSession.builder()…getOrCreate())");
        });
        try {
            return new ClusterModel(uri, ModelFiles.in(uri, session.sparkContext().hadoopConfiguration()).digest());
        } catch (IOException e) {
            throw new AuditException(uri + ": the model's folder can't be read: " + e.getMessage(), e);
        }
    }

    /** Where it lies, as it was named. */
    public String uri() {
        return uri;
    }

    /** SHA-256 of all files and their names, in lower-case hexadecimal. */
    public String digest() {
        return digest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClusterModel model && uri.equals(model.uri) && digest.equals(model.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return "ClusterModel[" + uri + ", " + digest + "]";
    }
}
