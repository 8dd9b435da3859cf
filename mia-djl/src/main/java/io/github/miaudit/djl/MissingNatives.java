package io.github.miaudit.djl;

import io.github.miaudit.io.SoftwareVersions;
import java.util.Set;

/** What to add to a project whose class path holds no natives of PyTorch, as the build tools want it written. */
final class MissingNatives {

    /** Those for which there is a module. */
    static final Set<String> PLATFORMS = Set.of("linux-x86_64", "linux-aarch64", "osx-aarch64", "win-x86_64");

    private MissingNatives() {
    }

    /** Such as "the class path holds no PyTorch for linux-x86_64; ...", in several lines. */
    static String advice(String platform) {
        String own = "a folder with libtorch that " + NativeFindings.PATH + " names will do too (" + NativeFindings.GUIDE + ")";
        if (!PLATFORMS.contains(platform)) {
            return "there is no PyTorch to add for " + platform + ", only for " + String.join(", ", PLATFORMS.stream().sorted().toList())
                    + "; "
                    + own;
        }
        String module = "mia-natives-" + platform;
        String version = SoftwareVersions.miaudit();
        return """
                the class path holds no PyTorch for %1$s; add this module to what runs (%4$s):
                  Maven:  <dependency>
                            <groupId>io.github.miaudit</groupId>
                            <artifactId>%2$s</artifactId>
                            <version>%3$s</version>
                            <type>pom</type>
                            <scope>runtime</scope>
                          </dependency>
                  Gradle: runtimeOnly("io.github.miaudit:%2$s:%3$s")
                  sbt:    libraryDependencies += "io.github.miaudit" %% "%2$s" %% "%3$s" %% Runtime pomOnly()"""
                .formatted(platform, module, version, own);
    }
}
