package io.github.miaudit.report;

import io.github.miaudit.evaluation.Ranked;
import java.util.List;
import java.util.Optional;

/**
 * What a version of a target leaks, beside how useful it is, in the words of text and page.
 *
 * @param version    its name
 * @param leak       what is said of it beside the baseline, with the AUCs of the difference that says so where they show it
 * @param stated     how useful it is said to be; empty unless stated
 * @param loss       the held-out loss
 * @param difference of the loss to the baseline's, or why there is none; empty of the baseline, and where no loss is told
 */
public record LeakAndUse(String version, String leak, Optional<String> stated, String loss, Optional<String> difference) {

    /** What the losses are, for a caption. */
    public static final String LOSS = "nats a token on the non-members, lower is better";

    /** A row a version, the baseline first. */
    public static List<LeakAndUse> of(ComparisonDocument document) {
        return document.utilities().stream().map(utility -> new LeakAndUse(utility.target(),
                document.verdicts().stream().filter(verdict -> verdict.target().equals(utility.target())).findFirst()
                        .map(verdict -> leak(document, verdict)).orElse("the baseline"),
                utility.stated().map(Numbers::plain),
                utility.heldOutLoss().map(loss -> Numbers.rounded(loss, 2)).orElse("not told of so few"),
                Optional.of(utility).filter(some -> !some.target().equals(document.baseline()) && some.heldOutLoss().isPresent())
                        .map(LeakAndUse::difference)))
                .toList();
    }

    private static String leak(ComparisonDocument document, TargetVerdict of) {
        VersionVerdict verdict = of.verdict();
        if (verdict != VersionVerdict.LEAKS_LESS && verdict != VersionVerdict.LEAKS_MORE) {
            return verdict.words();
        }
        ComparisonDocument.Difference surest = ComparisonWords.surest(document, verdict, document.counted(of.target()));
        boolean shown = verdict == VersionVerdict.LEAKS_LESS ? surest.auc() < surest.baselineAuc() : surest.auc() > surest.baselineAuc();
        return verdict.words() + (!shown ? ""
                : ": AUC " + Numbers.rounded(surest.auc(), 3) + " instead of " + Numbers.rounded(surest.baselineAuc(), 3) + ", by "
                        + surest.attack() + surest.reference().map(reference -> " with " + reference).orElse("")
                        + (surest.ranked() == Ranked.PATIENTS ? " by patient" : " by sentence"));
    }

    private static String difference(VersionUtility utility) {
        return utility.difference()
                .map(some -> (some > 0 ? "+" : "") + Numbers.rounded(some, 2) + AuditText.interval(utility.interval()))
                .orElse("not comparable: read as other tokens, or scored by another rule");
    }
}
