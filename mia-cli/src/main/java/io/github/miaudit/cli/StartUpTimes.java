package io.github.miaudit.cli;

import io.github.miaudit.djl.StartUpListener;
import io.github.miaudit.djl.StartUpPhase;
import io.github.miaudit.io.PlainText;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;

/** Prints a line for each phase of opening models, and one before for what Java itself took. */
final class StartUpTimes implements StartUpListener {

    StartUpTimes() {
        line("Java, options and input files", Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()), "");
    }

    @Override
    public void phaseEnded(StartUpPhase phase) {
        line(PlainText.name(phase.model()) + ": " + phase.name(), phase.took(),
                String.format(Locale.ROOT, ", ended after %.2f s", seconds(phase.ended())));
    }

    private static void line(String what, Duration took, String more) {
        System.err.println("mia: " + what + String.format(Locale.ROOT, " %.2f s", seconds(took)) + more);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
