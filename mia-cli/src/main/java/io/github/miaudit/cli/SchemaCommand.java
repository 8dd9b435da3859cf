package io.github.miaudit.cli;

import io.github.miaudit.AuditReport;
import io.github.miaudit.ComparisonReport;
import io.github.miaudit.IdentifierReport;
import io.github.miaudit.report.output.dossier.DossierDocument;
import io.github.miaudit.report.output.dossier.DossierManifest;
import io.github.miaudit.suite.BenchmarkReport;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;

/** {@code mia schema}: what a document for programs holds. */
@Command(name = "schema", description = "Prints the JSON Schema (draft 2020-12) of a document that other commands write.")
final class SchemaCommand extends MiaCommand {

    /** A document with a schema. */
    enum Document {
        AUDIT(AuditReport::jsonSchema), COMPARISON(ComparisonReport::jsonSchema), IDENTIFIERS(IdentifierReport::jsonSchema), DOSSIER(
                DossierDocument::jsonSchema),
        MANIFEST(DossierManifest::jsonSchema),
        BENCHMARK(BenchmarkReport::jsonSchema);

        private final Supplier<String> schema;

        Document(Supplier<String> schema) {
            this.schema = schema;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "DOCUMENT", converter = DocumentConverter.class,
            description = "audit, comparison, identifiers, dossier, manifest or benchmark: of the file of that name with the ending .json.")
    private Document document;

    @Override
    void execute() {
        System.out.println(document.schema.get().strip());
    }

    /** By its label. */
    static final class DocumentConverter implements ITypeConverter<Document> {
        @Override
        public Document convert(String value) {
            return Stream.of(Document.values()).filter(document -> document.label().equals(value)).findFirst()
                    .orElseThrow(() -> Misspelling.noneOf(value, Stream.of(Document.values()).map(Document::label).toList()));
        }
    }
}
