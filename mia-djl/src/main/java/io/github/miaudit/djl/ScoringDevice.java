package io.github.miaudit.djl;

import ai.djl.Device;
import io.github.miaudit.AuditException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a model computes. Immutable. */
public final class ScoringDevice {

    private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,4}))?");

    private final String name;

    private ScoringDevice(String name) {
        this.name = name;
    }

    /**
     * The first GPU if PyTorch sees one, else the CPU.
     *
     * @return the default
     */
    public static ScoringDevice auto() {
        return new ScoringDevice("auto");
    }

    /**
     * The device of a name.
     *
     * @param name {@code auto}, {@code cpu}, {@code gpu} (the first) or {@code gpu:N} (from 0)
     * @return the device; whether it exists is checked when a model is opened on it
     * @throws IllegalArgumentException if the name is none of these
     */
    public static ScoringDevice of(String name) {
        if (!name.equals("auto") && !name.equals("cpu") && !GPU.matcher(name).matches()) {
            throw new IllegalArgumentException("device is " + name + "; it must be auto, cpu, gpu or gpu:N");
        }
        return new ScoringDevice(name);
    }

    Device resolve() {
        int gpus = name.equals("cpu") ? 0 : NativeLibraries.pytorch().getGpuCount();
        Matcher gpu = GPU.matcher(name);
        if (!gpu.matches()) {
            return gpus > 0 ? Device.gpu(0) : Device.cpu();
        }
        int index = gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1));
        if (index >= gpus) {
            throw new AuditException("device " + name + " is not there: PyTorch sees " + gpus + " GPUs; choose cpu, or install"
                    + " the natives for CUDA as the README says");
        }
        return Device.gpu(index);
    }

    @Override
    public String toString() {
        return name;
    }
}
