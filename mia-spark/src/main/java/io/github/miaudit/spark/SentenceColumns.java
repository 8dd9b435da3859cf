package io.github.miaudit.spark;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/**
 * Which columns of a table hold the sentences: the id, which names a sentence within its population; the patient it belongs to, null where
 * that is not known; the text; and the population, {@code member}, {@code non_member} or {@code external}. Ids and patients may be numbers,
 * which are read as Spark writes them. Immutable.
 */
public final class SentenceColumns {

    static final int ID = 0;
    static final int PATIENT = 1;
    static final int TEXT = 2;
    static final int POPULATION = 3;

    private static final List<String> ROLES = List.of("id", "patient", "text", "population");
    private static final Set<Integer> MAY_BE_NUMBERS = Set.of(ID, PATIENT);

    private final List<String> names;

    private SentenceColumns(List<String> names) {
        this.names = names;
    }

    /**
     * The columns of these names, as the table spells them; a name is never a path into a struct.
     *
     * @throws IllegalArgumentException if a name is empty, or two are the same
     */
    public static SentenceColumns named(String id, String patient, String text, String population) {
        List<String> names = List.of(id, patient, text, population);
        for (String name : names) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a column's name is empty; name the columns of " + String.join(", ", ROLES));
            }
        }
        if (Set.copyOf(List.of(id, text, population)).size() < ROLES.size() - 1
                || Stream.of(id, text, population).anyMatch(patient::equals)) {
            throw new IllegalArgumentException("columns are " + String.join(", ", names) + "; they must be four different ones");
        }
        return new SentenceColumns(names);
    }

    /**
     * The sentences alone, as four columns of strings in the order of this class's constants. Nothing runs.
     *
     * @throws IllegalArgumentException if a column is not there, is there twice, or holds something else
     */
    Dataset<Row> of(Dataset<Row> rows) {
        return rows.select(Stream.of(ID, PATIENT, TEXT, POPULATION)
                .map(role -> column(rows, names.get(role), ROLES.get(role), MAY_BE_NUMBERS.contains(role))).toArray(Column[]::new));
    }

    /**
     * A column of strings, called by its role.
     *
     * @throws IllegalArgumentException if it is not there, is there twice, or holds something else
     */
    static Column column(Dataset<Row> rows, String name, String role, boolean mayBeNumber) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        for (String column : rows.columns()) {
            counts.merge(column, 1, Integer::sum);
        }
        int count = counts.getOrDefault(name, 0);
        if (count != 1) {
            throw new IllegalArgumentException("column " + name + ", which is to hold the " + role + ", is "
                    + (count == 0 ? "not there" : "there " + count + " times") + "; the table has " + String.join(", ", counts.keySet()));
        }
        DataType type = rows.schema().apply(name).dataType();
        if (!(type instanceof StringType) && !(mayBeNumber && type instanceof NumericType)) {
            throw new IllegalArgumentException("column " + name + ", which is to hold the " + role + ", is of type "
                    + type.simpleString() + "; it must be string" + (mayBeNumber ? " or a number" : ""));
        }
        return functions.col("`" + name.replace("`", "``") + "`").cast(DataTypes.StringType).as(role);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SentenceColumns columns && names.equals(columns.names);
    }

    @Override
    public int hashCode() {
        return Objects.hash(names);
    }

    @Override
    public String toString() {
        return "SentenceColumns" + names;
    }
}
