package io.github.miaudit.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldModifiers;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.reader.NamedCsvRecordHandler;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.TableHeader;
import io.github.miaudit.io.Utf8Input;
import io.github.miaudit.notes.PatientKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What is known of each patient besides the notes, such as sex or a rare disease: variables, each of which parts the patients into strata.
 * A CSV file with a column {@code patient}, as the dataset names them, and a column a variable; columns may also be parted by semicolons,
 * tabs or {@code |}. A value that is blank, or such as {@code NULL}, is not stated, nor is that of a patient without a row: these are a
 * stratum of their own. Values are the same but for white space around them. Immutable, and so safe to share between threads.
 */
public final class Strata {

    /** The stratum of whom no value is stated. */
    public static final String NOT_STATED = "not stated";
    /** What strata of too few patients are called where they are put together; no value may be called so. */
    public static final String OTHERS = "others, together";

    private static final String PATIENT = "patient";
    private static final int MOST_VARIABLES = 20;
    private static final int MOST_VALUES = 50;
    private static final int LONGEST = 60;

    private final List<String> variables;
    private final Map<Patient, List<String>> values;

    private Strata(List<String> variables, Map<Patient, List<String>> values) {
        this.variables = List.copyOf(variables);
        this.values = Map.copyOf(values);
    }

    /**
     * Reads strata.
     *
     * @throws InvalidFileException if the file can't be read or is malformed; lacks a column {@code patient} or any other; has more than
     *                              {@value #MOST_VARIABLES} variables, more than {@value #MOST_VALUES} values of one, or a value or name of
     *                              more than {@value #LONGEST} characters; or names nobody in a row, or a patient twice with other values.
     *                              It names the line and the column, never a value
     */
    public static Strata read(Path file) {
        long line = 1;
        try (InputStream bytes = Files.newInputStream(file); Utf8Input text = Utf8Input.of(bytes)) {
            TableHeader header = TableHeader.of(file, text, ',',
                    names -> names.size() > 1 && TableHeader.indexOf(names, PATIENT, true) >= 0);
            int patient = header.index(PATIENT, true, "it says whose the values of the row are");
            int[] columns = IntStream.range(0, header.columns().size()).filter(column -> column != patient).toArray();
            List<String> variables = IntStream.of(columns).mapToObj(header.columns()::get).toList();
            requireVariables(file, header, variables);
            Map<Patient, List<String>> values = new HashMap<>();
            try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().fieldSeparator(header.separator()).detectBomHeader(false)
                    .build(NamedCsvRecordHandler.of(handler -> handler.fieldModifier(FieldModifiers.STRIP)),
                            new InputStreamReader(text, StandardCharsets.UTF_8.newDecoder()))) {
                for (NamedCsvRecord row : rows) {
                    line = row.getStartingLineNumber() + header.line() - 1;
                    if (row.getFieldCount() != header.columns().size()) {
                        throw new InvalidFileException(file, line,
                                "has " + row.getFieldCount() + " fields; the header has " + header.columns().size());
                    }
                    add(file, line, row, patient, columns, values);
                    line++;
                }
            }
            requireFewValues(file, variables, values);
            return new Strata(variables, values);
        } catch (CsvParseException e) { // its message can quote the input
            throw new InvalidFileException(file, line, "this line or a later one is malformed: as many fields as the header"
                    + " are needed, column names must differ, quotes must be closed");
        } catch (UncheckedIOException e) {
            throw unreadable(file, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static InvalidFileException unreadable(Path file, IOException cause) {
        return cause instanceof CharacterCodingException ? new InvalidFileException(file, "is not UTF-8; convert it to UTF-8 first")
                : new InvalidFileException(file, cause);
    }

    private static void requireVariables(Path file, TableHeader header, List<String> variables) {
        if (variables.isEmpty() || variables.size() > MOST_VARIABLES) {
            throw new InvalidFileException(file, header.line(), "has " + variables.size() + " columns besides " + PATIENT
                    + "; it takes 1 to " + MOST_VARIABLES + ", each a variable such as sex");
        }
        Set<String> seen = new HashSet<>();
        for (String name : variables) {
            if (name.isEmpty() || name.length() > LONGEST || !seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new InvalidFileException(file, header.line(), "has a column without a name, with one of more than " + LONGEST
                        + " characters, or two of one name; give each variable a short name of its own");
            }
        }
    }

    private static void add(Path file, long line, NamedCsvRecord row, int patient, int[] columns, Map<Patient, List<String>> values) {
        Patient whose = Patient.of(Optional.of(row.getField(patient)));
        if (!whose.isKnown()) {
            throw new InvalidFileException(file, line, "names no patient; name one, or remove the row");
        }
        List<String> stated = IntStream.of(columns).mapToObj(row::getField)
                .map(value -> PatientKey.of(value).isEmpty() ? NOT_STATED : value).toList();
        if (stated.stream().anyMatch(value -> value.length() > LONGEST)) {
            throw new InvalidFileException(file, line, "has a value of more than " + LONGEST
                    + " characters, which is no group of patients; give groups short names");
        }
        if (stated.contains(OTHERS)) {
            throw new InvalidFileException(file, line, "has the value \"" + OTHERS
                    + "\", which is what small groups are called that are put together; name it otherwise");
        }
        List<String> earlier = values.putIfAbsent(whose, stated);
        if (earlier != null && !earlier.equals(stated)) {
            throw new InvalidFileException(file, line,
                    "is of a patient who has other values in an earlier line; keep one row of each patient");
        }
    }

    private static void requireFewValues(Path file, List<String> variables, Map<Patient, List<String>> values) {
        for (int variable = 0; variable < variables.size(); variable++) {
            int column = variable;
            long different = values.values().stream().map(stated -> stated.get(column)).distinct().count();
            if (different > MOST_VALUES) {
                throw new InvalidFileException(file, "has " + different + " different values in column "
                        + InvalidFileException.printable(variables.get(variable)) + "; it takes at most " + MOST_VALUES
                        + ": group them, such as ages into bands");
            }
        }
    }

    /** The names of the variables, in the order of the file. */
    public List<String> variables() {
        return variables;
    }

    /**
     * In which stratum somebody is.
     *
     * @param variable the index of the variable
     */
    public String stratum(int variable, Patient patient) {
        List<String> stated = values.get(patient);
        return stated == null ? NOT_STATED : stated.get(variable);
    }

    /** Who has a row. */
    public Set<Patient> patients() {
        return values.keySet();
    }

    /** The variables alone. */
    @Override
    public String toString() {
        return "Strata" + variables;
    }
}
