package io.github.miaudit.djl;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.util.Utils;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.OwnerOnly;
import io.github.miaudit.io.TemporaryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The machine code of PyTorch and of the tokenizers, which DJL unpacks into a folder when it is first needed. */
final class NativeLibraries {

    private static final int TRIAL_BYTES = 16 << 20; // as the tokenizers take

    private static final Unpacking PYTORCH = new Unpacking("pytorch");
    private static final Unpacking TOKENIZERS = new Unpacking("tokenizers");

    private NativeLibraries() {
    }

    /** PyTorch, loaded if need be. */
    static Engine pytorch() {
        return explaining(() -> {
            try {
                return PYTORCH.loading(() -> Engine.getEngine("PyTorch"));
            } catch (EngineException | LinkageError e) {
                Settings settings = Settings.current();
                if (new NativeFindings(settings, BundledNatives.of(settings.platform()), CudaDevices.NONE).areMissing()) {
                    throw new AuditException(MissingNatives.advice(settings.platform()), e);
                }
                throw e;
            }
        });
    }

    /** Loads the tokenizers if need be. */
    static void loadTokenizers() {
        explaining(() -> {
            TOKENIZERS.loading(() -> {
                LibUtils.checkStatus();
                return true;
            });
            return null;
        });
    }

    private static <T> T explaining(Supplier<T> loading) {
        TemporaryFiles.folder(); // they fail without one, and don't say why
        try {
            return loading.get();
        } catch (EngineException | LinkageError e) {
            Path folder = Utils.getEngineCacheDir();
            String setting = Utils.getEnvOrSystemProperty("ENGINE_CACHE_DIR") == null ? "DJL_CACHE_DIR" : "ENGINE_CACHE_DIR";
            String fault = fault(e).or(() -> trial(folder))
                    .map(found -> " (" + found.getClass().getSimpleName() + ": " + found.getMessage() + ")").orElse("");
            throw new AuditException(folder + ": PyTorch and the tokenizers, about 450 MB, can't be unpacked to and loaded from there"
                    + fault + "; make room and allow writing and executing, or set the environment variable " + setting
                    + " to another folder", e);
        }
    }

    /** What the system said. */
    private static Optional<Throwable> fault(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(cause -> cause instanceof IOException || cause instanceof UnsatisfiedLinkError).findFirst();
    }

    /** The tokenizers' loader keeps to itself what the system said, so something is written as it did. */
    private static Optional<Throwable> trial(Path folder) {
        try {
            OwnerOnly.makeFolders(folder);
            Path file = Files.createTempFile(folder, "trial", ".tmp");
            try {
                Files.write(file, new byte[TRIAL_BYTES]);
            } finally {
                Files.delete(file);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }
}
