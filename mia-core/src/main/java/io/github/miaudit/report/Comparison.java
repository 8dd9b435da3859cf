package io.github.miaudit.report;

import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.evaluation.ComparisonResult;
import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.ControlDifference;
import io.github.miaudit.evaluation.Finding;
import io.github.miaudit.evaluation.Validity;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The members against another population.
 *
 * @param members         the population of members
 * @param nonMembers      the population that they are compared with
 * @param memberCount     members compared, in sentences
 * @param nonMemberCount  of the other population, in sentences
 * @param independent     the units of all intervals, p-values and promises
 * @param conclusion      what this comparison answers
 * @param strongestAttack the attack of the surest of the tests that found something, or the first where none did
 * @param tests           what the answer rests on
 * @param attacks         the figures of each attack, in the order of the audit
 * @param validity        whether the comparison measures membership at all
 */
public record Comparison(Population members, Population nonMembers, int memberCount, int nonMemberCount, Unit independent,
        Conclusion conclusion, String strongestAttack, List<AnswerTest> tests, List<Attack> attacks, Validity validity) {

    /** What is drawn, dealt and counted on its own. */
    public enum Unit {
        /** Where patients are known: a patient's sentences depend on one another. */
        PATIENTS,
        /** Where none is. */
        SENTENCES
    }

    /**
     * Copies the attacks.
     *
     * @throws IllegalArgumentException if members are compared with members, the strongest attack is none of them, or they are not of
     *                                  the same rates
     */
    public Comparison {
        attacks = List.copyOf(attacks);
        tests = List.copyOf(tests);
        if (members != Population.MEMBERS || nonMembers == Population.MEMBERS) {
            throw new IllegalArgumentException(
                    "a comparison is of " + members.words() + " with " + nonMembers.words() + "; it must be of members with others");
        }
        if (attacks.stream().map(Attack::name).noneMatch(strongestAttack::equals)) {
            throw new IllegalArgumentException("strongestAttack is \"" + strongestAttack + "\", which is none of the attacks");
        }
        if (attacks.stream().map(attack -> attack.tprAtFpr().stream().map(OperatingPoint::atFpr).toList()).distinct().count() > 1) {
            throw new IllegalArgumentException("attacks must state the same rates in tprAtFpr");
        }
    }

    static Comparison of(ComparisonResult comparison, Disclosure disclosure) {
        return new Comparison(Population.MEMBERS, comparison.nonMembers(), comparison.memberCount(), comparison.nonMemberCount(),
                comparison.isGrouped() ? Unit.PATIENTS : Unit.SENTENCES, comparison.conclusion(), comparison.surest().name(),
                tests(comparison, disclosure),
                IntStream.range(0, comparison.attacks().size()).mapToObj(attack -> Attack.of(comparison.attacks().get(attack),
                        comparison.scores().get(attack), comparison.nonMembers(), disclosure)).toList(),
                told(comparison, disclosure));
    }

    /** The validity; of checks that look at the target the areas are told as those of attacks are. */
    private static Validity told(ComparisonResult comparison, Disclosure disclosure) {
        Validity validity = comparison.validity();
        return new Validity(validity.verdict(), validity.reasons(), validity.shiftPValue().map(Digits::upToTwo),
                validity.checks().stream().map(check -> {
                    Coarse areas = check.blind() ? disclosure.blindAreas(comparison, check.aucInterval())
                            : disclosure.areas(comparison, check.aucInterval());
                    return new Validity.Check(check.name(), check.blind(), areas.area(check.auc()), check.aucInterval().map(areas::area),
                            check.pValue().map(Digits::upToTwo), check.effectUpTo().map(Digits::upToTwo));
                }).toList(), validity.overlap());
    }

    /** Tests with the p-values that may be told: not of counts that are hidden. */
    private static List<AnswerTest> tests(ComparisonResult comparison, Disclosure disclosure) {
        return comparison.findings().stream().map(finding -> new AnswerTest(finding.attack(), finding.question(),
                OperatingPoint.told(disclosure.pValue(comparison, finding.pValue()), hides(comparison, finding, disclosure)),
                OperatingPoint.told(disclosure.pValue(comparison, finding.adjustedPValue()), hides(comparison, finding, disclosure)),
                finding.isFound(comparison.level()))).toList();
    }

    private static boolean hides(ComparisonResult comparison, Finding finding, Disclosure disclosure) {
        return finding.question() == Finding.Question.MORE_ON_TOP && IntStream.range(0, comparison.attacks().size())
                .filter(attack -> comparison.attacks().get(attack).name().equals(finding.attack()))
                .anyMatch(attack -> hides(comparison, attack, disclosure));
    }

    /** Of sentences where there are no figures by patient; another population's may be named. */
    private static boolean hides(ComparisonResult comparison, int attack, Disclosure disclosure) {
        AttackResult sentences = comparison.attacks().get(attack);
        return sentences.byPatient().map(patients -> hides(patients, disclosure.ofPatients(patients))).orElseGet(() -> hides(sentences,
                disclosure.ofSentences(sentences, comparison.scores().get(attack), comparison.nonMembers())));
    }

    private static boolean hides(AttackResult attack, Disclosure.OfCurve disclosure) {
        return attack.control().flatMap(ControlDifference::exceedance).map(found -> !disclosure.tellsOfOtherScores(found.exceeding()))
                .orElseGet(() -> !disclosure.tells(attack.exceedance().orElseThrow()));
    }

    /** Whether the target is compared with a control. */
    public boolean isControlled() {
        return attacks.get(0).control().isPresent();
    }

    /** The attack that the conclusion rests on. */
    public Attack strongest() {
        return attacks.stream().filter(attack -> attack.name().equals(strongestAttack)).findFirst().orElseThrow();
    }

    /** Whether sentences come in patients on both sides, and enough of them to be told. */
    public boolean byPatient() {
        return attacks.get(0).byPatient().isPresent();
    }
}
