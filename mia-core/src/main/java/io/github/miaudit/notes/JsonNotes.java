package io.github.miaudit.notes;

import com.google.auto.service.AutoService;
import com.google.gson.stream.JsonToken;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.StrictJsonReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * JSON objects, a note each: one a line, where blank lines are nothing; or the elements of one array, on its own or as the only
 * member of an object; or one object on several lines. Which it is, the file's start tells and not its name. The patient may be
 * missing unless the user named the member; all objects of a file call it the same, and so the text.
 */
@AutoService(NoteFormat.class)
public final class JsonNotes implements NoteFormat {

    private static final String MEMBER = "member";

    /** A value; its text if it is a string, a number, true or false. */
    private record Value(JsonToken token, String text) {
    }

    /** What an object says of the members that are wanted; if it is malformed, what could still be read. */
    private static final class Said {
        private final Set<String> names = new LinkedHashSet<>();
        private final Map<String, Value> values = new LinkedHashMap<>();
        private Optional<String> problem = Optional.empty();

        private void problem(String first) {
            problem = problem.or(() -> Optional.of(first));
        }
    }

    /** A member as the objects of a file call it, once one of them has it. */
    private static final class Member {
        private final WantedColumn wanted;
        private Optional<String> name = Optional.empty();

        private Member(WantedColumn wanted) {
            this.wanted = wanted;
        }

        /** The member's value in an object, if there is one. */
        private Optional<Value> of(Said said, boolean required) {
            List<String> fitting = wanted.among(said.values.keySet());
            if (fitting.size() != 1) {
                if (required || fitting.size() > 1) {
                    said.problem(wanted.problem(MEMBER, said.names));
                }
                return Optional.empty();
            }
            String found = fitting.get(0);
            if (name.isPresent() && !name.get().equals(found)) {
                said.problem("has a member " + found + " for what is called " + name.get() + " before; call both the same");
            }
            name = name.or(() -> Optional.of(found));
            return Optional.of(Objects.requireNonNull(said.values.get(found)));
        }
    }

    /** Members that are asked for as labels; one that no object of a file has is a mistake. */
    private static final class Labels {
        private static final int MOST_SHOWN = 1000;
        private final List<String> names;
        private final Set<String> seen = new LinkedHashSet<>();
        private final Set<String> missing;

        private Labels(List<String> names) {
            this.names = names;
            missing = new LinkedHashSet<>(names);
        }

        private void see(Said said) {
            if (!missing.isEmpty() && seen.size() < MOST_SHOWN) {
                seen.addAll(said.names);
            }
            missing.removeAll(said.names);
        }

        private void requireSeen(NoteFile file) {
            if (!missing.isEmpty() && !seen.isEmpty()) {
                throw new InvalidFileException(file.path(), WantedColumn.label(missing.iterator().next()).problem(MEMBER, seen));
            }
        }
    }

    @Override
    public Set<String> endings() {
        return Set.of(".json", ".jsonl", ".ndjson");
    }

    @Override
    public void read(NoteFile file, Columns columns, RowSink rows) throws IOException {
        Member patient = new Member(WantedColumn.patient(columns));
        Member text = new Member(WantedColumn.text(columns));
        try (JsonRecords records = JsonRecords.open(file, text.wanted)) {
            Labels labels = new Labels(columns.labels());
            for (Optional<JsonRecords.Piece> piece = records.next(); piece.isPresent(); piece = records.next()) {
                take(piece.get(), patient, text, labels, rows);
            }
            labels.requireSeen(file);
        }
    }

    private static void take(JsonRecords.Piece piece, Member patient, Member text, Labels wanted, RowSink rows) {
        List<String> labels = wanted.names;
        Said said = new Said();
        String json = decode(piece.bytes(), said);
        parse(json, patient, text, labels, said);
        Optional<String> note = text.of(said, true).flatMap(value -> text(value, text.name.get(), said));
        Optional<String> whose = patient.of(said, patient.wanted.isNamed()).flatMap(value -> patient(value, patient.name.get(), said));
        Map<String, String> others = labels(labels, said);
        wanted.see(said);
        if (said.problem.isPresent()) {
            rows.bad(piece.number(), whose, note.orElse(json), said.problem.get());
        } else {
            rows.text(piece.number(), whose, note.get(), others);
        }
    }

    private static String decode(String bytes, Said said) {
        try {
            return RowSink.decode(bytes);
        } catch (CharacterCodingException e) {
            said.problem("is not UTF-8");
            return RowSink.decodeLeniently(bytes);
        }
    }

    /** The library's messages can quote the text, so none is passed on. */
    private static void parse(String text, Member patient, Member note, List<String> labels, Said said) {
        try (StrictJsonReader json = new StrictJsonReader(text)) {
            json.beginObject();
            while (json.hasNext()) {
                String name = json.nextName();
                said.names.add(name);
                if (patient.wanted.mayBe(name) || note.wanted.mayBe(name) || labels.contains(name)) {
                    said.values.merge(name, value(json), (first, next) -> next.token == JsonToken.NULL ? first : next);
                } else {
                    json.skipValue();
                }
            }
            json.endObject();
            json.peek(); // throws if anything follows
            json.repeated().map(StrictJsonReader.Repeated::member).ifPresent(
                    member -> said.problem("states " + (said.values.containsKey(member) ? "\"" + member + "\"" : "a member") + " twice"));
        } catch (IOException | IllegalStateException e) {
            said.problem("is no JSON object");
        }
    }

    private static Value value(StrictJsonReader json) throws IOException {
        JsonToken token = json.peek();
        return switch (token) {
            case STRING, NUMBER -> new Value(token, json.nextString());
            case BOOLEAN -> new Value(token, Boolean.toString(json.nextBoolean()));
            default -> {
                json.skipValue();
                yield new Value(token, "");
            }
        };
    }

    private static Optional<String> text(Value value, String member, Said said) {
        if (value.token == JsonToken.STRING) {
            return Optional.of(value.text);
        }
        said.problem("has no string \"" + member + "\"");
        return Optional.empty();
    }

    private static Optional<String> patient(Value value, String member, Said said) {
        return switch (value.token) {
            case STRING -> Optional.of(value.text);
            case NUMBER -> Optional.of(PatientKey.numeral(value.text).replaceFirst("^(-?\\d+)\\.0+$", "$1")); // as some write integers
            case NULL -> Optional.empty();
            default -> {
                said.problem("has a \"" + member + "\" that is neither a string nor a number");
                yield Optional.empty();
            }
        };
    }

    private static Map<String, String> labels(List<String> wanted, Said said) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String label : wanted) {
            Value value = said.values.getOrDefault(label, new Value(JsonToken.NULL, ""));
            switch (value.token) {
                case STRING, NUMBER, BOOLEAN -> labels.put(label, value.text);
                case NULL -> {
                }
                default -> said.problem("has a \"" + label + "\" that is neither a string, a number nor true or false");
            }
        }
        return labels;
    }
}
