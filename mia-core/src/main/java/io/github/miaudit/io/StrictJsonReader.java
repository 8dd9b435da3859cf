package io.github.miaudit.io;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.StringReader;
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

    /** In characters; the time that a number takes grows with the square of its length. */
    public static final int LONGEST_NUMBER = 1000;

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

    /**
     * A reader of a text.
     *
     * @param text the JSON
     */
    public StrictJsonReader(String text) {
        super(new StringReader(text));
        setStrictness(Strictness.STRICT);
    }

    /**
     * The first member that was read twice; whoever reads refuses it.
     *
     * @return the member; empty if there was none so far
     */
    public Optional<Repeated> repeated() {
        return repeated;
    }

    /**
     * Where it is.
     *
     * @return the line, from 1
     */
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
        if (number.length() > LONGEST_NUMBER) {
            throw new MalformedJsonException("a number of more than " + LONGEST_NUMBER + " characters");
        }
        try {
            new BigDecimal(number);
        } catch (NumberFormatException e) {
            throw new MalformedJsonException("a number whose exponent is beyond all numbers", e);
        }
    }

    /** Skips a value, but not the names in it. */
    @Override
    public void skipValue() throws IOException {
        int depth = 0;
        do {
            switch (peek()) {
                case BEGIN_OBJECT -> {
                    beginObject();
                    depth++;
                }
                case BEGIN_ARRAY -> {
                    beginArray();
                    depth++;
                }
                case END_OBJECT -> {
                    endObject();
                    depth--;
                }
                case END_ARRAY -> {
                    endArray();
                    depth--;
                }
                case NAME -> nextName();
                case NULL -> nextNull();
                case BOOLEAN -> nextBoolean();
                default -> nextString();
            }
        } while (depth > 0);
    }
}
