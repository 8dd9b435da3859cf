package io.github.miaudit.checkpoint;

import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The numbers that a PyTorch file holds, by the keys under which tensors refer to them. */
final class Storages {

    /** How often tensors may use the same numbers, as tied weights do twice; a small file could fill the memory otherwise. */
    private static final int MOST_USES = 4;

    /** The bytes of a storage. */
    private record Place(long begin, long length) {
    }

    private final Path file;
    private final Map<String, Place> storages = new HashMap<>();

    Storages(Path file) {
        this.file = file;
    }

    void put(String key, long begin, long length) {
        storages.put(key, new Place(begin, length));
    }

    /** The tensors with their places, each of which must lie within its storage. */
    Map<String, StoredTensor> tensors(Map<String, TensorUnpickler.Tensor> tensors) throws IOException {
        long size = Files.size(file);
        Map<String, StoredTensor> stored = new TreeMap<>();
        double bytes = 0;
        for (Map.Entry<String, TensorUnpickler.Tensor> entry : tensors.entrySet()) {
            stored.put(entry.getKey(), stored(entry.getKey(), entry.getValue(), size));
            bytes += entry.getValue().bytes();
        }
        if (bytes > MOST_USES * (double) size) {
            throw new InvalidFileException(file, "has tensors of " + (long) bytes + " bytes in a file of " + size
                    + ": they use the same numbers over and over; save it as safetensors");
        }
        return stored;
    }

    private StoredTensor stored(String name, TensorUnpickler.Tensor tensor, long size) {
        ElementType type = tensor.storage().type();
        Place storage = storages.get(tensor.storage().key());
        if (storage == null) {
            throw new InvalidFileException(file, "lacks the storage " + tensor.storage().key() + " of tensor " + name);
        }
        try {
            long stated = Math.multiplyExact(tensor.storage().elements(), (long) tensor.storage().elementBytes());
            if (stated < 0 || stated > storage.length) {
                throw new InvalidFileException(file, "states " + stated + " bytes for the storage of tensor " + name + ", which has "
                        + storage.length + "; the file is truncated or broken");
            }
            long end = Math.multiplyExact(extent(tensor), (long) tensor.storage().elementBytes());
            if (!(tensor.offset() >= 0 && end <= storage.length && storage.begin + storage.length <= size)) {
                throw new InvalidFileException(file, "tensor " + name + " ends at byte " + end + " of a storage of " + storage.length
                        + "; the file is truncated or broken");
            }
        } catch (ArithmeticException e) {
            throw new InvalidFileException(file, "tensor " + name + " has the impossible shape " + Arrays.toString(tensor.shape()));
        }
        return new StoredTensor(file, name, type, tensor.shape(), tensor.strides(),
                storage.begin + tensor.offset() * tensor.storage().elementBytes());
    }

    /** One more than the index of the tensor's last element in its storage. */
    private static long extent(TensorUnpickler.Tensor tensor) {
        if (tensor.shape().length != tensor.strides().length || Arrays.stream(tensor.shape()).anyMatch(axis -> axis < 0)
                || Arrays.stream(tensor.strides()).anyMatch(stride -> stride < 0)) {
            throw new ArithmeticException();
        }
        long last = tensor.offset();
        for (int axis = 0; axis < tensor.shape().length; axis++) {
            if (tensor.shape()[axis] == 0) {
                return tensor.offset();
            }
            last = Math.addExact(last, Math.multiplyExact(tensor.shape()[axis] - 1, tensor.strides()[axis]));
        }
        return Math.addExact(last, 1);
    }
}
