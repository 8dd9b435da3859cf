package io.github.miaudit.djl;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What DJL goes by: environment variables, and system properties of the same names behind them. */
record Settings(Map<String, String> environment, Map<String, String> properties) {

    /** Those of this process. */
    static Settings current() {
        return new Settings(System.getenv(), System.getProperties().stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, System::getProperty)));
    }

    /** A setting as DJL reads it; blank is as good as none. */
    Optional<String> of(String name) {
        return Optional.ofNullable(environment.getOrDefault(name, properties.get(name))).filter(value -> !value.isEmpty());
    }

    String property(String name) {
        return properties.getOrDefault(name, "");
    }

    boolean isLinux() {
        return property("os.name").startsWith("Linux");
    }

    /** Whether DJL is kept from downloading. */
    boolean isOffline() {
        return Boolean.parseBoolean(environment.getOrDefault("DJL_OFFLINE", property("ai.djl.offline")));
    }

    /** The platform as names of natives have it, such as {@code linux-x86_64}. */
    String platform() {
        String system = property("os.name");
        String prefix = isLinux() ? "linux" : system.startsWith("Mac") ? "osx" : system.startsWith("Win") ? "win" : system;
        return prefix + "-" + property("os.arch").replace("amd64", "x86_64");
    }

    /** Where DJL unpacks natives. */
    Path cache() {
        return of("ENGINE_CACHE_DIR").or(() -> of("DJL_CACHE_DIR")).map(Path::of).orElseGet(() -> {
            Path home = Path.of(property("user.home"));
            return (Files.isWritable(home) ? home : Path.of(property("java.io.tmpdir"))).resolve(".djl.ai");
        });
    }

    /** Where DJL unpacks, or downloads, PyTorch of a version and kind. */
    Path cached(String version, String flavour) {
        return cache().resolve("pytorch").resolve(version + "-" + flavour + "-" + platform());
    }

    /** The variable that moves the cache. */
    String cacheSetting() {
        return of("ENGINE_CACHE_DIR").isPresent() ? "ENGINE_CACHE_DIR" : "DJL_CACHE_DIR";
    }
}
