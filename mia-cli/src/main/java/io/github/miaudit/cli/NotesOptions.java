package io.github.miaudit.cli;

import io.github.miaudit.notes.BadRowPolicy;
import io.github.miaudit.notes.NoteFiles;
import io.github.miaudit.notes.Quoting;
import io.github.miaudit.notes.TextFiles;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How notes are read, of inputs that don't say it themselves. */
final class NotesOptions {

    @Option(names = "--patient-column", paramLabel = "NAME",
            description = "Of tables and JSON (default: SUBJECT_ID; in JSON and Parquet group).")
    private String patientColumn;

    @Option(names = "--text-column", paramLabel = "NAME", description = "Likewise (default: TEXT; in JSON and Parquet text).")
    private String textColumn;

    @Option(names = "--on-bad-row", paramLabel = "fail|skip", converter = PolicyConverter.class, defaultValue = "fail",
            description = "What to do with a row that can't be read; skipped ones are counted and named (default: ${DEFAULT-VALUE}).")
    private BadRowPolicy onBadRow;

    @Option(names = "--quote", paramLabel = "double|none", converter = QuotingConverter.class,
            description = "What quotation marks are in tables: around fields, and doubled within, or characters like others (default: found"
                    + " out).")
    private Quoting quoting;

    @Option(names = "--text-files", paramLabel = "KIND", converter = TextFilesConverter.class, defaultValue = "lines",
            description = "What a .txt file is: a note a line (lines), one note (whole), or one note of the patient that its name starts"
                    + " with (whole-of-patient; default: ${DEFAULT-VALUE}).")
    private TextFiles textFiles;

    @Option(names = "--ignore", paramLabel = "PATTERN", split = "\\|",
            description = "Files that are not to be read, such as '*.md' or 'old/**', by their names or their paths in their input; can be"
                    + " repeated. A file that is neither read nor ignored is an error.")
    private List<String> ignored = List.of();

    /** The files as these options have them. */
    NoteFiles applied(NoteFiles files) {
        NoteFiles named = patientColumn == null ? files : files.withPatientColumn(patientColumn);
        NoteFiles texts = textColumn == null ? named : named.withTextColumn(textColumn);
        return (quoting == null ? texts : texts.withQuoting(quoting)).withTextFiles(textFiles);
    }

    /** Patterns of files that no input reads. */
    List<String> ignored() {
        return ignored;
    }

    BadRowPolicy badRows() {
        return onBadRow;
    }

    static final class QuotingConverter implements ITypeConverter<Quoting> {
        @Override
        public Quoting convert(String value) {
            return Quoting.labelled(value).orElseThrow(() -> new TypeConversionException("'" + value + "' is neither double nor none"));
        }
    }

    static final class TextFilesConverter implements ITypeConverter<TextFiles> {
        @Override
        public TextFiles convert(String value) {
            return TextFiles.labelled(value)
                    .orElseThrow(() -> new TypeConversionException("'" + value + "' is none of " + TextFiles.labels()));
        }
    }

    static final class PolicyConverter implements ITypeConverter<BadRowPolicy> {
        @Override
        public BadRowPolicy convert(String value) {
            return switch (value) {
                case "fail" -> BadRowPolicy.FAIL;
                case "skip" -> BadRowPolicy.SKIP;
                default -> throw new TypeConversionException("'" + value + "' is neither fail nor skip");
            };
        }
    }
}
