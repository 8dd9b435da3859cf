package io.github.miaudit.report;

import io.github.miaudit.data.PatientContents;
import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.Exclusion;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * By how many patients a set differs between two reports, counted in the one that has more of those who differ; sentences that were left
 * out of the figures are not there.
 *
 * @param least        at least so many
 * @param most         at most so many
 * @param nesting      by how many the sizes of the sets must differ at least, if all of the one may be in the other; empty if they are not
 * @param exact        whether the patients themselves were compared
 */
record DifferingPatients(int least, int most, Optional<Integer> nesting, boolean exact) {

    static DifferingPatients exactly(PatientContents one, PatientContents other) {
        int differing = one.differing(other);
        return new DifferingPatients(differing, differing, Optional.of(differing).filter(any -> one.holds(other) || other.holds(one)),
                true);
    }

    /** Of two audits; empty if they do not say it. */
    static Optional<DifferingPatients> bySketch(Population set, AuditDocument one, AuditDocument other) {
        Set<String> inBoth = leftOut(one, set);
        Set<String> inAny = new HashSet<>(inBoth);
        inBoth.retainAll(leftOut(other, set));
        inAny.addAll(leftOut(other, set));
        int leftOut = inAny.size() - inBoth.size();
        // each patient who differs is in one number of either report, so a set differs by at least half as many
        return numbers(set, one, other).map(numbers -> new DifferingPatients(Math.max(0, numbers / 2 - leftOut),
                numbers == 0 ? leftOut : Integer.MAX_VALUE, Optional.of(Math.max(0, numbers - leftOut)), false));
    }

    /** The ids of a set's sentences that no figure is of. */
    static Set<String> leftOut(AuditDocument audit, Population set) {
        return audit.excluded().stream().filter(each -> each.population() == set).map(Exclusion::id)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Optional<Integer> numbers(Population set, AuditDocument one, AuditDocument other) {
        if (one.provenance().dataDigest().equals(other.provenance().dataDigest())) {
            return Optional.of(0);
        }
        Optional<String> ofOne = Optional.ofNullable(one.provenance().lineage().get(set));
        Optional<String> ofOther = Optional.ofNullable(other.provenance().lineage().get(set));
        Optional<String> salt = one.datasheet().flatMap(Datasheet::saltDigest);
        return ofOne.isEmpty() || ofOther.isEmpty() || salt.isEmpty() || !salt.equals(other.datasheet().flatMap(Datasheet::saltDigest))
                ? Optional.empty() : Optional.of(PatientContents.differingNumbers(ofOne.get(), ofOther.get()));
    }

    boolean isNobody() {
        return most == 0;
    }

    boolean mayBeFew(int smallest) {
        return most > 0 && least < smallest;
    }

    /**
     * Whether all of one report's patients may be in the other.
     *
     * @param more by how many patients the sets' sizes differ; empty if that is not told
     */
    boolean mayBeNested(Optional<Integer> more) {
        return nesting.filter(size -> more.map(Math::abs).filter(difference -> difference < size).isEmpty()).isPresent();
    }

    String words(int smallest) {
        return isNobody() ? "the same"
                : exact ? "patients who differ: " + least + (mayBeFew(smallest) ? ", fewer than " + smallest : "")
                        : mayBeFew(smallest) ? "fewer than " + smallest + " patients may differ; the datasets would tell exactly"
                                : "patients who differ: at least " + smallest;
    }
}
