package io.github.miaudit.cli;

import io.github.miaudit.likelihood.Cancellation;
import java.nio.file.Path;
import java.time.Duration;

/** While open, lets a process that is told to end (SIGINT, SIGTERM) first store what it has in work, and say how to go on. */
final class GracefulStop implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(8); // 10 is what container hosts grant

    private final Cancellation cancellation = new Cancellation();
    private final Thread hook;

    GracefulStop(Path store) {
        hook = new Thread(() -> {
            boolean whole = cancellation.request(PATIENCE);
            System.err.println("mia: stopped" + (whole ? "" : " before the last sentences were done") + "; what was scored is in " + store
                    + ", so the same command goes on from there");
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending, and the hook is at work
        }
    }
}
