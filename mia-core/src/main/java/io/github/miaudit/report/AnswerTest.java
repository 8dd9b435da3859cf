package io.github.miaudit.report;

import io.github.miaudit.evaluation.Finding;
import java.util.List;
import java.util.Optional;

/**
 * One of the tests that a comparison's answer rests on.
 *
 * @param attack         whose scores are tested
 * @param question       what is asked
 * @param pValue         one-sided, uncorrected; empty if it would tell a count of few
 * @param adjustedPValue corrected for all tests of the comparison (Holm 1979, weighted); empty likewise
 * @param found          whether the answer is yes: the corrected p-value is at most 1 - settings' confidence
 */
public record AnswerTest(String attack, Finding.Question question, Optional<Double> pValue, Optional<Double> adjustedPValue,
        boolean found) {

    /**
     * Checks the p-values.
     *
     * @throws IllegalArgumentException if one is not in [0, 1]
     */
    public AnswerTest {
        Shares.require("tests", List.of(pValue, adjustedPValue));
    }
}
