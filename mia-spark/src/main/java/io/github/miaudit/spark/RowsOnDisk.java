package io.github.miaudit.spark;

import io.github.miaudit.io.AuditException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.Dependency;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.storage.StorageLevel;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Whether reading a table may leave its rows on local disks, where files of a shuffle, a cache or a sort that ran out of memory lie
 * readable to whoever has an account there, unless Spark encrypts them.
 */
final class RowsOnDisk {

    private static final String ENCRYPTION = "spark.io.encryption.enabled";

    /** Operators that hand rows on and keep none; whatever is not known to do so might. */
    private static final Set<String> HAND_ON = Set.of("AdaptiveSparkPlanExec", "AppendColumnsExec", "BatchScanExec", "CoalesceExec",
            "ColumnarToRowExec", "DataSourceScanExec", "DeserializeToObjectExec", "EmptyRelationExec", "ExpandExec", "ExternalRDDScanExec",
            "FileSourceScanExec", "FilterExec", "GenerateExec", "HiveTableScanExec", "InputAdapter", "LocalLimitExec", "LocalTableScanExec",
            "MapElementsExec", "MapPartitionsExec", "OneRowRelationExec", "ProjectExec", "RangeExec", "RDDScanExec",
            "RowDataSourceScanExec",
            "RowToColumnarExec", "SampleExec", "SerializeFromObjectExec", "UnionExec", "WholeStageCodegenExec");

    private RowsOnDisk() {
    }

    /**
     * Refuses a table that may leave rows in clear; returns its rows.
     *
     * @throws AuditException with what to do
     */
    static RDD<Row> requireNone(Dataset<Row> rows) {
        try {
            return checked(rows);
        } catch (AuditException e) {
            throw e;
        } catch (Exception e) { // Spark's are not declared; some quote the row
            throw TaskFailure.ofDriver("planning how to read the table", e);
        }
    }

    private static RDD<Row> checked(Dataset<Row> rows) {
        boolean encrypted = isEncrypted(rows.sparkSession());
        if (!encrypted) {
            refuse(operators(rows)); // before the rows are asked for, which may already run a part of the plan
        }
        RDD<Row> found = rows.rdd();
        if (!encrypted) {
            refuse(steps(found));
        }
        // the same partitions, but none is opened before a task of MIAudit's asks for its first row, which tells no message of another's
        return found.coalesce(Math.max(1, found.getNumPartitions()), false, Option.empty(), null);
    }

    /**
     * Refuses a session that does not encrypt what it writes to local disks.
     *
     * @param reason what would be written
     */
    static void requireEncryption(SparkSession session, String reason) {
        if (!isEncrypted(session)) {
            throw new AuditException(reason + "; start Spark with --conf " + ENCRYPTION + "=true");
        }
    }

    private static boolean isEncrypted(SparkSession session) {
        return session.sparkContext().getConf().getBoolean(ENCRYPTION, false);
    }

    private static void refuse(Set<String> places) {
        if (!places.isEmpty()) {
            throw new AuditException("the table is made by " + String.join(", ", places) + ", which may write sentences to local disks in"
                    + " clear; start Spark with --conf " + ENCRYPTION + "=true, or write the table to an encrypted place first and give it"
                    + " as it is read from there");
        }
    }

    /** Operators of the plan, as it is before it runs, that may keep rows. */
    private static Set<String> operators(Dataset<Row> rows) {
        if (!(rows instanceof org.apache.spark.sql.classic.Dataset<Row> classic)) {
            throw new AuditException("this is a session of Spark Connect, in which a program can't tell what becomes of rows; submit the"
                    + " program to the cluster (spark-submit)");
        }
        Set<String> found = new TreeSet<>();
        List<SparkPlan> open = new ArrayList<>(List.of(classic.queryExecution().executedPlan()));
        while (!open.isEmpty()) {
            SparkPlan plan = open.remove(open.size() - 1);
            String name = plan.getClass().getSimpleName();
            if (!HAND_ON.contains(name)) {
                found.add(name.replaceFirst("Exec$", ""));
            }
            if (plan instanceof AdaptiveSparkPlanExec adaptive) {
                open.add(adaptive.initialPlan());
            }
            open.addAll(CollectionConverters.asJava(plan.children()));
            open.addAll(CollectionConverters.asJava(plan.subqueries()));
        }
        return found;
    }

    /** Steps before the table, where a program made it of an RDD. */
    private static Set<String> steps(RDD<?> rows) {
        Set<String> found = new TreeSet<>();
        Set<Integer> seen = new TreeSet<>();
        List<RDD<?>> open = new ArrayList<>(List.of(rows));
        while (!open.isEmpty()) {
            RDD<?> step = open.remove(open.size() - 1);
            if (!seen.add(step.id())) {
                continue;
            }
            if (!step.getStorageLevel().equals(StorageLevel.NONE())) {
                found.add("a cache");
            }
            for (Dependency<?> dependency : CollectionConverters.asJava(step.dependencies())) {
                if (dependency instanceof ShuffleDependency) {
                    found.add("a shuffle");
                }
                open.add(dependency.rdd());
            }
        }
        return found;
    }
}
