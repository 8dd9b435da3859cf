package io.github.miaudit.report.output;

import java.util.List;
import java.util.Optional;

/** What {@code comparison.json} holds, member by member. */
record ComparisonDocument(List<String> targets, List<String> references, List<Difference> differences, List<Cell> cells) {

    record Difference(String target, Optional<String> reference, String attack, String nonMembers, double baselineAuc, double auc, double difference,
            Optional<AuditDocument.Interval> interval, double standardError, double pValue, double adjustedPValue, boolean detected, double smallestDetectable) {

        /** Such as "likelihood-ratio with base against non-members". */
        String question() {
            return attack + reference.map(name -> " with " + name).orElse("") + " against " + Charts.label(nonMembers);
        }
    }

    record Cell(String target, String reference, AuditDocument audit) {
    }

    /** The document of a report's JSON. */
    static ComparisonDocument of(String json) {
        return AuditDocument.read(json, ComparisonDocument.class);
    }

    String baseline() {
        return targets.get(0);
    }

    /** What is said of a target beside the baseline. */
    List<Difference> of(int target) {
        return differences.stream().filter(difference -> difference.target().equals(targets.get(target))).toList();
    }
}
