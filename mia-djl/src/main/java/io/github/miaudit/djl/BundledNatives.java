package io.github.miaudit.djl;

import ai.djl.util.ClassLoaderUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the class path holds for a platform.
 *
 * @param djl      DJL's version
 * @param pytorch  the version of PyTorch that DJL was made for
 * @param glue     the version of PyTorch that the code between Java and PyTorch (JNI) was compiled against; blank where there is none
 * @param flavours of that code, such as {@code cpu} and {@code cu128}
 * @param libtorch PyTorch's own natives, if there are any
 */
record BundledNatives(String djl, String pytorch, String glue, Set<String> flavours, Optional<Libtorch> libtorch) {

    private static final String GLUE_KEY = "jni_version";
    private static final List<String> KNOWN_FLAVOURS = List.of("cpu", "cpu-precxx11", "cu118", "cu121", "cu124", "cu126", "cu128", "cu130");

    /** PyTorch's natives in a jar; the version with its day. */
    record Libtorch(String version, String flavour, String platform, List<String> libraries) {
    }

    /** Looks. */
    static BundledNatives of(String platform) {
        Properties engine = read(ClassLoaderUtils.getContextClassLoader().getResource("pytorch-engine.properties"));
        Properties glue = read(ClassLoaderUtils.getContextClassLoader().getResource("jnilib/pytorch.properties"));
        String djl = engine.getProperty("djl_version", "");
        Set<String> flavours = new TreeSet<>();
        KNOWN_FLAVOURS.stream().filter(flavour -> ClassLoaderUtils.getContextClassLoader()
                .getResource("jnilib/" + platform + "/" + flavour + "/" + System.mapLibraryName("djl_torch")) != null)
                .forEach(flavours::add);
        return new BundledNatives(djl, engine.getProperty("pytorch_version", ""),
                glue.getProperty(GLUE_KEY, "").replaceFirst("-" + djl + ".*", ""), flavours, libtorch(platform));
    }

    /** Of several jars DJL takes the one with the last flavour by name: CUDA before the CPU. */
    private static Optional<Libtorch> libtorch(String platform) {
        try {
            return Collections.list(ClassLoaderUtils.getContextClassLoader().getResources("native/lib/pytorch.properties")).stream()
                    .map(BundledNatives::read)
                    .map(found -> new Libtorch(found.getProperty("version", ""), found.getProperty("flavor", ""),
                            found.getProperty("classifier", ""), Stream.of(found.getProperty("libraries", "").split(",")).toList()))
                    .filter(found -> found.platform().equals(platform))
                    .max((one, other) -> one.flavour().compareTo(other.flavour()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties read(@Nullable URL resource) {
        Properties properties = new Properties();
        if (resource != null) {
            try (InputStream stream = resource.openStream()) {
                properties.load(stream);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return properties;
    }
}
