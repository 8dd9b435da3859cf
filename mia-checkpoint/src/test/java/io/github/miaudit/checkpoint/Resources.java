package io.github.miaudit.checkpoint;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The checkpoints of the tests. */
final class Resources {

    static final Path BERT = folder("/golden/bert-tiny");
    static final Path ROBERTA = folder("/golden/roberta-tiny");

    private Resources() {
    }

    static Path folder(String name) {
        try {
            return Path.of(Resources.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
