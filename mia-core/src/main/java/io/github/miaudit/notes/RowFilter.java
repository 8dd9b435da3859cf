package io.github.miaudit.notes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which rows are read, by what their columns, or JSON members, say. All conditions must hold. What a row says is compared without
 * white space at its ends, and upper and lower case are told apart; a row that says nothing of a column says the empty text. Immutable.
 *
 * @param kept    for each column the values of which a row that is read has one
 * @param leftOut for each column the values of which a row that is read has none
 */
public record RowFilter(Map<String, Set<String>> kept, Map<String, Set<String>> leftOut) {

    /**
     * Copies maps and sets, in their order.
     *
     * @throws IllegalArgumentException if a column or a value is blank, or a column has no values
     */
    public RowFilter {
        kept = copy(kept);
        leftOut = copy(leftOut);
    }

    /** The filter that every row passes. */
    public static RowFilter none() {
        return new RowFilter(Map.of(), Map.of());
    }

    /**
     * The filter with one more condition.
     *
     * @param column what it is about; if there is such a condition on it already, both hold
     * @param values of which a row must have one
     * @throws IllegalArgumentException if column or a value is blank, or no value fulfils both conditions
     */
    public RowFilter keeping(String column, Collection<String> values) {
        Set<String> left = new LinkedHashSet<>(stripped(column, values));
        if (kept.containsKey(column)) {
            left.retainAll(kept.get(column));
            if (left.isEmpty()) {
                throw new IllegalArgumentException("no row is left where " + column + " is one of " + String.join(", ", values)
                        + " and also one of " + String.join(", ", kept.get(column)) + "; give all values in one condition");
            }
        }
        return new RowFilter(with(kept, column, left), leftOut);
    }

    /**
     * The filter with one more condition.
     *
     * @param column what it is about; if there is such a condition on it already, both hold
     * @param values of which a row must have none
     * @throws IllegalArgumentException if column or a value is blank
     */
    public RowFilter leavingOut(String column, Collection<String> values) {
        Set<String> all = new LinkedHashSet<>(leftOut.getOrDefault(column, Set.of()));
        all.addAll(stripped(column, values));
        return new RowFilter(kept, with(leftOut, column, all));
    }

    /**
     * The filter of which a row must pass this and another.
     *
     * @throws IllegalArgumentException if no value fulfils the conditions of both on a column
     */
    public RowFilter and(RowFilter other) {
        RowFilter both = this;
        for (Map.Entry<String, Set<String>> condition : other.kept.entrySet()) {
            both = both.keeping(condition.getKey(), condition.getValue());
        }
        for (Map.Entry<String, Set<String>> condition : other.leftOut.entrySet()) {
            both = both.leavingOut(condition.getKey(), condition.getValue());
        }
        return both;
    }

    /** The columns that the conditions are about, each once. */
    public List<String> columns() {
        return Stream.concat(kept.keySet().stream(), leftOut.keySet().stream()).distinct().toList();
    }

    /** Whether a row with these labels is read. */
    boolean passes(Map<String, String> labels) {
        return kept.entrySet().stream().allMatch(column -> column.getValue().contains(said(labels, column.getKey())))
                && leftOut.entrySet().stream().noneMatch(column -> column.getValue().contains(said(labels, column.getKey())));
    }

    private static String said(Map<String, String> labels, String column) {
        return labels.getOrDefault(column, "").strip();
    }

    private static Map<String, Set<String>> with(Map<String, Set<String>> conditions, String column, Set<String> values) {
        Map<String, Set<String>> changed = new LinkedHashMap<>(conditions);
        changed.put(column, values);
        return changed;
    }

    private static Map<String, Set<String>> copy(Map<String, Set<String>> conditions) {
        Map<String, Set<String>> copy = new LinkedHashMap<>();
        conditions.forEach((column, values) -> copy.put(column, stripped(column, values)));
        return Collections.unmodifiableMap(copy);
    }

    private static Set<String> stripped(String column, Collection<String> values) {
        if (column.isBlank()) {
            throw new IllegalArgumentException("a condition on rows names no column; name one");
        }
        List<String> stripped = new ArrayList<>(values.stream().map(String::strip).toList());
        if (stripped.isEmpty() || stripped.contains("")) {
            throw new IllegalArgumentException(
                    "the condition on column " + column + " has an empty value; give it a value, or leave it out");
        }
        return Collections.unmodifiableSet(new LinkedHashSet<>(stripped));
    }
}
