package io.github.miaudit.checkpoint;

import io.github.miaudit.io.FileReaderContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Of the files of weights the index, with shards that are whole. */
class WeightFilesFuzzTest extends FileReaderContract {

    WeightFilesFuzzTest() {
        super("model.safetensors.index.json", 500);
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        byte[] header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}".getBytes(StandardCharsets.UTF_8);
        ByteBuffer shard = ByteBuffer.allocate(Long.BYTES + header.length + Float.BYTES).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length).put(header);
        Files.write(folder.resolve("a.safetensors"), shard.array());
    }

    @Override
    protected void read(Path file) {
        WeightFiles.open(ModelFolder.of(file.getParent()));
    }
}
