package io.github.miaudit.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The standard error for programs: an object of JSON for each line that is printed to it ({@code --log-format json}). */
final class JsonLog extends PrintStream {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
    private static final String MIA = "mia: ";

    private final PrintStream terminal;

    JsonLog(PrintStream terminal) {
        super(new Lines(terminal), true, StandardCharsets.UTF_8);
        this.terminal = terminal;
    }

    /** Why the command fails. */
    void error(String message) {
        terminal.println(GSON.toJson(object("error", message)));
    }

    /** How far the work has come. */
    void progress(String model, long done, long total, String message) {
        JsonObject object = object("progress", message);
        object.addProperty("model", model);
        object.addProperty("done", done);
        object.addProperty("total", total);
        terminal.println(GSON.toJson(object));
    }

    private static JsonObject object(String level, String message) {
        JsonObject object = new JsonObject();
        object.addProperty("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        object.addProperty("level", level);
        object.addProperty("message", HarmlessStream.harmless(message));
        return object;
    }

    /** What a line of text is; those of a stack trace have no beginning of ours. */
    private static JsonObject object(String line) {
        for (String level : List.of("warning", "error")) {
            String start = MIA + level + ": ";
            if (line.startsWith(start)) {
                return object(level, line.substring(start.length()));
            }
        }
        return line.startsWith(MIA) ? object("info", line.substring(MIA.length())) : object("detail", line);
    }

    private static final class Lines extends OutputStream {

        private final PrintStream terminal;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(PrintStream terminal) {
            this.terminal = terminal;
        }

        @Override
        public synchronized void write(int value) {
            if (value != '\n') {
                line.write(value);
            } else {
                terminal.println(GSON.toJson(object(line.toString(StandardCharsets.UTF_8).stripTrailing())));
                line.reset();
            }
        }
    }
}
