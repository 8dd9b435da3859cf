package io.github.miaudit.djl;

import java.util.List;

/**
 * The GPUs that DJL sees through CUDA's runtime library.
 *
 * @param runtime the version of that library as names of natives have it, such as {@code 128}; blank without a GPU
 */
record CudaDevices(String runtime, List<Gpu> gpus) {

    static final CudaDevices NONE = new CudaDevices("", List.of());

    /** A GPU: its compute capability, such as {@code 90} for 9.0, and its bytes. */
    record Gpu(String capability, long memory, long free) {
    }

    boolean isEmpty() {
        return gpus.isEmpty();
    }
}
