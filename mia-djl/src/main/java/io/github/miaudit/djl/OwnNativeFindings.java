package io.github.miaudit.djl;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Natives in a folder that {@code PYTORCH_LIBRARY_PATH} names: whether DJL's JNI code, between Java and PyTorch, is found and fits. */
record OwnNativeFindings(Settings settings, BundledNatives bundled, CudaDevices cuda, LibtorchFolder folder) implements Examination {

    private static final Pattern STATED = Pattern.compile("(\\d+\\.\\d+\\.\\d+(?:-[a-z]+)?)(?:-SNAPSHOT)?(?:-\\d+)?");

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Path inCache = settings.cached(version(), flavour()).resolve(bundled.djl() + "-" + NativeFindings.GLUE);
        Optional<Path> beside = folder.glue(bundled.djl());
        Optional<Path> glue = beside.or(() -> Optional.of(inCache).filter(Files::exists));
        findings.add(fact("those of " + NativeFindings.PATH + ", " + folder.folder() + ": PyTorch "
                + folder.version().orElse("of a version that is not stated there") + ", taken as " + version() + " " + flavour()
                + "; JNI code " + glue.map(Path::toString).orElse("of the class path, for PyTorch " + bundled.glue())));
        if (glue.isEmpty()) {
            missingGlue().ifPresent(findings::add);
        }
        if (beside.isEmpty()) { // what lies in the folder was compiled against it, or nobody can tell
            otherVersion(glue.isPresent() ? version() : bundled.glue()).ifPresent(findings::add);
        }
        otherKind().ifPresent(findings::add);
        return findings;
    }

    private Optional<Finding> missingGlue() {
        Matcher stated = STATED.matcher(version());
        if (!stated.matches()) {
            return fault(NativeFindings.VERSION + " is " + version() + ", which DJL does not understand; write it as " + bundled.pytorch()
                    + ", without a part behind a plus sign");
        }
        if (!bundled.glue().equals(stated.group(1))) {
            return fault(NativeFindings.VERSION + " is " + version() + ", and the class path holds JNI code for PyTorch " + bundled.glue()
                    + " alone, so DJL would download it, which mia does not allow; " + remedy());
        }
        if (!bundled.flavours().contains(flavour())) {
            String better = bundled.flavours().stream().filter(each -> each.startsWith("cu") && folder.hasCuda()).findFirst().orElse("cpu");
            return fault(NativeFindings.FLAVOUR + settings.of(NativeFindings.FLAVOUR).map(set -> " is " + set)
                    .orElse(" is not set, which DJL takes as " + flavour()) + ", and the class path holds JNI code for "
                    + String.join(" and ", bundled.flavours()) + "; set it to " + better);
        }
        return Optional.empty();
    }

    private Optional<Finding> otherVersion(String ofGlue) {
        String expected = ofGlue.replaceFirst("-.*", "");
        return folder.version().filter(real -> !real.matches(Pattern.quote(expected) + "(\\D.*)?")).flatMap(
                real -> fault(
                        "the folder holds PyTorch " + real + ", and the JNI code is for " + expected + "; loading both together can end"
                                + " the process; " + remedy()));
    }

    private Optional<Finding> otherKind() {
        if (flavour().startsWith("cu") && !folder.hasCuda()) {
            return fault(NativeFindings.FLAVOUR + " is " + flavour() + ", and the folder holds PyTorch for the CPU alone; set it to cpu");
        }
        if (flavour().startsWith("cpu") && folder.hasCuda()) {
            return Optional.of(Finding.advice(NativeFindings.SUBJECT, "the folder holds PyTorch for CUDA, and " + NativeFindings.FLAVOUR
                    + " is " + flavour() + ", so no GPU is used; set it to the kind that the folder is of, such as cu128"));
        }
        return Optional.empty();
    }

    private String remedy() {
        return "take PyTorch " + bundled.glue() + ", or compile that code against yours and put it into the folder as "
                + NativeFindings.GLUE
                + " (" + NativeFindings.GUIDE + ")";
    }

    private String version() {
        return settings.of(NativeFindings.VERSION)
                .orElse(bundled.libtorch().map(BundledNatives.Libtorch::version).orElse(bundled.pytorch()));
    }

    /** Where nothing is said, DJL takes PyTorch for a build with the C++ interface of old. */
    private String flavour() {
        String usual = cuda.isEmpty() ? "cpu" : "cu" + cuda.runtime();
        return settings.of(NativeFindings.FLAVOUR).orElse(cuda.isEmpty() && !settings.isLinux() ? usual : usual + "-precxx11");
    }

    private static Finding fact(String text) {
        return Finding.fact(NativeFindings.SUBJECT, text);
    }

    private static Optional<Finding> fault(String text) {
        return Optional.of(Finding.fault(NativeFindings.SUBJECT, text));
    }
}
