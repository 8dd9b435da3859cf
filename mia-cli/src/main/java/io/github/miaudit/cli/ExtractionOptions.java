package io.github.miaudit.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.miaudit.IdentifierAudit;
import io.github.miaudit.exposure.ExtractionSettings;
import io.github.miaudit.exposure.FilledMention;
import io.github.miaudit.exposure.IdentifierWork;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.likelihood.FillingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether models are asked to write identifiers themselves, and how far they are searched. */
final class ExtractionOptions {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    @Option(names = "--extract",
            description = "Let each model fill in the identifiers itself, and count how often it writes the true one.")
    private boolean extract;

    @Option(names = "--extraction-width", paramLabel = "W", defaultValue = "10",
            description = "Beginnings that are followed, and fillings that are looked at, of each number of tokens (default:"
                    + " ${DEFAULT-VALUE}).")
    private int width;

    @Option(names = "--extraction-length", paramLabel = "N", defaultValue = "4",
            description = "The most tokens of a filling; all numbers up to it are tried (default: ${DEFAULT-VALUE}).")
    private int longest;

    @Option(names = "--extraction-budget", paramLabel = "ROWS", defaultValue = "1000000",
            description = "Rows that may go through each model for it; where all mentions take more, some are drawn at random (default:"
                    + " ${DEFAULT-VALUE}).")
    private long budget;

    @Option(names = "--include-text",
            description = "Also write what the target fills in to fillings.jsonl, which is as confidential as the notes; needs --extract.")
    private boolean includeText;

    private final List<String> lines = new ArrayList<>();

    /** How, if they are asked; to be made before any long work. */
    Optional<ExtractionSettings> settings() {
        if (includeText && !extract) {
            throw new BadUsageException("--include-text writes what the target fills in; give --extract too");
        }
        return extract ? Optional.of(BadUsageException.ifRefused(() -> new ExtractionSettings(new FillingSettings(width, longest), budget)))
                : Optional.empty();
    }

    /** The audit, with extraction if it is asked for. */
    IdentifierAudit with(IdentifierAudit audit) {
        return settings().map(settings -> includeText ? audit.withExtraction(settings, filled -> lines.add(line(filled)))
                : audit.withExtraction(settings)).orElse(audit);
    }

    /** What it takes, in a line. */
    void print(IdentifierWork work) {
        settings().ifPresent(settings -> System.out.println(
                String.format(Locale.ROOT, "extraction: up to %,d rows a model, at most %,d a mention", work.extractionRows(settings),
                        settings.search().rowsPerBlank())));
    }

    /** Whether texts are to be written. */
    boolean includesText() {
        return includeText;
    }

    /** Writes what the target filled in when the audit was run, for the owner alone. */
    void writeTexts(Path file) {
        AtomicFile.write(file, writer -> {
            for (String line : lines) {
                writer.write(line);
                writer.write('\n');
            }
        });
    }

    /** A line of fillings.jsonl. */
    private record Line(String id, int start, int end, String type, String identifier, List<String> fillings) {
    }

    private static String line(FilledMention filled) {
        return GSON.toJson(new Line(filled.sentence(), filled.mention().start(), filled.mention().end(), filled.mention().type(),
                filled.identifier(), filled.fillings()));
    }
}
