package io.github.miaudit.checkpoint;

import io.github.miaudit.io.InvalidFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A state dict as PyTorch saves it: since 1.6 a zip archive with one pickle ({@code data.pkl}) and an entry a storage
 * ({@code data/0}, uncompressed); before, five pickles one after another (magic number, protocol, machine, state
 * dict, storage keys) and then the storages, each with its length. The numbers are read in place.
 */
final class PytorchFile {

    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final int LARGEST_PICKLE = 64 << 20;

    private final Path file;
    private final Storages storages;

    private PytorchFile(Path file) {
        this.file = file;
        storages = new Storages(file);
    }

    /** The tensors by name; only pickles are read. */
    static Map<String, StoredTensor> read(Path file) {
        PytorchFile pytorch = new PytorchFile(file);
        try (InputStream start = Files.newInputStream(file)) {
            byte[] head = start.readNBytes(2);
            return Arrays.equals(head, new byte[] {'P', 'K'}) ? pytorch.zipped() : pytorch.legacy();
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    private Map<String, StoredTensor> zipped() throws IOException {
        // the channel is ours, since the builder leaves its own open where the archive is broken
        try (FileChannel channel = FileChannel.open(file); ZipFile zip = ZipFile.builder().setSeekableByteChannel(channel).get()) {
            Optional<ZipArchiveEntry> pickle = Optional.empty();
            Optional<ZipArchiveEntry> byteOrder = Optional.empty();
            for (Enumeration<ZipArchiveEntry> entries = zip.getEntriesInPhysicalOrder(); entries.hasMoreElements();) {
                ZipArchiveEntry entry = entries.nextElement();
                String name = entry.getName().substring(entry.getName().indexOf('/') + 1); // below the archive's one folder
                if (name.startsWith("code/")) {
                    throw new InvalidFileException(file,
                            "is a TorchScript program, not a state dict; to score it, lay it with tokenizer.json in a folder of its"
                                    + " own as model.pt");
                } else if (name.equals("data.pkl")) {
                    pickle = Optional.of(entry);
                } else if (name.equals("byteorder")) {
                    byteOrder = Optional.of(entry);
                } else if (name.startsWith("data/")) {
                    place(zip, entry, name.substring("data/".length()));
                }
            }
            if (byteOrder.isPresent() && !new String(content(zip, byteOrder.get()), StandardCharsets.US_ASCII).equals("little")) {
                throw new InvalidFileException(file, "was saved on a big-endian machine; save it again on a little-endian one");
            }
            if (pickle.isEmpty()) {
                throw new InvalidFileException(file, "is a zip archive without data.pkl, so no PyTorch file");
            }
            return storages.tensors(stateDict(new ByteArrayInputStream(content(zip, pickle.get()))));
        }
    }

    private void place(ZipFile zip, ZipArchiveEntry entry, String key) throws IOException {
        requireStored(entry);
        zip.getRawInputStream(entry).close(); // finds out where the data begin
        storages.put(key, entry.getDataOffset(), entry.getSize());
    }

    /** What is not packed can't expand either. */
    private void requireStored(ZipArchiveEntry entry) {
        if (entry.getMethod() != ZipEntry.STORED) {
            throw new InvalidFileException(file, "compresses its entry " + InvalidFileException.printable(entry.getName())
                    + "; PyTorch never does, so save it again with torch.save");
        }
    }

    private byte[] content(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        requireStored(entry);
        try (InputStream stream = zip.getInputStream(entry)) {
            byte[] content = stream.readNBytes(LARGEST_PICKLE + 1);
            if (content.length > LARGEST_PICKLE) {
                throw new InvalidFileException(file,
                        "holds " + entry.getName() + " of more than " + LARGEST_PICKLE + " bytes; a state dict needs far less");
            }
            return content;
        }
    }

    private Map<String, StoredTensor> legacy() throws IOException {
        byte[] start;
        try (InputStream stream = Files.newInputStream(file)) {
            start = stream.readNBytes(LARGEST_PICKLE);
        }
        ByteArrayInputStream pickles = new ByteArrayInputStream(start);
        if (start.length == 0 || !MAGIC.equals(new TensorUnpickler(file).read(pickles))) {
            throw new InvalidFileException(file, "is no PyTorch file: neither a zip archive nor the format before 1.6");
        }
        new TensorUnpickler(file).read(pickles); // the protocol, always 1001
        if (new TensorUnpickler(file).read(pickles) instanceof Map<?, ?> machine && Boolean.FALSE.equals(machine.get("little_endian"))) {
            throw new InvalidFileException(file, "was saved on a big-endian machine; save it again on a little-endian one");
        }
        Map<String, TensorUnpickler.Tensor> tensors = stateDict(pickles);
        Object keys = new TensorUnpickler(file).read(pickles);
        placeInOrder(tensors, keys instanceof List<?> list ? list : List.of(), start.length - pickles.available());
        return storages.tensors(tensors);
    }

    /** Each storage is its number of elements in 8 bytes and then the elements. */
    private void placeInOrder(Map<String, TensorUnpickler.Tensor> tensors, List<?> keys, long begin) throws IOException {
        Map<String, TensorUnpickler.Storage> byKey = new HashMap<>();
        tensors.values().forEach(tensor -> byKey.put(tensor.storage().key(), tensor.storage()));
        try (FileChannel channel = FileChannel.open(file)) {
            long position = begin;
            for (Object key : keys) {
                TensorUnpickler.Storage storage = key instanceof String name ? byKey.get(name) : null;
                ByteBuffer count = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                int read = channel.read(count, position);
                if (storage == null || read < Long.BYTES || count.getLong(0) != storage.elements()) {
                    throw new InvalidFileException(file, "does not hold storage " + (key instanceof String name ? name : "of no name")
                            + " where it should; the file is truncated or broken");
                }
                long length = storage.elements() * storage.elementBytes();
                storages.put(storage.key(), position + Long.BYTES, length);
                position += Long.BYTES + length;
            }
        }
    }

    private Map<String, TensorUnpickler.Tensor> stateDict(ByteArrayInputStream pickle) {
        if (!(new TensorUnpickler(file).read(pickle) instanceof Map<?, ?> dictionary)) {
            throw new InvalidFileException(file, "holds no state dict; save it with torch.save(model.state_dict(), …)");
        }
        Map<String, TensorUnpickler.Tensor> tensors = new LinkedHashMap<>();
        dictionary.forEach((name, value) -> {
            if (!(value instanceof TensorUnpickler.Tensor tensor)) {
                throw new InvalidFileException(file, "holds no plain state dict: its entry " + name + " is no tensor");
            }
            tensors.put((String) name, tensor);
        });
        return tensors;
    }
}
