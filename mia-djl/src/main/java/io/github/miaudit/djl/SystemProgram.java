package io.github.miaudit.djl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Short programs of the operating system that tell something. */
final class SystemProgram {

    private SystemProgram() {
    }

    /** What one prints, or nothing where it is not there or fails. */
    static List<String> lines(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            process.getOutputStream().close();
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            return process.waitFor() == 0 ? lines : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
