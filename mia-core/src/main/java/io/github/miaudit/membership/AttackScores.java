package io.github.miaudit.membership;

import io.github.miaudit.data.Patient;
import io.github.miaudit.data.PatientColumn;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.metrics.GroupedScores;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One attack's membership scores of all populations, higher = more likely a member. Immutable. */
public final class AttackScores {

    private final String name;
    private final String definition;
    /** Empty of a population without sentences. */
    private final PerPopulation<Optional<GroupedScores>> scores;
    private final PerPopulation<PatientColumn> patients;
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
        this(name, definition, scores, scores.map(some -> PatientColumn.ofNobodyKnown(some.length)));
    }

    /**
     * Scores computed by any means.
     *
     * @param name       the attack's name
     * @param definition what was computed, in one line
     * @param scores     one finite score a sentence
     * @param patients   whose the sentences are; a {@link PatientColumn} is shared and not copied
     * @throws AuditException           if a score is NaN or infinite, with the population and the row from 1
     * @throws IllegalArgumentException if there are not as many patients as scores
     */
    public AttackScores(String name, String definition, PerPopulation<double[]> scores,
            PerPopulation<? extends List<Patient>> patients) {
        this.name = name;
        this.definition = definition;
        this.patients = patients.map(PatientColumn::of);
        this.refits = Optional.empty();
        for (Population population : Population.values()) {
            requireFinite(population, scores.of(population));
            if (this.patients.of(population).size() != scores.of(population).length) {
                throw new IllegalArgumentException(
                        scores.of(population).length + " scores but " + this.patients.of(population).size() + " groups of "
                                + population.words() + "; the lengths must be equal");
            }
        }
        this.scores = PerPopulation.of(population -> scores.of(population).length == 0 ? Optional.empty()
                : Optional.of(GroupedScores.of(scores.of(population), this.patients.of(population).groups())));
    }

    private AttackScores(String name, String definition, AttackScores same, Optional<Refits> refits) {
        this.name = name;
        this.definition = definition;
        this.scores = same.scores;
        this.patients = same.patients;
        this.refits = refits;
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
        return new AttackScores(scores.name, scores.definition, scores, attack.refits(table));
    }

    /** The same scores as another attack's, which are not copied. */
    AttackScores named(String otherName, String otherDefinition) {
        return new AttackScores(otherName, otherDefinition, this, Optional.empty());
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
            double[] others = other.scores(population);
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
        return scores.of(population).map(GroupedScores::scores).orElseGet(() -> new double[0]);
    }

    /** The membership scores of all populations, in their order. */
    public double[] allScores() {
        double[] all = new double[Stream.of(Population.values()).mapToInt(this::size).reduce(0, Math::addExact)];
        int from = 0;
        for (Population population : Population.values()) {
            double[] some = scores(population);
            System.arraycopy(some, 0, all, from, some.length);
            from += some.length;
        }
        return all;
    }

    /** The number of a population's sentences. */
    public int size(Population population) {
        return patients.of(population).size();
    }

    /** Whether the patient of some sentence is known. */
    public boolean hasGroups(Population population) {
        return patients.of(population).anyKnown();
    }

    /** Whose the sentences are, one patient a sentence. */
    public PatientColumn patients(Population population) {
        return patients.of(population);
    }

    /**
     * The scores in groups, one a patient; a sentence of nobody known is a group of its own. O(1).
     *
     * @param population a population that is not empty
     * @throws IllegalArgumentException if the population is empty
     */
    public GroupedScores grouped(Population population) {
        return scores.of(population).orElseThrow(() -> new IllegalArgumentException(
                "attack " + name + " has 0 scores of the " + population.words() + "; at least 1 is needed"));
    }

    /**
     * The scores of patients who are known, in groups, one a patient: what figures by patient are of.
     *
     * @param population a population with {@linkplain #hasGroups groups}
     * @throws IllegalArgumentException if no patient is known
     */
    public GroupedScores ofKnownPatients(Population population) {
        GroupedScores all = grouped(population);
        return patients.of(population).allKnown() ? all : all.at(patients.of(population).knownRows());
    }

    private void requireFinite(Population population, double[] values) {
        for (int row = 0; row < values.length; row++) {
            if (!Double.isFinite(values[row])) {
                throw new AuditException("attack " + name + " scored row " + (row + 1) + " of " + population.words() + " as " + values[row]
                        + "; a score must be finite");
            }
        }
    }
}
