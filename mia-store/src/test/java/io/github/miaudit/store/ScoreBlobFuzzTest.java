package io.github.miaudit.store;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.FileReaderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Scores and directories as they are after a row was opened. */
class ScoreBlobFuzzTest extends FileReaderContract {

    private static final Sample SENTENCE = Sample.of("a", "Slept well.");

    ScoreBlobFuzzTest() {
        super("score", 1000);
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        Secrets.write(folder.resolve("secret"));
    }

    @Override
    protected void read(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        try {
            ScoreBlob.content(content).sum();
            ScoreBlob.read(content, SENTENCE, Secrets.read(file.resolveSibling("secret")));
        } catch (IllegalArgumentException e) {
            // what it says of bytes that are no score
        }
    }
}
