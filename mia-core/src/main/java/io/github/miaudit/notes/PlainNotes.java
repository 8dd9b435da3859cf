package io.github.miaudit.notes;

import com.google.auto.service.AutoService;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.SentenceLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A note a line, or a note a file, as {@link TextFiles} says; what is blank is no note. */
@AutoService(NoteFormat.class)
public final class PlainNotes implements NoteFormat {

    @Override
    public Set<String> endings() {
        return Set.of(".txt");
    }

    @Override
    public boolean namesPatients() {
        return false;
    }

    @Override
    public boolean hasLabels() {
        return false;
    }

    @Override
    public void read(NoteFile file, Columns columns, RowSink rows) throws IOException {
        switch (file.layout().textFiles()) {
            case LINES -> lines(file, rows);
            case WHOLE_FILE -> whole(file, Optional.empty(), rows);
            default -> whole(file, Optional.of(patient(file)), rows);
        }
    }

    private static void lines(NoteFile file, RowSink rows) throws IOException {
        try (BufferedReader lines = NoteLines.of(file)) {
            long number = 0;
            boolean begun = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!begun && !line.isBlank()) {
                    SentenceLines.require(file.path(), line);
                    begun = true;
                }
                take(number, Optional.empty(), line, rows);
            }
        }
    }

    private static void whole(NoteFile file, Optional<String> patient, RowSink rows) throws IOException {
        try (InputStream text = file.openText()) {
            byte[] bytes = text.readNBytes(NoteFile.LONGEST_NOTE + 1);
            if (bytes.length > NoteFile.LONGEST_NOTE) {
                throw NoteFile.tooLong(file.path(), "holds a note");
            }
            take(1, patient, new String(bytes, StandardCharsets.ISO_8859_1), rows);
        }
    }

    private static void take(long row, Optional<String> patient, String text, RowSink rows) {
        if (!text.isBlank()) {
            rows.bytes(row, patient, text, Map.of());
        }
    }

    /** Of a character a byte, as the text is. */
    private static String patient(NoteFile file) {
        String patient = file.path().getFileName().toString().split("[-_.]", 2)[0];
        if (patient.isBlank()) {
            throw new InvalidFileException(file.path(), "does not start with its patient's name and - or _ or a dot; rename it");
        }
        return new String(patient.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
