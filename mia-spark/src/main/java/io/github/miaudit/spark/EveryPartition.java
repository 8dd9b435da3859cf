package io.github.miaudit.spark;

import java.io.Serializable;
import org.apache.spark.Partition;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import scala.Option;

/**
 * Gives each task all partitions, one after the other, so that it can pick its own rows without a shuffle, which would write them to local
 * disks.
 */
final class EveryPartition implements PartitionCoalescer, Serializable {

    private static final long serialVersionUID = 1L;

    /** The rows, as many times as there are tasks. */
    static <T> RDD<T> of(RDD<T> rows, int tasks) {
        return rows.coalesce(tasks, false, Option.apply(new EveryPartition()), null);
    }

    @Override
    public PartitionGroup[] coalesce(int tasks, RDD<?> rows) {
        PartitionGroup[] groups = new PartitionGroup[tasks];
        for (int task = 0; task < tasks; task++) {
            groups[task] = new PartitionGroup(Option.empty());
            for (Partition partition : rows.partitions()) {
                groups[task].partitions().addOne(partition);
            }
        }
        return groups;
    }
}
