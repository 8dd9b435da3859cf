package io.github.miaudit.djl;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which machine code cuts texts into tokens. */
record TokenizerFindings(Settings settings, CudaDevices cuda) implements Examination {

    private static final String SUBJECT = "tokenizers";
    private static final String FLAVOUR = "RUST_FLAVOR";
    private static final String PATH = "RUST_LIBRARY_PATH";
    private static final String LIBRARY = System.mapLibraryName("tokenizers");

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        settings.of(PATH).filter(path -> !holdsLibrary(Path.of(path)))
                .ifPresent(path -> findings.add(Finding.fault(SUBJECT, PATH + " is " + path + ", which is no " + LIBRARY + "; unset it")));
        if (settings.of(PATH).isPresent()) {
            return findings;
        }
        Optional<String> flavour = settings.of(FLAVOUR);
        if (flavour.filter(set -> !set.equals("cpu") && !set.startsWith("cu")).isPresent()) {
            findings.add(Finding.fault(SUBJECT, FLAVOUR + " is " + flavour.get() + ", which DJL does not know; set it to cpu"));
        } else if (!cuda.isEmpty() && !settings.isOffline() && flavour.isEmpty()) {
            findings.add(Finding.advice(SUBJECT, FLAVOUR + " is not set and there is a GPU, so DJL will download tokenizers for CUDA, which"
                    + " are no faster; set it to cpu"));
        } else if (!cuda.isEmpty() && settings.isOffline() && flavour.filter(set -> set.startsWith("cu")).isPresent()) {
            findings.add(
                    Finding.fault(SUBJECT, FLAVOUR + " is " + flavour.get() + ", so DJL would download tokenizers for CUDA, which mia does"
                            + " not allow; set it to cpu"));
        }
        return findings;
    }

    private static boolean holdsLibrary(Path path) {
        return Files.isRegularFile(path) && path.endsWith(LIBRARY);
    }
}
