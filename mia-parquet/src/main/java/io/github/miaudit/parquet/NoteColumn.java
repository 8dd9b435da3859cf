package io.github.miaudit.parquet;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.notes.WantedColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;

/**
 * A column at the top of a file's schema, and where it stands among the columns of a row group, from 0; a nested column counts as
 * often as it has leaves.
 */
record NoteColumn(SchemaElement element, int leaf) {

    /** What notes may hold. */
    enum Kind {
        STRING, INTEGER, FLOATING, DECIMAL, BOOLEAN, OTHER
    }

    /** In digits, of the largest decimal that is in use. */
    private static final int LARGEST_SCALE = 76;

    /** The columns at the top; the schema is a tree in depth-first order, from its root. */
    static List<NoteColumn> all(List<SchemaElement> schema) {
        List<NoteColumn> columns = new ArrayList<>();
        int leaf = 0;
        int index = 1;
        for (int column = 0; column < schema.get(0).getNum_children(); column++) {
            columns.add(new NoteColumn(schema.get(index), leaf));
            for (int left = 1; left > 0; left--) { // the column and what is nested in it
                SchemaElement nested = schema.get(index++);
                leaf += nested.isSetType() ? 1 : 0;
                left += nested.getNum_children();
            }
        }
        return columns;
    }

    /** The column that is wanted; if there is none, it is an error where the user named it, or where it has to be there. */
    static Optional<NoteColumn> find(Path file, List<NoteColumn> columns, WantedColumn wanted, boolean required) {
        List<String> names = columns.stream().map(NoteColumn::name).toList();
        List<String> fitting = wanted.among(names);
        if (fitting.size() > 1 || fitting.isEmpty() && (required || wanted.isNamed())) {
            throw new InvalidFileException(file, wanted.problem("column", names));
        }
        return fitting.isEmpty() ? Optional.empty() : Optional.of(columns.get(names.indexOf(fitting.get(0))));
    }

    void requireText(Path file) {
        if (kind() != Kind.STRING) {
            throw unfit(file, "is no string", "another name for the text's column");
        }
    }

    void requirePatient(Path file) {
        if (kind() == Kind.BOOLEAN || kind() == Kind.OTHER) {
            throw unfit(file, "is neither a string nor a number", "another name for the patient's column");
        }
    }

    void requireLabel(Path file) {
        if (kind() == Kind.OTHER) {
            throw unfit(file, "is neither a string, a number nor a boolean", "another column");
        }
    }

    private InvalidFileException unfit(Path file, String problem, String advice) {
        return new InvalidFileException(file,
                "has a column " + name() + " that " + problem + " but " + typeName() + "; choose " + advice + ", or write it as strings");
    }

    String name() {
        return element.getName();
    }

    /** The physical type. */
    Type type() {
        return element.getType();
    }

    boolean isUnsigned() {
        if (element.isSetLogicalType()) {
            return element.getLogicalType().isSetINTEGER() && !element.getLogicalType().getINTEGER().isIsSigned();
        }
        return element.isSetConverted_type() && element.getConverted_type().name().startsWith("UINT_");
    }

    /** What the library calls it; only the physical type matters for reading. */
    ColumnDescriptor descriptor() {
        boolean optional = element.getRepetition_type() == FieldRepetitionType.OPTIONAL;
        PrimitiveTypeName physical = type() == Type.BYTE_ARRAY ? PrimitiveTypeName.BINARY : PrimitiveTypeName.valueOf(type().name());
        PrimitiveType described = new PrimitiveType(optional ? Repetition.OPTIONAL : Repetition.REQUIRED, physical,
                element.getType_length(), name());
        return new ColumnDescriptor(new String[] {name()}, described, 0, optional ? 1 : 0);
    }

    Kind kind() {
        if (!isFlat()) {
            return Kind.OTHER;
        }
        boolean annotated = element.isSetLogicalType() || element.isSetConverted_type();
        return switch (type()) {
            case BYTE_ARRAY -> isDecimal() ? Kind.DECIMAL : !annotated || isText() ? Kind.STRING : Kind.OTHER;
            case INT32, INT64 -> isDecimal() ? Kind.DECIMAL : !annotated || isInteger() ? Kind.INTEGER : Kind.OTHER;
            case FIXED_LEN_BYTE_ARRAY -> isDecimal() ? Kind.DECIMAL : Kind.OTHER;
            case FLOAT, DOUBLE -> annotated ? Kind.OTHER : Kind.FLOATING;
            case BOOLEAN -> Kind.BOOLEAN;
            default -> Kind.OTHER;
        };
    }

    /** Of a decimal: how many of its digits stand after the point. */
    int scale() {
        return element.isSetLogicalType() ? element.getLogicalType().getDECIMAL().getScale() : element.getScale();
    }

    /** How many bytes a value takes at least where values are listed. */
    int leastBytes() {
        return type() == Type.FIXED_LEN_BYTE_ARRAY ? Math.min(Integer.BYTES, Math.max(1, element.getType_length())) : Integer.BYTES;
    }

    private boolean isText() {
        LogicalType logical = element.getLogicalType();
        return logical != null ? logical.isSetSTRING() || logical.isSetENUM()
                : element.getConverted_type() == ConvertedType.UTF8 || element.getConverted_type() == ConvertedType.ENUM;
    }

    private boolean isInteger() {
        LogicalType logical = element.getLogicalType();
        return logical != null ? logical.isSetINTEGER() || logical.isSetUNKNOWN() // all missing
                : element.getConverted_type().name().matches("U?INT_\\d+");
    }

    private boolean isDecimal() {
        boolean decimal = element.isSetLogicalType() ? element.getLogicalType().isSetDECIMAL()
                : element.getConverted_type() == ConvertedType.DECIMAL;
        return decimal && scale() >= 0 && scale() <= LARGEST_SCALE;
    }

    private boolean isFlat() {
        return element.isSetType() && element.getRepetition_type() != FieldRepetitionType.REPEATED;
    }

    private String typeName() {
        if (!isFlat()) {
            return "nested";
        }
        if (element.isSetLogicalType()) {
            return element.getLogicalType().getSetField() + " (" + type() + ")";
        }
        return element.isSetConverted_type() ? element.getConverted_type() + " (" + type() + ")" : type().toString();
    }
}
