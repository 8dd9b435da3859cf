package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/policy.md shows is what can be asked for. */
class PolicyDocumentationTest {

    private final String page = read();

    @Test
    void theExampleIsAPolicy(@TempDir Path folder) throws IOException {
        Matcher example = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertTrue(example.find());
        Files.writeString(folder.resolve("policy.yaml"), example.group(1));
        assertEquals(4, Publication.of(Reports.leaking()).check(Policy.read(folder.resolve("policy.yaml"))).checks().size());
    }

    @Test
    void allFiguresAreListedInOrder() {
        List<String> listed = Pattern.compile("^\\| `([a-z-]+)` ", Pattern.MULTILINE).matcher(page).results().map(row -> row.group(1))
                .toList();
        assertEquals(Arrays.stream(Figure.values()).map(Figure::label).toList(), listed);
    }

    private static String read() {
        try {
            return Files.readString(Path.of("../docs/policy.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
