package io.github.miaudit.exposure;

import io.github.miaudit.data.Patient;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.TargetCheck;
import io.github.miaudit.identifiers.IdentifierCounts;
import io.github.miaudit.metrics.DeLong;
import io.github.miaudit.metrics.ExchangeabilityTest;
import io.github.miaudit.metrics.ExposedPatients;
import io.github.miaudit.metrics.GroupedScores;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.MultipleTesting;
import io.github.miaudit.metrics.RankedIdentities;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an audit of identifiers found, exactly. Confidential: what may be told is decided once, in the document.
 * Immutable.
 *
 * @param counts      what was found in the members, and why some is not planned
 * @param repeated    mentions that are not audited since their sentence mentions the same identifier again
 * @param set         how many identifiers there are of types that a verdict is given of
 * @param rankings    of these; none of too few
 * @param preference  what is concluded of all: preferred if those with a verdict together are, or any type by itself; not detected only
 *                    if each type that is mentioned has a verdict
 * @param types       all of which something was audited, in alphabetical order
 * @param occurrences of the same identifiers by how often they stand in the members
 * @param nonMembers  if they were given
 * @param patients    with identifiers of their own of these types
 * @param targetChecks whether the target is a working model; of one that fails a check no type has a verdict
 */
public record IdentifierResults(IdentifierCounts counts, long repeated, RankedSet set, List<Ranking> rankings, Preference preference,
        List<TypeResult> types, List<OccurrenceResult> occurrences, Optional<NonMemberResult> nonMembers,
        List<PatientExposure> patients, List<TargetCheck> targetChecks) {

    /** Of p-values, and of the patients that are called exposed the share that may be so by chance. */
    public static final double ALPHA = 0.05;

    /** Copies the lists. */
    public IdentifierResults {
        rankings = List.copyOf(rankings);
        types = List.copyOf(types);
        occurrences = List.copyOf(occurrences);
        patients = List.copyOf(patients);
        targetChecks = List.copyOf(targetChecks);
    }

    /** Of fewer patients, or shared identifiers, no figure is made: twice as many as may be told of, so that few can hide among them. */
    public static int fewestUnits(Evaluation evaluation) {
        return Math.max(5, evaluation.smallestCount() > 1 ? 2 * evaluation.smallestCount() : 1);
    }

    /** How many patients are exposed at a false discovery rate of {@link #ALPHA}. */
    public int exposedPatients() {
        return (int) patients.stream().filter(patient -> patient.adjustedPValue() <= ALPHA).count();
    }

    /**
     * That of all types with a verdict together, from {@link #rankings}: with several types they are tested together and one by one, each
     * at half the error.
     *
     * @throws IllegalStateException if no type has a verdict
     */
    public double adjustedPValue() {
        if (rankings.isEmpty()) {
            throw new IllegalStateException("no type has a verdict, so there is no p-value");
        }
        return adjusted(rankings.get(0).preference().pValue(),
                judged(types).size());
    }

    /** Types that are mentioned, and not by placeholders alone, and have no verdict, in alphabetical order. */
    public List<String> notJudged() {
        return notJudged(counts, types);
    }

    private static List<String> notJudged(IdentifierCounts counts, List<TypeResult> types) {
        List<String> judged = judged(types);
        return Stream.concat(types.stream().map(TypeResult::type),
                counts.types().stream().filter(IdentifierCounts.OfType::isMentioned).map(IdentifierCounts.OfType::type))
                .filter(type -> !judged.contains(type)).distinct().sorted().toList();
    }

    private static List<String> judged(List<TypeResult> types) {
        return types.stream().filter(type -> type.adjustedPValue().isPresent()).map(TypeResult::type).toList();
    }

    /** The checks that the target fails. */
    public List<TargetCheck> failedTargetChecks() {
        return targetChecks.stream().filter(check -> check.outcome() == TargetCheck.Outcome.FAILED).toList();
    }

    private static double adjusted(double pValue, int types) {
        return types > 1 ? Math.min(1, 2 * pValue) : pValue;
    }

    private static Preference preference(double adjustedPValue) {
        return adjustedPValue <= ALPHA ? Preference.PREFERRED : Preference.NOT_DETECTED;
    }

    static IdentifierResults of(IdentifierCounts counts, long repeated, List<RankedIdentifier> members,
            Optional<List<RankedIdentifier>> nonMembers, List<TargetCheck> targetChecks, int most, Evaluation evaluation) {
        boolean works = targetChecks.stream().noneMatch(check -> check.outcome() == TargetCheck.Outcome.FAILED);
        Making making = new Making(members, works, most, evaluation);
        List<TypeResult> types = making.types();
        List<String> judged = judged(types);
        List<RankedIdentifier> accepted = making.ofTypes(members, judged);
        List<Ranking> rankings = judged.isEmpty() ? List.of() : making.rankings(accepted);
        return new IdentifierResults(counts, repeated, RankedSet.of(accepted), rankings, whole(counts, types, rankings), types,
                List.of(making.occurring(accepted, 1, OptionalInt.of(1)), making.occurring(accepted, 2, OptionalInt.of(3)),
                        making.occurring(accepted, 4, OptionalInt.empty())),
                nonMembers.map(others -> making.beside(accepted, making.ofTypes(others, judged))), exposures(accepted), targetChecks);
    }

    private static Preference whole(IdentifierCounts counts, List<TypeResult> types, List<Ranking> rankings) {
        Set<Preference> ofTypes = types.stream().map(TypeResult::preference).collect(Collectors.toSet());
        if (rankings.isEmpty()) {
            return ofTypes.contains(Preference.NOT_INTERPRETABLE) ? Preference.NOT_INTERPRETABLE : Preference.TOO_FEW;
        }
        if (ofTypes.contains(Preference.PREFERRED)) { // a type that is remembered is not made up for by others
            return Preference.PREFERRED;
        }
        Preference ofJudged = preference(adjusted(rankings.get(0).preference().pValue(), judged(types).size()));
        return ofJudged == Preference.NOT_DETECTED && !notJudged(counts, types).isEmpty() ? Preference.PARTLY_JUDGED : ofJudged;
    }

    private static List<PatientExposure> exposures(List<RankedIdentifier> accepted) {
        List<RankedIdentifier> own = accepted.stream().filter(identifier -> identifier.identity().unit() instanceof Patient).toList();
        if (own.isEmpty()) {
            return List.of();
        }
        ExposedPatients exposed = ExposedPatients.of(Ranking.identities(RankedBy.TARGET_MINUS_REFERENCE, own));
        double[] adjusted = exposed.adjusted();
        double[] pValues = exposed.pValues();
        List<Patient> patients = own.stream().map(identifier -> (Patient) identifier.identity().unit()).distinct().toList();
        List<PatientExposure> exposures = new ArrayList<>();
        for (int patient = 0; patient < patients.size(); patient++) {
            exposures.add(new PatientExposure(patients.get(patient), pValues[patient], adjusted[patient]));
        }
        return exposures;
    }

    /** Results in making. */
    private record Making(List<RankedIdentifier> members, boolean works, int most, Evaluation evaluation) {

        private boolean areTooFew(List<RankedIdentifier> identifiers) {
            return RankedSet.of(identifiers).units() < fewestUnits(evaluation);
        }

        private List<RankedIdentifier> ofTypes(List<RankedIdentifier> identifiers, List<String> types) {
            return identifiers.stream().filter(identifier -> types.contains(identifier.identity().type())).toList();
        }

        private List<Ranking> rankings(List<RankedIdentifier> identifiers) {
            return identifiers.get(0).ranks().keySet().stream().map(by -> Ranking.of(by, identifiers, most, evaluation)).toList();
        }

        private List<TypeResult> types() {
            Map<String, List<RankedIdentifier>> byType = members.stream()
                    .collect(Collectors.groupingBy(identifier -> identifier.identity().type(), TreeMap::new, Collectors.toList()));
            Map<String, List<Alikeness>> checks = checks(byType);
            Map<String, List<Ranking>> rankings = new TreeMap<>();
            checks.keySet().forEach(type -> rankings.put(type, rankings(Objects.requireNonNull(byType.get(type)))));
            List<String> judged = checks.entrySet().stream()
                    .filter(checked -> works && checked.getValue().stream().allMatch(Alikeness::isAlike))
                    .map(Map.Entry::getKey).toList();
            double[] adjusted = MultipleTesting
                    .holm(judged.stream().mapToDouble(type -> Objects.requireNonNull(rankings.get(type)).get(0).preference().pValue())
                            .toArray());
            List<TypeResult> results = new ArrayList<>();
            byType.forEach((type, identifiers) -> {
                int place = judged.indexOf(type);
                Preference preference = !checks.containsKey(type) ? Preference.TOO_FEW
                        : place < 0 ? Preference.NOT_INTERPRETABLE : preference(adjusted(adjusted[place], judged.size()));
                results.add(new TypeResult(type, RankedSet.of(identifiers), rankings.getOrDefault(type, List.of()),
                        checks.getOrDefault(type, List.of()), preference,
                        place < 0 ? OptionalDouble.empty() : OptionalDouble.of(adjusted(adjusted[place], judged.size()))));
            });
            return results;
        }

        /** Of the types of which there are enough. */
        private Map<String, List<Alikeness>> checks(Map<String, List<RankedIdentifier>> byType) {
            List<String> types = new ArrayList<>();
            List<RankedBy> models = new ArrayList<>();
            List<ExchangeabilityTest> tests = new ArrayList<>();
            byType.forEach((type, identifiers) -> {
                if (!areTooFew(identifiers)) {
                    identifiers.get(0).ranks().keySet().stream().filter(by -> by == RankedBy.REFERENCE || by == RankedBy.CONTROL)
                            .forEach(by -> {
                                types.add(type);
                                models.add(by);
                                tests.add(ExchangeabilityTest.of(Ranking.identities(by, identifiers), evaluation.permutations(),
                                        evaluation.seed()));
                            });
                }
            });
            double[] adjusted = MultipleTesting.holm(tests.stream().mapToDouble(ExchangeabilityTest::pValue).toArray());
            Map<String, List<Alikeness>> checks = new TreeMap<>();
            for (int test = 0; test < adjusted.length; test++) {
                checks.computeIfAbsent(types.get(test), unseen -> new ArrayList<>())
                        .add(new Alikeness(models.get(test), tests.get(test), adjusted[test]));
            }
            return checks;
        }

        private OccurrenceResult occurring(List<RankedIdentifier> accepted, int least, OptionalInt greatest) {
            List<RankedIdentifier> identifiers = accepted.stream().filter(identifier -> identifier.identity().occurrences() >= least
                    && identifier.identity().occurrences() <= greatest.orElse(Integer.MAX_VALUE)).toList();
            return new OccurrenceResult(least, greatest, RankedSet.of(identifiers), ofDifference(identifiers));
        }

        private Optional<Ranking> ofDifference(List<RankedIdentifier> identifiers) {
            return areTooFew(identifiers) ? Optional.empty()
                    : Optional.of(Ranking.of(RankedBy.TARGET_MINUS_REFERENCE, identifiers, most, evaluation));
        }

        private NonMemberResult beside(List<RankedIdentifier> accepted, List<RankedIdentifier> others) {
            Optional<Ranking> ranking = ofDifference(others);
            if (ranking.isEmpty() || areTooFew(accepted)) {
                return new NonMemberResult(RankedSet.of(others), ranking, Optional.empty(), Optional.empty());
            }
            DeLong areas = DeLong.of(beaten(accepted), beaten(others));
            Interval interval = areas.interval(evaluation.confidence());
            return new NonMemberResult(RankedSet.of(others), ranking, Optional.of(areas.areaUnderCurve()), Optional.of(interval));
        }

        private static GroupedScores beaten(List<RankedIdentifier> identifiers) {
            RankedIdentities identities = Ranking.identities(RankedBy.TARGET_MINUS_REFERENCE, identifiers);
            return identities.sharesBeaten();
        }
    }
}
