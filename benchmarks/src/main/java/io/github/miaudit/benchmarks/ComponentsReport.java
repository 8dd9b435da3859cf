package io.github.miaudit.benchmarks;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.io.Sha256;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Everything that is shipped or loaded, for a person to look up before a release: each component of the bills of materials that the build
 * has written, and each native library in the jars of the class path, with its SHA-256 and, where a Rust library says so, the crates
 * that it was built of. As tables in Markdown. Run in the root of a checkout that was built.
 */
final class ComponentsReport {

    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|so\\.[0-9.]+|dll|dylib|jnilib)(\\.gz)?");
    /** A path of a Rust source, as its compiler leaves it in messages: the crate and its version. */
    private static final Pattern CRATE = Pattern.compile("[/\\\\]([a-z][a-z0-9_-]*)-(\\d+\\.\\d+\\.\\d+[a-z0-9.+-]*)[/\\\\]src");

    private ComponentsReport() {
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, String> licences = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of(""), 3)) {
            for (Path bill : files.filter(file -> file.endsWith(Path.of("target", "bom.json"))).sorted().toList()) {
                JsonElement components = JsonParser.parseString(Files.readString(bill)).getAsJsonObject().get("components");
                if (components != null) { // some modules have none
                    components.getAsJsonArray().forEach(each -> licences.put(
                            each.getAsJsonObject().get("purl").getAsString().replaceAll("^pkg:maven/|\\?.*$", ""),
                            licence(each.getAsJsonObject())));
                }
            }
        }
        System.out.println("| component | licence |\n|---|---|");
        licences.forEach((component, licence) -> System.out.println("| " + component + " | " + licence + " |"));
        System.out.println("\n| jar | native library | SHA-256 | crates |\n|---|---|---|---|");
        for (String element : new TreeSet<>(List.of(System.getProperty("java.class.path").split(File.pathSeparator)))) {
            if (element.endsWith(".jar")) {
                printNatives(Path.of(element));
            }
        }
    }

    private static String licence(JsonObject component) {
        return !component.has("licenses") ? "" : component.getAsJsonArray("licenses").asList().stream().map(each -> {
            JsonObject choice = each.getAsJsonObject();
            JsonObject licence = choice.getAsJsonObject("license");
            return licence == null ? choice.get("expression").getAsString() : licence.get(licence.has("id") ? "id" : "name").getAsString();
        }).collect(Collectors.joining(", "));
    }

    private static void printNatives(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
                ZipEntry entry = entries.nextElement();
                if (NATIVE.matcher(entry.getName()).matches()) {
                    try (InputStream bytes = zip.getInputStream(entry)) {
                        byte[] library = bytes.readAllBytes();
                        System.out.println("| " + jar.getFileName() + " | " + entry.getName() + " | " + Sha256.of(library) + " | "
                                + crates(library) + " |");
                    }
                }
            }
        }
    }

    private static String crates(byte[] library) {
        TreeSet<String> crates = new TreeSet<>();
        Matcher paths = CRATE.matcher(new String(library, StandardCharsets.ISO_8859_1));
        while (paths.find()) {
            crates.add(paths.group(1) + " " + paths.group(2));
        }
        return String.join(", ", crates);
    }
}
