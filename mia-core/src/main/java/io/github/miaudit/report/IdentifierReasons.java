package io.github.miaudit.report;

import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.TargetCheck;
import io.github.miaudit.exposure.Alikeness;
import io.github.miaudit.exposure.ExtractionResults;
import io.github.miaudit.exposure.IdentifierResults;
import io.github.miaudit.exposure.Preference;
import io.github.miaudit.exposure.RankedBy;
import io.github.miaudit.exposure.TypeResult;
import io.github.miaudit.identifiers.IdentifierCounts;
import io.github.miaudit.metrics.ExposedPatients;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an audit of identifiers says in words.
 *
 * @param results  exact
 * @param told     types that may be named
 * @param settings how it was made
 */
record IdentifierReasons(IdentifierResults results, Optional<ExtractionResults> extraction, List<TypeResult> told,
        IdentifierDocument.Settings settings) {

    /** The answer in a sentence, of figures as they are told. */
    String answer(List<IdentifierDocument.RankingFigures> rankings) {
        return switch (results.preference()) {
            case TOO_FEW -> "Too few patients have identifiers that can be audited, so nothing is said of them.";
            case NOT_INTERPRETABLE -> targetFails() ? ofBrokenModel()
                    : "Whether the model remembers identifiers can't be told: a model that never saw the notes does not find"
                            + " true ones and surrogates alike either (" + types(Preference.NOT_INTERPRETABLE) + ").";
            case PREFERRED -> figures(rankings.get(0)) + (results.adjustedPValue() <= IdentifierResults.ALPHA
                    ? ": it remembers them " + pValue() + "."
                    : ": of all together no more than chance was found " + pValue() + ", but by themselves it remembers those of type "
                            + types(Preference.PREFERRED) + ".");
            case NOT_DETECTED -> figures(rankings.get(0)) + ": no more than chance was found " + pValue()
                    + ", which does not show that nothing is remembered"
                    + (notChecked().isEmpty() ? "." : ", the less so as nobody checked that the model works as a language model.")
                    + written();
            case PARTLY_JUDGED -> figures(rankings.get(0)) + ": no more than chance was found " + pValue()
                    + "; but others could not be judged (" + notJudged() + "), and may be remembered"
                    + (notChecked().isEmpty() ? "." : ", the more so as nobody checked that the model works as a language model.")
                    + written();
        };
    }

    /** What a model writes is remembered, whatever its ranks show. */
    private String written() {
        return writes() ? " But asked to write them itself, it writes true ones more often than surrogates, beyond the reference ("
                + PValues.equation(Digits.up(extraction.orElseThrow().adjustedPValue().orElseThrow(), 1)) + "): it remembers some." : "";
    }

    private boolean writes() {
        return extraction.map(ExtractionResults::adjustedPValue)
                .filter(pValue -> pValue.isPresent() && pValue.getAsDouble() <= IdentifierResults.ALPHA).isPresent();
    }

    private boolean targetFails() {
        return !results.failedTargetChecks().isEmpty();
    }

    /** What the target prefers all the same is no reason to think that nothing leaks. */
    private String ofBrokenModel() {
        List<TypeResult> asked = told.stream().filter(type -> !type.rankings().isEmpty()).toList();
        String seen = asked.stream()
                .filter(type -> type.checks().stream().allMatch(Alikeness::isAlike)
                        && asked.size() * type.rankings().get(0).preference().pValue() <= IdentifierResults.ALPHA)
                .map(TypeResult::type).collect(Collectors.joining(", "));
        return "Whether the model remembers identifiers can't be told: it does not work as a language model, so its ranks show no memory,"
                + " whatever it remembers." + (seen.isEmpty() ? "" : " It prefers true ones all the same (" + seen + ").");
    }

    /** Why nobody knows whether the target works; empty if that is known. */
    private String notChecked() {
        return results.targetChecks().stream().filter(check -> check.kind().isNeeded() && check.outcome() == TargetCheck.Outcome.NOT_MADE)
                .map(TargetCheck::words).distinct().collect(Collectors.joining("; "));
    }

    private String figures(IdentifierDocument.RankingFigures ranking) {
        IdentifierDocument.AmongTop first = ranking.first();
        String share = first.share().map(exact -> percent(exact) + " of cases (" + percent(first.interval().lower()) + " to "
                + percent(first.interval().upper()) + ")").orElseGet(
                        () -> "the cases of " + first.told().words(settings.smallestCount()) + " patients");
        return String.format(Locale.ROOT,
                "Of %,d identifiers (%s) in training sentences the model prefers the true one to all others in %s;"
                        + " %s is chance",
                results.set().identifiers(), types(Preference.PREFERRED, Preference.NOT_DETECTED), share,
                percent(first.byChance()));
    }

    private String pValue() {
        return "(" + PValues.equation(Digits.up(results.adjustedPValue(), 1)) + ")";
    }

    private String notJudged() {
        List<String> named = new ArrayList<>(results.notJudged());
        List<String> unnamed = unnamed(named);
        named.removeAll(unnamed);
        if (!unnamed.isEmpty()) {
            named.add(unnamed.size() + " of fewer than " + settings.smallestCount() + " known patients");
        }
        return String.join(", ", named);
    }

    /** Those of some types of which few patients have one. */
    private List<String> unnamed(List<String> types) {
        List<String> unnamed = new ArrayList<>(types);
        unnamed.removeAll(told.stream().map(TypeResult::type).toList());
        unnamed.removeAll(notAudited().stream().map(IdentifierCounts.OfType::type).toList());
        return unnamed;
    }

    /** Types that are mentioned, of which nothing is audited, and that may be named. */
    private List<IdentifierCounts.OfType> notAudited() {
        List<String> audited = results.types().stream().map(TypeResult::type).toList();
        return named().stream().filter(type -> type.isMentioned() && !audited.contains(type.type())).toList();
    }

    private List<IdentifierCounts.OfType> named() {
        return results.counts().types().stream().filter(type -> type.patients() >= settings.smallestCount()).toList();
    }

    private String types(Preference... preferences) {
        return told.stream().filter(type -> List.of(preferences).contains(type.preference())).map(TypeResult::type)
                .collect(Collectors.joining(", "));
    }

    /** Why there is no verdict of some types, or none that all agrees with. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>(
                results.failedTargetChecks().stream().map(check -> "the target is no working model: " + check.words()).toList());
        if (results.preference() != Preference.PREFERRED && writes()) {
            reasons.add("the target writes true ones itself, so that its ranks show no preference is no good news");
        }
        for (TypeResult type : told) {
            if (type.preference() == Preference.TOO_FEW) {
                reasons.add(type.type() + ": fewer than " + fewest() + " patients have one, too few for a figure");
            }
            type.checks().stream().filter(check -> !check.isAlike()).map(check -> refusal(type, check))
                    .forEach(reasons::add);
        }
        notAudited().forEach(type -> reasons.add(type.type() + ": none of its " + type.mentions() + " mentions is audited"));
        int unnamed = unnamed(Stream.concat(results.types().stream().map(TypeResult::type), results.notJudged().stream()).distinct()
                .toList()).size();
        if (unnamed > 0) {
            reasons.add(unnamed + " types are of fewer than " + settings.smallestCount() + " known patients each, and not told of");
        }
        return reasons;
    }

    private int fewest() {
        return IdentifierResults.fewestUnits(Evaluation.withDefaults().withSmallestCount(settings.smallestCount()));
    }

    private static String refusal(TypeResult type, Alikeness check) {
        String how = check.test().deviations().stream().filter(deviation -> deviation.adjustedPValue() <= IdentifierResults.ALPHA)
                .map(deviation -> switch (deviation.statistic()) {
                    case SHARE_BEATEN -> deviation.observed() > deviation.byChance() ? "it prefers true ones" : "it prefers surrogates";
                    case EXPOSURE ->
                            deviation.observed() > deviation.byChance() ? "too many true ones come first" : "too few true ones come first";
                    case AVERSION ->
                            deviation.observed() > deviation.byChance() ? "too many true ones come last" : "too few true ones come last";
                    case EXTREMENESS -> deviation.observed() > deviation.byChance() ? "true ones are at the ends too often"
                            : "true ones are in the middle too often";
                }).collect(Collectors.joining(", "));
        return type.type() + ": the " + (check.by() == RankedBy.CONTROL ? "control" : "reference")
                + ", which never saw the notes, does not find true ones and surrogates alike ("
                + PValues.equation(Digits.up(check.adjustedPValue(), 1)) + " after correction" + (how.isEmpty() ? "" : "; " + how)
                + "), so its ranks by the target say nothing; give the list that they were drawn from, lists by sex or region, or match"
                + " length and tokens";
    }

    /** What is not audited, and what limits the figures. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>(new IdentifierCounts(named()).remarks(settings.atLeast()));
        if (results.repeated() > 0) {
            remarks.add(
                    results.repeated() + " mentions are not audited, as their sentence mentions the same identifier again, which tells it");
        }
        int shared = results.set().shared();
        if (shared >= settings.smallestCount()) {
            remarks.add(
                    shared + " identifiers stand in the sentences of several patients: each is one, with the same surrogates everywhere,"
                            + " and of no patient");
        }
        if (!notChecked().isEmpty()) {
            remarks.add("whether the target works as a language model was not checked here (" + notChecked()
                    + "): a model that was changed so that it says nothing shows nothing");
        }
        int patients = results.patients().size();
        if (patients >= fewest() && surrogatesNeeded(patients) > settings.surrogates()) {
            remarks.add(String.format(Locale.ROOT, "with %d surrogates a single patient of %d can't be told to be exposed, however well"
                    + " remembered; it takes %,d", settings.surrogates(), patients, surrogatesNeeded(patients)));
        }
        remarks.add("only identifiers that the given lists, formats and marks find were asked for, and only by how likely they are in their"
                + " place; what else the model remembers, this does not show");
        return remarks;
    }

    static long surrogatesNeeded(int patients) {
        return (long) ExposedPatients.surrogatesNeeded(patients, 1, 1, IdentifierResults.ALPHA);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
