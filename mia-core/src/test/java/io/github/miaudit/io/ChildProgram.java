package io.github.miaudit.io;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A Java program in a process of its own, with this one's {@code -XX} options, where something is wrong that a test can't do to itself.
 * Tests are skipped, and say so, where the machine can't do it either. Immutable.
 */
public final class ChildProgram {

    /** A small disk, which is there for the program alone; in a container, or for one who is not root, this takes user namespaces. */
    private static final List<String> OWN_MOUNTS = List.of("unshare", "--map-root-user", "--mount");

    private final List<String> surroundings;
    private final List<String> javaOptions;
    private final Map<String, String> environment;
    private final List<String> program;

    private ChildProgram(List<String> surroundings, List<String> javaOptions, Map<String, String> environment, List<String> program) {
        this.surroundings = surroundings;
        this.javaOptions = javaOptions;
        this.environment = environment;
        this.program = program;
    }

    /**
     * A program on this class path.
     *
     * @param main      the class
     * @param arguments its arguments
     * @return the program, not started
     */
    public static ChildProgram of(Class<?> main, Object... arguments) {
        return new ChildProgram(List.of(), List.of(), Map.of(),
                Stream.concat(Stream.of(main.getName()), Stream.of(arguments).map(Object::toString)).toList());
    }

    /**
     * With a small disk of its own, which nobody else sees.
     *
     * @param folder  where it is
     * @param options of the mount, such as {@code size=1m}
     * @return a copy
     */
    public ChildProgram withSmallDisk(Path folder, String options) {
        assumeWorks(Stream.concat(OWN_MOUNTS.stream(), Stream.of("mount", "-t", "tmpfs", "tmpfs", folder.toString())).toList());
        return within(Stream.concat(OWN_MOUNTS.stream(),
                shell("mount -t tmpfs -o \"$0\" tmpfs \"$1\" && shift && exec \"$@\"", options, folder.toString())).toList());
    }

    /**
     * Of a user whom permissions bind; root's may all be taken.
     *
     * @return a copy
     */
    public ChildProgram boundByPermissions() {
        if (!System.getProperty("user.name").equals("root")) {
            return this;
        }
        List<String> without = List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all");
        assumeWorks(Stream.concat(without.stream(), Stream.of("true")).toList());
        return within(without);
    }

    /**
     * With a shell's limit.
     *
     * @param limit what {@code ulimit} takes, such as {@code -v 4000000}
     * @return a copy
     */
    public ChildProgram withLimit(String limit) {
        assumeWorks(List.of("sh", "-c", "ulimit " + limit));
        return within(shell("ulimit " + limit + " && exec \"$@\"", "sh").toList());
    }

    /**
     * With options of Java.
     *
     * @param options such as {@code -Xmx64m}
     * @return a copy
     */
    public ChildProgram withJavaOptions(String... options) {
        return new ChildProgram(surroundings, List.of(options), environment, program);
    }

    /**
     * With an environment variable.
     *
     * @param name  its name
     * @param value its value
     * @return a copy
     */
    public ChildProgram withEnvironment(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new ChildProgram(surroundings, javaOptions, Map.copyOf(more), program);
    }

    /**
     * What it did.
     *
     * @param exitCode 128 and a signal's number more if one ended it
     * @param out      what it wrote to its output
     * @param err      what it wrote of errors
     */
    public record Outcome(int exitCode, String out, String err) {
    }

    /**
     * Runs it to its end, five minutes at most.
     *
     * @return what it did
     */
    public Outcome run() throws IOException, InterruptedException {
        return start().end();
    }

    /**
     * Starts it.
     *
     * @return the running program
     */
    public Running start() throws IOException {
        List<String> command = new ArrayList<>(surroundings);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(option -> option.startsWith("-XX:")).forEach(command::add);
        command.addAll(javaOptions);
        command.addAll(List.of("-Dai.djl.offline=true", "-cp", System.getProperty("java.class.path")));
        command.addAll(program);
        File out = Files.createTempFile("child", ".out").toFile();
        File err = Files.createTempFile("child", ".err").toFile();
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
        builder.environment().putAll(environment);
        return new Running(builder.start(), out.toPath(), err.toPath());
    }

    /**
     * A program that runs.
     *
     * @param process its process
     * @param out     what it has written to its output so far
     * @param err     what it has written of errors so far
     */
    public record Running(Process process, Path out, Path err) {

        /**
         * Sends a signal.
         *
         * @param name such as {@code TERM}
         */
        public void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
        }

        /**
         * Waits for its end, five minutes at most.
         *
         * @return what it did
         */
        public Outcome end() throws IOException, InterruptedException {
            try {
                if (!process.waitFor(5, TimeUnit.MINUTES)) {
                    throw new AssertionError("still running after five minutes; so far " + Files.readString(out) + Files.readString(err));
                }
                return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                process.destroyForcibly();
                Files.delete(out);
                Files.delete(err);
            }
        }
    }

    private ChildProgram within(List<String> outer) {
        return new ChildProgram(Stream.concat(outer.stream(), surroundings.stream()).toList(), javaOptions, environment, program);
    }

    private static Stream<String> shell(String script, String... arguments) {
        return Stream.concat(Stream.of("sh", "-c", script), Stream.of(arguments));
    }

    private static void assumeWorks(List<String> command) {
        boolean works;
        try {
            works = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            works = false;
        }
        Assumptions.assumeTrue(works, "this machine can't do: " + String.join(" ", command));
    }
}
