package io.github.miaudit.exposure;

import io.github.miaudit.evaluation.Evaluation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What models write themselves where identifiers stand, exactly. Confidential. Immutable.
 *
 * @param settings   how far it was searched
 * @param mentions   that could have been tried, in the members
 * @param tried      of these
 * @param unfillable of these were tried in vain, since tokens of some model reach across the identifier's ends
 * @param all        types that a verdict is given of, together
 * @param types      each type, in alphabetical order
 * @param adjustedPValue the smallest p-value of all recoveries, of the types with a verdict together and of each by itself, corrected for
 *                       these sets (Bonferroni); empty if none is told of
 * @param nonMembers the types that a verdict is given of in sentences that the target was not trained on, if they were given
 */
public record ExtractionResults(ExtractionSettings settings, long mentions, long tried, long unfillable, ExtractedSet all,
        Map<String, ExtractedSet> types, OptionalDouble adjustedPValue, Optional<ExtractedSet> nonMembers) {

    /** Copies the map. */
    public ExtractionResults {
        types = Collections.unmodifiableMap(new TreeMap<>(types));
    }

    static ExtractionResults of(ExtractionSettings settings, long mentions, MentionExtraction.Outcome members,
            Optional<MentionExtraction.Outcome> nonMembers, IdentifierResults results, Evaluation evaluation) {
        List<String> judged = results.types().stream().filter(type -> type.adjustedPValue().isPresent()).map(TypeResult::type).toList();
        List<MentionExtraction.Goal> goals = MentionExtraction.goals(settings);
        Map<String, ExtractedSet> types = new TreeMap<>();
        members.identifiers().stream().collect(Collectors.groupingBy(identifier -> identifier.identity().type()))
                .forEach((type, identifiers) -> types.put(type, ExtractedSet.of(identifiers, goals, evaluation)));
        ExtractedSet all = ExtractedSet.of(ofTypes(members, judged), goals, evaluation);
        List<ExtractedSet> tested = judged.size() == 1 ? List.of(all)
                : Stream.concat(Stream.of(all), judged.stream().filter(types::containsKey).map(types::get)).toList();
        OptionalDouble smallest = tested.stream().flatMap(set -> set.recoveries().stream()).mapToDouble(Recovery::pValue).min();
        return new ExtractionResults(settings, mentions, members.tried(), members.unfillable(), all, types,
                smallest.isEmpty() ? smallest : OptionalDouble.of(Math.min(1, tested.size() * smallest.getAsDouble())),
                nonMembers.map(others -> ExtractedSet.of(ofTypes(others, judged), goals, evaluation)));
    }

    private static List<RecoveredIdentifier> ofTypes(MentionExtraction.Outcome outcome, List<String> types) {
        return outcome.identifiers().stream().filter(identifier -> types.contains(identifier.identity().type())).toList();
    }
}
