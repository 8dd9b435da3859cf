package io.github.miaudit;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import io.github.miaudit.metrics.Interval;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Writes JSON into memory: indented, but rows of numbers on one line. What is empty becomes {@code null}. */
final class JsonOutput {

    private final StringWriter text = new StringWriter();
    private final JsonWriter json = new JsonWriter(text);

    private JsonOutput() {
        json.setFormattingStyle(FormattingStyle.PRETTY);
    }

    /** The text of an object. */
    static String object(Consumer<JsonOutput> members) {
        JsonOutput output = new JsonOutput();
        output.object(() -> members.accept(output));
        return output.text.append("\n").toString();
    }

    /** The schema of an object, as a resource of this package. */
    static String schema(String resource) {
        try (InputStream file = JsonOutput.class.getResourceAsStream(resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void object(String name, Runnable members) {
        name(name);
        object(members);
    }

    <T> void array(String name, Iterable<T> items, Consumer<T> item) {
        name(name);
        write(JsonWriter::beginArray);
        items.forEach(item);
        write(JsonWriter::endArray);
    }

    /** An array of objects. */
    <T> void objects(String name, Iterable<T> items, Consumer<T> members) {
        array(name, items, item -> object(() -> members.accept(item)));
    }

    void strings(String name, Iterable<String> values) {
        array(name, values, value -> write(out -> out.value(value)));
    }

    /** An object if there is a value. */
    <T> void optional(String name, Optional<T> value, Consumer<T> members) {
        if (value.isPresent()) {
            object(name, () -> members.accept(value.get()));
        } else {
            nothing(name);
        }
    }

    void field(String name, String value) {
        name(name);
        write(out -> out.value(value));
    }

    void field(String name, boolean value) {
        name(name);
        write(out -> out.value(value));
    }

    void field(String name, long value) {
        name(name);
        write(out -> out.value(value));
    }

    void field(String name, double value) {
        name(name);
        write(out -> out.value(value));
    }

    void field(String name, OptionalDouble value) {
        if (value.isPresent()) {
            field(name, value.getAsDouble());
        } else {
            nothing(name);
        }
    }

    void field(String name, Map<String, String> values) {
        object(name, () -> values.forEach(this::field));
    }

    void interval(String name, Optional<Interval> interval) {
        optional(name, interval, ends -> {
            field("lower", ends.lower());
            field("upper", ends.upper());
            field("level", ends.level());
            field("method", ends.method().label());
        });
    }

    void nothing(String name) {
        name(name);
        write(JsonWriter::nullValue);
    }

    /** JSON as it is. */
    void json(String name, String value) {
        name(name);
        write(out -> out.jsonValue(value));
    }

    void row(String name, double... values) {
        name(name);
        row(values);
    }

    void row(double... values) {
        onOneLine(() -> {
            for (double value : values) {
                write(out -> out.value(value));
            }
        });
    }

    void row(String name, Iterable<OptionalInt> values) {
        name(name);
        onOneLine(() -> values.forEach(value -> write(out -> {
            if (value.isPresent()) {
                out.value(value.getAsInt());
            } else {
                out.nullValue();
            }
        })));
    }

    private void onOneLine(Runnable values) {
        write(JsonWriter::beginArray);
        json.setFormattingStyle(FormattingStyle.COMPACT);
        values.run();
        write(JsonWriter::endArray);
        json.setFormattingStyle(FormattingStyle.PRETTY);
    }

    private void object(Runnable members) {
        write(JsonWriter::beginObject);
        members.run();
        write(JsonWriter::endObject);
    }

    private void name(String name) {
        write(out -> out.name(name));
    }

    private interface Writing {
        void to(JsonWriter json) throws IOException;
    }

    private void write(Writing writing) {
        try {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory doesn't fail so
        }
    }
}
