package io.github.miaudit.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Where the scores of a bucket by one rule lie: {@code model=DIGEST/rule=LABEL/bucket=K/}, with files of scores that one attempt each wrote,
 * and {@code manifest.json}, which names the one that counts. A manifest appears whole, after its file, so what an attempt left that ended
 * early counts for nothing. All is its owner's alone where the file system knows owners.
 */
record BucketFolder(FileSystem system, Path path) {

    static final String MODEL = "model=";
    static final String RULE = "rule=";
    static final String BUCKET = "bucket=";
    static final String MANIFEST = "manifest.json";

    private static final FsPermission OWNERS_FOLDER = new FsPermission("700");
    private static final FsPermission OWNERS_FILE = new FsPermission("600");

    static BucketFolder of(String output, String modelDigest, String rule, int bucket, Configuration hadoop) throws IOException {
        Path root = new Path(output);
        FileSystem system = root.getFileSystem(hadoop);
        return new BucketFolder(system, new Path(system.makeQualified(root), MODEL + modelDigest + "/" + RULE + escaped(rule) + "/" + BUCKET
                + bucket));
    }

    /** A label as a name that every file system takes. */
    static String escaped(String label) {
        StringBuilder name = new StringBuilder();
        for (byte each : label.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xff);
            boolean plain = character < 0x80 && (Character.isLetterOrDigit(character) || "-_.,()".indexOf(character) >= 0);
            name.append(plain ? String.valueOf(character) : "%" + String.format("%02X", (int) character));
        }
        return name.toString();
    }

    /** Makes the folder and those above it that are missing, the output's own too. */
    void make() throws IOException {
        make(path, 4);
    }

    private void make(Path folder, int levels) throws IOException {
        if (levels > 1) {
            make(folder.getParent(), levels - 1);
        }
        if (!system.exists(folder)) {
            system.mkdirs(folder, OWNERS_FOLDER);
        }
    }

    /** A file that is not there yet, to be written. */
    OutputStream create(String name) throws IOException {
        return system.createFile(new Path(path, name)).permission(OWNERS_FILE).overwrite(false).build();
    }

    long size(String name) throws IOException {
        return system.getFileStatus(new Path(path, name)).getLen();
    }

    void delete(String name) throws IOException {
        system.delete(new Path(path, name), false);
    }

    /** The manifest; empty if there is none that can be read. */
    Optional<BucketManifest> manifest() throws IOException {
        try (InputStream stream = system.open(new Path(path, MANIFEST))) {
            return BucketManifest.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** The manifest, if its file is there, of its size. */
    Optional<BucketManifest> finished() throws IOException {
        Optional<BucketManifest> manifest = manifest();
        return manifest.isPresent() && hasFile(manifest.get()) ? manifest : Optional.empty();
    }

    private boolean hasFile(BucketManifest manifest) throws IOException {
        try {
            return size(manifest.file()) == manifest.bytes();
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    /**
     * Lets a file of scores count.
     *
     * @return whether it does; not if another attempt's already did
     */
    boolean commit(BucketManifest manifest) throws IOException {
        if (finished().isPresent()) {
            return false;
        }
        String unfinished = "." + MANIFEST + "-" + manifest.file();
        try (OutputStream stream = create(unfinished)) {
            stream.write(manifest.json().getBytes(StandardCharsets.UTF_8));
        }
        if (!rename(unfinished)) {
            delete(unfinished);
            if (finished().isEmpty()) {
                throw new IOException(path + ": a manifest can't be renamed");
            }
            return false;
        }
        return true;
    }

    private boolean rename(String unfinished) throws IOException {
        try {
            return system.rename(new Path(path, unfinished), new Path(path, MANIFEST));
        } catch (FileAlreadyExistsException e) {
            return false; // some file systems tell it so
        }
    }

    /** Removes all that lies there, the manifest first. */
    void clear() throws IOException {
        delete(MANIFEST);
        for (FileStatus file : system.listStatus(path)) {
            system.delete(file.getPath(), false);
        }
    }

    /** Whether nothing lies there. */
    boolean isEmpty() throws IOException {
        return !system.exists(path) || Stream.of(system.listStatus(path)).findAny().isEmpty();
    }
}
