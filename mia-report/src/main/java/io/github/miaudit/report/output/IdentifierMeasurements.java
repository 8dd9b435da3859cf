package io.github.miaudit.report.output;

import io.github.miaudit.metrics.Interval;
import io.github.miaudit.report.IdentifierDocument;
import io.github.miaudit.report.Numbers;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Figures of identifiers that a policy can limit. What could not be judged leaves open how much they are. */
final class IdentifierMeasurements {

    private IdentifierMeasurements() {
    }

    /** The upper end of the interval of the exposure, in bits. */
    static Measurement exposure(Optional<IdentifierDocument> found) {
        return largest(found, IdentifierDocument.RankingFigures::exposureInterval);
    }

    /** The upper end of the interval of the share that is ranked first. */
    static Measurement first(Optional<IdentifierDocument> found) {
        return largest(found, ranking -> ranking.first().interval());
    }

    /** Patients whom the target gives away. */
    static Measurement patients(Optional<IdentifierDocument> found) {
        if (found.isEmpty()) {
            return notAudited();
        }
        IdentifierDocument document = found.get();
        IdentifierDocument.ExposedByIdentifiers exposed = document.exposed();
        if (exposed.among().isEmpty()) {
            return Measurement.missing("too few patients have identifiers of their own that could be judged: " + why(document));
        }
        int among = exposed.among().get();
        int smallest = document.settings().smallestCount();
        Measurement counted = switch (exposed.told()) {
            case EXACTLY -> Measurement.of(exposed.patients().orElseThrow());
            // of 1 alone none would be hidden, so few may be none
            case FEW -> Measurement.untold(exposed.told(), smallest > 2 ? 1 : 0, smallest - 1, smallest, "of " + among + " patients");
            case ALL_BUT_FEW -> Measurement.untold(exposed.told(), among - smallest + 1, among, smallest, "of " + among + " patients");
            case NOT_AT_ALL -> throw new IllegalStateException("the number of patients is told");
        };
        long needed = exposed.surrogatesNeeded().orElseThrow();
        if (needed > document.settings().surrogates()) {
            return atLeast(counted.least(), "with " + document.settings().surrogates()
                    + " surrogates a single patient can't be told to be exposed, however well remembered; audit with " + needed
                    + " of a list that has as many (--surrogates)");
        }
        return document.isWhole() ? counted : atLeast(counted.least(), why(document));
    }

    /** Of all types together and of each by itself: one that is remembered is not made up for by others. */
    private static Measurement largest(Optional<IdentifierDocument> found, Function<IdentifierDocument.RankingFigures, Interval> interval) {
        if (found.isEmpty()) {
            return notAudited();
        }
        IdentifierDocument document = found.get();
        if (document.rankings().isEmpty()) {
            return Measurement.missing("nothing can be told of identifiers: " + why(document));
        }
        double largest = Stream.concat(document.rankings().stream().limit(1),
                document.types().stream().filter(type -> type.adjustedPValue().isPresent()).map(type -> type.rankings().get(0)))
                .mapToDouble(ranking -> interval.apply(ranking).upper()).max().orElseThrow();
        return document.isWhole() ? Measurement.of(largest) : atLeast(largest, why(document));
    }

    private static Measurement notAudited() {
        return Measurement.missing("the audit has none, as identifiers were not audited; audit them too (mia audit --list, --format or"
                + " --pattern)");
    }

    /** What is judged may be too much; it is never little enough. */
    private static Measurement atLeast(double least, String why) {
        return new Measurement(least, Double.POSITIVE_INFINITY, "it is " + Numbers.figure(least)
                + " by what could be judged, but not all could, so it may be more: " + why);
    }

    private static String why(IdentifierDocument document) {
        return !document.reasons().isEmpty() ? String.join("; ", document.reasons())
                : document.rankings().isEmpty() ? document.answer()
                        : "whether the target works as a language model was not checked";
    }
}
