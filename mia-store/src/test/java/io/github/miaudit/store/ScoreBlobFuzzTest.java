package io.github.miaudit.store;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.FileReaderContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Scores whose checksum is right, so that what follows it is looked at. */
class ScoreBlobFuzzTest extends FileReaderContract {

    private static final Sample SENTENCE = Sample.of("a", "Slept well.");
    private static final byte[] NAME = new byte[12];

    ScoreBlobFuzzTest() {
        super("score", 1000);
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        Files.writeString(folder.resolve("secret"), "5a".repeat(32));
    }

    @Override
    protected void read(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        CRC32C sum = new CRC32C();
        sum.update(Purpose.NAME.bytes());
        sum.update(NAME);
        sum.update(content);
        byte[] blob = ByteBuffer.allocate(content.length + Integer.BYTES).put(content).putInt((int) sum.getValue()).array();
        try (FileChannel secret = FileChannel.open(file.resolveSibling("secret"))) {
            ScoreBlob.check(blob, NAME, Purpose.NAME);
            ScoreBlob.read(blob, SENTENCE, NAME, Purpose.NAME, StoreSecret.read(secret, file.resolveSibling("secret")));
        } catch (IllegalArgumentException e) {
            // what it says of bytes that are no score
        }
    }
}
