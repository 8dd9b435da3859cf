package io.github.miaudit.spark;

import io.github.miaudit.io.AuditException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The first pass over the table: how many rows each bucket has and what they say, without a shuffle; only counts and digests leave a task.
 */
final class InputCount {

    private static final String FAULT = "fault ";

    private InputCount() {
    }

    /**
     * Counts.
     *
     * @return for each bucket its rows
     * @throws AuditException if rows are no sentences, with their number
     */
    static List<InputDigest> of(JavaRDD<Row> rows, int buckets) {
        List<String> lines;
        try {
            lines = rows.mapPartitions(partition -> partition(partition, buckets)).collect();
        } catch (Exception e) { // Spark's are not declared
            throw TaskFailure.ofJob("the table can't be counted", e);
        }
        Map<String, Long> faults = new TreeMap<>();
        InputDigest[] found = new InputDigest[buckets];
        java.util.Arrays.fill(found, InputDigest.NONE);
        for (String line : lines) {
            String[] parts = line.split("\t");
            if (parts[0].startsWith(FAULT)) {
                faults.merge(parts[0].substring(FAULT.length()), Long.parseLong(parts[1]), Long::sum);
            } else {
                int bucket = Integer.parseInt(parts[0]);
                found[bucket] = found[bucket].plus(InputDigest.parse(parts[1]));
            }
        }
        if (!faults.isEmpty()) {
            throw new AuditException("the table has " + faults.entrySet().stream().map(each -> each.getValue() + " rows " + each.getKey())
                    .collect(Collectors.joining(", ")) + "; leave them out, or mend them");
        }
        return List.of(found);
    }

    private static Iterator<String> partition(Iterator<Row> rows, int buckets) {
        try {
            @Nullable
            InputDigest[] found = new InputDigest[buckets];
            Map<String, Long> faults = new TreeMap<>();
            while (rows.hasNext()) {
                Row row = rows.next();
                Optional<String> fault = SentenceRow.fault(row);
                if (fault.isPresent()) {
                    faults.merge(fault.get(), 1L, Long::sum);
                } else {
                    int bucket = SentenceRow.bucket(row, buckets);
                    InputDigest before = found[bucket];
                    found[bucket] = (before == null ? InputDigest.NONE : before).plus(row);
                }
            }
            List<String> lines = new java.util.ArrayList<>();
            for (int bucket = 0; bucket < buckets; bucket++) {
                InputDigest digest = found[bucket];
                if (digest != null) {
                    lines.add(bucket + "\t" + digest);
                }
            }
            faults.forEach((fault, count) -> lines.add(FAULT + fault + "\t" + count));
            return lines.iterator();
        } catch (Throwable e) { // Scala's code throws what it does not declare
            if (TaskFailure.isOfTheProcess(e)) {
                throw (Error) e;
            }
            throw TaskFailure.of("counting rows", e);
        }
    }
}
