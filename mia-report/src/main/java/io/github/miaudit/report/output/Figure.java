package io.github.miaudit.report.output;

import io.github.miaudit.evaluation.Overlap;
import io.github.miaudit.evaluation.Validity.Verdict;
import io.github.miaudit.evaluation.Validity;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.report.Attack;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.ByPatient;
import io.github.miaudit.report.Comparison;
import io.github.miaudit.report.Exposed;
import io.github.miaudit.report.IdentifierDocument;
import io.github.miaudit.report.Numbers;
import io.github.miaudit.report.OperatingPoint;
import io.github.miaudit.report.Told;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A figure of an audit that a policy can limit; the less the better. */
enum Figure {

    AUC("auc", Unit.SHARE, Scope.EVERY_ATTACK, place -> Measurement.of(place.attack().auc())),

    AUC_UPPER_BOUND("auc-upper-bound", Unit.SHARE, Scope.EVERY_ATTACK, place -> upperEnd(place.attack().aucInterval())),

    TPR("tpr", Unit.SHARE, Scope.EVERY_ATTACK_AT_A_RATE,
            place -> place.operatingPoint(point -> point.tpr().map(Measurement::of)
                    .orElseGet(() -> Measurement.untold(point.members(), place.leastRate(point), point.tprAtMost().orElse(1.0),
                            place.smallestCount(), "patients' sentences")))),

    TPR_UPPER_BOUND("tpr-upper-bound", Unit.SHARE, Scope.EVERY_ATTACK_AT_A_RATE, place -> place.operatingPoint(place::upperEndOfRate)),

    PATIENT_AUC_UPPER_BOUND("patient-auc-upper-bound", Unit.SHARE, Scope.EVERY_ATTACK,
            place -> place.patients(patients -> upperEnd(patients.aucInterval()))),

    PATIENT_TPR_UPPER_BOUND("patient-tpr-upper-bound", Unit.SHARE, Scope.EVERY_ATTACK_AT_A_RATE,
            place -> place.patients(patients -> place.operatingPointOf(patients, place::upperEndOfRate))),

    PATIENTS_EXPOSED("patients-exposed", Unit.COUNT, Scope.EVERY_ATTACK_AT_A_RATE,
            place -> place.patients(patients -> place.exposed(patients,
                    exposed -> exposed.patients().map(Measurement::of)
                            .orElseGet(() -> Measurement.untold(exposed.members(), place.fewestExposed(exposed, patients),
                                    place.mostExposed(exposed, patients),
                                    place.smallestCount(), "of " + patients.memberCount() + " patients"))))),

    PATIENTS_EXPOSED_UPPER_BOUND("patients-exposed-upper-bound", Unit.COUNT, Scope.EVERY_ATTACK_AT_A_RATE,
            place -> place.patients(patients -> place.exposed(patients,
                    exposed -> place.upperEndUntold(exposed.members(), place.fewestExposed(exposed, patients), exposed.upper())))),

    EMPIRICAL_LEAKAGE("empirical-leakage", Unit.NATS, Scope.EVERY_ATTACK,
            place -> place.attack().leakage().map(leakage -> Measurement.of(leakage.bound())).orElse(Measurement.missing(
                    "the audit has none: no rate can be calibrated, or patients are not known on both sides; audit more patients"))),

    /** Only the first attack of an audit has one, since the best of several bounds would be none. */
    EPSILON_LOWER_BOUND("epsilon-lower-bound", Unit.NATS, Scope.FIRST_ATTACK,
            place -> place.attack().canaryBound().map(bound -> Measurement.of(bound.epsilonLowerBound())).orElse(Measurement.missing(
                    "the audit has none: it takes an audit of canaries, against non-members, and has it for the first attack alone"))),

    EXCLUDED_SENTENCES("excluded-sentences", Unit.COUNT, Scope.COMPARISON,
            place -> place.document().provenance().target().isPresent() ? Measurement.of(place.document().excluded().size())
                    : Measurement.missing(
                            "the scores were computed elsewhere, so the audit does not know what was left out; audit the model itself")),

    OVERLAPPING_SENTENCES("overlapping-sentences", Unit.COUNT, Scope.COMPARISON,
            place -> place.comparison().validity().overlap().map(overlap -> overlapping(overlap, place.comparison().nonMemberCount()))
                    .orElse(Measurement.missing("the audit had no texts to compare; audit the model with its dataset"))),

    VALIDITY("validity", Unit.VERDICT, Scope.COMPARISON, place -> {
        Validity validity = place.comparison().validity();
        return new Measurement(validity.verdict().ordinal(), validity.verdict().ordinal(), String.join("; ", validity.reasons()));
    }),

    /** Strata are of the comparison with the non-members, whatever a policy is against. */
    WORST_STRATUM_AUC_UPPER_BOUND("worst-stratum-auc-upper-bound", Unit.SHARE, Scope.COMPARISON,
            place -> StrataMeasurements.worst(place.document().strata())),

    IDENTIFIER_EXPOSURE_UPPER_BOUND("identifier-exposure-upper-bound", Unit.BITS, IdentifierMeasurements::exposure),

    IDENTIFIERS_FIRST_SHARE("identifiers-first-share", Unit.SHARE, IdentifierMeasurements::first),

    PATIENTS_EXPOSED_BY_IDENTIFIERS("patients-exposed-by-identifiers", Unit.COUNT, IdentifierMeasurements::patients);

    /** Of what a figure is one; of the first attack unless a limit names another. */
    enum Scope {
        COMPARISON, FIRST_ATTACK, EVERY_ATTACK, EVERY_ATTACK_AT_A_RATE, IDENTIFIERS
    }

    /** What a figure is measured in. A verdict is its {@code ordinal()}, so that the better one is the lesser, as everywhere. */
    enum Unit {
        SHARE, COUNT, NATS, BITS, VERDICT;

        String words(double value, double bound) {
            return this == VERDICT ? verdict(value) : Numbers.besideBound(value, bound);
        }

        /** Such as "at most 0.02". */
        String boundWords(double bound) {
            return this == VERDICT ? "at least " + verdict(bound) : "at most " + Numbers.plain(bound);
        }

        private static String verdict(double ordinal) {
            return Verdict.values()[(int) ordinal].name();
        }
    }

    private final String label;
    private final Unit unit;
    private final Scope scope;
    private final Function<Place, Measurement> reading;
    private final Function<Optional<IdentifierDocument>, Measurement> ofIdentifiers;

    Figure(String label, Unit unit, Scope scope, Function<Place, Measurement> reading) {
        this.label = label;
        this.unit = unit;
        this.scope = scope;
        this.reading = reading;
        this.ofIdentifiers = found -> {
            throw new IllegalStateException(label + " is no figure of identifiers");
        };
    }

    Figure(String label, Unit unit, Function<Optional<IdentifierDocument>, Measurement> ofIdentifiers) {
        this.label = label;
        this.unit = unit;
        this.scope = Scope.IDENTIFIERS;
        this.reading = place -> {
            throw new IllegalStateException(label + " is a figure of identifiers");
        };
        this.ofIdentifiers = ofIdentifiers;
    }

    static Optional<Figure> labelled(String label) {
        return Arrays.stream(values()).filter(figure -> figure.label.equals(label)).findFirst();
    }

    static String labels() {
        return Arrays.stream(values()).map(Figure::label).collect(Collectors.joining(", "));
    }

    String label() {
        return label;
    }

    Unit unit() {
        return unit;
    }

    Scope scope() {
        return scope;
    }

    boolean isOfAnAttack() {
        return scope != Scope.COMPARISON && scope != Scope.IDENTIFIERS;
    }

    boolean isOfIdentifiers() {
        return scope == Scope.IDENTIFIERS;
    }

    boolean isAtARate() {
        return scope == Scope.EVERY_ATTACK_AT_A_RATE;
    }

    Measurement read(Place place) {
        return reading.apply(place);
    }

    Measurement readIdentifiers(Optional<IdentifierDocument> found) {
        return ofIdentifiers.apply(found);
    }

    private static Measurement upperEnd(Optional<Interval> interval) {
        return interval.map(ends -> Measurement.of(ends.upper()))
                .orElse(Measurement.missing("the audit has no interval of it: there are too few patients, or sentences; audit more"));
    }

    /** Where a figure is looked for; without an attack those of the whole comparison, without a rate those that need none. */
    record Place(AuditDocument document, Comparison comparison, Optional<Attack> wantedAttack, Optional<Double> wantedRate) {

        Attack attack() {
            return wantedAttack.orElseThrow();
        }

        int smallestCount() {
            return document.settings().smallestCount();
        }

        /** The least that a rate can be that is not told. */
        double leastRate(OperatingPoint point) {
            return point.tprAtLeast().orElse(fewest(point.members()) / comparison.memberCount());
        }

        /** Of 1 alone none would be hidden, so few may be none. */
        private double fewest(Told members) {
            return members == Told.FEW && smallestCount() > 2 ? 1 : 0;
        }

        /** The fewest patients that can be exposed where their number is not told. */
        double fewestExposed(Exposed exposed, ByPatient patients) {
            return exposed.members() == Told.ALL_BUT_FEW ? patients.memberCount() - smallestCount() + 1 : fewest(exposed.members());
        }

        /** And the most. */
        double mostExposed(Exposed exposed, ByPatient patients) {
            return exposed.members() == Told.FEW ? smallestCount() - 1 : patients.memberCount();
        }

        Measurement upperEndOfRate(OperatingPoint point) {
            return upperEndUntold(point.members(), point.tprAtLeast().orElse(0.0), point.tprInterval().map(Interval::upper));
        }

        /** The upper end; where the figure itself is not told one that it does not exceed is, and it is no less than the figure. */
        Measurement upperEndUntold(Told members, double figure, Optional<Double> upper) {
            if (members.isExact() || upper.isEmpty() && members != Told.NOT_AT_ALL) {
                return upper.map(Measurement::of).orElseGet(() -> upperEnd(Optional.empty()));
            }
            return Measurement.untold(members, figure, upper.orElse(Double.POSITIVE_INFINITY), smallestCount(), "patients");
        }

        Measurement patients(Function<ByPatient, Measurement> figure) {
            return attack().byPatient().map(figure)
                    .orElse(Measurement.missing("the audit has no figures by patient: name the patient of each sentence"
                            + " of both sets, at least " + 2 * smallestCount() + " patients each"));
        }

        Measurement operatingPoint(Function<OperatingPoint, Measurement> figure) {
            return atRate(attack().tprAtFpr(), OperatingPoint::atFpr, OperatingPoint::resolvable,
                    comparison.nonMemberCount() + " " + comparison.nonMembers().words(), figure);
        }

        Measurement operatingPointOf(ByPatient patients, Function<OperatingPoint, Measurement> figure) {
            return atRate(patients.tprAtFpr(), OperatingPoint::atFpr, OperatingPoint::resolvable, otherPatients(patients), figure);
        }

        Measurement exposed(ByPatient patients, Function<Exposed, Measurement> figure) {
            return atRate(patients.exposed(), Exposed::atFpr, Exposed::resolvable, otherPatients(patients), figure);
        }

        private String otherPatients(ByPatient patients) {
            return patients.nonMemberCount() + " patients among the " + comparison.nonMembers().words();
        }

        private <P> Measurement atRate(List<P> points, Function<P, Double> rateOf, Predicate<P> resolvable, String others,
                Function<P, Measurement> figure) {
            double rate = wantedRate.orElseThrow();
            Optional<P> point = points.stream().filter(candidate -> rateOf.apply(candidate) == rate).findFirst();
            if (point.isEmpty()) {
                return Measurement.missing("the audit has no FPR " + Numbers.plain(rate) + ", only "
                        + points.stream().map(rateOf).map(Numbers::plain).collect(Collectors.joining(", "))
                        + "; choose one of these, or audit with that rate");
            }
            if (!resolvable.test(point.get())) {
                return Measurement.missing(
                        "FPR " + Numbers.plain(rate) + " " + OperatingPoint.UNMEASURED + " with " + others
                                + ": not one false positive is allowed; "
                                + (rate > 0 ? "audit at least " + Numbers.neededFor(rate) + " of them, or choose a higher rate"
                                        : "choose a rate above 0"));
            }
            return figure.apply(point.get());
        }
    }

    /** Of sentences at which nobody looked for near ones, each may be one. */
    private static Measurement overlapping(Overlap overlap, int nonMembers) {
        int least = overlap.exact() + overlap.near();
        int unseen = Math.max(0, nonMembers - overlap.nearAmong());
        return unseen == 0 ? Measurement.of(least)
                : new Measurement(least, (double) least + unseen, "nearly equal ones were looked for among " + overlap.nearAmong() + " of "
                        + nonMembers + " sentences only; the others may hold more");
    }
}
