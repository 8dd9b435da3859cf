package io.github.miaudit.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.model.Model;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;

/** The archive that is given to Maven Central, laid out as Central is: {@code io/github/miaudit/ARTIFACT/VERSION/FILE}. */
final class Bundle implements AutoCloseable {

    private final FileSystem archive;

    private Bundle(FileSystem archive) {
        this.archive = archive;
    }

    static Bundle open(Path file) throws IOException {
        return new Bundle(FileSystems.newFileSystem(file));
    }

    /** All files, in the order of their names. */
    List<Path> files() {
        try (Stream<Path> all = Files.walk(archive.getPath("/"))) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Module> modules() {
        return files().stream().filter(file -> file.toString().endsWith(".pom")).map(file -> new Module(file, model(file))).toList();
    }

    /** A module's parent, which must be in the bundle too. */
    Model parent(Model model) {
        Path file = archive.getPath("/" + model.getParent().getGroupId().replace('.', '/'), model.getParent().getArtifactId(),
                model.getParent().getVersion(), model.getParent().getArtifactId() + "-" + model.getParent().getVersion() + ".pom");
        return model(file);
    }

    private static Model model(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new MavenXpp3Reader().read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (XmlPullParserException e) {
            throw new IllegalStateException(file + " is no POM", e);
        }
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }

    /** One artifact of the bundle. */
    record Module(Path pom, Model model) {

        boolean isJar() {
            return model.getPackaging().equals("jar");
        }

        /** The file of the module with this end, for instance {@code -sources.jar}; it need not be there. */
        Path file(String end) {
            return pom.resolveSibling(pom.getFileName().toString().replaceFirst("\\.pom$", end));
        }

        @Override
        public String toString() {
            return model.getArtifactId();
        }
    }
}
