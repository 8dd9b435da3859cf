package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.ComparisonDocument;
import io.github.miaudit.report.IdentifierDocument;
import io.github.miaudit.report.output.dossier.DossierDocument;
import io.github.miaudit.report.output.dossier.DossierManifest;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A member may be null in a schema if and only if its record says so in Java: by an {@code Optional}, or by {@code @Nullable}. */
class NullableMembersTest {

    static Stream<Arguments> documents() {
        Set<String> alwaysKnownThere = Set.of("Provenance.seed", "Provenance.target"); // only losses of elsewhere lack them
        return Stream.of(Arguments.of(AuditDocument.class, AuditDocument.jsonSchema(), 150, Set.of()),
                Arguments.of(ComparisonDocument.class, ComparisonDocument.jsonSchema(), 40, Set.of()),
                Arguments.of(IdentifierDocument.class, IdentifierDocument.jsonSchema(), 80, alwaysKnownThere),
                Arguments.of(DossierDocument.class, DossierDocument.jsonSchema(), 40, Set.of()),
                Arguments.of(DossierManifest.class, DossierManifest.jsonSchema(), 8, Set.of()));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void javaAndTheSchemaAgree(Class<?> document, String schema, int fewest, Set<String> stricter) {
        Walk walk = new Walk(JsonParser.parseString(schema).getAsJsonObject());
        walk.record(document, walk.schema);
        assertEquals(stricter, walk.otherwise);
        assertTrue(walk.seen.size() >= fewest, walk.seen.size() + " members: " + walk.seen);
    }

    private static final class Walk {

        private final JsonObject schema;
        private final Set<String> seen = new TreeSet<>();
        private final Set<String> otherwise = new TreeSet<>();
        private final Set<Object> done = new HashSet<>();

        private Walk(JsonObject schema) {
            this.schema = schema;
        }

        private void record(Class<?> type, JsonObject node) {
            if (!done.add(List.of(type, node)) || !node.has("properties")) {
                return;
            }
            for (RecordComponent component : type.getRecordComponents()) {
                if (node.getAsJsonObject("properties").get(component.getName()) instanceof JsonObject member) {
                    String name = type.getSimpleName() + "." + component.getName();
                    boolean mayBeMissing = isOptional(component.getType())
                            || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
                    seen.add(name);
                    if (mayBeMissing != alternatives(member).anyMatch(Walk::isNull)) {
                        otherwise.add(name);
                    }
                    value(component.getGenericType(), member);
                }
            }
        }

        private void value(Type type, JsonObject node) {
            Class<?> raw = (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
            alternatives(node).forEach(each -> {
                if (raw.isRecord()) {
                    record(raw, each);
                } else if (raw == Optional.class) {
                    value(argument(type, 0), each);
                } else if (raw == List.class && each.get("items") instanceof JsonObject items) {
                    value(argument(type, 0), items);
                } else if (raw == Map.class && each.get("additionalProperties") instanceof JsonObject values) {
                    value(argument(type, 1), values);
                }
            });
        }

        private static Type argument(Type type, int place) {
            Type argument = ((ParameterizedType) type).getActualTypeArguments()[place];
            return argument instanceof Class || argument instanceof ParameterizedType ? argument : Object.class;
        }

        private static boolean isOptional(Class<?> type) {
            return Set.<Class<?>>of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class).contains(type);
        }

        /** What a node may be, with what it refers to in its place. */
        private Stream<JsonObject> alternatives(JsonObject node) {
            Stream<JsonObject> referred = node.get("$ref") instanceof JsonPrimitive reference
                    ? alternatives(at(reference.getAsString())) : Stream.of(node);
            return Stream.concat(referred, Stream.of("oneOf", "anyOf").filter(node::has)
                    .flatMap(key -> StreamSupport.stream(node.getAsJsonArray(key).spliterator(), false))
                    .flatMap(each -> alternatives(each.getAsJsonObject())));
        }

        private JsonObject at(String reference) {
            if (!reference.startsWith("#")) {
                return new JsonObject(); // of another document, which is looked at on its own
            }
            JsonObject found = schema;
            for (String key : reference.replaceFirst("^#/", "").split("/")) {
                found = found.getAsJsonObject(key);
            }
            return found;
        }

        private static boolean isNull(JsonObject node) {
            JsonElement type = node.get("type");
            return type != null && (type.isJsonArray() ? type.getAsJsonArray().contains(new JsonPrimitive("null"))
                    : type.getAsString().equals("null"));
        }
    }
}
