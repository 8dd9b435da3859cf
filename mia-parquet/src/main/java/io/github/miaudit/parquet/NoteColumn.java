package io.github.miaudit.parquet;

import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
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

    /** The column of a name; the schema is a tree in depth-first order, from its root. */
    static Optional<NoteColumn> find(Path file, List<SchemaElement> schema, String name) {
        Optional<NoteColumn> found = Optional.empty();
        int leaf = 0;
        int index = 1;
        for (int column = 0; column < schema.get(0).getNum_children(); column++) {
            SchemaElement element = schema.get(index);
            if (element.getName().equals(name)) {
                if (found.isPresent()) {
                    throw new InvalidFileException(file, "has more than one column " + name + "; rename all but one");
                }
                found = Optional.of(new NoteColumn(element, leaf));
            }
            for (int left = 1; left > 0; left--) { // the column and what is nested in it
                SchemaElement nested = schema.get(index++);
                leaf += nested.isSetType() ? 1 : 0;
                left += nested.getNum_children();
            }
        }
        return found;
    }

    void requireString(Path file) {
        if (!isString()) {
            throw new InvalidFileException(file, "has a column " + name() + " that is no string but " + typeName()
                    + "; choose another name for the text's column, or write it as strings");
        }
    }

    void requireStringOrInteger(Path file) {
        if (!isString() && !isInteger()) {
            throw new InvalidFileException(file, "has a column " + name() + " that is neither a string nor an integer but " + typeName()
                    + "; choose another name for the patient's column, or write it as strings");
        }
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
        PrimitiveTypeName physical = isString() ? PrimitiveTypeName.BINARY : PrimitiveTypeName.valueOf(type().name());
        PrimitiveType described = new PrimitiveType(optional ? Repetition.OPTIONAL : Repetition.REQUIRED, physical, name());
        return new ColumnDescriptor(new String[] {name()}, described, 0, optional ? 1 : 0);
    }

    private boolean isString() {
        boolean text = element.isSetLogicalType() ? element.getLogicalType().isSetSTRING()
                : element.getConverted_type() == ConvertedType.UTF8;
        return isFlat() && type() == Type.BYTE_ARRAY && text;
    }

    private boolean isInteger() {
        boolean annotated = element.isSetLogicalType() || element.isSetConverted_type();
        // all missing
        boolean integer = element.isSetLogicalType() ? element.getLogicalType().isSetINTEGER() || element.getLogicalType().isSetUNKNOWN()
                : element.isSetConverted_type() && element.getConverted_type().name().matches("U?INT_\\d+");
        return isFlat() && (type() == Type.INT32 || type() == Type.INT64) && (integer || !annotated);
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
