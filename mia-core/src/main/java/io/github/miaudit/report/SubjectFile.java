package io.github.miaudit.report;

import io.github.miaudit.io.StrictYaml;
import io.github.miaudit.io.YamlValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads what a report is about from a file that nobody vouches for. */
final class SubjectFile {

    private static final List<String> KEYS = List.of("title", "organisation", "purpose", "author", "dataset", "date");
    private static final StrictYaml.Kind KIND = new StrictYaml.Kind("description of a report", "title", 1 << 14, 2,
            "its values are texts");

    private SubjectFile() {
    }

    static Subject read(Path file) {
        Map<String, YamlValue> entries = StrictYaml.read(file, KIND).entries(KEYS, "a description of a report");
        Subject subject = Subject.UNNAMED;
        for (Map.Entry<String, YamlValue> entry : entries.entrySet()) {
            try {
                subject = subject.overriddenBy(only(entry.getKey(), entry.getValue().text(entry.getKey())));
            } catch (IllegalArgumentException e) {
                throw entry.getValue().problem(Objects.requireNonNull(e.getMessage()));
            }
        }
        return subject;
    }

    private static Subject only(String key, String value) {
        return new Subject(of("title", key, value), of("organisation", key, value), of("purpose", key, value), of("author", key, value),
                of("dataset", key, value), of("date", key, value));
    }

    private static Optional<String> of(String name, String key, String value) {
        return name.equals(key) ? Optional.of(value) : Optional.empty();
    }
}
