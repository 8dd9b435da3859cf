package io.github.miaudit.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Loads machine code in a process of its own, for code that does not fit may end the process that loads it. The process prints what it is
 * about to do before it does it, and what came out.
 */
final class EngineTrial {

    /** What the process is asked. */
    enum Question {

        /** Which GPUs there are. */
        DEVICES,

        /** Whether PyTorch and the tokenizers can be loaded, and PyTorch computes on each device. */
        ENGINE
    }

    /** How it went. */
    record Outcome(boolean inTime, int exitCode, List<String> lines, List<String> errors) {

        private static final String STEP = "step ";
        private static final String RESULT = "result ";
        private static final String FAILURE = "failure ";
        private static final String COMPLAINT = "Failed to detect GPU count: ";

        /** What came out. */
        List<String> results() {
            return told(RESULT);
        }

        /** What it was doing last. */
        String lastStep() {
            return told(STEP).stream().reduce((first, second) -> second).orElse("starting Java");
        }

        /** Why it gave up, if it could say so. */
        Optional<String> failure() {
            return told(FAILURE).stream().findFirst();
        }

        /** Why CUDA's runtime library sees no GPU, as DJL logs it; blank if it does not. */
        String complaint() {
            return errors.stream().filter(line -> line.contains(COMPLAINT))
                    .map(line -> line.substring(line.indexOf(COMPLAINT) + COMPLAINT.length())).findFirst().orElse("");
        }

        private List<String> told(String kind) {
            return lines.stream().filter(line -> line.startsWith(kind)).map(line -> line.substring(kind.length())).toList();
        }
    }

    private static final int SIDE = 64;
    private static final List<String> PASSED_ON = List.of("ai.djl.", "DJL_", "ENGINE_", "PYTORCH_", "RUST_", "LIBSTDCXX_", "jna.",
            "OPT_OUT_TRACKING", "java.library.path", "java.io.tmpdir", "user.home");

    private EngineTrial() {
    }

    /** Asks, and waits for so many seconds at most. */
    static Outcome run(Question question, Settings settings, long seconds) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:+SuppressFatalErrorMessage", "-XX:-CreateCoredumpOnCrash", "-Dorg.slf4j.simpleLogger.log.ai.djl.util.cuda=warn"));
        settings.properties().entrySet().stream().filter(property -> PASSED_ON.stream().anyMatch(property.getKey()::startsWith))
                .forEach(property -> command.add("-D" + property.getKey() + "=" + property.getValue()));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EngineTrial.class.getName(), question.name()));
        Path out = Files.createTempFile("mia-doctor", ".out");
        Path err = Files.createTempFile("mia-doctor", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(settings.environment());
            Process process = builder.start();
            boolean inTime = process.waitFor(seconds, TimeUnit.SECONDS);
            process.destroyForcibly();
            return new Outcome(inTime, process.waitFor(), lines(out), lines(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** The process. */
    public static void main(String[] arguments) {
        try {
            if (Question.valueOf(arguments[0]) == Question.DEVICES) {
                devices();
            } else {
                engine();
            }
        } catch (RuntimeException | LinkageError | AssertionError e) {
            tell(Outcome.FAILURE, Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                    .map(cause -> String.valueOf(cause.getMessage()).replaceAll("\\s*\\R\\s*", " ")).distinct()
                    .collect(Collectors.joining(": ")));
            System.exit(1);
        }
        System.exit(0);
    }

    private static void devices() {
        step("looking for GPUs");
        int count = CudaUtils.getGpuCount();
        if (count > 0) {
            result(CudaUtils.getCudaVersionString());
            IntStream.range(0, count).forEach(number -> {
                MemoryUsage memory = CudaUtils.getGpuMemory(Device.gpu(number));
                result(CudaUtils.getComputeCapability(number) + " " + memory.getMax() + " " + (memory.getMax() - memory.getUsed()));
            });
        }
    }

    private static void engine() {
        step("loading PyTorch");
        Engine engine = Engine.getEngine("PyTorch"); // without the guess at the reason that NativeLibraries makes for it
        result("PyTorch " + engine.getVersion() + " is loaded; " + JniUtils.getNumThreads() + " threads, " + engine.getGpuCount()
                + " GPUs");
        compute(Device.cpu());
        IntStream.range(0, engine.getGpuCount()).mapToObj(Device::gpu).forEach(EngineTrial::compute);
        step("loading the tokenizers");
        LibUtils.checkStatus();
        result("the tokenizers are loaded");
    }

    private static void compute(Device device) {
        String label = ScoringDevice.label(List.of(device));
        step("computing on " + label);
        try (NDManager manager = NDManager.newBaseManager(device, "PyTorch")) {
            NDArray ones = manager.ones(new Shape(SIDE, SIDE));
            float sum = ones.matMul(ones).sum().toDevice(Device.cpu(), true).getFloat();
            if (sum != (float) SIDE * SIDE * SIDE) {
                throw new IllegalStateException("a product of matrices came to " + sum + " in place of " + (float) SIDE * SIDE * SIDE);
            }
        }
        result(label + " computes");
    }

    private static void result(String what) {
        tell(Outcome.RESULT, what);
    }

    private static void step(String what) {
        tell(Outcome.STEP, what);
    }

    private static void tell(String kind, String what) {
        System.out.println(kind + what);
        System.out.flush();
    }

    private static List<String> lines(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    }
}
