package io.github.miaudit.evaluation;

import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.PairedDifference;
import java.util.List;
import java.util.Optional;

/**
 * What an attack finds among the patients of a stratum, its members against its non-members.
 *
 * @param members          its patients among the members
 * @param nonMembers       and among the non-members
 * @param area             the AUC by patient
 * @param areaInterval     of it
 * @param sentenceArea     the AUC by sentence, of the same patients and, where p-values are combined, the other half of the non-members
 * @param sentenceInterval of it, by patients
 * @param beyondControl    the AUC by patient minus the control's; empty without one
 * @param pValue           one-sided, of the hypothesis that members score no higher, patients being dealt anew within the stratum; with a
 *                         control, no more above others than with it; uncorrected
 * @param exposed          how many of the members' patients are accepted by the threshold of all non-members, at each wanted rate
 */
public record StratumResult(int members, int nonMembers, double area, Interval areaInterval, double sentenceArea,
        Interval sentenceInterval, Optional<PairedDifference> beyondControl, double pValue, List<Integer> exposed) {

    /** Copies the list. */
    public StratumResult {
        exposed = List.copyOf(exposed);
    }

    /** No figure, which may be of few patients. */
    @Override
    public String toString() {
        return "StratumResult";
    }
}
