package io.github.miaudit.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.StrictJson;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.metrics.Interval;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Documents as JSON and back: a record is an object with just its components as members, what is empty is {@code null}, a number
 * list is one line. Reading is strict: JSON as the standard has it, every member there and no other, nothing {@code null} that
 * the document needs.
 */
public final class DocumentJson {

    private static final TypeAdapter<BigDecimal> NUMBER = only(JsonToken.NUMBER, "a number", json -> new BigDecimal(json.nextString()),
            JsonWriter::value);

    private static final Gson GSON = new GsonBuilder().serializeNulls().disableHtmlEscaping().enableComplexMapKeySerialization()
            .setPrettyPrinting()
            .registerTypeAdapter(Population.class, labelled(Population.values(), Population::label))
            .registerTypeHierarchyAdapter(Interval.Method.class, labelled(Interval.Method.values(), Interval.Method::label))
            .registerTypeAdapter(LengthPolicy.class, labelled(LengthPolicy.values(), LengthPolicy::label))
            .registerTypeAdapter(boolean.class, only(JsonToken.BOOLEAN, "true or false", JsonReader::nextBoolean, JsonWriter::value))
            .registerTypeAdapter(int.class, whole(Integer.MAX_VALUE, Long::intValue))
            .registerTypeAdapter(Integer.class, whole(Integer.MAX_VALUE, Long::intValue))
            .registerTypeAdapter(long.class, whole(Long.MAX_VALUE, Function.identity()))
            .registerTypeAdapter(Long.class, whole(Long.MAX_VALUE, Function.identity()))
            .registerTypeAdapter(double.class, only(JsonToken.NUMBER, "a number", JsonReader::nextDouble, JsonWriter::value))
            .registerTypeAdapter(Double.class, only(JsonToken.NUMBER, "a number", JsonReader::nextDouble, JsonWriter::value))
            .registerTypeAdapter(BigDecimal.class, NUMBER).registerTypeAdapter(LocalDate.class, day())
            .registerTypeAdapter(String.class, only(JsonToken.STRING, "a text", JsonReader::nextString, JsonWriter::value))
            .registerTypeAdapterFactory(factory(Optional.class, DocumentJson::optional))
            .registerTypeAdapterFactory(factory(List.class, DocumentJson::row)).registerTypeAdapterFactory(new CompleteRecords())
            .registerTypeAdapter(Datasheet.Count.class, count()).create();

    private DocumentJson() {
    }

    /** A JSON object, indented, with a line break at its end. */
    public static String write(Record document) {
        return GSON.toJson(document) + "\n";
    }

    /** The document with each text, the names of members too, made something else of. */
    static <T extends Record> T mapTexts(T document, Class<T> type, UnaryOperator<String> mapping) {
        return GSON.fromJson(mapTexts(GSON.toJsonTree(document), mapping), type);
    }

    static <T extends Record> T read(Path file, Class<T> type, int version) {
        return parse(file, text(file), type, version);
    }

    /** What a file of JSON can be, by its members. */
    enum Kind {
        AUDIT, COMPARISON, DOSSIER, OTHER
    }

    static Kind kind(Path file, String text) {
        JsonObject document = StrictJson.object(file, text);
        return document.has("cells") ? Kind.COMPARISON : document.has("comparisons") ? Kind.AUDIT
                : document.has("auditDigest") ? Kind.DOSSIER : Kind.OTHER;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new InvalidFileException(file, "is not UTF-8, so it is no report of MIAudit");
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    /**
     * The document that a text holds.
     *
     * @param file    what errors name
     * @param text    as {@link #write} made it
     * @param type    of the document: a record with the member {@code schemaVersion}
     * @param version the only one that is read
     * @throws InvalidFileException if the text is no such document; it names the member and, unless it can be a sentence, its value
     */
    public static <T extends Record> T parse(Path file, String text, Class<T> type, int version) {
        try {
            JsonObject document = StrictJson.object(file, text);
            if (!(document.get("schemaVersion") instanceof JsonPrimitive number)) {
                throw new InvalidFileException(file, "has no schemaVersion, so it is no report of MIAudit");
            }
            boolean isAudit = Document.class.isAssignableFrom(type);
            if (isAudit && document.has("cells") != (type == ComparisonDocument.class)) {
                throw new InvalidFileException(file,
                        "is the report of " + (document.has("cells") ? "a comparison" : "an audit") + ", not of "
                                + (document.has("cells") ? "an audit" : "a comparison")
                                + "; name the other file, or read it as what it is");
            }
            if (!number.isNumber() || number.getAsDouble() != version) {
                throw new InvalidFileException(file, "has schemaVersion " + InvalidFileException.printable(number.toString())
                        + "; this version of MIAudit reads " + version
                        + ". Read it with the version that wrote it"
                        + (isAudit ? " (provenance.versions.miaudit), or make the audit anew" : ""));
            }
            return GSON.fromJson(document, type);
        } catch (Misfit e) {
            throw new InvalidFileException(file,
                    "is no whole report: " + (e.place.isEmpty() ? "it" : e.place.substring(1)) + " " + e.problem);
        }
    }

    static String schema(String resource) {
        return schema(DocumentJson.class, resource);
    }

    /** The schema that lies beside a class. */
    public static String schema(Class<?> beside, String resource) {
        try (InputStream file = beside.getResourceAsStream(resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A definition of a schema. */
    static JsonObject definition(String resource, String name) {
        return JsonParser.parseString(schema(resource)).getAsJsonObject().getAsJsonObject("$defs").getAsJsonObject(name);
    }

    /** A schema with one definition more, which may be a schema with an identifier of its own. */
    static String schemaWith(String resource, String name, JsonObject definition) {
        JsonObject schema = JsonParser.parseString(schema(resource)).getAsJsonObject();
        schema.getAsJsonObject("$defs").add(name, definition);
        return GSON.toJson(schema) + "\n";
    }

    /** A member that does not fit; Gson's own words would name its classes. */
    private static final class Misfit extends JsonParseException {

        private static final long serialVersionUID = 1L;

        private final String place;
        private final String problem;

        private Misfit(String place, String problem) {
            super(place + " " + problem);
            this.place = place;
            this.problem = problem;
        }
    }

    /** Makes the adapter of a generic type whose only argument has a given adapter; or none. */
    private interface Adapting {
        <T> @Nullable TypeAdapter<?> adapter(TypeAdapter<T> ofArgument, TypeToken<?> argument);
    }

    private static TypeAdapterFactory factory(Class<?> raw, Adapting adapting) {
        return new TypeAdapterFactory() {
            @Override
            @SuppressWarnings("unchecked") // the raw type is checked, and the adapter is of the argument's type
            public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
                if (type.getRawType() != raw) {
                    return null;
                }
                TypeToken<?> argument = TypeToken.get(((ParameterizedType) type.getType()).getActualTypeArguments()[0]);
                return (TypeAdapter<T>) adapting.adapter(gson.getAdapter(argument), argument);
            }
        };
    }

    private interface Reading<V> {
        V of(JsonReader json) throws IOException;
    }

    private interface Writing<V> {
        void to(JsonWriter json, V value) throws IOException;
    }

    /** Gson by itself takes a text for a number, and any text for a truth. */
    private static <V> TypeAdapter<V> only(JsonToken token, String words, Reading<V> reading, Writing<V> writing) {
        return new TypeAdapter<>() {
            @Override
            public V read(JsonReader json) throws IOException {
                if (json.peek() != token) {
                    throw new Misfit("", "must be " + words);
                }
                return reading.of(json);
            }

            @Override
            public void write(JsonWriter json, V value) throws IOException {
                writing.to(json, value);
            }
        };
    }

    private static TypeAdapter<LocalDate> day() {
        return only(JsonToken.STRING, "a day such as 2026-11-28", json -> {
            try {
                return LocalDate.parse(json.nextString());
            } catch (DateTimeParseException e) {
                throw new Misfit("", "must be a day such as 2026-11-28");
            }
        }, (json, day) -> json.value(day.toString()));
    }

    private static <V extends Number> TypeAdapter<V> whole(long most, Function<Long, V> narrowing) {
        return only(JsonToken.NUMBER, "a number", json -> {
            try {
                long value = new BigDecimal(json.nextString()).longValueExact();
                if (Math.abs(value) <= most || value == Long.MIN_VALUE && most == Long.MAX_VALUE) {
                    return narrowing.apply(value);
                }
            } catch (ArithmeticException e) { // said below
            }
            throw new Misfit("", "must be a whole number");
        }, JsonWriter::value);
    }

    /** What is not told is null, one number stands alone, others in a list. */
    private static TypeAdapter<Datasheet.Count> count() {
        return new TypeAdapter<>() {
            @Override
            public Datasheet.Count read(JsonReader json) throws IOException {
                if (json.peek() == JsonToken.NULL) {
                    json.nextNull();
                    return Datasheet.Count.UNTOLD;
                }
                if (json.peek() == JsonToken.NUMBER) {
                    return new Datasheet.Count(Optional.of(List.of(NUMBER.read(json))));
                }
                if (json.peek() != JsonToken.BEGIN_ARRAY) {
                    throw new Misfit("", "must be a number, or a list of numbers");
                }
                Stream.Builder<BigDecimal> numbers = Stream.builder();
                json.beginArray();
                while (json.hasNext()) {
                    numbers.add(NUMBER.read(json));
                }
                json.endArray();
                return new Datasheet.Count(Optional.of(numbers.build().toList()));
            }

            @Override
            public void write(JsonWriter json, Datasheet.Count count) throws IOException {
                if (count.numbers().isEmpty()) {
                    json.nullValue();
                } else if (count.numbers().get().size() == 1) {
                    json.value(count.numbers().get().get(0));
                } else {
                    json.beginArray();
                    for (BigDecimal number : count.numbers().get()) {
                        json.value(number);
                    }
                    json.endArray();
                }
            }
        };
    }

    private static <V> TypeAdapter<Optional<V>> optional(TypeAdapter<V> value, TypeToken<?> argument) {
        return new TypeAdapter<>() {
            @Override
            public Optional<V> read(JsonReader json) throws IOException {
                if (json.peek() == JsonToken.NULL) {
                    json.nextNull();
                    return Optional.empty();
                }
                return Optional.of(value.read(json));
            }

            @Override
            public void write(JsonWriter json, Optional<V> optional) throws IOException {
                if (optional.isPresent()) {
                    value.write(json, optional.get());
                } else {
                    json.nullValue();
                }
            }
        };
    }

    /** A list of numbers, or of numbers that may be untold, on one line; other lists as usual. */
    private static <V> @Nullable TypeAdapter<List<V>> row(TypeAdapter<V> number, TypeToken<?> argument) {
        if (argument.getRawType() != Double.class && argument.getRawType() != Optional.class) {
            return null;
        }
        return new TypeAdapter<>() {
            @Override
            public List<V> read(JsonReader json) throws IOException {
                Stream.Builder<V> values = Stream.builder();
                json.beginArray();
                while (json.hasNext()) {
                    V value = number.read(json);
                    if (value == null) {
                        throw new Misfit("", "has null in a list of numbers");
                    }
                    values.add(value);
                }
                json.endArray();
                return values.build().toList();
            }

            @Override
            public void write(JsonWriter json, List<V> values) throws IOException {
                json.beginArray();
                json.setIndent("");
                for (V value : values) {
                    number.write(json, value);
                }
                json.endArray();
                json.setIndent("  "); // as of all else
            }
        };
    }

    private static <E> TypeAdapter<E> labelled(E[] constants, Function<E, String> label) {
        return new TypeAdapter<>() {
            @Override
            public E read(JsonReader json) throws IOException {
                String name = json.nextString();
                return Arrays.stream(constants).filter(constant -> label.apply(constant).equals(name)).findFirst()
                        .orElseThrow(() -> new Misfit("", described(new JsonPrimitive(name)) + ", which is none of "
                                + Arrays.stream(constants).map(label).collect(Collectors.joining(", "))));
            }

            @Override
            public void write(JsonWriter json, E constant) throws IOException {
                json.value(label.apply(constant));
            }
        };
    }

    /** Records whose members must all be there, and no other. */
    private static final class CompleteRecords implements TypeAdapterFactory {

        @Override
        public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
            return type.getRawType().isRecord() ? new CompleteRecord<>(gson, gson.getDelegateAdapter(this, type), type) : null;
        }
    }

    private static final class CompleteRecord<T> extends TypeAdapter<T> {

        private final Gson gson;
        private final TypeAdapter<T> writer;
        private final RecordComponent[] components;
        private final Constructor<?> constructor;

        private CompleteRecord(Gson gson, TypeAdapter<T> writer, TypeToken<T> type) {
            this.gson = gson;
            this.writer = writer;
            components = type.getRawType().getRecordComponents();
            try {
                constructor = type.getRawType().getConstructor(Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new));
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(type + " has no public constructor", e);
            }
        }

        @Override
        public void write(JsonWriter json, T value) throws IOException {
            writer.write(json, value);
        }

        @Override
        @SuppressWarnings("unchecked") // the constructor is the type's
        public T read(JsonReader json) throws IOException {
            String place = json.getPath().substring(1); // in the list that is being read, such as [2]
            if (!(gson.getAdapter(JsonElement.class).read(json) instanceof JsonObject object)) {
                throw new Misfit(place, "is no object");
            }
            Set<String> names = Stream.of(components).map(RecordComponent::getName).collect(Collectors.toSet());
            object.keySet().stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
                throw new Misfit(place, "has the member " + InvalidFileException.printable(name) + ", which no report of this version has");
            });
            Object[] values = new Object[components.length];
            for (int index = 0; index < values.length; index++) {
                values[index] = component(object, components[index], place);
            }
            try {
                return (T) constructor.newInstance(values);
            } catch (InvocationTargetException e) {
                Throwable cause = e.getTargetException();
                throw new Misfit(place,
                        cause instanceof NullPointerException ? "has a list with null in it" : "is wrong: " + cause.getMessage());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        private Object component(JsonObject object, RecordComponent component, String place) {
            JsonElement value = object.get(component.getName());
            String name = place + "." + component.getName();
            if (value == null) {
                throw new Misfit(name, "is missing");
            }
            Object read;
            try {
                read = gson.getAdapter(TypeToken.get(component.getGenericType())).fromJsonTree(value);
            } catch (Misfit e) {
                throw new Misfit(name + e.place, e.problem);
            } catch (JsonParseException | IllegalStateException | IllegalArgumentException e) { // Gson's words name its classes
                read = null;
            }
            if (read == null) {
                throw new Misfit(name, described(value) + ", which it can't be");
            }
            return read;
        }
    }

    /** Its value, unless it can be a sentence. */
    private static String described(JsonElement value) {
        if (value instanceof JsonPrimitive text && text.isString() && !text.getAsString().matches("[\\w-]{1,40}")) {
            return "is another text";
        }
        return value.isJsonPrimitive() || value.isJsonNull() ? "is " + value : "is a list or an object";
    }

    private static JsonElement mapTexts(JsonElement element, UnaryOperator<String> mapping) {
        if (element instanceof JsonArray array) {
            JsonArray copy = new JsonArray(array.size());
            array.forEach(item -> copy.add(mapTexts(item, mapping)));
            return copy;
        }
        if (element instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            object.entrySet().forEach(member -> copy.add(mapping.apply(member.getKey()), mapTexts(member.getValue(), mapping)));
            return copy;
        }
        return element instanceof JsonPrimitive text && text.isString() ? new JsonPrimitive(mapping.apply(text.getAsString())) : element;
    }
}
