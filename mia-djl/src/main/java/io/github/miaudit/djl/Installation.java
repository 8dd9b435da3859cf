package io.github.miaudit.djl;

import com.sun.management.OperatingSystemMXBean;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.SoftwareVersions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Looks whether models can be scored on this machine: Java, memory, cores, folders, natives and GPUs, and at last the engine itself, in a
 * process of its own. Nothing is downloaded where DJL is offline; natives of the class path are unpacked as scoring would.
 */
public final class Installation {

    private static final long SECONDS_FOR_DEVICES = 60;
    private static final long SECONDS_FOR_ENGINE = 300;
    private static final List<String> NAMES = List.of("PYTORCH_LIBRARY_PATH", "PYTORCH_VERSION", "PYTORCH_FLAVOR", "RUST_FLAVOR",
            "RUST_LIBRARY_PATH", "DJL_CACHE_DIR", "ENGINE_CACHE_DIR", "LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES");

    private Installation() {
    }

    /**
     * Looks at everything.
     *
     * @param listener is told of each finding as soon as it is made
     * @throws AuditException if no process can be started
     */
    public static void examine(Consumer<Finding> listener) {
        examine(Settings.current(), listener);
    }

    /** As {@link #examine(Consumer)}, under settings. */
    static void examine(Settings settings, Consumer<Finding> listener) {
        BundledNatives bundled = BundledNatives.of(settings.platform());
        listener.accept(Finding.fact("software", "MIAudit " + SoftwareVersions.miaudit() + ", DJL " + bundled.djl() + ", made for PyTorch "
                + bundled.pytorch()));
        machine(settings).forEach(examination -> examination.findings().forEach(listener));
        listener.accept(Finding.fact("settings", set(settings)));

        CudaDevices cuda = cuda(settings, listener);
        NativeFindings natives = new NativeFindings(settings, bundled, cuda);
        Stream.of(new FolderFindings(settings, FolderState.of(Path.of(settings.property("java.io.tmpdir"))),
                FolderState.of(settings.cache()), natives.areUnpacked()), new GpuFindings(settings, cuda, DriverSigns.look()), natives,
                new TokenizerFindings(settings, cuda)).forEach(examination -> examination.findings().forEach(listener));
        new EngineFindings(trial(EngineTrial.Question.ENGINE, settings, SECONDS_FOR_ENGINE)).findings().forEach(listener);
    }

    private static List<Examination> machine(Settings settings) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Runtime java = Runtime.getRuntime();
        long allowed = system.getTotalMemorySize(); // a container's limit, where there is one
        return List.of(new JavaFindings(settings, java.maxMemory(), directLimit(java.maxMemory())),
                new SystemFindings(settings, library()), new MemoryFindings(machineMemory().orElse(allowed), allowed, java.maxMemory()),
                new CoreFindings(settings, java.availableProcessors()), new EncodingFindings(settings));
    }

    /** The GPUs; that looking for them ended its process is a finding too. */
    private static CudaDevices cuda(Settings settings, Consumer<Finding> listener) {
        EngineTrial.Outcome outcome = trial(EngineTrial.Question.DEVICES, settings, SECONDS_FOR_DEVICES);
        if (!outcome.inTime() || outcome.exitCode() != 0) {
            new EngineFindings(outcome).findings().forEach(listener);
            return CudaDevices.NONE;
        }
        List<CudaDevices.Gpu> gpus = new ArrayList<>();
        outcome.results().stream().skip(1).map(line -> line.split(" "))
                .forEach(parts -> gpus.add(new CudaDevices.Gpu(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]))));
        return gpus.isEmpty() ? CudaDevices.none(outcome.complaint()) : new CudaDevices(outcome.results().get(0), gpus, "");
    }

    private static EngineTrial.Outcome trial(EngineTrial.Question question, Settings settings, long seconds) {
        try {
            return EngineTrial.run(question, settings, seconds);
        } catch (IOException e) {
            throw new AuditException("another Java can't be started to try the natives: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuditException("interrupted while natives were tried", e);
        }
    }

    private static String set(Settings settings) {
        List<String> set = NAMES.stream().filter(name -> settings.of(name).isPresent()).map(name -> name + "=" + settings.of(name).get())
                .toList();
        return (set.isEmpty() ? "none" : String.join(", ", set)) + (settings.isOffline() ? "; DJL downloads nothing"
                : "; DJL may download what it lacks");
    }

    private static long directLimit(long heap) {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-XX:MaxDirectMemorySize="))
                .map(option -> option.replaceFirst(".*=", "")).filter(size -> size.matches("\\d{1,15}[kmgKMG]?")).map(Installation::bytes)
                .reduce((first, second) -> second).filter(size -> size > 0).orElse(heap);
    }

    private static long bytes(String size) {
        int power = "kmg".indexOf(Character.toLowerCase(size.charAt(size.length() - 1))) + 1;
        return Long.parseLong(power == 0 ? size : size.substring(0, size.length() - 1)) << 10 * power;
    }

    /** The memory of the machine around a container, on Linux. */
    private static Optional<Long> machineMemory() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemTotal:")).findFirst()
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10);
        } catch (IOException e) {
            return Optional.empty(); // not a Linux
        }
    }

    private static String library() {
        List<String> glibc = SystemProgram.lines("getconf", "GNU_LIBC_VERSION");
        if (!glibc.isEmpty()) {
            return glibc.get(0);
        }
        try (Stream<Path> libraries = Files.list(Path.of("/lib"))) {
            return libraries.anyMatch(file -> file.getFileName().toString().startsWith("ld-musl")) ? "musl" : "";
        } catch (IOException e) {
            return "";
        }
    }
}
