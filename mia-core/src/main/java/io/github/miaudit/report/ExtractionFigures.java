package io.github.miaudit.report;

import io.github.miaudit.exposure.ExtractedSet;
import io.github.miaudit.exposure.ExtractionResults;
import io.github.miaudit.exposure.Likeness;
import io.github.miaudit.exposure.RankedBy;
import io.github.miaudit.exposure.RecoveredShare;
import io.github.miaudit.exposure.Recovery;
import io.github.miaudit.exposure.TypeResult;
import io.github.miaudit.metrics.TopShare;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What may be told of what models write themselves where identifiers stand. It holds no text.
 *
 * @param width        of the beams; so many fillings of each number of tokens are looked at
 * @param longest      tokens that are tried
 * @param budget       rows that might go through each model
 * @param everyMention whether every mention was tried; else some were drawn at random, as the budget allows
 * @param unfillable   mentions that could not be tried, since tokens of some model reach across their ends
 * @param all          the types that a verdict is given of
 * @param types        each type that is told of
 * @param nonMembers   those of sentences that the target was not trained on, if they were given
 */
public record ExtractionFigures(int width, int longest, long budget, boolean everyMention, long unfillable, Extracted all,
        List<OfType> types, Optional<Extracted> nonMembers) {

    /** Copies the list. */
    public ExtractionFigures {
        types = List.copyOf(types);
    }

    /**
     * A set of identifiers.
     *
     * @param set        how many, of the mentions that were tried
     * @param tooLong    mentions of which the target needs more tokens than were tried; null where the set is not told of
     * @param recoveries exact and with one edit, first and among all fillings; empty of too few
     */
    public record Extracted(IdentifierDocument.SetSize set, Optional<Long> tooLong, List<Recovered> recoveries) {

        /** Copies the list. */
        public Extracted {
            recoveries = List.copyOf(recoveries);
        }

        private static Extracted of(ExtractedSet extracted, boolean judged, Disclosure disclosure) {
            IdentifierDocument.SetSize set = IdentifierDocument.SetSize.of(extracted.set(), disclosure);
            int units = extracted.set().units();
            return new Extracted(set, set.mentions().isPresent() ? Optional.of(extracted.tooLong()) : Optional.empty(),
                    extracted.recoveries().stream().map(recovery -> Recovered.of(recovery, units, judged, disclosure)).toList());
        }
    }

    /**
     * How many are written.
     *
     * @param likeness what counts as the identifier
     * @param most     among how many of the likeliest fillings of as many tokens
     * @param shares   of the target, the reference and the control
     * @param pValue   of the hypothesis that the target writes true ones no more often than surrogates, beyond the reference, corrected for
     *                 all recoveries of the set; null of types without a verdict
     */
    public record Recovered(Likeness likeness, int most, List<Share> shares, Optional<Double> pValue) {

        /** Copies the list. */
        public Recovered {
            shares = List.copyOf(shares);
        }

        private static Recovered of(Recovery recovery, int units, boolean judged, Disclosure disclosure) {
            return new Recovered(recovery.likeness(), recovery.most(),
                    recovery.shares().stream().map(share -> Share.of(share, units, disclosure)).toList(),
                    judged ? Optional.of(IdentifierDocument.toldPValue(recovery.pValue(), disclosure)) : Optional.empty());
        }
    }

    /**
     * By one model.
     *
     * @param by    which
     * @param found the share, each patient counted once; by chance is the share in which it writes a surrogate
     */
    public record Share(RankedBy by, IdentifierDocument.AmongTop found) {

        private static Share of(RecoveredShare share, int units, Disclosure disclosure) {
            TopShare exact = share.share();
            double byChance = Math.min(1, Digits.of(Optional.of(exact.interval()), units).up(exact.byChance()));
            return new Share(share.by(), IdentifierDocument.AmongTop.of(new TopShare(exact.k(), exact.share(), byChance, exact.interval()),
                    share.units(), units, disclosure));
        }
    }

    /**
     * The identifiers of one type.
     *
     * @param type      such as {@code surname}
     * @param extracted what is written of them
     */
    public record OfType(String type, Extracted extracted) {
    }

    /** Of exact results; types that are told of are named. */
    static ExtractionFigures of(ExtractionResults results, List<TypeResult> told, Disclosure disclosure) {
        Set<String> judged = told.stream().filter(type -> type.adjustedPValue().isPresent()).map(TypeResult::type)
                .collect(Collectors.toSet());
        return new ExtractionFigures(results.settings().search().width(), results.settings().search().longest(),
                results.settings().budget(), results.tried() + results.unfillable() == results.mentions(), results.unfillable(),
                Extracted.of(results.all(), true, disclosure),
                results.types().entrySet().stream().filter(each -> told.stream().anyMatch(type -> type.type().equals(each.getKey())))
                        .map(each -> new OfType(each.getKey(),
                                Extracted.of(each.getValue(), judged.contains(each.getKey()), disclosure)))
                        .toList(),
                results.nonMembers().map(others -> Extracted.of(others, true, disclosure)));
    }
}
