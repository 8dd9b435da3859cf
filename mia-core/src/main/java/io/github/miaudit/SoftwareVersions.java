package io.github.miaudit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/** The versions that a report states. */
final class SoftwareVersions {

    private SoftwareVersions() {
    }

    static Map<String, String> current() {
        return Map.of("miaudit", miaudit(), "java", Runtime.version().toString());
    }

    static String miaudit() {
        Properties properties = new Properties();
        try (InputStream file = SoftwareVersions.class.getResourceAsStream("version.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
