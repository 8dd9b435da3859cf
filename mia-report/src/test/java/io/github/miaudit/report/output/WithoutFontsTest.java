package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.report.Histogram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a server without fonts, Java can't draw; that must not look like a defect of the audit. */
class WithoutFontsTest {

    /** Draws a plot twice: Java fails in another way the second time. */
    static final class Drawing {

        private Drawing() {
        }

        public static void main(String[] arguments) {
            for (int time = 0; time < 2; time++) {
                try {
                    Charts.histogram(new Histogram("loss", 0, 1, Map.of(Population.MEMBERS, List.of(Optional.of(1), Optional.of(2)))),
                            Map.of(Population.MEMBERS, 3));
                    System.out.println("drawn");
                } catch (AuditException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }

    @Test
    void theErrorSaysWhatIsMissing(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "fontconfig decides on fonts on Linux alone");
        Files.writeString(folder.resolve("fonts.conf"),
                "<?xml version=\"1.0\"?><fontconfig><dir>" + folder.resolve("none") + "</dir></fontconfig>");
        ProcessBuilder java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Duser.home=" + folder, "-cp", System.getProperty("java.class.path"), Drawing.class.getName());
        java.environment().put("FONTCONFIG_FILE", folder.resolve("fonts.conf").toString());
        Process process = java.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        String message = "plots can't be drawn: Java finds no font; install fontconfig and one font, such as DejaVu Sans. audit.json"
                + " needs none\n";
        assertEquals(message + message, printed);
    }
}
