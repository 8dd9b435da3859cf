package io.github.miaudit.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A tensor in a file, not yet read: where it lies, and how its elements follow one another.
 *
 * @param file    the file
 * @param name    its name there, for errors
 * @param type    how its numbers are stored, little-endian
 * @param shape   its axes
 * @param strides for each axis how many elements lie between neighbours
 * @param offset  the byte of its first element
 */
record StoredTensor(Path file, String name, ElementType type, long[] shape, long[] strides, long offset) {

    /** The most bytes that are mapped at once: a Java buffer's limit. */
    static final long LARGEST_BUFFER = Integer.MAX_VALUE;

    /** A tensor whose elements follow one another, the last axis fastest. */
    static StoredTensor contiguous(Path file, String name, ElementType type, long[] shape, long offset) {
        return new StoredTensor(file, name, type, shape, rowMajor(shape), offset);
    }

    static long[] rowMajor(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return strides;
    }

    /** Some of its rows: a slice of the first axis. */
    StoredTensor rows(long first, long count) {
        long[] sliced = shape.clone();
        sliced[0] = count;
        return new StoredTensor(file, name, type, sliced, strides, offset + first * strides[0] * type.bytes());
    }

    /** The tensor as float32 on the manager's device. On the CPU float32 data stay where they are, mapped. */
    NDArray read(NDManager manager) {
        return read(manager, LARGEST_BUFFER);
    }

    /** As {@link #read(NDManager)}, in pieces of at most so many bytes. */
    NDArray read(NDManager manager, long largestBuffer) {
        if (type == ElementType.OTHER) {
            throw new InvalidFileException(file, "tensor " + name + " holds no floating-point numbers; supported are float32, float16, bfloat16 and float64");
        }
        long rowBytes = Arrays.stream(shape).skip(1).reduce(type.bytes(), (product, axis) -> product * axis);
        long rowsAtOnce = shape.length == 0 ? 1 : Math.max(1, largestBuffer / Math.max(1, rowBytes));
        if (rowBytes > largestBuffer) {
            throw new InvalidFileException(file, "a row of tensor " + name + " has " + rowBytes + " bytes; at most " + largestBuffer + " are supported");
        }
        if (!Arrays.equals(strides, rowMajor(shape)) && extent() * type.bytes() > largestBuffer) {
            throw new InvalidFileException(file, "tensor " + name + " is saved out of order over " + extent() * type.bytes()
                    + " bytes; save it as contiguous()");
        }
        if (shape.length == 0 || shape[0] <= rowsAtOnce) {
            return piece(manager);
        }
        try (NDManager scratch = manager.newSubManager()) {
            NDList pieces = new NDList();
            for (long row = 0; row < shape[0]; row += rowsAtOnce) {
                pieces.add(rows(row, Math.min(rowsAtOnce, shape[0] - row)).piece(scratch));
            }
            NDArray whole = NDArrays.concat(pieces, 0);
            whole.attach(manager);
            return whole;
        }
    }

    private NDArray piece(NDManager manager) {
        ByteBuffer bytes = Arrays.equals(strides, rowMajor(shape)) ? map(elements()) : gathered();
        Shape size = new Shape(shape);
        return switch (type) {
            case FLOAT32 -> manager.create(bytes, size, DataType.FLOAT32);
            case BFLOAT16 -> manager.create(widened(bytes.asShortBuffer()), size, DataType.FLOAT32);
            default -> {
                try (NDArray stored = manager.create(bytes, size, type == ElementType.FLOAT16 ? DataType.FLOAT16 : DataType.FLOAT64)) {
                    yield stored.toType(DataType.FLOAT32, true);
                }
            }
        };
    }

    private long elements() {
        return Arrays.stream(shape).reduce(1, (product, axis) -> product * axis);
    }

    /** From the first element to the last in the file, in elements. */
    private long extent() {
        long last = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            last += (shape[axis] - 1) * strides[axis];
        }
        return last + 1;
    }

    /** A bfloat16 is the upper half of a float32. */
    private static FloatBuffer widened(ShortBuffer stored) {
        FloatBuffer floats = ByteBuffer.allocateDirect(Math.multiplyExact(stored.remaining(), Float.BYTES)).order(ByteOrder.nativeOrder()).asFloatBuffer();
        while (stored.hasRemaining()) {
            floats.put(Float.intBitsToFloat(stored.get() << 16));
        }
        return floats.flip();
    }

    /** The elements brought into order, for the rare tensor that was saved transposed or as a part of another. */
    private ByteBuffer gathered() {
        ByteBuffer stored = map(extent());
        ByteBuffer ordered = ByteBuffer.allocateDirect(Math.toIntExact(elements() * type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        long[] index = new long[shape.length];
        for (long element = 0; element < elements(); element++) {
            long place = 0;
            for (int axis = 0; axis < shape.length; axis++) {
                place += index[axis] * strides[axis];
            }
            ordered.put(ordered.position(), stored, Math.toIntExact(place * type.bytes()), type.bytes());
            ordered.position(ordered.position() + type.bytes());
            for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
                index[axis] = 0;
            }
        }
        return ordered.flip();
    }

    private ByteBuffer map(long elements) {
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, offset, elements * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }
}
