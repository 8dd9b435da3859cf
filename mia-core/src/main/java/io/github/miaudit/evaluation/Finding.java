package io.github.miaudit.evaluation;

import io.github.miaudit.metrics.JointPermutationTest;
import io.github.miaudit.metrics.MultipleTesting;
import io.github.miaudit.metrics.PermutationTest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One of the tests that an answer rests on. All of a comparison share one error, whose shares are fixed before the data are seen: each
 * question has a weight, by Holm's weighted procedure; within a question the strongest attack counts, corrected for the choice. Where
 * patients are dealt anew to the sets, that correction is by the largest statistic of all attacks in each deal
 * ({@link JointPermutationTest}), which costs little where attacks agree; elsewhere, since the answer is planned to rest on the first
 * attack, that one has {@value #SHARE_OF_FIRST} of the question's weight and the others the rest.
 *
 * @param attack         whose scores are tested
 * @param question       what is asked
 * @param pValue         one-sided, uncorrected
 * @param adjustedPValue corrected for all tests of the comparison
 */
public record Finding(String attack, Question question, double pValue, double adjustedPValue) {

    /**
     * What is asked of an attack's scores. With a control, of the target's AUC minus the control's, and of the target's scores minus the
     * control's.
     */
    public enum Question {

        /**
         * Do more patients among the members score above every other patient than by chance? Of an error of 0.05 the first of several
         * attacks gets 0.0299: up to 100 patients a side five on top are then enough, which have a chance of at most 0.0295; with less,
         * it takes six.
         */
        MORE_ON_TOP(0.68),

        /** Do members score higher than others on the whole: is the AUC above 0.5? */
        HIGHER_ON_THE_WHOLE(0.18),

        /** Do they score lower: is the AUC below 0.5? */
        LOWER_ON_THE_WHOLE(0.14);

        private final double weight;

        Question(double weight) {
            this.weight = weight;
        }
    }

    private static final double SHARE_OF_FIRST = 0.88;

    /** Whether the answer is yes: the corrected p-value is at most 1 - level. */
    public boolean isFound(double level) {
        return adjustedPValue <= 1 - level;
    }

    /**
     * All tests of a comparison; none of an attack that has no interval of the AUC, for there are too few patients then.
     *
     * @param amongAll of each attack its test of the AUC, corrected for the choice
     */
    static List<Finding> of(List<AttackResult> attacks, List<PermutationTest> amongAll) {
        List<Integer> tested = IntStream.range(0, attacks.size()).filter(attack -> attacks.get(attack).areaInterval().isPresent()).boxed()
                .toList();
        List<Finding> withinQuestions = tested.stream().flatMap(attack -> Stream.of(Question.values())
                .flatMap(question -> withinQuestion(attacks, attack, question, amongAll.get(attack)).stream())).toList();
        return withinQuestions.stream().map(finding -> finding.amongQuestions(withinQuestions)).toList();
    }

    /** With the p-value corrected for the attacks that the question is asked of, but not yet for the questions. */
    private static Optional<Finding> withinQuestion(List<AttackResult> attacks, int number, Question question, PermutationTest amongAll) {
        AttackResult attack = attacks.get(number);
        Optional<ControlDifference> control = attack.control();
        double share = attacks.size() == 1 ? 1 : number == 0 ? SHARE_OF_FIRST : (1 - SHARE_OF_FIRST) / (attacks.size() - 1);
        return switch (question) {
            case MORE_ON_TOP -> exceedance(attack).map(found -> shared(attack, question, found.pValue(), share));
            case HIGHER_ON_THE_WHOLE -> Optional.of(control
                    .map(than -> shared(attack, question, than.difference().pValueOfNoMore(), share))
                    .orElse(new Finding(attack.name(), question, attack.areaTest().higher(), amongAll.higher())));
            case LOWER_ON_THE_WHOLE -> Optional.of(control
                    .map(than -> shared(attack, question, than.difference().negated().pValueOfNoMore(), share))
                    .orElse(new Finding(attack.name(), question, attack.areaTest().lower(), amongAll.lower())));
        };
    }

    private static Finding shared(AttackResult attack, Question question, double pValue, double share) {
        return new Finding(attack.name(), question, pValue, Math.min(1, pValue / share));
    }

    /** Corrected for the other questions too, of which the least p-value of all attacks counts. */
    private Finding amongQuestions(List<Finding> all) {
        Map<Question, Double> least = new EnumMap<>(Question.class);
        all.forEach(finding -> least.merge(finding.question, finding.adjustedPValue, Math::min));
        least.put(question, adjustedPValue);
        double[] adjusted = MultipleTesting.holm(least.values().stream().mapToDouble(Double::doubleValue).toArray(),
                least.keySet().stream().mapToDouble(asked -> asked.weight).toArray());
        return new Finding(attack, question, pValue, adjusted[List.copyOf(least.keySet()).indexOf(question)]);
    }

    private static Optional<Exceedance> exceedance(AttackResult attack) {
        if (attack.control().isPresent()) {
            return attack.byPatient().flatMap(AttackResult::control).or(attack::control).flatMap(ControlDifference::exceedance);
        }
        return attack.byPatient().flatMap(AttackResult::exceedance).or(attack::exceedance);
    }
}
