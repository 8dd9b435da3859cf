package io.github.miaudit.report.output;

import io.github.miaudit.report.Decision;
import java.util.List;
import java.util.Optional;

/** Where the parts of a bar begin and how long they are, in percent of all members. */
record GainBar(String found, Optional<String> from, Optional<String> width, String chance, Optional<String> control) {

    static GainBar of(Decision.Gain gain) {
        return new GainBar(percent(gain.atLeast()), gain.interval().map(ends -> percent(ends.lower())),
                gain.interval().map(ends -> percent(ends.upper() - ends.lower())), percent(gain.rate()),
                gain.control().map(GainBar::percent));
    }

    static boolean showsControl(List<Decision.Gain> gains) {
        return gains.stream().anyMatch(gain -> gain.control().isPresent());
    }

    private static String percent(double share) {
        return Long.toString(Math.round(100 * share));
    }
}
