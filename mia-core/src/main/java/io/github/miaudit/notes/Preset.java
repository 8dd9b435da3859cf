package io.github.miaudit.notes;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How well-known collections of notes are read. */
public enum Preset {

    /**
     * MIMIC-III's {@code NOTEEVENTS.csv}: {@code SUBJECT_ID} and {@code TEXT}, without rows that {@code ISERROR} marks as mistaken. It
     * marks them with 1, which pandas writes as 1.0 where other rows have no value.
     */
    MIMIC_III("mimic-iii", files -> files.withPatientColumn("SUBJECT_ID").withTextColumn("TEXT")
            .withRows(RowFilter.none().leavingOut("ISERROR", List.of("1", "1.0")))),

    /** MIMIC-IV-Note's {@code discharge.csv.gz} and {@code radiology.csv.gz}: {@code subject_id} and {@code text}. */
    MIMIC_IV_NOTE("mimic-iv-note", files -> files.withPatientColumn("subject_id").withTextColumn("text")),

    /** n2c2 and i2b2 2014: {@code PATIENT-VISIT.xml}, which needs no more than its ending. */
    N2C2_2014("n2c2-2014", files -> files),

    /** n2c2 2018: a note a {@code .txt} file, called by its patient; the annotations beside it, {@code .ann}, are left out. */
    N2C2_2018("n2c2-2018", files -> files.withTextFiles(TextFiles.WHOLE_FILE_OF_PATIENT).withIgnored(List.of("*.ann"))),

    /** What {@code to_parquet}, {@code to_json} and {@code to_csv} of Hugging Face's datasets write: {@code group} and {@code text}. */
    DATASETS("datasets", files -> files.withPatientColumn("group").withTextColumn("text"));

    private final String label;
    private final UnaryOperator<NoteFiles> settings;

    Preset(String label, UnaryOperator<NoteFiles> settings) {
        this.label = label;
        this.settings = settings;
    }

    /** The preset of a name; empty if there is none. */
    public static Optional<Preset> labelled(String name) {
        return Stream.of(values()).filter(preset -> preset.label.equals(name)).findFirst();
    }

    /** All names, for messages. */
    public static String labels() {
        return Stream.of(values()).map(Preset::label).collect(Collectors.joining(", "));
    }

    /** The name that users know it by. */
    public String label() {
        return label;
    }

    /** Files that are read so; what is set afterwards replaces what the preset sets. */
    public NoteFiles at(Path fileOrFolder) {
        return settings.apply(NoteFiles.at(fileOrFolder));
    }
}
