package io.github.miaudit.evaluation;

import io.github.miaudit.metrics.MultipleTesting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
         * Do more patients among the members score above every other patient than by chance? {@link #weight} gives it, at a level of
         * 0.05, just above {@code 2^-5}, the chance that five do where there are as many others: with less, it takes six.
         */
        MORE_ON_TOP(0.64),

        /** Do members score higher than others on the whole: is the AUC above 0.5? */
        HIGHER_ON_THE_WHOLE(0.18),

        /** Do they score lower: is the AUC below 0.5? */
        LOWER_ON_THE_WHOLE(0.13);

        private final double weight;

        Question(double weight) {
            this.weight = weight;
        }
    }

    /** The share of the error that all attacks but the first have together; the answer is planned to rest on the first. */
    private static final double WEIGHT_OF_OTHERS = 0.05;

    /** Whether the answer is yes: the corrected p-value is at most 1 - level. */
    public boolean isFound(double level) {
        return adjustedPValue <= 1 - level;
    }

    /** All tests of a comparison; none of an attack that has no interval of the AUC, for there are too few patients then. */
    static List<Finding> of(List<AttackResult> attacks) {
        List<Finding> tests = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        long others = attacks.stream().skip(1).filter(attack -> attack.areaInterval().isPresent()).count();
        for (AttackResult attack : attacks) {
            if (attack.areaInterval().isEmpty()) {
                continue;
            }
            double share = attack == attacks.get(0) ? 1 : WEIGHT_OF_OTHERS / others;
            exceedance(attack).ifPresent(found -> {
                tests.add(new Finding(attack.name(), Question.MORE_ON_TOP, found.pValue(), 1));
                weights.add(share * Question.MORE_ON_TOP.weight);
            });
            double higher = attack.control().map(control -> control.difference().pValueOfNoMore()).orElse(attack.areaTest().higher());
            double lower = attack.control().map(control -> control.difference().negated().pValueOfNoMore())
                    .orElse(attack.areaTest().lower());
            tests.add(new Finding(attack.name(), Question.HIGHER_ON_THE_WHOLE, higher, 1));
            weights.add(share * Question.HIGHER_ON_THE_WHOLE.weight);
            tests.add(new Finding(attack.name(), Question.LOWER_ON_THE_WHOLE, lower, 1));
            weights.add(share * Question.LOWER_ON_THE_WHOLE.weight);
        }
        double[] adjusted = MultipleTesting.holm(tests.stream().mapToDouble(Finding::pValue).toArray(),
                weights.stream().mapToDouble(Double::doubleValue).toArray());
        List<Finding> findings = new ArrayList<>();
        for (int test = 0; test < adjusted.length; test++) {
            Finding plain = tests.get(test);
            findings.add(new Finding(plain.attack, plain.question, plain.pValue, adjusted[test]));
        }
        return findings;
    }

    private static Optional<Exceedance> exceedance(AttackResult attack) {
        if (attack.control().isPresent()) {
            return attack.byPatient().flatMap(AttackResult::control).or(attack::control).flatMap(ControlDifference::exceedance);
        }
        return attack.byPatient().flatMap(AttackResult::exceedance).or(attack::exceedance);
    }
}
