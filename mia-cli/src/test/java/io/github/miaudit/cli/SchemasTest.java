package io.github.miaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The schemas in {@code docs/schemas} are those that the command prints; {@code -Dschemas.write=true} writes them anew. */
class SchemasTest {

    private static final Path FOLDER = Path.of("../docs/schemas");

    @ParameterizedTest
    @EnumSource
    void theFileIsWhatTheCommandPrints(SchemaCommand.Document document) throws IOException {
        Shell.Outcome outcome = Shell.mia("schema", document.label());
        assertEquals(0, outcome.exitCode(), outcome.err());
        Path file = FOLDER.resolve(document.label() + ".schema.json");
        if (Boolean.getBoolean("schemas.write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, outcome.out());
        }
        assertEquals(outcome.out(), Files.readString(file),
                file + " is of another version; write it anew with -Dschemas.write=true, and read what git says of it");
    }

    @Test
    void whatHasNoSchemaIsNamedWithWhatHas() {
        Shell.Outcome outcome = Shell.mia("schema", "report");
        assertEquals(2, outcome.exitCode(), outcome.err());
        assertTrue(outcome.err().contains("'report' is none of audit, comparison, identifiers, dossier, manifest, benchmark"),
                outcome.err());
    }
}
