package io.github.miaudit.report;

import io.github.miaudit.evaluation.AttackResult;
import java.util.Optional;

/**
 * A lower bound of epsilon from one training run on randomised canaries.
 *
 * @param canaries          members and non-members
 * @param guesses           of how many the attacker guessed the membership
 * @param correct           how many of the guesses are right
 * @param epsilonLowerBound nats, at least 0, rounded down; differential privacy with less is refuted
 * @param delta             of that differential privacy
 * @param level             of the bound
 */
public record CanaryBound(int canaries, int guesses, int correct, double epsilonLowerBound, double delta, double level) {

    static Optional<CanaryBound> of(AttackResult attack, Disclosure.OfCurve disclosure) {
        return attack.canaries().filter(disclosure::tells).map(
                bound -> new CanaryBound(bound.canaries(), bound.guesses(), bound.correct(),
                        Digits.downToThousandth(bound.epsilonLowerBound()), 0, bound.level()));
    }
}
