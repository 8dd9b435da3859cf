package io.github.miaudit.djl;

import java.util.List;

/**
 * The GPUs that DJL sees through CUDA's runtime library.
 *
 * @param runtime the version of that library as names of natives have it, such as {@code 128}; blank without a GPU
 * @param complaint what the library says of why it sees none; blank where it is not there, or says nothing
 */
record CudaDevices(String runtime, List<Gpu> gpus, String complaint) {

    static final CudaDevices NONE = none("");

    /** A GPU: its compute capability, such as {@code 90} for 9.0, and its bytes. */
    record Gpu(String capability, long memory, long free) {
    }

    static CudaDevices none(String complaint) {
        return new CudaDevices("", List.of(), complaint);
    }

    boolean isEmpty() {
        return gpus.isEmpty();
    }
}
