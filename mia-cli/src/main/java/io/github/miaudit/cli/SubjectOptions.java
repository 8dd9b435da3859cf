package io.github.miaudit.cli;

import io.github.miaudit.report.Subject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a report is about, so that it can be filed. */
final class SubjectOptions {

    @Option(names = "--about", paramLabel = "FILE",
            description = "What the report is about, in YAML: title, organisation, purpose, author, dataset, date; the options below go"
                    + " before it.")
    private Path about;

    @Option(names = "--title", paramLabel = "TEXT", description = "The report's title.")
    private String title;

    @Option(names = "--organisation", paramLabel = "TEXT", description = "Who asked for it.")
    private String organisation;

    @Option(names = "--purpose", paramLabel = "TEXT", description = "Why, such as the release of the model to partners.")
    private String purpose;

    @Option(names = "--author", paramLabel = "TEXT", description = "Who made it.")
    private String author;

    @Option(names = "--dataset-name", paramLabel = "TEXT", description = "What the notes are called.")
    private String dataset;

    @Option(names = "--date", paramLabel = "DAY", description = "The report's day, such as 2026-11-28 (default: today).")
    private String date;

    /** What is said here, and of the day, if nothing is, today; to be asked for before any long work. */
    Subject toDatedSubject() {
        Subject said = toSubject();
        return said.date().isPresent() ? said : said.withDate(LocalDate.now());
    }

    /** What is said here and no more. */
    Subject toSubject() {
        Subject file = about == null ? Subject.UNNAMED : Subject.read(about);
        return file.overriddenBy(BadUsageException.ifRefused(
                () -> new Subject(Optional.ofNullable(title), Optional.ofNullable(organisation), Optional.ofNullable(purpose),
                        Optional.ofNullable(author), Optional.ofNullable(dataset), Optional.ofNullable(date))));
    }
}
