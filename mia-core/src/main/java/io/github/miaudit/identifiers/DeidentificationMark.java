package io.github.miaudit.identifiers;

import io.github.miaudit.data.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Marks that a de-identification leaves in the place of identifiers, or around others that it put there. */
public enum DeidentificationMark implements IdentifierFinder {

    /**
     * {@code [**Hospital 12**]}, as in MIMIC-III: a placeholder, whose type is known by its words, and else is {@code other}. But a date
     * such as {@code [**2131-5-3**]} is one of the type {@code date}, without the brackets: it was moved at random, once for a
     * patient, and is true as far as a text is concerned.
     */
    BRACKETS("\\[\\*\\*\\s?(?<inside>[^\\[\\]]{0,200}?)\\s?\\*\\*]") {
        @Override
        void take(Matcher mark, String text, List<Mention> found) {
            String inside = mark.group("inside");
            found.add(inside.matches("\\d{4}-\\d{1,2}-\\d{1,2}") ? Mention.of(mark.start("inside"), mark.end("inside"), "date")
                    : Mention.placeholder(mark.start(), mark.end(), Category.of(inside).label()));
        }
    },

    /** {@code ___}, exactly three, as in MIMIC-IV: a placeholder of the type {@code removed}. */
    UNDERSCORES("(?<!_)___(?!_)") {
        @Override
        void take(Matcher mark, String text, List<Mention> found) {
            found.add(Mention.placeholder(mark.start(), mark.end(), "removed"));
        }
    },

    /**
     * {@code <PATIENT>}, {@code [DATE_2]}: a placeholder. But of {@code <PATIENT>Ann Li</PATIENT>} and
     * {@code <PHI TYPE="PATIENT">Ann Li</PHI>} what is inside is the identifier, a surrogate or not. Tags have the names, in capitals, of
     * those of n2c2 2014 and their like, and the type is that name in lower case; others, such as {@code <BR>}, are none.
     */
    TAGS("(?<open>[<\\[])(?<name>[A-Z]{2,20})(?:[-_ ]?\\d{1,4})?(?: TYPE=\"(?<type>[A-Za-z]{1,30})\")?[>\\]]") {
        @Override
        void take(Matcher tag, String text, List<Mention> found) {
            String name = tag.group("name");
            if (!TAG_NAMES.contains(name)) {
                return;
            }
            String type = TypeLabel.of(tag.group("type") == null ? name : tag.group("type"));
            int closing = tag.group("open").equals("<") ? text.indexOf('<', tag.end()) : -1;
            boolean encloses = closing > tag.end() && text.startsWith("</" + name + ">", closing);
            found.add(encloses ? Mention.of(tag.end(), closing, type) : Mention.placeholder(tag.start(), tag.end(), type));
        }
    };

    private static final Set<String> TAG_NAMES = Set.of("NAME", "PATIENT", "DOCTOR", "USERNAME", "PROFESSION", "LOCATION", "HOSPITAL",
            "ORGANIZATION", "STREET", "CITY", "STATE", "COUNTRY", "ZIP", "AGE", "DATE", "TIME", "CONTACT", "PHONE", "FAX", "EMAIL", "URL",
            "IPADDR", "ID", "IDNUM", "SSN", "MRN", "MEDICALRECORD", "HEALTHPLAN", "ACCOUNT", "LICENSE", "VEHICLE", "DEVICE", "BIOID", "PHI",
            "OTHER");

    private final Pattern pattern;

    DeidentificationMark(String expression) {
        this.pattern = Pattern.compile(expression);
    }

    /** All marks at once. */
    public static IdentifierFinder all() {
        return IdentifierFinder.allOf(List.of(values()));
    }

    @Override
    public final List<Mention> find(Sample sample) {
        List<Mention> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(sample.text());
        while (matcher.find()) {
            take(matcher, sample.text(), found);
        }
        return List.copyOf(found);
    }

    /** Adds what a match of the pattern is, if it is a mark. */
    abstract void take(Matcher match, String text, List<Mention> found);

    /** What the words within brackets mean: the first of which one stands there. */
    private enum Category {
        SURNAME("last ?name|surname"), FIRST_NAME("first ?name"), INITIALS("initial"), USERNAME("user ?name"),
        HOSPITAL("hospital|ward"), PHONE("telephone|phone|fax|pager"), AGE("\\bage\\b"), EMAIL("e-?mail"),
        RECORD_NUMBER("medical record|unit number|identifier|social security|(?:md|job|clip|serial|account|license) number"),
        LOCATION("location|state|country|street|address|p\\.?o\\.? box|zip|city|town"),
        ORGANISATION("company|university|college|institution"),
        NAME("name"), DATE("date|month|year|day|holiday|^[-/\\d\\s]+$"), OTHER("");

        private final Pattern words;

        Category(String words) {
            this.words = Pattern.compile(words);
        }

        private static Category of(String inside) {
            String lower = inside.toLowerCase(Locale.ROOT);
            for (Category category : values()) {
                if (category.words.matcher(lower).find()) {
                    return category;
                }
            }
            return OTHER;
        }

        private String label() {
            return TypeLabel.of(name());
        }
    }
}
