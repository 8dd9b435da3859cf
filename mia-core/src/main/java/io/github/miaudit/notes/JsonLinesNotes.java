package io.github.miaudit.notes;

import com.google.auto.service.AutoService;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.github.miaudit.io.StrictJsonReader;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A JSON object a line; the patient may be missing unless the user named the member. */
@AutoService(NoteFormat.class)
public final class JsonLinesNotes implements NoteFormat {

    /** What a line says; if something is wrong with it, what could still be read. */
    private static final class Line {
        private Optional<String> patient = Optional.empty();
        private Optional<String> text = Optional.empty();
        private final Map<String, String> labels = new LinkedHashMap<>();
        private Optional<String> problem = Optional.empty();

        private void problem(String first) {
            problem = problem.or(() -> Optional.of(first));
        }
    }

    @Override
    public Set<String> endings() {
        return Set.of(".jsonl", ".jsonl.gz");
    }

    @Override
    public void read(NoteFile file, Columns columns, RowSink rows) throws IOException {
        try (BufferedReader lines = NoteLines.of(file)) {
            long number = 0;
            for (String bytes = lines.readLine(); bytes != null; bytes = lines.readLine()) {
                number++;
                Line line = new Line();
                String decoded = decode(bytes, line);
                String json = number == 1 && decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
                parse(json, columns, line);
                if (line.problem.isPresent()) {
                    rows.bad(number, line.patient, line.text.orElse(json), line.problem.get());
                } else {
                    rows.text(number, line.patient, line.text.get(), line.labels);
                }
            }
        }
    }

    private static String decode(String bytes, Line line) {
        try {
            return RowSink.decode(bytes);
        } catch (CharacterCodingException e) {
            line.problem("is not UTF-8");
            return RowSink.decodeLeniently(bytes);
        }
    }

    /** The library's messages can quote the line, so none is passed on. */
    private static void parse(String text, Columns columns, Line line) throws IOException {
        String patientMember = columns.patient().orElse("group");
        String textMember = columns.text().orElse("text");
        try (StrictJsonReader json = new StrictJsonReader(text)) {
            members(json, patientMember, textMember, columns, line);
            json.peek(); // throws if anything follows
            json.repeated().map(StrictJsonReader.Repeated::member).ifPresent(member -> line.problem(
                    "states " + (List.of(patientMember, textMember).contains(member) ? "\"" + member + "\"" : "a member") + " twice"));
        } catch (MalformedJsonException | EOFException | IllegalStateException e) {
            line.problem("is no JSON object");
        }
    }

    private static void members(StrictJsonReader json, String patientMember, String textMember, Columns columns, Line line)
            throws IOException {
        boolean patientSeen = false;
        boolean textSeen = false;
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (name.equals(patientMember)) {
                patientSeen = true;
                patient(json, name, line);
            } else if (name.equals(textMember)) {
                textSeen = true;
                text(json, name, line);
            } else if (columns.labels().contains(name)) {
                label(json, name, line);
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        if (!textSeen) {
            line.problem("has no string \"" + textMember + "\"");
        }
        if (columns.patient().isPresent() && !patientSeen) {
            line.problem("has no \"" + patientMember + "\"");
        }
    }

    private static void patient(StrictJsonReader json, String member, Line line) throws IOException {
        switch (json.peek()) {
            case STRING -> line.patient = Optional.of(json.nextString());
            case NUMBER -> line.patient = Optional
                    .of(PatientKey.numeral(json.nextString()).replaceFirst("^(-?\\d+)\\.0+$", "$1")); // as some write integers
            case NULL -> json.nextNull();
            default -> {
                json.skipValue();
                line.problem("has a \"" + member + "\" that is neither a string nor a number");
            }
        }
    }

    private static void label(StrictJsonReader json, String member, Line line) throws IOException {
        switch (json.peek()) {
            case STRING, NUMBER -> line.labels.put(member, json.nextString());
            case BOOLEAN -> line.labels.put(member, Boolean.toString(json.nextBoolean()));
            case NULL -> json.nextNull();
            default -> {
                json.skipValue();
                line.problem("has a \"" + member + "\" that is neither a string, a number nor true or false");
            }
        }
    }

    private static void text(StrictJsonReader json, String member, Line line) throws IOException {
        if (json.peek() == JsonToken.STRING) {
            line.text = Optional.of(json.nextString());
        } else {
            json.skipValue();
            line.problem("has no string \"" + member + "\"");
        }
    }
}
