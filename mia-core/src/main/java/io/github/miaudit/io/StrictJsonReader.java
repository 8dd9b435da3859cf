package io.github.miaudit.io;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads JSON as the standard has it (RFC 8259) and notices an object that states a member twice. Its errors can quote the text. */
public final class StrictJsonReader extends JsonReader {

    /** Which, unlike JsonParser, reads no more than the reader allows. */
    private static final TypeAdapter<JsonElement> VALUES = new Gson().getAdapter(JsonElement.class);
    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    /**
     * A member that its object states already.
     *
     * @param member its name
     * @param line   where it stands again, from 1
     */
    public record Repeated(String member, long line) {
    }

    private final Deque<Set<String>> members = new ArrayDeque<>();
    private Optional<Repeated> repeated = Optional.empty();

    /** Reads a text, which leaves nothing to close. */
    public StrictJsonReader(String text) {
        super(new StandardJsonText(text));
    }

    /** The first member that was read twice, if there was one so far; whoever reads refuses it. */
    public Optional<Repeated> repeated() {
        return repeated;
    }

    /** The line where it is, from 1. */
    public long line() {
        Matcher line = LINE.matcher(toString());
        return line.find() ? Long.parseLong(line.group(1)) : 1;
    }

    @Override
    public void beginObject() throws IOException {
        super.beginObject();
        members.push(new HashSet<>());
    }

    @Override
    public void endObject() throws IOException {
        super.endObject();
        members.pop();
    }

    @Override
    public String nextName() throws IOException {
        String name = super.nextName();
        if (!members.element().add(name) && repeated.isEmpty()) {
            repeated = Optional.of(new Repeated(name, line()));
        }
        return name;
    }

    @Override
    public String nextString() throws IOException {
        boolean number = peek() == JsonToken.NUMBER;
        String text = super.nextString();
        if (number) {
            requireReadable(text);
        }
        return text;
    }

    private static void requireReadable(String number) throws IOException {
        if (number.length() > StrictJson.LONGEST_NUMBER) {
            throw new MalformedJsonException("a number of more than " + StrictJson.LONGEST_NUMBER + " characters");
        }
        if (number.indexOf('e') < 0 && number.indexOf('E') < 0) {
            return;
        }
        try {
            new BigDecimal(number);
        } catch (NumberFormatException e) {
            throw new MalformedJsonException("a number whose exponent is beyond all numbers", e);
        }
    }

    /**
     * The next value, whole.
     *
     * @throws IOException if it is none
     */
    public JsonElement nextValue() throws IOException {
        try {
            return VALUES.read(this);
        } catch (JsonParseException e) {
            throw new MalformedJsonException("no value", e);
        }
    }

    /** Skips a value, but not the names in it. */
    @Override
    public void skipValue() throws IOException {
        nextValue();
    }
}
