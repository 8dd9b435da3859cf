package io.github.miaudit.djl;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The arithmetic of a network. Logits become log-probabilities in float32 whatever it is. Scores of different precisions are
 * different scores: a store keeps them apart, and target and reference should share one.
 */
public enum Precision {

    /** 32 bits; the default on a CPU. */
    FLOAT32(6),

    /** The upper 16 bits of a float32: its range, 2 to 3 significant digits. The default on GPUs that have it (NVIDIA: from Ampere on). */
    BFLOAT16(15),

    /** 16 bits, 4 significant digits; overflows beyond 65504, which stops the run. The default on older GPUs. */
    FLOAT16(5);

    private static final int AMPERE = 80;

    private final int scalarType;

    Precision(int scalarType) {
        this.scalarType = scalarType;
    }

    /** The name in a score's identity, such as {@code float32}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** PyTorch's number of the type. */
    int scalarType() {
        return scalarType;
    }

    /** What is used where nothing is asked for; one precision for all devices. */
    static Precision usualOn(List<Device> devices) {
        return devices.stream().map(device -> device.isGpu() ? usualOn(CudaUtils.getComputeCapability(device.getDeviceId())) : FLOAT32)
                .max(Comparator.naturalOrder()).orElseThrow();
    }

    /** The same for a GPU of a compute capability, written as {@code 80} for 8.0. */
    static Precision usualOn(String capability) {
        return isAmpere(capability) ? BFLOAT16 : FLOAT16;
    }

    /** Whether a compute capability is that of Ampere or a newer generation. */
    static boolean isAmpere(String capability) {
        return Integer.parseInt(capability) >= AMPERE;
    }
}
