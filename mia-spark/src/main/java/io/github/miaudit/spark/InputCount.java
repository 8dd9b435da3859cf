package io.github.miaudit.spark;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.io.UnorderedDigest;
import io.github.miaudit.likelihood.ModelProbe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * What the first pass over the table finds, without a shuffle; only counts and digests leave a task.
 *
 * @param buckets the rows of each bucket, by {@link SentenceRow#digest}
 * @param texts   of each set, by SHA-256 of the text in UTF-8
 * @param probed  {@link SentenceRow#name names} of sentences to ask of again, in hexadecimal: as many members and non-members as
 *                {@link ModelProbe#sampleSize} says, whose names are the smallest
 */
record InputCount(List<UnorderedDigest> buckets, Map<Population, UnorderedDigest> texts, Set<String> probed) {

    private static final String FAULT = "fault";
    private static final String BUCKET = "bucket";
    private static final String TEXTS = "texts";
    private static final String NAME = "name";
    private static final List<Population> PROBED = List.of(Population.MEMBERS, Population.NON_MEMBERS);
    private static final int MOST_PROBED = ModelProbe.sampleSize(Long.MAX_VALUE);

    /**
     * Counts.
     *
     * @throws AuditException if rows are no sentences, with their number
     */
    static InputCount of(JavaRDD<Row> rows, int buckets) {
        List<String> lines;
        try {
            lines = rows.mapPartitions(partition -> partition(partition, buckets)).collect();
        } catch (Exception e) { // Spark's are not declared
            throw TaskFailure.ofJob("the table can't be counted", e);
        }
        Map<String, Long> faults = new TreeMap<>();
        UnorderedDigest[] found = new UnorderedDigest[buckets];
        Arrays.fill(found, UnorderedDigest.NONE);
        Map<Population, UnorderedDigest> texts = new EnumMap<>(Population.class);
        Map<Population, Set<String>> names = new EnumMap<>(Population.class);
        for (String line : lines) {
            String[] parts = line.split("\t");
            switch (parts[0]) {
                case FAULT -> faults.merge(parts[1], Long.parseLong(parts[2]), Long::sum);
                case BUCKET -> found[Integer.parseInt(parts[1])] = found[Integer.parseInt(parts[1])]
                        .plus(UnorderedDigest.parse(parts[2]));
                case TEXTS -> texts.merge(Population.valueOf(parts[1]), UnorderedDigest.parse(parts[2]), UnorderedDigest::plus);
                default -> names.computeIfAbsent(Population.valueOf(parts[1]), first -> new TreeSet<>()).add(parts[2]);
            }
        }
        if (!faults.isEmpty()) {
            throw new AuditException("the table has " + faults.entrySet().stream().map(each -> each.getValue() + " rows " + each.getKey())
                    .collect(Collectors.joining(", ")) + "; leave them out, or mend them");
        }
        return new InputCount(List.of(found), texts, names.entrySet().stream().flatMap(each -> each.getValue().stream()
                .limit(ModelProbe.sampleSize(texts.getOrDefault(each.getKey(), UnorderedDigest.NONE).count())))
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** How many rows there are. */
    long rows() {
        return buckets.stream().mapToLong(UnorderedDigest::count).sum();
    }

    private static Iterator<String> partition(Iterator<Row> rows, int buckets) {
        try {
            return new Partition(buckets).count(rows);
        } catch (Throwable e) { // Scala's code throws what it does not declare
            if (TaskFailure.isOfTheProcess(e)) {
                throw (Error) e;
            }
            throw TaskFailure.of("counting rows", e);
        }
    }

    /** What one partition holds. */
    private static final class Partition {

        private final @Nullable UnorderedDigest[] found;
        private final Map<String, Long> faults = new TreeMap<>();
        private final Map<Population, UnorderedDigest> texts = new EnumMap<>(Population.class);
        private final Map<Population, TreeSet<byte[]>> names = new EnumMap<>(Population.class);

        private Partition(int buckets) {
            found = new UnorderedDigest[buckets];
        }

        private Iterator<String> count(Iterator<Row> rows) {
            while (rows.hasNext()) {
                Row row = rows.next();
                Optional<String> fault = SentenceRow.fault(row);
                if (fault.isPresent()) {
                    faults.merge(fault.get(), 1L, Long::sum);
                } else {
                    add(row);
                }
            }
            List<String> lines = new ArrayList<>();
            for (int bucket = 0; bucket < found.length; bucket++) {
                UnorderedDigest digest = found[bucket];
                if (digest != null) {
                    lines.add(line(BUCKET, bucket, digest));
                }
            }
            faults.forEach((fault, count) -> lines.add(line(FAULT, fault, count)));
            texts.forEach((population, digest) -> lines.add(line(TEXTS, population, digest)));
            names.forEach((population, some) -> some
                    .forEach(name -> lines.add(line(NAME, population, HexFormat.of().formatHex(name)))));
            return lines.iterator();
        }

        private static String line(String kind, Object key, Object value) {
            return kind + "\t" + key + "\t" + value;
        }

        private void add(Row row) {
            byte[] name = SentenceRow.name(row);
            int bucket = SentenceRow.bucket(name, found.length);
            UnorderedDigest before = found[bucket];
            found[bucket] = (before == null ? UnorderedDigest.NONE : before).plus(SentenceRow.digest(row));
            Population population = SentenceRow.populationOf(row).orElseThrow();
            byte[] text = row.getString(SentenceColumns.TEXT).getBytes(StandardCharsets.UTF_8);
            texts.put(population, texts.getOrDefault(population, UnorderedDigest.NONE).plus(Sha256.newDigest().digest(text)));
            if (PROBED.contains(population)) {
                TreeSet<byte[]> smallest = names.computeIfAbsent(population, first -> new TreeSet<>(Arrays::compareUnsigned));
                smallest.add(name);
                if (smallest.size() > MOST_PROBED) {
                    smallest.pollLast();
                }
            }
        }
    }
}
