package io.github.miaudit.djl;

import java.io.File;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder with PyTorch's machine code that a user names, such as {@code torch/lib} of a Python installation. */
record LibtorchFolder(Path folder) {

    private static final String LIBTORCH = System.mapLibraryName("torch");
    private static final String GLUE = System.mapLibraryName("djl_torch");
    private static final Pattern VERSION = Pattern.compile("(?m)^(?:__version__\\s*=\\s*['\"])?(\\d+\\.\\d+\\.\\d+[\\w.+-]*)");

    /** The first of a list of folders, as in a search path, that holds libtorch. */
    static Optional<LibtorchFolder> in(String searchPath) {
        return Stream.of(searchPath.split(File.pathSeparator)).map(Path::of)
                .map(path -> path.endsWith(LIBTORCH) && Files.isRegularFile(path) ? path.toAbsolutePath().getParent() : path)
                .filter(path -> Files.isRegularFile(path.resolve(LIBTORCH))).map(LibtorchFolder::new).findFirst();
    }

    /** The code between Java and PyTorch that lies in the folder and is taken before any other. */
    Optional<Path> glue(String djlVersion) {
        return Stream.of(djlVersion + "-" + GLUE, GLUE).map(folder::resolve).filter(Files::exists).findFirst();
    }

    boolean hasCuda() {
        return Files.exists(folder.resolve(System.mapLibraryName("torch_cuda")));
    }

    /** What it says of itself: in a Python package {@code version.py}, in PyTorch's own archive {@code build-version}, one folder up. */
    Optional<String> version() {
        Path above = folder.toAbsolutePath().normalize().getParent();
        for (String name : List.of("version.py", "build-version")) {
            if (above != null && Files.isRegularFile(above.resolve(name))) {
                try {
                    Matcher found = VERSION.matcher(Files.readString(above.resolve(name)));
                    if (found.find()) {
                        return Optional.of(found.group(1));
                    }
                } catch (MalformedInputException e) {
                    continue; // somebody else's file
                } catch (IOException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
