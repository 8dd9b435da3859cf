package io.github.miaudit.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/** The versions of software that a report or a data sheet states. */
public final class SoftwareVersions {

    private SoftwareVersions() {
    }

    /** The versions that run now, by name: {@code miaudit} and {@code java}. */
    public static Map<String, String> current() {
        return Map.of("miaudit", miaudit(), "java", Runtime.version().toString());
    }

    /** The version of this library, such as {@code 0.1.0}. */
    public static String miaudit() {
        Properties properties = new Properties();
        try (InputStream file = SoftwareVersions.class.getResourceAsStream("version.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
