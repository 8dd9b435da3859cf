package io.github.miaudit.report.output;

import io.github.miaudit.report.Numbers;
import io.github.miaudit.report.StrataFigures;
import java.util.Optional;

/** Figures by stratum that a policy can limit. What could not be judged leaves open how much they are. */
final class StrataMeasurements {

    private StrataMeasurements() {
    }

    /** The largest upper end of all intervals of the AUC by patient, which hold together. */
    static Measurement worst(Optional<StrataFigures> found) {
        if (found.isEmpty()) {
            return Measurement.missing("the audit has none, as it was not asked for strata; name them (mia audit --strata)");
        }
        StrataFigures strata = found.get();
        if (strata.strata() == 0) {
            return Measurement.missing(strata.answer() + " Audit more patients, or name larger strata");
        }
        double largest = strata.variables().stream().flatMap(variable -> variable.strata().stream())
                .mapToDouble(stratum -> stratum.aucInterval().upper()).max().orElseThrow();
        return strata.isWhole() ? Measurement.of(largest)
                : new Measurement(largest, Double.POSITIVE_INFINITY,
                        "it is " + Numbers.figure(largest) + " by what could be judged, but not all could, so it may be more: "
                                + strata.answer());
    }
}
