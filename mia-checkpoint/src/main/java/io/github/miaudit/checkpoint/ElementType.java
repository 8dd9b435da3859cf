package io.github.miaudit.checkpoint;

import java.util.Map;

/** How a checkpoint stores the numbers of a tensor. */
public enum ElementType {

    FLOAT32(4),
    /** IEEE 754 binary16. */
    FLOAT16(2),
    /** The upper half of a float32. */
    BFLOAT16(2), FLOAT64(8),
    /** Whole numbers, booleans, 8-bit floats: no weights of a network that can be scored. */
    OTHER(0);

    private static final Map<String, ElementType> SAFETENSORS = Map.of("F32", FLOAT32, "F16", FLOAT16, "BF16", BFLOAT16, "F64", FLOAT64);
    private static final Map<String, ElementType> STORAGES = Map.of("FloatStorage", FLOAT32, "HalfStorage", FLOAT16, "BFloat16Storage",
            BFLOAT16, "DoubleStorage", FLOAT64);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    static ElementType ofSafetensors(String name) {
        return SAFETENSORS.getOrDefault(name, OTHER);
    }

    /** Of a PyTorch storage class. */
    static ElementType ofStorage(String name) {
        return STORAGES.getOrDefault(name, OTHER);
    }

    /** The size of a number. */
    int bytes() {
        return bytes;
    }
}
