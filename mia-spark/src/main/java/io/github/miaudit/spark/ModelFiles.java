package io.github.miaudit.spark;

import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.OwnerOnly;
import io.github.miaudit.io.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * A model's folder in a file system that Hadoop knows, and the digest of all its files: SHA-256 of each name with the SHA-256 of the file,
 * in the order of the names. Files and folders whose names begin with a dot are no part of it.
 */
final class ModelFiles {

    private static final int BUFFER = 1 << 20;

    private final FileSystem system;
    private final Path folder;
    private final SortedMap<String, Path> files;

    private ModelFiles(FileSystem system, Path folder, SortedMap<String, Path> files) {
        this.system = system;
        this.folder = folder;
        this.files = files;
    }

    /**
     * Lists a folder.
     *
     * @throws AuditException if it is not there, or holds no {@code config.json}
     */
    static ModelFiles in(String uri, Configuration hadoop) throws IOException {
        Path path = new Path(uri);
        FileSystem system = path.getFileSystem(hadoop);
        Path folder = system.makeQualified(path);
        if (!system.exists(folder)) {
            throw new AuditException(folder + ": the model's folder is not there");
        }
        SortedMap<String, Path> files = new TreeMap<>();
        RemoteIterator<LocatedFileStatus> all = system.listFiles(folder, true);
        while (all.hasNext()) {
            Path file = all.next().getPath();
            String name = folder.toUri().relativize(file.toUri()).getPath();
            if (Stream.of(name.split("/")).noneMatch(part -> part.startsWith("."))) {
                files.put(name, file);
            }
        }
        if (!files.containsKey("config.json")) {
            throw new AuditException(folder + ": holds no config.json; name a folder as Hugging Face's transformers saves one, with"
                    + " config.json, weights and a tokenizer, not the root of a cache");
        }
        return new ModelFiles(system, folder, files);
    }

    /** The folder's own name, by which people know the model. */
    String name() {
        return folder.getName();
    }

    String digest() throws IOException {
        SortedMap<String, String> digests = new TreeMap<>();
        for (String name : files.keySet()) {
            MessageDigest digest = Sha256.newDigest();
            read(name, digest, OutputStream.nullOutputStream());
            digests.put(name, HexFormat.of().formatHex(digest.digest()));
        }
        return digest(digests);
    }

    /** Copies all into a local folder, for its owner alone, and returns the digest of what was written, read again. */
    String copyTo(java.nio.file.Path target) throws IOException {
        SortedMap<String, String> digests = new TreeMap<>();
        for (String name : files.keySet()) {
            java.nio.file.Path copy = target.resolve(name).normalize();
            if (!copy.startsWith(target)) {
                throw new AuditException(folder + ": file " + name + " would be copied out of the model's folder");
            }
            OwnerOnly.makeFolders(copy.getParent());
            Files.createFile(copy, OwnerOnly.file(copy));
            try (OutputStream stream = Files.newOutputStream(copy, StandardOpenOption.WRITE)) {
                read(name, Sha256.newDigest(), stream);
            }
            digests.put(name, Sha256.ofFiles(copy));
        }
        return digest(digests);
    }

    private void read(String name, MessageDigest digest, OutputStream copy) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream stream = system.open(files.get(name))) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                digest.update(buffer, 0, read);
                copy.write(buffer, 0, read);
            }
        }
    }

    private static String digest(SortedMap<String, String> digests) {
        MessageDigest all = Sha256.newDigest();
        digests.forEach((name, digest) -> {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            all.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            all.update(bytes);
            all.update(HexFormat.of().parseHex(digest));
        });
        return HexFormat.of().formatHex(all.digest());
    }
}
