package io.github.miaudit.data.preparation;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** A JSON object a line; the patient may be missing unless the user named the member. */
final class JsonLinesNotes implements NoteFormat {

    private static final Gson STRICT = new GsonBuilder().setStrictness(Strictness.STRICT).create();

    @Override
    public Set<String> endings() {
        return Set.of(".jsonl", ".jsonl.gz");
    }

    @Override
    public void read(Path file, Columns columns, RowSink rows) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(NoteFiles.open(file), StandardCharsets.ISO_8859_1))) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    String decoded = RowSink.decode(line);
                    object(number, number == 1 && decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded, columns, rows);
                } catch (CharacterCodingException e) {
                    rows.bad(number, "is not UTF-8");
                }
            }
        }
    }

    private static void object(long number, String line, Columns columns, RowSink rows) {
        String patientMember = columns.patient().orElse("group");
        String textMember = columns.text().orElse("text");
        JsonObject object;
        try {
            object = STRICT.fromJson(line, JsonObject.class);
        } catch (JsonParseException e) { // its message can quote the line
            object = null;
        }
        if (object == null) {
            rows.bad(number, "is no JSON object");
            return;
        }
        JsonElement text = object.get(textMember);
        JsonElement patient = object.get(patientMember);
        if (text == null || !text.isJsonPrimitive() || !text.getAsJsonPrimitive().isString()) {
            rows.bad(number, "has no string \"" + textMember + "\"");
        } else if (patient == null && columns.patient().isPresent()) {
            rows.bad(number, "has no \"" + patientMember + "\"");
        } else if (patient != null && !patient.isJsonNull() && !patient.isJsonPrimitive()) {
            rows.bad(number, "has a \"" + patientMember + "\" that is neither a string nor a number");
        } else {
            rows.text(number, patient == null || patient.isJsonNull() ? Optional.empty() : Optional.of(patient.getAsString()), text.getAsString());
        }
    }
}
