package io.github.miaudit.exposure;

import io.github.miaudit.evaluation.Evaluation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What models write themselves where identifiers stand, exactly. Confidential. Immutable.
 *
 * @param settings   how far it was searched
 * @param mentions   that could have been tried, in the members
 * @param tried      of these
 * @param unfillable of these were tried in vain, since tokens of some model reach across the identifier's ends
 * @param all        types that a verdict is given of, together
 * @param types      each type, in alphabetical order
 * @param nonMembers the types that a verdict is given of in sentences that the target was not trained on, if they were given
 */
public record ExtractionResults(ExtractionSettings settings, long mentions, long tried, long unfillable, ExtractedSet all,
        Map<String, ExtractedSet> types, Optional<ExtractedSet> nonMembers) {

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
        return new ExtractionResults(settings, mentions, members.tried(), members.unfillable(),
                ExtractedSet.of(ofTypes(members, judged), goals, evaluation), types,
                nonMembers.map(others -> ExtractedSet.of(ofTypes(others, judged), goals, evaluation)));
    }

    private static List<RecoveredIdentifier> ofTypes(MentionExtraction.Outcome outcome, List<String> types) {
        return outcome.identifiers().stream().filter(identifier -> types.contains(identifier.identity().type())).toList();
    }
}
