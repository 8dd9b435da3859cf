package io.github.miaudit.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Maven Central takes the bundle: what <a href="https://central.sonatype.org/publish/requirements/">its requirements</a> and
 * <a href="https://central.sonatype.org/publish/publish-portal-upload/">the rules for uploads</a> ask, and what we promise besides.
 */
class CentralRulesTest {

    private static final Path FILE = Path.of("target/central-bundle.zip");
    private static Bundle bundle;
    private static List<Bundle.Module> modules;

    @BeforeAll
    static void open() throws IOException {
        bundle = Bundle.open(FILE);
        modules = bundle.modules();
    }

    @AfterAll
    static void close() throws IOException {
        bundle.close();
    }

    @Test
    void itIsSmallEnough() throws IOException {
        assertTrue(Files.size(FILE) < 1L << 30, Files.size(FILE) + " bytes; Central takes a gibibyte at most");
    }

    @Test
    void itHoldsWhatTheBomNamesAndNothingElse() {
        Bundle.Module bom = modules.stream().filter(module -> module.toString().equals("mia-bom")).findFirst().orElseThrow();
        Set<String> named = bom.model().getDependencyManagement().getDependencies().stream()
                .filter(dependency -> dependency.getGroupId().equals("io.github.miaudit"))
                .map(Dependency::getArtifactId).collect(Collectors.toCollection(TreeSet::new));
        named.addAll(Set.of("mia-bom", "mia-natives", "miaudit")); // and the parents
        assertEquals(named, modules.stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void allHaveOneVersionWhichIsARelease() {
        Set<String> versions = modules.stream().map(module -> module.pom().getParent().getFileName().toString())
                .collect(Collectors.toSet());
        assertEquals(1, versions.size(), versions.toString());
        for (Path file : bundle.files()) {
            assertTrue(!file.toString().contains("SNAPSHOT") && file.toString().contains("/" + versions.iterator().next() + "/"),
                    file + " is of another version");
        }
        assertEquals(List.of(), those(modules, module -> text(module.pom()).contains("SNAPSHOT")), "depend on what is not released");
    }

    @Test
    void everyPomSaysWhatItIsAndWhoMadeIt() {
        assertHave("name", Model::getName);
        assertHave("description", Model::getDescription);
        assertHave("url", Model::getUrl);
        assertHave("licences", model -> model.getLicenses().isEmpty() ? null : model.getLicenses().get(0).getUrl());
        assertHave("developers", model -> model.getDevelopers().isEmpty() ? null : model.getDevelopers().get(0).getName());
        assertHave("scm", model -> model.getScm() == null ? null : model.getScm().getConnection());
    }

    @Test
    void nothingComesFromElsewhereThanCentral() {
        assertEquals(List.of(), those(modules, module -> !module.model().getRepositories().isEmpty()
                || !module.model().getPluginRepositories().isEmpty()));
    }

    @Test
    void everyJarComesWithItsSourcesAndJavadoc() throws IOException {
        for (Bundle.Module module : jars()) {
            Set<String> sources = names(module.file("-sources.jar"));
            Set<String> pages = names(module.file("-javadoc.jar"));
            assertTrue(pages.contains("index.html"), module + " has no Javadoc");
            for (String type : names(module.file(".jar"))) {
                if (type.endsWith(".class") && !type.contains("$") && !type.contains("/Jte")) { // templates are told by their classes
                    String source = type.replaceFirst("class$", "java");
                    assertTrue(sources.contains(source) || type.equals("module-info.class"), module + " lacks the source of " + type);
                }
            }
        }
    }

    @Test
    void everyJarHasItsLicenceItsNameAsAModuleAndItsBillOfMaterials() throws IOException {
        for (Bundle.Module module : jars()) {
            for (String end : List.of(".jar", "-sources.jar")) {
                assertTrue(names(module.file(end)).containsAll(Set.of("META-INF/LICENSE", "META-INF/NOTICE")), module + end);
            }
            try (JarInputStream jar = new JarInputStream(Files.newInputStream(module.file(".jar")))) {
                Manifest manifest = jar.getManifest();
                String name = manifest.getMainAttributes().getValue("Automatic-Module-Name");
                assertTrue(name != null && name.matches("io\\.github\\.miaudit(\\.[a-z]+)+"), module + " is the module " + name);
            }
            assertTrue(Files.exists(module.file("-cyclonedx.json")) && Files.exists(module.file("-cyclonedx.xml")),
                    module + " has no bill of materials");
        }
    }

    @Test
    void everyFileHasItsChecksums() throws IOException, NoSuchAlgorithmException {
        for (Path file : content()) {
            assertEquals(digest("MD5", file), text(beside(file, ".md5")), file.toString());
            assertEquals(digest("SHA-1", file), text(beside(file, ".sha1")), file.toString());
        }
    }

    @Test
    void everyFileIsSigned(@TempDir Path folder) throws IOException, InterruptedException {
        for (Path file : content()) {
            Path signed = Files.copy(file, folder.resolve("file"), StandardCopyOption.REPLACE_EXISTING);
            Path signature = Files.copy(beside(file, ".asc"), folder.resolve("file.asc"), StandardCopyOption.REPLACE_EXISTING);
            Process gpg = new ProcessBuilder("gpg", "--batch", "--verify", signature.toString(), signed.toString())
                    .redirectErrorStream(true).start();
            String said = new String(gpg.getInputStream().readAllBytes());
            assertEquals(0, gpg.waitFor(), file + ": " + said);
        }
    }

    private static List<Bundle.Module> jars() {
        return modules.stream().filter(Bundle.Module::isJar).toList();
    }

    /** The files themselves, without signatures and checksums. */
    private static List<Path> content() {
        return bundle.files().stream().filter(file -> !file.toString().matches(".*\\.(asc|md5|sha1|sha256|sha512)")).toList();
    }

    private static void assertHave(String what, Function<Model, String> member) {
        assertEquals(List.of(), those(modules, module -> {
            Model model = module.model();
            while (member.apply(model) == null && model.getParent() != null) {
                model = bundle.parent(model);
            }
            return member.apply(model) == null || member.apply(model).isBlank();
        }), "have no " + what);
    }

    private static List<String> those(List<Bundle.Module> of, Predicate<Bundle.Module> condition) {
        return of.stream().filter(condition).map(Object::toString).toList();
    }

    private static Path beside(Path file, String end) {
        return file.resolveSibling(file.getFileName() + end);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String algorithm, Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
    }

    private static Set<String> names(Path jar) throws IOException {
        Set<String> names = new TreeSet<>();
        try (InputStream in = Files.newInputStream(jar); ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }
}
