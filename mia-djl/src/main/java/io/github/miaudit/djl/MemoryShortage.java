package io.github.miaudit.djl;

import ai.djl.engine.EngineException;
import java.util.List;

/** Tells PyTorch's failures for want of memory from others; it has no exception of its own for them, so by its words. */
final class MemoryShortage {

    private static final List<String> WORDS = List.of("DefaultCPUAllocator: can't allocate memory", // Linux and macOS
            "DefaultCPUAllocator: not enough memory", // Windows
            "CUDA out of memory", "CUDA error: out of memory", "CUBLAS_STATUS_ALLOC_FAILED", "std::bad_alloc");

    private MemoryShortage() {
    }

    /** Passes a shortage on from where failures are otherwise taken for something else. */
    static void rethrow(Exception failure) {
        if (failure instanceof EngineException engine && isIn(engine)) {
            throw engine;
        }
    }

    static boolean isIn(EngineException failure) {
        String message = String.valueOf(failure.getMessage());
        return WORDS.stream().anyMatch(message::contains);
    }
}
