package io.github.miaudit.notes;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamReader;

/**
 * The annotations of n2c2 2014: elements such as {@code <NAME start="16" end="22" text="Ann Li" TYPE="PATIENT"/>} within
 * {@code <TAGS>}. One counts if what it says stands there, but for white space, and in at most 1000 characters.
 */
final class XmlTags {

    /** Tags of a file; further ones are not looked at. */
    private static final int MOST = 100_000;
    /** Tags of longer texts are none. */
    private static final int LONGEST = 1000;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern TYPE = Pattern.compile("[\\w-]{1,40}");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private record Tag(int start, int end, String type, String text) {
    }

    private final List<Tag> tags = new ArrayList<>();

    /** Takes an element, if it is one. */
    void take(XMLStreamReader element) {
        OptionalInt start = number(element, "start");
        OptionalInt end = number(element, "end");
        String text = element.getAttributeValue(null, "text");
        String type = element.getAttributeValue(null, "TYPE");
        String name = type == null ? element.getLocalName() : type;
        if (start.isEmpty() || end.isEmpty() || text == null || text.length() > LONGEST || !TYPE.matcher(name).matches()) {
            return;
        }
        int length = end.getAsInt() - start.getAsInt();
        if (length > 0 && length <= LONGEST && tags.size() < MOST) {
            tags.add(new Tag(start.getAsInt(), end.getAsInt(), name, text));
        }
    }

    /** Those that are true of a note. */
    List<Annotation> of(String note) {
        return tags.stream().filter(tag -> tag.end <= note.length() && spaced(note.substring(tag.start, tag.end)).equals(spaced(tag.text)))
                .map(tag -> new Annotation(tag.start, tag.end, tag.type)).toList();
    }

    private static OptionalInt number(XMLStreamReader element, String name) {
        String value = element.getAttributeValue(null, name);
        return value != null && NUMBER.matcher(value).matches() ? OptionalInt.of(Integer.parseInt(value)) : OptionalInt.empty();
    }

    private static String spaced(String text) {
        return SPACES.matcher(text).replaceAll(" ").strip();
    }
}
