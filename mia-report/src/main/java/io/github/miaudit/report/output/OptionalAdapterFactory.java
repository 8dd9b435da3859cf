package io.github.miaudit.report.output;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.util.Optional;

/** Reads {@code null} as an empty {@link Optional}. */
final class OptionalAdapterFactory implements TypeAdapterFactory {

    @Override
    @SuppressWarnings("unchecked") // the type is Optional, as is checked
    public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        if (type.getRawType() != Optional.class) {
            return null;
        }
        TypeAdapter<?> value = gson.getAdapter(TypeToken.get(((ParameterizedType) type.getType()).getActualTypeArguments()[0]));
        return (TypeAdapter<T>) new OptionalAdapter<>(value);
    }

    private static final class OptionalAdapter<V> extends TypeAdapter<Optional<V>> {

        private final TypeAdapter<V> value;

        private OptionalAdapter(TypeAdapter<V> value) {
            this.value = value;
        }

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
            value.write(json, optional.orElse(null));
        }
    }
}
