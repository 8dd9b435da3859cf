package io.github.miaudit.evaluation;

import io.github.miaudit.metrics.MultipleTesting;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One of the tests that an answer rests on. All of a comparison share one error: their p-values are corrected together by Holm's
 * weighted procedure, the weights being fixed before the data are seen.
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
         * Do more patients among the members score above every other patient than by chance? Of an error of 0.05 the first attack's
         * gets 0.03: up to 100 patients a side five on top are then enough, which have a chance of at most 0.0295; with less, it takes six.
         */
        MORE_ON_TOP(0.6),

        /** Do members score higher than others on the whole: is the AUC above 0.5? */
        HIGHER_ON_THE_WHOLE(0.15),

        /** Do they score lower: is the AUC below 0.5? */
        LOWER_ON_THE_WHOLE(0.13);

        private final double weight;

        Question(double weight) {
            this.weight = weight;
        }
    }

    /** Of each question, what all attacks but the first have together; the answer is planned to rest on the first. */
    private static final double WEIGHT_OF_OTHERS = 0.04;

    /** Whether the answer is yes: the corrected p-value is at most 1 - level. */
    public boolean isFound(double level) {
        return adjustedPValue <= 1 - level;
    }

    /** All tests of a comparison; none of an attack that has no interval of the AUC, for there are too few patients then. */
    static List<Finding> of(List<AttackResult> attacks) {
        List<Finding> tests = attacks.stream().filter(attack -> attack.areaInterval().isPresent()).flatMap(Finding::tests).toList();
        String first = attacks.get(0).name();
        double others = attacks.size() - 1;
        double[] adjusted = MultipleTesting.holm(tests.stream().mapToDouble(Finding::pValue).toArray(), tests.stream()
                .mapToDouble(test -> test.attack.equals(first) ? test.question.weight : WEIGHT_OF_OTHERS / others).toArray());
        return IntStream.range(0, adjusted.length).mapToObj(test -> tests.get(test).adjusted(adjusted[test])).toList();
    }

    private static Stream<Finding> tests(AttackResult attack) {
        double higher = attack.control().map(control -> control.difference().pValueOfNoMore()).orElse(attack.areaTest().higher());
        double lower = attack.control().map(control -> control.difference().negated().pValueOfNoMore()).orElse(attack.areaTest().lower());
        return Stream.concat(
                exceedance(attack).map(found -> new Finding(attack.name(), Question.MORE_ON_TOP, found.pValue(), 1)).stream(),
                Stream.of(new Finding(attack.name(), Question.HIGHER_ON_THE_WHOLE, higher, 1),
                        new Finding(attack.name(), Question.LOWER_ON_THE_WHOLE, lower, 1)));
    }

    private Finding adjusted(double corrected) {
        return new Finding(attack, question, pValue, corrected);
    }

    private static Optional<Exceedance> exceedance(AttackResult attack) {
        if (attack.control().isPresent()) {
            return attack.byPatient().flatMap(AttackResult::control).or(attack::control).flatMap(ControlDifference::exceedance);
        }
        return attack.byPatient().flatMap(AttackResult::exceedance).or(attack::exceedance);
    }
}
