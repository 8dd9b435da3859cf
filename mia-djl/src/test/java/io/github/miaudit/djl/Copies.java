package io.github.miaudit.djl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Copies the files of a folder, so that a test can change them. */
final class Copies {

    private Copies() {
    }

    static void of(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.list(source)) {
            of(source, files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList(), target);
        }
    }

    static void of(Path source, List<String> names, Path target) throws IOException {
        for (String name : names) {
            Files.copy(source.resolve(name), target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
