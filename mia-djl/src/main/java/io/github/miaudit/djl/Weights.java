package io.github.miaudit.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.miaudit.checkpoint.Checkpoint;
import io.github.miaudit.checkpoint.ElementType;
import io.github.miaudit.checkpoint.LowRankUpdate;
import io.github.miaudit.checkpoint.StoredTensor;
import io.github.miaudit.io.InvalidFileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A checkpoint's tensors as the engine's, in float32 on the manager's device. On the CPU float32 data stay where they are, mapped. */
final class Weights {

    private Weights() {
    }

    /** All that the network takes, under the program's names. */
    static Map<String, NDArray> load(Checkpoint checkpoint, NDManager manager) {
        return load(checkpoint, manager, UnaryOperator.identity());
    }

    /** As {@link #load(Checkpoint, NDManager)}, each made something else of before the next is read. */
    static Map<String, NDArray> load(Checkpoint checkpoint, NDManager manager, UnaryOperator<NDArray> conversion) {
        Map<String, NDArray> loaded = new LinkedHashMap<>();
        checkpoint.tensors().forEach((name, stored) -> {
            NDArray tensor = adapted(read(stored, manager), checkpoint.updates().get(name));
            requireFinite(stored, tensor);
            loaded.put(name, conversion.apply(tensor));
        });
        return loaded;
    }

    /** With what an adapter adds to it, in float32. */
    private static NDArray adapted(NDArray tensor, @Nullable LowRankUpdate update) {
        if (update == null) {
            return tensor;
        }
        try (tensor; NDManager scratch = tensor.getManager().newSubManager()) {
            NDArray added = read(update.up(), scratch).matMul(read(update.down(), scratch)).mul((float) update.scale());
            NDArray sum = tensor.add(added);
            sum.attach(tensor.getManager());
            return sum;
        }
    }

    static NDArray read(StoredTensor stored, NDManager manager) {
        return read(stored, manager, StoredTensor.LARGEST_BUFFER);
    }

    /** As {@link #read(StoredTensor, NDManager)}, in pieces of at most so many bytes. */
    static NDArray read(StoredTensor stored, NDManager manager, long largestBuffer) {
        List<StoredTensor> pieces = stored.pieces(largestBuffer);
        if (pieces.size() == 1) {
            return piece(stored, manager);
        }
        try (NDManager scratch = manager.newSubManager()) {
            NDArray whole = NDArrays.concat(new NDList(pieces.stream().map(piece -> piece(piece, scratch)).toList()), 0);
            whole.attach(manager);
            return whole;
        }
    }

    private static NDArray piece(StoredTensor stored, NDManager manager) {
        ByteBuffer bytes = stored.bytes();
        Shape shape = new Shape(stored.shape());
        return switch (stored.type()) {
            case FLOAT32 -> manager.create(bytes, shape, DataType.FLOAT32);
            case BFLOAT16 -> manager.create(widened(bytes.asShortBuffer()), shape, DataType.FLOAT32);
            default -> {
                DataType type = stored.type() == ElementType.FLOAT16 ? DataType.FLOAT16 : DataType.FLOAT64;
                try (NDArray asStored = manager.create(bytes, shape, type)) {
                    yield asStored.toType(DataType.FLOAT32, true);
                }
            }
        };
    }

    /** A bfloat16 is the upper half of a float32. */
    private static FloatBuffer widened(ShortBuffer stored) {
        FloatBuffer floats = ByteBuffer.allocateDirect(Math.multiplyExact(stored.remaining(), Float.BYTES)).order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        while (stored.hasRemaining()) {
            floats.put(Float.intBitsToFloat(stored.get() << 16));
        }
        return floats.flip();
    }

    private static void requireFinite(StoredTensor stored, NDArray tensor) {
        // The extremes of a tensor with a NaN are NaN.
        try (NDArray least = tensor.min(); NDArray greatest = tensor.max()) {
            if (!(Float.isFinite(least.getFloat()) && Float.isFinite(greatest.getFloat()))) {
                throw new InvalidFileException(stored.file(), "tensor " + stored.name() + " holds " + least.getFloat() + " to "
                        + greatest.getFloat() + "; weights must be finite, so the training went wrong or the file is broken");
            }
        }
    }
}
