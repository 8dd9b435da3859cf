package io.github.miaudit.djl;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Natives that come with the class path, or that DJL would download where it holds none of the version that is asked for. */
record ClassPathNativeFindings(Settings settings, BundledNatives bundled, CudaDevices cuda) implements Examination {

    @Override
    public List<Finding> findings() {
        Optional<String> wanted = settings.of(NativeFindings.VERSION)
                .filter(version -> !bundled.libtorch().map(BundledNatives.Libtorch::version).orElse("").startsWith(version));
        return wanted.isPresent() || bundled.libtorch().isEmpty() ? List.of(downloaded(wanted.orElse(bundled.pytorch())))
                : unpacked(bundled.libtorch().get());
    }

    private List<Finding> unpacked(BundledNatives.Libtorch libtorch) {
        List<Finding> findings = new ArrayList<>();
        String version = libtorch.version();
        String flavour = libtorch.flavour();
        findings.add(Finding.fact(NativeFindings.SUBJECT,
                "those of the class path: PyTorch " + version + " " + flavour + " for " + settings.platform()));
        Path folder = settings.cached(version, flavour);
        List<String> missing = libtorch.libraries().stream().filter(library -> Files.notExists(folder.resolve(library))).toList();
        if (Files.exists(folder.resolve(NativeFindings.LIBTORCH)) && !missing.isEmpty()) {
            findings.add(Finding.fault(NativeFindings.SUBJECT,
                    folder + " lacks " + String.join(", ", missing) + "; remove this folder, and it is unpacked anew"));
        }
        if (!bundled.flavours().contains(flavour) || !version.startsWith(bundled.glue())) {
            findings.add(
                    Finding.fault(NativeFindings.SUBJECT, "the class path holds PyTorch " + version + " " + flavour + ", and JNI code for "
                            + bundled.glue() + " " + String.join(" and ", bundled.flavours()) + "; take natives of that version"));
        }
        settings.of(NativeFindings.FLAVOUR).filter(set -> !set.equals(flavour)).ifPresent(
                set -> findings
                        .add(Finding.advice(NativeFindings.SUBJECT, NativeFindings.FLAVOUR + " is " + set + ", which counts only beside "
                                + NativeFindings.PATH + "; what is used is " + flavour)));
        if (!cuda.isEmpty() && flavour.startsWith("cpu")) {
            findings.add(
                    Finding.advice(NativeFindings.SUBJECT, "there is a GPU, and these natives are for the CPU alone, so it is not used; "
                            + NativeFindings.GUIDE + " says how to get natives for CUDA"));
        }
        return findings;
    }

    /** What DJL would fetch, if it has not done so before. */
    private Finding downloaded(String version) {
        String flavour = settings.of(NativeFindings.FLAVOUR).orElse(cuda.isEmpty() ? "cpu" : "cu" + cuda.runtime());
        Path folder = settings.cached(version, flavour);
        if (Files.exists(folder.resolve(NativeFindings.LIBTORCH))) {
            return Finding.fact(NativeFindings.SUBJECT, "those downloaded before: PyTorch " + version + " " + flavour + ", in " + folder);
        }
        boolean asked = settings.of(NativeFindings.VERSION).isPresent();
        String what = asked ? NativeFindings.VERSION + " is " + version + ", of which the class path holds no natives"
                : "the class path holds no natives for " + settings.platform();
        if (settings.isOffline()) {
            return Finding.fault(NativeFindings.SUBJECT, what + ", so DJL would download them, which mia does not allow; "
                    + (asked ? "unset it" : "build on the kind of machine that scores") + ", or name a folder with libtorch by "
                    + NativeFindings.PATH + " (" + NativeFindings.GUIDE + ")");
        }
        return Finding.advice(NativeFindings.SUBJECT, what + ", so DJL will download them when a model is first opened");
    }
}
