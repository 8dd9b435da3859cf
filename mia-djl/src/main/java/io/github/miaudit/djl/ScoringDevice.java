package io.github.miaudit.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.miaudit.io.AuditException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where a model computes: on the CPU, on a GPU, or on several GPUs at once, which take batches from one queue. Immutable. */
public final class ScoringDevice {

    private static final Pattern NAMES = Pattern.compile("auto|cpu|gpu|gpus|gpu:\\d{1,4}(,gpu:\\d{1,4})*");

    private static final int TRIAL_SIZE = 16;

    private final String name;

    private ScoringDevice(String name) {
        this.name = name;
    }

    /** The first GPU if PyTorch sees one, else the CPU. */
    public static ScoringDevice auto() {
        return new ScoringDevice("auto");
    }

    /**
     * The device of a name: {@code auto}, {@code cpu}, {@code gpu} (the first), {@code gpu:N} (from 0), several of these such as
     * {@code gpu:0,gpu:1}, or {@code gpus} (all). Whether it exists is checked when a model is opened on it.
     *
     * @throws IllegalArgumentException if the name is none of these
     */
    public static ScoringDevice of(String name) {
        if (!NAMES.matcher(name).matches()) {
            throw new IllegalArgumentException("device is " + name + "; it must be auto, cpu, gpu, gpu:N, gpu:N,gpu:M or gpus");
        }
        return new ScoringDevice(name);
    }

    /** The devices, none twice. */
    List<Device> resolve() {
        return resolve(name.equals("cpu") ? 0 : NativeLibraries.pytorch().getGpuCount());
    }

    /** As {@link #resolve()}, on a machine of so many GPUs. */
    List<Device> resolve(int gpus) {
        if (name.equals("cpu") || name.equals("auto") && gpus == 0) {
            return List.of(Device.cpu());
        }
        int[] numbers = switch (name) {
            case "auto", "gpu" -> new int[] {0};
            case "gpus" -> IntStream.range(0, Math.max(1, gpus)).toArray();
            default -> Stream.of(name.split(",")).mapToInt(gpu -> Integer.parseInt(gpu.substring("gpu:".length()))).distinct().toArray();
        };
        for (int number : numbers) {
            if (number >= gpus) {
                throw new AuditException("device gpu:" + number + " is not there: PyTorch sees " + gpus + " GPUs; choose cpu, or install"
                        + " the natives for CUDA as docs/gpu.md says");
            }
        }
        return IntStream.of(numbers).mapToObj(Device::gpu).toList();
    }

    /** The device, where there can be but one. */
    Device resolveOne() {
        List<Device> devices = resolve();
        if (devices.size() > 1) {
            throw new AuditException(
                    "device " + name + " is " + devices.size() + " GPUs; here one is needed, such as " + label(devices.subList(0, 1)));
        }
        return devices.get(0);
    }

    /** Makes a GPU ready: the first use of one starts CUDA and its library for matrices. Returns the device. */
    static Device start(Device gpu) {
        try (NDManager scratch = NDManager.newBaseManager(gpu, "PyTorch")) {
            NDArray ones = scratch.ones(new Shape(TRIAL_SIZE, TRIAL_SIZE));
            ones.matMul(ones).toFloatArray(); // waits for it
            return gpu;
        }
    }

    /** Names as in {@link #of}. */
    static String label(List<Device> devices) {
        return devices.stream().map(device -> device.isGpu() ? "gpu:" + device.getDeviceId() : device.getDeviceType())
                .collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return name;
    }
}
