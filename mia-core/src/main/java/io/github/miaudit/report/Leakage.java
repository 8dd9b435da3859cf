package io.github.miaudit.report;

import io.github.miaudit.evaluation.AttackResult;
import java.util.Optional;

/**
 * How much likelier members are accepted than others, at least.
 *
 * @param bound      nats, at least 0, rounded down
 * @param level      of the bound
 * @param thresholds from how many tests it is the greatest
 * @param meaning    what it is not, in words
 */
public record Leakage(double bound, double level, int thresholds, String meaning) {

    private static final String MEANING = "no statement about differential privacy: membership was not drawn at random";

    static Optional<Leakage> of(AttackResult attack, Disclosure.OfCurve disclosure) {
        return attack.leakage().filter(leakage -> disclosure.tellsLeakage())
                .map(leakage -> new Leakage(Digits.downToThousandth(leakage.bound()), leakage.level(), leakage.thresholds(), MEANING));
    }
}
