package io.github.miaudit.checkpoint;

import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A tensor in a file, not yet read: where it lies, and how its elements follow one another.
 *
 * @param name    its name there, for errors
 * @param type    how its numbers are stored, little-endian
 * @param strides for each axis how many elements lie between neighbours
 * @param offset  the byte of its first element
 */
public record StoredTensor(Path file, String name, ElementType type, long[] shape, long[] strides, long offset) {

    /** The most bytes that are mapped at once: a Java buffer's limit. */
    public static final long LARGEST_BUFFER = Integer.MAX_VALUE;

    /** A tensor whose elements follow one another, the last axis fastest. */
    static StoredTensor contiguous(Path file, String name, ElementType type, long[] shape, long offset) {
        return new StoredTensor(file, name, type, shape, rowMajor(shape), offset);
    }

    private static long[] rowMajor(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return strides;
    }

    /** Some of its rows, a slice of the first axis. */
    StoredTensor rows(long first, long count) {
        long[] sliced = shape.clone();
        sliced[0] = count;
        return new StoredTensor(file, name, type, sliced, strides, offset + first * strides[0] * type.bytes());
    }

    /** A matrix with its axes exchanged. */
    StoredTensor transposed() {
        return new StoredTensor(file, name, type, new long[] {shape[1], shape[0]}, new long[] {strides[1], strides[0]}, offset);
    }

    /** Whether both hold the same numbers, stored in the same way. */
    boolean holdsTheSame(StoredTensor other) {
        if (type != other.type || !Arrays.equals(shape, other.shape)) {
            return false;
        }
        List<StoredTensor> mine = pieces(LARGEST_BUFFER);
        List<StoredTensor> others = other.pieces(LARGEST_BUFFER);
        return IntStream.range(0, mine.size()).allMatch(piece -> mine.get(piece).bytes().equals(others.get(piece).bytes()));
    }

    /**
     * The tensor in pieces of at most so many bytes: all of it, or some rows each, in order.
     *
     * @throws InvalidFileException if it holds no floating-point numbers, or its rows are too large or out of order
     */
    public List<StoredTensor> pieces(long largestBuffer) {
        if (type == ElementType.OTHER) {
            throw new InvalidFileException(file,
                    "tensor " + name + " holds no floating-point numbers; supported are float32, float16, bfloat16 and float64");
        }
        long rowBytes = Arrays.stream(shape).skip(1).reduce(type.bytes(), (product, axis) -> product * axis);
        if (rowBytes > largestBuffer) {
            throw new InvalidFileException(file,
                    "a row of tensor " + name + " has " + rowBytes + " bytes; at most " + largestBuffer + " are supported");
        }
        if (!isInOrder() && extent() * type.bytes() > largestBuffer) {
            throw new InvalidFileException(file,
                    "tensor " + name + " is saved out of order over " + extent() * type.bytes() + " bytes; save it as contiguous()");
        }
        long rowsAtOnce = Math.max(1, largestBuffer / Math.max(1, rowBytes));
        if (shape.length == 0 || shape[0] <= rowsAtOnce) {
            return List.of(this);
        }
        return LongStream.iterate(0, row -> row < shape[0], row -> row + rowsAtOnce)
                .mapToObj(row -> rows(row, Math.min(rowsAtOnce, shape[0] - row))).toList();
    }

    /**
     * The elements, the last axis fastest, little-endian; mapped into memory where they are stored so.
     *
     * @throws InvalidFileException if the file can't be read
     */
    public ByteBuffer bytes() {
        return isInOrder() ? map(elements()) : gathered();
    }

    private boolean isInOrder() {
        return Arrays.equals(strides, rowMajor(shape));
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
