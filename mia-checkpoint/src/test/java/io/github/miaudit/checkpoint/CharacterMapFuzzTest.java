package io.github.miaudit.checkpoint;

import io.github.miaudit.io.FileReaderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** A table of normalised characters, without its base64. */
class CharacterMapFuzzTest extends FileReaderContract {

    CharacterMapFuzzTest() {
        super("table.charsmap", 100);
    }

    @Override
    protected void read(Path file) throws IOException {
        CharacterMap.of(file, "precompiled_charsmap", Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
    }
}
