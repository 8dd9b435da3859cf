package io.github.miaudit.notes;

import com.google.auto.service.AutoService;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A note a line, of nobody known; empty lines are no notes. */
@AutoService(NoteFormat.class)
public final class PlainNotes implements NoteFormat {

    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF"; // a character a byte

    @Override
    public Set<String> endings() {
        return Set.of(".txt", ".txt.gz");
    }

    @Override
    public boolean hasLabels() {
        return false;
    }

    @Override
    public void read(NoteFile file, Columns columns, RowSink rows) throws IOException {
        try (BufferedReader lines = NoteLines.of(file)) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String text = number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(BYTE_ORDER_MARK.length()) : line;
                if (!text.isBlank()) {
                    rows.bytes(number, Optional.empty(), text, Map.of());
                }
            }
        }
    }
}
