package io.github.miaudit.djl;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** GPUs: those that DJL sees, and why it sees none where there are some. */
record GpuFindings(Settings settings, CudaDevices cuda, DriverSigns driver) implements Examination {

    private static final String SUBJECT = "GPUs";
    private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";
    private static final String RUNTIME = "libcudart.so";

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (cuda.isEmpty()) {
            findings.add(Finding.fact(SUBJECT, "DJL sees none" + (cuda.complaint().isEmpty() ? ""
                    : "; CUDA's runtime library says: " + cuda.complaint()) + (driver.isEmpty() ? "" : "; there is: " + driver.text())));
            if (!driver.isEmpty()) {
                findings.add(Finding.advice(SUBJECT, unseen()));
            }
            return findings;
        }
        for (int number = 0; number < cuda.gpus().size(); number++) {
            CudaDevices.Gpu gpu = cuda.gpus().get(number);
            String capability = gpu.capability();
            findings.add(Finding.fact(SUBJECT, "gpu:" + number + (driver.names().size() == cuda.gpus().size() ? ", "
                    + driver.names().get(number) : "") + ", compute capability " + capability.substring(0, capability.length() - 1) + "."
                    + capability.charAt(capability.length() - 1) + ", " + Bytes.text(gpu.memory()) + ", " + Bytes.text(gpu.free())
                    + " free; scores in " + Precision.usualOn(capability).label() + " unless told otherwise"));
        }
        return findings;
    }

    private String unseen() {
        Optional<String> visible = Optional.ofNullable(settings.environment().get(VISIBLE))
                .filter(set -> set.isBlank() || set.startsWith("-"));
        if (visible.isPresent()) {
            return VISIBLE + " is '" + visible.get() + "', which hides all GPUs; unset it";
        }
        if (!cuda.complaint().isEmpty()) {
            return "CUDA's runtime library says: " + cuda.complaint()
                    + "; a newer driver, or an older CUDA, or access for this user or container"
                    + " may help";
        }
        List<Path> found = found();
        if (found.stream().anyMatch(file -> file.endsWith(RUNTIME))) {
            return "CUDA's runtime library is there, " + found.get(0)
                    + ", and sees no GPU; is it newer than the driver, or is the GPU kept from"
                    + " this user or container?";
        }
        return "DJL finds GPUs by CUDA's runtime library, under the name " + RUNTIME
                + ", and there is none in the folders of LD_LIBRARY_PATH or"
                + " -Djna.library.path; " + (found.isEmpty() ? "add the folder that holds it"
                        : "make a link of that name to " + found.get(0));
    }

    /** Files that are or could be called CUDA's runtime library, in the folders where DJL would look for it. */
    private List<Path> found() {
        List<Path> found = new ArrayList<>();
        String folders = settings.environment().getOrDefault("LD_LIBRARY_PATH", "") + File.pathSeparator
                + settings.property("jna.library.path");
        Stream.of(folders.split(File.pathSeparator)).filter(folder -> !folder.isBlank()).map(Path::of).filter(Files::isDirectory)
                .forEach(folder -> {
                    try (Stream<Path> files = Files.list(folder)) {
                        files.filter(file -> file.getFileName().toString().startsWith(RUNTIME)).sorted().forEach(found::add);
                    } catch (IOException e) {
                        return; // not readable, so not looked at by DJL either
                    }
                });
        return found;
    }
}
