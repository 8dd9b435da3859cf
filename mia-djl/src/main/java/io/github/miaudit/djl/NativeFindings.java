package io.github.miaudit.djl;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which of PyTorch's natives DJL 0.36.0 will load. It follows DJL's own order: a folder that {@code PYTORCH_LIBRARY_PATH} names, then what
 * {@code PYTORCH_VERSION} asks for, then the class path.
 */
record NativeFindings(Settings settings, BundledNatives bundled, CudaDevices cuda) implements Examination {

    static final String SUBJECT = "natives";
    static final String PATH = "PYTORCH_LIBRARY_PATH";
    static final String VERSION = "PYTORCH_VERSION";
    static final String FLAVOUR = "PYTORCH_FLAVOR";
    static final String GUIDE = "docs/gpu.md";
    static final String LIBTORCH = System.mapLibraryName("torch");
    static final String GLUE = System.mapLibraryName("djl_torch");

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Optional<String> named = settings.of(PATH);
        Optional<LibtorchFolder> own = own();
        if (named.isPresent() && own.isEmpty()) {
            findings.add(
                    Finding.advice(SUBJECT, PATH + " is " + named.get() + ", where no " + LIBTORCH + " is, so it is passed over; name the"
                            + " folder that holds it, or unset the variable"));
        }
        findings.addAll(own.<Examination>map(folder -> new OwnNativeFindings(settings, bundled, cuda, folder))
                .orElse(new ClassPathNativeFindings(settings, bundled, cuda)).findings());
        return findings;
    }

    /** Whether the natives of the class path lie in the cache, or none will be unpacked. */
    boolean areUnpacked() {
        return own().isPresent() || bundled.libtorch()
                .filter(libtorch -> Files.notExists(settings.cached(libtorch.version(), libtorch.flavour()).resolve(LIBTORCH))).isEmpty();
    }

    /** Whether there is no PyTorch, neither on the class path nor in a folder that is named. */
    boolean areMissing() {
        return own().isEmpty() && bundled.libtorch().isEmpty();
    }

    private Optional<LibtorchFolder> own() {
        return settings.of(PATH).flatMap(LibtorchFolder::in);
    }
}
