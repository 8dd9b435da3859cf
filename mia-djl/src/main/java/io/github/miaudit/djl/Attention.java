package io.github.miaudit.djl;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.util.cuda.CudaUtils;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many calls a layer's attention takes: one a block of equal rows, by what PyTorch chooses, which every device can do; or one for
 * all rows, by kernels that a CUDA GPU has, which spares it a choice and often a plan for each shape. Where these kernels don't do, as
 * with padding or biases, the latter is a call a block too, by a kernel without plans.
 */
enum Attention {

    BY_BLOCK("apart.torchscript"), TOGETHER("together.torchscript");

    private static final Logger LOG = LoggerFactory.getLogger(Attention.class);

    private final String resource;

    Attention(String resource) {
        this.resource = resource;
    }

    /** What a device is fit for. */
    static Attention on(Device device, Precision precision) {
        return device.isGpu() && CudaUtils.hasCuda() ? on(CudaUtils.getComputeCapability(device.getDeviceId()), precision) : BY_BLOCK;
    }

    /** The same for a GPU of a compute capability, written as {@code 80} for 8.0; kernels in half precision are for Ampere and newer. */
    static Attention on(String capability, Precision precision) {
        return precision == Precision.FLOAT32 || Precision.isAmpere(capability) ? TOGETHER : BY_BLOCK;
    }

    /** Loads a program that attends this way or, where PyTorch lacks the kernels as they are called, block by block. */
    <T> T load(Function<Attention, T> program) {
        try {
            return program.apply(this);
        } catch (EngineException e) {
            if (this == BY_BLOCK || MemoryShortage.isIn(e)) {
                throw e;
            }
            LOG.warn("this PyTorch can't compute the attention of all rows in one call, so many short rows take longer; use the release"
                    + " that docs/gpu.md names: {}", e.getMessage());
            return program.apply(BY_BLOCK);
        }
    }

    /** The methods that make the difference. */
    String resource() {
        return resource;
    }

    /** The attributes of the program. */
    Map<String, Object> attributes() {
        return Map.of("together", this == TOGETHER);
    }
}
