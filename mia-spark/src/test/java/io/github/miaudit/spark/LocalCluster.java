package io.github.miaudit.spark;

import io.github.miaudit.io.ChildProgram;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * A cluster of this machine: two workers, each with an executor of one core that is a process of its own, from jars of Maven's. Spark's own
 * lie in {@code SPARK_HOME/jars}; those of MIAudit come with the job, as {@code spark-submit --jars} brings them. Immutable.
 */
final class LocalCluster {

    /** What a job brings: MIAudit, and what no distribution of Spark has. */
    private static final Pattern OF_THE_JOB = Pattern
            .compile(".*/((ai/djl|net/java/dev/jna|de/siegmar|org/snakeyaml|com/google/re2j|org/jspecify)/.*|target/mia-[^/]+\\.jar)");
    private static final Pattern OF_TESTS = Pattern
            .compile(".*/(org/junit|net/jqwik|com/code-intelligence|org/apiguardian|org/opentest4j)/.*");

    private final Path folder;
    private final List<String> options;
    private final List<String> executorOptions;

    private LocalCluster(Path folder, List<String> options, List<String> executorOptions) {
        this.folder = folder;
        this.options = options;
        this.executorOptions = executorOptions;
    }

    /** A cluster whose logs, event logs and local files lie in a folder. */
    static LocalCluster in(Path folder) throws IOException {
        LocalCluster cluster = new LocalCluster(folder, List.of(), List.of());
        Files.createDirectories(cluster.home().resolve("jars"));
        Files.createDirectories(cluster.home().resolve("conf"));
        Files.createDirectories(cluster.eventLogs());
        Files.createDirectories(cluster.localFiles());
        Files.writeString(cluster.home().resolve("RELEASE"), "Spark of Maven's jars\n");
        Files.writeString(cluster.home().resolve("conf").resolve("log4j2.properties"), """
                rootLogger.level = info
                rootLogger.appenderRef.console.ref = console
                appender.console.type = Console
                appender.console.name = console
                appender.console.target = SYSTEM_ERR
                appender.console.layout.type = PatternLayout
                appender.console.layout.pattern = %d{HH:mm:ss.SSS} %p %c: %m%n%ex
                """);
        for (Path jar : classPath().filter(Files::isRegularFile).toList()) {
            if (!OF_THE_JOB.matcher(jar.toString()).matches() && !OF_TESTS.matcher(jar.toString()).matches()) {
                Files.createSymbolicLink(cluster.home().resolve("jars").resolve(jar.getFileName()), jar);
            }
        }
        return cluster;
    }

    /** With a setting of Spark's, or a property of the driver's. */
    LocalCluster with(String name, Object value) {
        return new LocalCluster(folder, Stream.concat(options.stream(), Stream.of("-D" + name + "=" + value)).toList(), executorOptions);
    }

    /** With a property of executors'. */
    LocalCluster withOnExecutors(String name, Object value) {
        return new LocalCluster(folder, options, Stream.concat(executorOptions.stream(), Stream.of("-D" + name + "=" + value)).toList());
    }

    /** A job, not started; arguments as {@link ClusterProgram#main} takes. */
    ChildProgram job(Object... arguments) throws IOException {
        return program(ClusterProgram.class, arguments);
    }

    /** A job of a class, not started. */
    ChildProgram program(Class<?> program, Object... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(System.getProperty("spark.opens").split(" ")));
        all.addAll(List.of("-Dspark.master=local-cluster[2,1,1024]", "-Dspark.ui.enabled=false", "-Dspark.driver.host=localhost",
                "-Dspark.local.dir=" + localFiles(), "-Dspark.eventLog.enabled=true", "-Dspark.eventLog.dir=" + eventLogs().toUri(),
                "-Dspark.eventLog.compress=false", "-Dspark.sql.files.maxPartitionBytes=4096", "-Dspark.executor.memory=1024m",
                "-Dspark.sql.warehouse.dir=" + folder.resolve("warehouse"), "-Dspark.jars=" + jars(),
                "-Dlog4j.configurationFile=" + home().resolve("conf").resolve("log4j2.properties"), "-Dspark.executor.extraJavaOptions="
                        + "-Dai.djl.offline=true -DOPT_OUT_TRACKING=true " + String.join(" ", executorOptions)));
        all.addAll(options);
        return ChildProgram.of(program, arguments).withJavaOptions(all.toArray(String[]::new))
                .withEnvironment("SPARK_HOME", home().toString()).withEnvironment("SPARK_SCALA_VERSION", "2.13")
                .withEnvironment("SPARK_LOCAL_IP", "127.0.0.1").withEnvironment("SPARK_WORKER_DIR", logs().toString());
    }

    /** What the job brings, in jars: folders of compiled classes are packed. */
    private String jars() throws IOException {
        List<String> jars = new ArrayList<>();
        for (Path entry : classPath().toList()) {
            if (Files.isDirectory(entry)) {
                jars.add(packed(entry).toUri().toString());
            } else if (OF_THE_JOB.matcher(entry.toString()).matches()) {
                jars.add(entry.toUri().toString());
            }
        }
        return String.join(",", jars);
    }

    private Path packed(Path classes) throws IOException {
        Path jar = folder
                .resolve(String.join("-", classes.getParent().getParent().getFileName().toString(), classes.getFileName() + ".jar"));
        if (Files.notExists(jar)) {
            try (OutputStream file = Files.newOutputStream(jar); JarOutputStream zip = new JarOutputStream(file);
                    Stream<Path> all = Files.walk(classes)) {
                for (Path each : all.filter(Files::isRegularFile).toList()) {
                    zip.putNextEntry(new ZipEntry(classes.relativize(each).toString().replace(File.separatorChar, '/')));
                    Files.copy(each, zip);
                }
            }
        }
        return jar;
    }

    private static Stream<Path> classPath() {
        return Stream.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")).split(File.pathSeparator))
                .map(Path::of).filter(Files::exists).distinct();
    }

    Path home() {
        return folder.resolve("spark-home");
    }

    /** Of executors. */
    Path logs() {
        return folder.resolve("work");
    }

    Path eventLogs() {
        return folder.resolve("events");
    }

    /** Where shuffles, caches and what runs out of memory are written to. */
    Path localFiles() {
        return folder.resolve("local");
    }

    /** All that executors logged. */
    String logged() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : WrittenScores.files(Files.exists(logs()) ? logs() : home())) {
            if (file.getFileName().toString().matches("stderr|stdout")) {
                all.append(Demonstration.lines(file).stream().collect(Collectors.joining("\n", "", "\n")));
            }
        }
        return all.toString();
    }
}
