package io.github.miaudit.spark;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OwnerOnly;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreManifest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the scores of a bucket by one rule lie: {@code model=DIGEST/rule=LABEL/bucket=K/}, with files of scores that one attempt each
 * wrote, and {@code manifest.json}, which names the one that counts. A manifest appears whole, after its file, so what an attempt left that
 * ended early counts for nothing. All is its owner's alone where the file system knows owners.
 */
record BucketFolder(FileSystem system, Path path) {

    static final String MODEL = "model=";
    static final String RULE = "rule=";
    static final String BUCKET = "bucket=";

    private static final Logger LOG = LoggerFactory.getLogger(BucketFolder.class);
    private static final FsPermission OWNERS_FOLDER = new FsPermission("700");
    private static final FsPermission OWNERS_FILE = new FsPermission("600");

    static BucketFolder of(String output, String modelDigest, MaskingRule rule, int bucket, Configuration hadoop) throws IOException {
        Path root = new Path(output);
        FileSystem system = root.getFileSystem(hadoop);
        return new BucketFolder(system,
                new Path(system.makeQualified(root), ScoreManifest.folder(modelDigest, rule) + "/" + BUCKET + bucket));
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
    Optional<ScoreManifest> manifest() throws IOException {
        Path manifest = new Path(path, ScoreManifest.NAME);
        try (InputStream stream = system.open(manifest)) {
            return Optional.of(ScoreManifest.parse(java.nio.file.Path.of(manifest.toUri().getPath()),
                    new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (ChecksumException e) {
            LOG.warn("{}: is damaged; it counts for nothing", manifest);
            return Optional.empty();
        } catch (InvalidFileException e) {
            LOG.warn("{}; it counts for nothing", e.getMessage());
            return Optional.empty();
        }
    }

    /** The manifest, if its file is there and holds something. */
    Optional<ScoreManifest> finished() throws IOException {
        Optional<ScoreManifest> manifest = manifest();
        return manifest.isPresent() && system.exists(new Path(path, manifest.get().file())) && size(manifest.get().file()) > 0 ? manifest
                : Optional.empty();
    }

    /**
     * Lets a file of scores count.
     *
     * @return whether it does; not if another attempt's already did
     */
    boolean commit(ScoreManifest manifest) throws IOException {
        if (finished().isPresent()) {
            return false;
        }
        String unfinished = "." + ScoreManifest.NAME + "-" + manifest.file();
        try (OutputStream stream = create(unfinished)) {
            stream.write(manifest.toJson().getBytes(StandardCharsets.UTF_8));
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
            return system.rename(new Path(path, unfinished), new Path(path, ScoreManifest.NAME));
        } catch (FileAlreadyExistsException e) {
            return false; // some file systems tell it so
        }
    }

    /** Copies the manifest and the file that it names into a local folder. */
    void copyTo(java.nio.file.Path target) throws IOException {
        OwnerOnly.makeFolders(target);
        for (String name : List.of(finished().orElseThrow().file(), ScoreManifest.NAME)) {
            java.nio.file.Path copy = Files.createFile(target.resolve(name), OwnerOnly.file(target));
            try (InputStream from = system.open(new Path(path, name)); OutputStream to = Files.newOutputStream(copy)) {
                from.transferTo(to);
            }
        }
    }

    /** Removes the folders beside this one of buckets of this number and above, which a call with more buckets left. */
    void removeOthersFrom(int buckets) throws IOException {
        if (!system.exists(path.getParent())) {
            return;
        }
        for (FileStatus other : system.listStatus(path.getParent(), each -> each.getName().matches(BUCKET + "\\d{1,18}"))) {
            if (Long.parseLong(other.getPath().getName().substring(BUCKET.length())) >= buckets) {
                LOG.warn("{}: is of a call with more than {} buckets, and removed", other.getPath(), buckets);
                system.delete(other.getPath(), true);
            }
        }
    }

    /** Removes all that lies there, the manifest first. */
    void clear() throws IOException {
        delete(ScoreManifest.NAME);
        for (FileStatus file : system.listStatus(path)) {
            system.delete(file.getPath(), false);
        }
    }
}
