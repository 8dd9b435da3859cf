package io.github.miaudit.notes;

import com.google.auto.service.AutoService;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.TableHeader;
import io.github.miaudit.io.Utf8Input;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tables with a header. What parts the columns is told by the header ({@link TableHeader}). Where it is a tab and the user says
 * nothing of quotation marks, the file is read as a whole to find out what they are, if there are any ({@link QuotingEvidence});
 * elsewhere they stand around fields (RFC 4180).
 */
@AutoService(NoteFormat.class)
public final class CsvNotes implements NoteFormat {

    private static final String SAY_WHICH = "say which by --quote none or --quote double (in Java withQuoting)";

    @Override
    public Set<String> endings() {
        return Set.of(".csv", ".tsv");
    }

    @Override
    public void read(NoteFile file, Columns columns, RowSink rows) throws IOException {
        char usual = file.name().endsWith(".tsv") ? '\t' : ',';
        Names names = new Names(columns);
        try (Utf8Input text = file.openText()) {
            TableHeader header = TableHeader.of(file.path(), text, usual, names::areIn);
            if (header.columns().isEmpty()) {
                throw new InvalidFileException(file.path(), "is empty; expected a header with " + names.patient + " and " + names.text);
            }
            if (header.separator() != usual) {
                file.say(header.separatorInWords());
            }
            new Table(file, header, names, columns.labels()).read(text, rows);
        }
    }

    /** What columns are called; usual names in any case. */
    private static final class Names {
        private final String patient;
        private final boolean anyPatientCase;
        private final String text;
        private final boolean anyTextCase;

        private Names(Columns columns) {
            patient = columns.patient().orElse("SUBJECT_ID");
            anyPatientCase = columns.patient().isEmpty();
            text = columns.text().orElse("TEXT");
            anyTextCase = columns.text().isEmpty();
        }

        private boolean areIn(List<String> header) {
            return TableHeader.indexOf(header, patient, anyPatientCase) >= 0 && TableHeader.indexOf(header, text, anyTextCase) >= 0;
        }
    }

    private static final class Table {
        private final NoteFile file;
        private final TableHeader header;
        private final int patient;
        private final int text;
        private final Map<String, Integer> labels = new LinkedHashMap<>();

        private Table(NoteFile file, TableHeader header, Names names, List<String> labels) {
            this.file = file;
            this.header = header;
            this.patient = header.index(names.patient, names.anyPatientCase,
                    "name the patient's column by --patient-column (in Java withPatientColumn)");
            this.text = header.index(names.text, names.anyTextCase, "name the text's column by --text-column (in Java withTextColumn)");
            labels.forEach(label -> this.labels.put(label, header.index(label, false, "ask for one that is there")));
        }

        private void read(InputStream rest, RowSink rows) throws IOException {
            Optional<Quoting> said = file.layout().quoting();
            boolean mustAsk = said.isPresent() ? said.get() == Quoting.NONE : header.separator() == '\t';
            QuotingEvidence onTheWay = evidence();
            TableBytes bytes = new TableBytes(mustAsk ? rest : new Watched(rest, onTheWay),
                    () -> mustAsk ? reading(said) : TableBytes.Reading.QUOTED);
            parse(bytes, rows);
            if (!mustAsk) {
                onTheWay.end();
                requireClosed(onTheWay, said.isPresent());
            } else if (bytes.isUnquoted()) {
                file.say("quotation marks are characters" + (bytes.isEscaped() ? ", backslashes escape" : ""));
            }
        }

        private QuotingEvidence evidence() {
            return new QuotingEvidence(header.separator(), header.columns().size(), patient, header.line());
        }

        private void parse(TableBytes bytes, RowSink rows) throws IOException {
            long line = header.line();
            try (CsvReader<CsvRecord> csv = CsvReader.builder().fieldSeparator(header.separator())
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE).missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .maxBufferSize(NoteFile.LONGEST_NOTE).ofCsvRecord(bytes, StandardCharsets.ISO_8859_1)) {
                Iterator<CsvRecord> records = csv.iterator();
                records.next();
                while (records.hasNext()) {
                    CsvRecord row = records.next();
                    line = row.getStartingLineNumber() + header.line() - 1;
                    take(line, row, bytes, rows);
                }
            } catch (CsvParseException e) { // its message can quote the input; what follows can't be told apart, so none of it is skipped
                if (e.getCause() instanceof InvalidFileException cause) {
                    throw cause;
                }
                throw new InvalidFileException(file.path(), "is malformed after the row of line " + line
                        + ": a quoted field goes on after its closing mark, or a field is longer than 64 MiB");
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        private void take(long line, CsvRecord row, TableBytes bytes, RowSink rows) {
            if (row.getFieldCount() == header.columns().size()) {
                Map<String, String> said = new LinkedHashMap<>();
                labels.forEach((label, column) -> said.put(label, bytes.field(row.getField(column), "")));
                rows.bytes(line, Optional.of(bytes.field(row.getField(patient), "")), bytes.field(row.getField(text), ""), said);
            } else {
                List<String> fields = new ArrayList<>();
                row.getFields().forEach(field -> fields.add(bytes.field(field, "")));
                rows.bad(line, Optional.empty(), RowSink.decodeLeniently(String.join("\n", fields)),
                        "has " + row.getFieldCount() + " fields; the header has " + header.columns().size());
            }
        }

        private void requireClosed(QuotingEvidence evidence, boolean isSaid) {
            if (evidence.hasOddMarks()) { // the parser takes the rest of the file for a field
                throw new InvalidFileException(file.path(), "has an odd number of quotation marks, so a quoted field is not closed;"
                        + " within a field a mark must be doubled, and the field quoted");
            }
            if (!isSaid && evidence.joined() > 0) {
                throw new InvalidFileException(file.path(), evidence.joined(), "can be read in two ways: quotation marks may stand around"
                        + " a field that starts here and goes over lines that look like rows, or they may be characters like others;"
                        + " " + SAY_WHICH);
            }
        }

        /** Reads the whole file to find out what marks are. */
        private TableBytes.Reading reading(Optional<Quoting> said) throws IOException {
            QuotingEvidence evidence = evidence();
            try (Utf8Input again = file.openTextAgain()) {
                again.skipNBytes(header.start());
                byte[] buffer = new byte[1 << 16];
                for (int count = again.read(buffer); count >= 0; count = again.read(buffer)) {
                    evidence.take(buffer, 0, count);
                }
            }
            evidence.end();
            TableBytes.Reading unquoted = evidence.backslashesEscape() ? TableBytes.Reading.ESCAPED : TableBytes.Reading.PLAIN;
            return said.isPresent() || evidence.readingsAgree() ? unquoted : decided(evidence, unquoted);
        }

        private TableBytes.Reading decided(QuotingEvidence evidence, TableBytes.Reading unquoted) {
            boolean quotedFits = evidence.quotedMisfit() == 0;
            boolean plainFits = evidence.plainMisfit() == 0;
            if (quotedFits && (!plainFits || evidence.isSurelyQuoted())) {
                return TableBytes.Reading.QUOTED;
            }
            if (plainFits && (!quotedFits || evidence.joined() > 0)) {
                return unquoted;
            }
            throw new InvalidFileException(file.path(), quotedFits
                    ? "can be read in two ways: quotation marks may stand around fields, or be characters like others; " + SAY_WHICH
                    : "has not " + header.columns().size() + " fields, as the header has, in all rows: if quotation marks stand around"
                            + " fields, not in that of line " + evidence.quotedMisfit()
                            + "; if they are characters like others, not in that"
                            + " of line " + evidence.plainMisfit() + "; mend it, or " + SAY_WHICH);
        }
    }

    /** Bytes of which some evidence is taken on their way. */
    private static final class Watched extends FilterInputStream {

        private final QuotingEvidence evidence;

        private Watched(InputStream bytes, QuotingEvidence evidence) {
            super(bytes);
            this.evidence = evidence;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            if (count > 0) {
                evidence.take(buffer, offset, count);
            }
            return count;
        }
    }
}
