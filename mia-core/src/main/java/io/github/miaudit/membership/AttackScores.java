package io.github.miaudit.membership;

import io.github.miaudit.data.Patient;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.GroupedScores;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One attack's membership scores of all populations, higher = more likely a member. Immutable. */
public final class AttackScores {

    private final String name;
    private final String definition;
    private final PerPopulation<double[]> scores;
    private final PerPopulation<List<Patient>> patients;
    private final Optional<Refits> refits;

    /**
     * Scores computed by any means, of sentences of nobody known.
     *
     * @param name       the attack's name
     * @param definition what was computed, in one line
     * @param scores     one finite score a sentence
     * @throws AuditException if a score is NaN or infinite, with the population and the row from 1
     */
    public AttackScores(String name, String definition, PerPopulation<double[]> scores) {
        this(name, definition, scores, scores.map(some -> Stream.generate(() -> Patient.of(Optional.empty())).limit(some.length).toList()));
    }

    /**
     * Scores computed by any means.
     *
     * @param name       the attack's name
     * @param definition what was computed, in one line
     * @param scores     one finite score a sentence
     * @param patients   whose the sentences are
     * @throws AuditException           if a score is NaN or infinite, with the population and the row from 1
     * @throws IllegalArgumentException if there are not as many patients as scores
     */
    public AttackScores(String name, String definition, PerPopulation<double[]> scores, PerPopulation<List<Patient>> patients) {
        this(name, definition, scores, patients, Optional.empty());
    }

    private AttackScores(String name, String definition, PerPopulation<double[]> scores, PerPopulation<List<Patient>> patients,
            Optional<Refits> refits) {
        this.refits = refits;
        this.name = name;
        this.definition = definition;
        this.scores = scores.map(double[]::clone);
        this.patients = patients.map(List::copyOf);
        for (Population population : Population.values()) {
            requireFinite(population);
            if (patients.of(population).size() != scores.of(population).length) {
                throw new IllegalArgumentException(scores.of(population).length + " scores but " + patients.of(population).size()
                        + " groups of " + population.words() + "; the lengths must be equal");
            }
        }
    }

    /**
     * Makes an attack.
     *
     * @param attack the attack
     * @param table  what the models say; every sentence scored
     * @throws AuditException if the attack returns a wrong number of scores or one that is not finite
     */
    public static AttackScores of(MembershipAttack attack, ScoreTable table) {
        PerPopulation<double[]> scores = attack.membershipScores(table);
        for (Population population : Population.values()) {
            if (scores.of(population).length != table.rows(population).size()) {
                throw new AuditException("attack " + attack.name() + " returned " + scores.of(population).length + " scores for "
                        + table.rows(population).size() + " " + population.words() + "; one each is needed");
            }
        }
        return new AttackScores(attack.name(), attack.definition(), scores, table.patients());
    }

    /**
     * Makes an attack, and if it learns from the sentences makes it again without each part of the patients.
     *
     * @param attack the attack
     * @param table  what the models say; every sentence scored
     * @throws AuditException as {@link #of}
     */
    public static AttackScores withRefits(MembershipAttack attack, ScoreTable table) {
        AttackScores scores = of(attack, table);
        return new AttackScores(scores.name, scores.definition, scores.scores, scores.patients, attack.refits(table));
    }

    /**
     * Other scores of the same sentences.
     *
     * @throws AuditException           if a score is NaN or infinite
     * @throws IllegalArgumentException if there are not as many
     */
    public AttackScores withScores(PerPopulation<double[]> others) {
        return new AttackScores(name, definition, others, patients);
    }

    /** What would be learned without some of the patients; empty of an attack that learns nothing. */
    public Optional<Refits> refits() {
        return refits;
    }

    /**
     * These scores minus others of the same sentences, sentence by sentence.
     *
     * @throws IllegalArgumentException if there are not as many
     */
    public AttackScores minus(AttackScores other) {
        return new AttackScores(name, definition, PerPopulation.of(population -> {
            double[] differences = scores(population);
            double[] others = other.scores.of(population);
            if (others.length != differences.length) {
                throw new IllegalArgumentException(differences.length + " scores of " + population.words() + " minus " + others.length
                        + "; they must be of the same sentences");
            }
            Arrays.setAll(differences, row -> differences[row] - others[row]);
            return differences;
        }), patients);
    }

    /** The attack's name. */
    public String name() {
        return name;
    }

    /** What was computed. */
    public String definition() {
        return definition;
    }

    /** The membership scores of a population, one a sentence. */
    public double[] scores(Population population) {
        return scores.of(population).clone();
    }

    /** Whether the patient of some sentence is known. */
    public boolean hasGroups(Population population) {
        return patients.of(population).stream().anyMatch(Patient::isKnown);
    }

    /** Whose the sentences are, one patient a sentence. */
    public List<Patient> patients(Population population) {
        return patients.of(population);
    }

    /**
     * The scores in groups, one a patient; a sentence of nobody known is a group of its own.
     *
     * @param population a population that is not empty
     * @throws IllegalArgumentException if the population is empty
     */
    public GroupedScores grouped(Population population) {
        return GroupedScores.of(scores.of(population), patients.of(population));
    }

    /**
     * The scores of patients who are known, in groups, one a patient: what figures by patient are of.
     *
     * @param population a population with {@linkplain #hasGroups groups}
     * @throws IllegalArgumentException if no patient is known
     */
    public GroupedScores ofKnownPatients(Population population) {
        List<Patient> all = patients.of(population);
        int[] known = IntStream.range(0, all.size()).filter(row -> all.get(row).isKnown()).toArray();
        return GroupedScores.of(Arrays.stream(known).mapToDouble(row -> scores.of(population)[row]).toArray(),
                Arrays.stream(known).mapToObj(all::get).toList());
    }

    private void requireFinite(Population population) {
        double[] values = scores.of(population);
        for (int row = 0; row < values.length; row++) {
            if (!Double.isFinite(values[row])) {
                throw new AuditException("attack " + name + " scored row " + (row + 1) + " of " + population.words() + " as " + values[row]
                        + "; a score must be finite");
            }
        }
    }
}
