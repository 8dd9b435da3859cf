package io.github.miaudit.djl;

import ai.djl.Model;
import io.github.miaudit.io.TemporaryFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The empty folders that DJL makes among the temporary files when it loads a program from memory. It uses them no more, and removes
 * them only where Java ends in order.
 */
final class ProgramFolders {

    private static final String PREFIX = "pt-model";
    private static boolean cleaned;

    private ProgramFolders() {
    }

    /** Removes the folder of a model that is loaded. */
    static void remove(Model model) {
        Path folder = model.getModelPath();
        if (folder != null && isOurs(folder)) {
            removeEmpty(folder);
        }
    }

    /** Removes, once, the folders that processes of this user left which are no more: older than each of his that runs Java. */
    static synchronized void removeLeftovers() {
        if (cleaned) {
            return;
        }
        cleaned = true;
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(TemporaryFiles.folder(), PREFIX + "*")) {
            folders.forEach(found::add);
            if (!found.isEmpty()) {
                Instant oldest = oldestProcess();
                found.stream().filter(folder -> isOurs(folder) && isBefore(folder, oldest)).forEach(ProgramFolders::removeEmpty);
            }
        } catch (IOException e) {
            return; // what is not to be listed is not ours to clean
        }
    }

    private static boolean isOurs(Path folder) {
        try {
            return folder.getFileName().toString().matches(PREFIX + "\\d+") && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName().equals(System.getProperty("user.name"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static boolean isBefore(Path folder, Instant time) {
        try {
            return Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toInstant().isBefore(time);
        } catch (IOException e) {
            return false;
        }
    }

    private static Instant oldestProcess() {
        return oldest(ProcessHandle.allProcesses());
    }

    /**
     * The start of the oldest of these processes that could have made one: it is this user's, or nobody can tell, and it runs Java,
     * likewise. Of one that has ended meanwhile nobody can tell anything, and it has made none that is in use.
     */
    static Instant oldest(Stream<ProcessHandle> processes) {
        return processes.flatMap(process -> {
            ProcessHandle.Info info = process.info();
            boolean couldBe = couldBe(info.user(), System.getProperty("user.name"))
                    && info.command().map(command -> command.contains("java")).orElse(true);
            return couldBe && process.isAlive() ? Stream.of(info.startInstant().orElse(Instant.MIN)) : Stream.empty();
        }).min(Instant::compareTo).orElse(Instant.MIN);
    }

    private static boolean couldBe(Optional<String> stated, String sought) {
        return stated.map(sought::equals).orElse(true);
    }

    /** A folder that holds something is no folder of DJL's. */
    private static void removeEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            return; // it is empty and in nobody's way
        }
    }
}
