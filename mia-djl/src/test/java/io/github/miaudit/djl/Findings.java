package io.github.miaudit.djl;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Surroundings that a test makes up, and what is found in them. */
final class Findings {

    private Findings() {
    }

    /** A Linux whose environment is as given, name by name. */
    static Settings linux(String... namesAndValues) {
        return settings(
                Map.of("os.name", "Linux", "os.version", "6.1", "os.arch", "amd64", "ai.djl.offline", "true", "user.home", "/nowhere",
                        "java.io.tmpdir", "/nowhere/tmp"),
                namesAndValues);
    }

    static Settings settings(Map<String, String> properties, String... namesAndValues) {
        Map<String, String> environment = new HashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            environment.put(namesAndValues[index], namesAndValues[index + 1]);
        }
        return new Settings(environment, properties);
    }

    /** All that is said, with its weight. */
    static List<String> all(Examination examination) {
        return examination.findings().stream().map(finding -> finding.weight() + " " + finding.subject() + ": " + finding.text()).toList();
    }

    /** What is wrong. */
    static List<String> wrong(Examination examination) {
        return all(examination).stream().filter(line -> !line.startsWith("FACT")).toList();
    }
}
