package io.github.miaudit.checkpoint;

import io.github.miaudit.io.FileReaderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class ProgramUnpicklerFuzzTest extends FileReaderContract {

    private static final ProgramType NET = new ProgramType("__torch__.Net", List.of());
    private static final ProgramType NUMBERS = new ProgramType("List", List.of(new ProgramType("int", List.of())));

    ProgramUnpicklerFuzzTest() {
        super("data.pkl", 500);
    }

    @Override
    protected void read(Path file) throws IOException {
        ProgramUnpickler unpickler = new ProgramUnpickler(file, "data.pkl", name -> true, "Dict[str, Tensor]"::equals);
        Object value = unpickler.read(Files.readAllBytes(file));
        new ProgramType.Conformance(Map.of(NET.name(), Map.of("other", NET, "numbers", NUMBERS))).holds(value, NET);
    }
}
