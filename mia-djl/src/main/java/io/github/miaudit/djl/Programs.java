package io.github.miaudit.djl;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The TorchScript programs that are resources beside this class, compiled by libtorch when they are loaded. */
final class Programs {

    private Programs() {
    }

    /**
     * Loads a program.
     *
     * @param name       the resource; {@code readout.torchscript}, which all share, is appended to it
     * @param attributes its numbers, names and switches
     */
    static Model load(String name, Map<String, Object> attributes, ScoringDevice device) {
        Model model = Model.newInstance("masked-lm", device.resolve(), "PyTorch");
        try {
            model.load(new ByteArrayInputStream(ProgramArchive.of(source(name) + source("readout.torchscript"), attributes)));
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedModelException e) {
            throw new IllegalStateException("program " + name + " does not compile", e);
        }
    }

    private static String source(String name) throws IOException {
        try (InputStream source = Programs.class.getResourceAsStream(name)) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
