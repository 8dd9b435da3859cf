package io.github.miaudit.membership;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.GroupedScores;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One attack's membership scores of all populations, higher = more likely a member. Immutable. */
public final class AttackScores {

    private final String name;
    private final String definition;
    private final Map<Population, double[]> scores;
    private final Map<Population, List<Optional<String>>> groups;

    /**
     * Scores computed by any means, of sentences without groups.
     *
     * @param name       the attack's name
     * @param definition what was computed, in one line
     * @param scores     for each population one finite score a sentence; a population that is missing is empty
     * @throws AuditException if a score is NaN or infinite, with the population and the row from 1
     */
    public AttackScores(String name, String definition, Map<Population, double[]> scores) {
        this(name, definition, scores, Map.of());
    }

    /**
     * Scores computed by any means.
     *
     * @param name       the attack's name
     * @param definition what was computed, in one line
     * @param scores     for each population one finite score a sentence; a population that is missing is empty
     * @param groups     for each population the group (patient) of each sentence, as far as it is known; a population
     *                   that is missing has none
     * @throws AuditException           if a score is NaN or infinite, with the population and the row from 1
     * @throws IllegalArgumentException if there are not as many groups as scores
     */
    public AttackScores(String name, String definition, Map<Population, double[]> scores, Map<Population, List<Optional<String>>> groups) {
        this.name = name;
        this.definition = definition;
        this.scores = new EnumMap<>(Population.class);
        this.groups = new EnumMap<>(Population.class);
        for (Population population : Population.values()) {
            double[] copy = scores.getOrDefault(population, new double[0]).clone();
            for (int row = 0; row < copy.length; row++) {
                if (!Double.isFinite(copy[row])) {
                    throw new AuditException("attack " + name + " scored row " + (row + 1) + " of " + population.label()
                            + " as " + copy[row] + "; a score must be finite");
                }
            }
            this.scores.put(population, copy);
            List<Optional<String>> known = groups.getOrDefault(population, Collections.nCopies(copy.length, Optional.empty()));
            if (known.size() != copy.length) {
                throw new IllegalArgumentException(copy.length + " scores but " + known.size() + " groups of " + population.label()
                        + "; the lengths must be equal");
            }
            this.groups.put(population, List.copyOf(known));
        }
    }

    /**
     * Makes an attack.
     *
     * @param attack the attack
     * @param table  what the models say; every sentence scored
     * @return the membership scores
     * @throws AuditException if the attack returns a wrong number of scores or one that is not finite
     */
    public static AttackScores of(MembershipAttack attack, ScoreTable table) {
        Map<Population, double[]> scores = new EnumMap<>(Population.class);
        Map<Population, List<Optional<String>>> groups = new EnumMap<>(Population.class);
        for (Population population : Population.values()) {
            double[] values = attack.membershipScores(table, population);
            if (values.length != table.rows(population).size()) {
                throw new AuditException("attack " + attack.name() + " returned " + values.length + " scores for "
                        + table.rows(population).size() + " " + population.label() + "; one each is needed");
            }
            scores.put(population, values);
            groups.put(population, table.rows(population).stream().map(ScoreTable.Row::group).toList());
        }
        return new AttackScores(attack.name(), attack.definition(), scores, groups);
    }

    /**
     * The attack's name.
     *
     * @return as {@link MembershipAttack#name()}
     */
    public String name() {
        return name;
    }

    /**
     * What was computed.
     *
     * @return as {@link MembershipAttack#definition()}
     */
    public String definition() {
        return definition;
    }

    /**
     * The membership scores of a population.
     *
     * @param population the population
     * @return a copy, one score a sentence
     */
    public double[] scores(Population population) {
        return scores.get(population).clone();
    }

    /**
     * Whether the group of some sentence is known.
     *
     * @param population the population
     * @return whether it is
     */
    public boolean hasGroups(Population population) {
        return groups.get(population).stream().anyMatch(Optional::isPresent);
    }

    /**
     * Whose the sentences are.
     *
     * @param population the population
     * @return for each sentence its group, or something equal to nothing else if it is not known
     */
    public List<Object> patients(Population population) {
        return groups.get(population).stream().map(group -> group.<Object>map(known -> known).orElseGet(Object::new)).toList();
    }

    /**
     * The scores with their groups; a sentence of unknown group is a group of its own.
     *
     * @param population a population that is not empty
     * @return the grouped scores
     * @throws IllegalArgumentException if the population is empty
     */
    public GroupedScores grouped(Population population) {
        return GroupedScores.of(scores.get(population), patients(population));
    }
}
