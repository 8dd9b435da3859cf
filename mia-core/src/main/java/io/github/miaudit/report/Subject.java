package io.github.miaudit.report;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a report is about, in the words of whoever asked for it, so that it can be filed. Nothing of it is measured, and whatever it says is
 * told to every reader.
 *
 * @param title        of the report
 * @param organisation who asked for it
 * @param purpose      why, such as "release of the model to partners"
 * @param author       who made it
 * @param dataset      what the notes are called
 * @param date         when, such as 2026-11-28
 */
public record Subject(Optional<String> title, Optional<String> organisation, Optional<String> purpose, Optional<String> author,
        Optional<String> dataset, Optional<String> date) {

    /** A text has at most so many characters. */
    public static final int MOST_CHARACTERS = 200;

    /** Nothing is said. */
    public static final Subject UNNAMED = new Subject(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty());

    /** @throws IllegalArgumentException if a text is blank or too long, or the date is none */
    public Subject {
        require("title", title);
        require("organisation", organisation);
        require("purpose", purpose);
        require("author", author);
        require("dataset", dataset);
        require("date", date);
        date.ifPresent(Subject::requireDate);
    }

    /**
     * Reads a YAML file with any of the keys title, organisation, purpose, author, dataset and date.
     *
     * @param file of texts
     * @throws io.github.miaudit.io.InvalidFileException if it can't be read, or is no such file; the message names the line
     */
    public static Subject read(Path file) {
        return SubjectFile.read(file);
    }

    public Subject withTitle(String other) {
        return new Subject(Optional.of(other), organisation, purpose, author, dataset, date);
    }

    public Subject withOrganisation(String other) {
        return new Subject(title, Optional.of(other), purpose, author, dataset, date);
    }

    public Subject withPurpose(String other) {
        return new Subject(title, organisation, Optional.of(other), author, dataset, date);
    }

    public Subject withAuthor(String other) {
        return new Subject(title, organisation, purpose, Optional.of(other), dataset, date);
    }

    /** With another name of the notes. */
    public Subject withDataset(String other) {
        return new Subject(title, organisation, purpose, author, Optional.of(other), date);
    }

    public Subject withDate(LocalDate other) {
        return new Subject(title, organisation, purpose, author, dataset, Optional.of(other.toString()));
    }

    /** What the other says, and of what it does not say, what this says. */
    public Subject overriddenBy(Subject other) {
        return new Subject(other.title.or(() -> title), other.organisation.or(() -> organisation), other.purpose.or(() -> purpose),
                other.author.or(() -> author), other.dataset.or(() -> dataset), other.date.or(() -> date));
    }

    /** Whether nothing is said. */
    public boolean isUnnamed() {
        return Stream.of(title, organisation, purpose, author, dataset, date).allMatch(Optional::isEmpty);
    }

    /** What is said but the title, by what it is called. */
    public Map<String, String> filed() {
        Map<String, String> filed = new LinkedHashMap<>();
        organisation.ifPresent(words -> filed.put("Organisation", words));
        purpose.ifPresent(words -> filed.put("Purpose", words));
        author.ifPresent(words -> filed.put("Author", words));
        dataset.ifPresent(words -> filed.put("Dataset", words));
        date.ifPresent(words -> filed.put("Date", words));
        return Collections.unmodifiableMap(filed);
    }

    private static void require(String name, Optional<String> text) {
        text.ifPresent(words -> {
            if (words.isBlank()) {
                throw new IllegalArgumentException(name + " is blank; leave it out");
            }
            if (words.length() > MOST_CHARACTERS) {
                throw new IllegalArgumentException(
                        name + " has " + words.length() + " characters; it must have at most " + MOST_CHARACTERS);
            }
        });
    }

    private static void requireDate(String text) {
        try {
            LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("date is \"" + text + "\"; it must be a day such as 2026-11-28", e);
        }
    }
}
