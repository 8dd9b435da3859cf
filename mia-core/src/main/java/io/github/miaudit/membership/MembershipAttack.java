package io.github.miaudit.membership;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Rewriting;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoreTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns models' scores into one membership score a sentence, higher = more likely a member. An attack states what
 * it needs, so that scoring is done once for all attacks. Implementations are immutable and pure: the same table
 * gives the same scores.
 */
public interface MembershipAttack {

    /** The attack's name in reports, such as {@code likelihood-ratio}; unique within an audit, lower case, words joined by hyphens. */
    String name();

    /** What exactly is computed, in one line for the report: the formula with rule and reduction. */
    String definition();

    /** The rules by which the target must be scored; not empty. */
    Set<MaskingRule> targetRules();

    /** The rules by which the references must be scored; empty, as by default, if the attack needs no reference. */
    default Set<MaskingRule> referenceRules() {
        return Set.of();
    }

    /**
     * The rewritings of each sentence that the target must score too, with the rules for it.
     *
     * @return empty unless the attack needs other sentences than the given ones
     */
    default Map<Rewriting, Set<MaskingRule>> targetRewritings() {
        return Map.of();
    }

    /**
     * Whether the target must say what it expects of each token, as {@link io.github.miaudit.likelihood.SequenceScore#moments()}.
     *
     * @return whether it must; by default not
     */
    default boolean needsVocabularyMoments() {
        return false;
    }

    /**
     * Whether it looks at single tokens, so that it can't be made of scores of which only the sums are known.
     *
     * @return whether it does; by default it does
     */
    default boolean needsTokenScores() {
        return true;
    }

    /**
     * Says before any scoring whether the attack can be made with these models; by default it can.
     *
     * @param target     the audited model
     * @param references the reference models
     * @throws AuditException if not, with what to do
     */
    default void requireApplicable(ModelIdentity target, List<ModelIdentity> references) {
        // most attacks need nothing
    }

    /**
     * Says before any scoring what makes the attack doubtful on these sentences with these references; by default nothing.
     *
     * @param dataset    the sentences; with empty texts where the audit is made of stored scores, and no text is known
     * @param references the reference models
     * @return a sentence each
     * @throws AuditException if the attack can't be made on them at all, with what to do
     */
    default List<String> caveats(AttackDataset dataset, List<ModelIdentity> references) {
        return List.of();
    }

    /**
     * The same attack with the target left out, so that what it finds is a difference between the sets and no memory. An audit makes it
     * beside the attack, as one of its blind checks.
     *
     * @return empty, as by default, of an attack that learns nothing from who is a member
     */
    default Optional<MembershipAttack> blindTwin() {
        return Optional.empty();
    }

    /**
     * What the attack would make of sentences if it had not learned from some of the patients, for intervals of what would be learned
     * anew; may take many times as long as the scores.
     *
     * @param table as {@link #membershipScores(ScoreTable, Population)}
     * @return empty, as by default, of an attack that learns nothing from who is a member
     */
    default Optional<Refits> refits(ScoreTable table) {
        return Optional.empty();
    }

    /**
     * The membership scores of a population.
     *
     * @param table      scores by the stated rules, of all populations; every sentence is scored
     * @param population the population to attack
     * @return one finite score a row of the population, in the same order
     */
    double[] membershipScores(ScoreTable table, Population population);

    /**
     * The membership scores of all populations: what an audit asks for. By default each population's on its own; an attack that learns
     * from all sentences learns once here.
     *
     * @param table as {@link #membershipScores(ScoreTable, Population)}
     * @return the same scores as that gives
     */
    default PerPopulation<double[]> membershipScores(ScoreTable table) {
        return PerPopulation.of(population -> membershipScores(table, population));
    }
}
