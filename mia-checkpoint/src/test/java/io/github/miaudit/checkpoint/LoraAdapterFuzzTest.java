package io.github.miaudit.checkpoint;

import io.github.miaudit.io.FileReaderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The tensors of an adapter, beside its settings and its base model. */
class LoraAdapterFuzzTest extends FileReaderContract {

    LoraAdapterFuzzTest() {
        super("adapter_model.safetensors", 2000);
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        for (String name : new String[] {"config.json", "model.safetensors"}) {
            Files.copy(Resources.BERT.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.copy(Resources.folder("/adapters/patterns").resolve("adapter_config.json"), folder.resolve("adapter_config.json"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    protected void read(Path file) {
        Checkpoint.open(file.getParent());
    }
}
