package io.github.miaudit.djl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What tells of GPUs without CUDA's runtime library.
 *
 * @param files how many of the driver's device files there are
 * @param names of the GPUs, as {@code nvidia-smi} says; none where that can't be run
 */
record DriverSigns(int files, List<String> names) {

    /** Looks; asks {@code nvidia-smi}. */
    static DriverSigns look() {
        return new DriverSigns(deviceFiles(), SystemProgram.lines("nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader")
                .stream().filter(line -> line.contains(",")).map(line -> line.replace(", ", ", driver ")).toList());
    }

    boolean isEmpty() {
        return files == 0 && names.isEmpty();
    }

    /** The names, or how many there are. */
    String text() {
        return names.isEmpty() ? files + " of the driver's device files" : String.join("; ", names);
    }

    private static int deviceFiles() {
        try (Stream<Path> devices = Files.list(Path.of("/dev"))) {
            return (int) devices.filter(device -> device.getFileName().toString().matches("nvidia\\d+")).count();
        } catch (IOException e) {
            return 0; // not a Linux
        }
    }
}
