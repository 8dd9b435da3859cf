package io.github.miaudit.evaluation;

import io.github.miaudit.metrics.PairedDifference;
import io.github.miaudit.metrics.RocPoint;
import java.util.List;
import java.util.Optional;

/**
 * What an attack finds in the target beyond what it finds in a control model that never saw the members: a difference between the sets
 * tells them apart by either, memory by the target alone.
 *
 * @param controlArea        the control's AUC
 * @param difference         the target's AUC minus the control's, paired on the same rows
 * @param controlPoints      the control's best threshold at each wanted false positive rate
 * @param exceedance         of the target's scores minus the control's; only of rows that are independent, and if they are, by patient
 */
public record ControlDifference(double controlArea, PairedDifference difference, List<RocPoint> controlPoints,
        Optional<Exceedance> exceedance) {

    /** Copies the list. */
    public ControlDifference {
        controlPoints = List.copyOf(controlPoints);
    }

    /** Nothing of the figures, which may be of few patients. */
    @Override
    public String toString() {
        return "ControlDifference";
    }
}
