package io.github.miaudit;

import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.report.Document;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What was found, as it may be told: a document, its text and its JSON. Counts of few patients, and what they follow from, are in
 * none of them; they are in the {@linkplain #confidential() results}, which are for who may read the notes. Two reports are equal if
 * their documents are. Immutable.
 *
 * @param <D> what may be told
 * @param <R> what was found
 */
public abstract sealed class Report<D extends Document, R> permits AuditReport, ComparisonReport, IdentifierReport {

    private final D document;
    private final Optional<R> results;

    Report(D document, Optional<R> results) {
        this.document = document;
        this.results = results;
    }

    final Optional<R> results() {
        return results;
    }

    /** What may be told: the JSON, member by member. */
    public final D document() {
        return document;
    }

    /**
     * Everything that was found, nothing left out: counts of few patients, scores, who is exposed. Not to be printed, logged or
     * passed on where the notes may not be.
     *
     * @throws IllegalStateException if the report was read from a file, which holds none of this
     */
    public final R confidential() {
        return results.orElseThrow(
                () -> new IllegalStateException("the report was read from a file, which holds what may be told and nothing else"));
    }

    /** The report for people: plain text of several lines, ending with a line break. */
    public final String toText() {
        return document.toText();
    }

    /** The report for programs: a JSON object, indented, as {@code jsonSchema()} describes it. */
    public final String toJson() {
        return document.toJson();
    }

    /**
     * SHA-256 of {@link #toJson()} in UTF-8, and so of the file that {@link #writeJson} writes: by it all that is made of the report names
     * it.
     */
    public final String digest() {
        return Sha256.of(toJson().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes {@link #toJson()} to a file, whole or not at all.
     *
     * @param file the file to make or replace; missing folders are created
     * @throws io.github.miaudit.io.InvalidFileException if it can't be written
     */
    public final void writeJson(Path file) {
        AtomicFile.write(file, writer -> writer.write(toJson()));
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Report<?, ?> report && document.equals(report.document);
    }

    @Override
    public final int hashCode() {
        return document.hashCode();
    }
}
