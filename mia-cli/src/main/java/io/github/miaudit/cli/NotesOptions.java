package io.github.miaudit.cli;

import io.github.miaudit.notes.BadRowPolicy;
import io.github.miaudit.notes.NoteFiles;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How notes are read, of inputs that don't say it themselves. */
final class NotesOptions {

    @Option(names = "--patient-column", paramLabel = "NAME",
            description = "Of tables and JSON Lines (default: SUBJECT_ID; in JSON and Parquet group).")
    private String patientColumn;

    @Option(names = "--text-column", paramLabel = "NAME", description = "Likewise (default: TEXT; in JSON and Parquet text).")
    private String textColumn;

    @Option(names = "--on-bad-row", paramLabel = "fail|skip", converter = PolicyConverter.class, defaultValue = "fail",
            description = "What to do with a row that can't be read; skipped ones are counted and named (default: ${DEFAULT-VALUE}).")
    private BadRowPolicy onBadRow;

    /** The files with these columns. */
    NoteFiles named(NoteFiles files) {
        NoteFiles named = patientColumn == null ? files : files.withPatientColumn(patientColumn);
        return textColumn == null ? named : named.withTextColumn(textColumn);
    }

    BadRowPolicy badRows() {
        return onBadRow;
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
