package io.github.miaudit.evaluation;

import io.github.miaudit.data.Population;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.GroupPermutations;
import io.github.miaudit.metrics.GroupedScores;
import io.github.miaudit.metrics.PropensityWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What is left of an attack's AUC when the others weigh so much that they look like members in all that the blind checks see: reference,
 * length and words. The next best thing where there is no control; of what the checks don't see, it knows nothing.
 *
 * @param check           the weighted AUC; empty if it is refused
 * @param effectivePatients how many patients' weight is left among the others
 * @see PropensityWeights
 */
record PropensityCheck(Optional<Validity.Check> check, double effectivePatients) {

    /** With the weight of fewer patients left, the weighted AUC hangs on too few. */
    static final int FEWEST_EFFECTIVE = 20;

    /** Of an attack; empty with too few patients to fit weights, or nothing to fit them on. */
    static Optional<PropensityCheck> of(AttackScores attack, BlindChecks blind, Population other, Evaluation evaluation) {
        if (blind.scores().isEmpty()) {
            return Optional.empty();
        }
        BlindRows rows = BlindRows.of(attack, other, evaluation.seed());
        GroupedScores[] attacked = rows.classes(attack, other);
        if (Stream.of(attacked).anyMatch(scores -> scores.groupCount() < AttackResult.FEWEST_FOR_INTERVAL)) {
            return Optional.empty();
        }
        List<GroupedScores> ofMembers = new ArrayList<>();
        List<GroupedScores> ofOthers = new ArrayList<>();
        for (AttackScores scores : blind.scores()) {
            GroupedScores[] classes = rows.classes(scores, other);
            ofMembers.add(classes[0]);
            ofOthers.add(classes[1]);
        }
        blind.samples().ifPresent(samples -> {
            int[] order = GroupPermutations.of(attacked[0], attacked[1]).undealt(evaluation.seed());
            int members = attacked[0].groupCount();
            double[] words = rows.words(samples.of(Population.MEMBERS), samples.of(other)).scores(Arrays.copyOf(order, members),
                    Arrays.copyOfRange(order, members, order.length));
            ofMembers.add(attacked[0].withScores(Arrays.copyOf(words, attacked[0].size())));
            ofOthers.add(attacked[1].withScores(Arrays.copyOfRange(words, attacked[0].size(), words.length)));
        });
        PropensityWeights weights = PropensityWeights.fit(ofMembers, ofOthers, evaluation.seed());
        OptionalDouble area = weights.areaUnderCurve(attacked[0].scores(), attacked[1].scores(), FEWEST_EFFECTIVE);
        return Optional.of(new PropensityCheck(
                area.isEmpty() ? Optional.empty() : Optional.of(new Validity.Check("propensity-weighted", false, area.getAsDouble(),
                        Optional.empty(), Optional.empty(), Optional.empty())),
                weights.effectiveGroups()));
    }
}
