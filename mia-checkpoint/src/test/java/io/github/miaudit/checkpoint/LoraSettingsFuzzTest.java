package io.github.miaudit.checkpoint;

import io.github.miaudit.io.FileReaderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The settings of an adapter, beside a whole adapter and its base model. */
class LoraSettingsFuzzTest extends FileReaderContract {

    LoraSettingsFuzzTest() {
        super("adapter_config.json", 10_000); // most of it is for the base model
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        for (String name : new String[] {"config.json", "model.safetensors"}) {
            Files.copy(Resources.BERT.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.copy(Resources.folder("/adapters/patterns").resolve("adapter_model.safetensors"),
                folder.resolve("adapter_model.safetensors"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    protected void read(Path file) {
        Checkpoint.open(file.getParent());
    }
}
