package io.github.miaudit.membership;

import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.ScoreTable;

/** An attack that learns from sentences of the audit and then scores those of all populations alike. */
interface WholeTableAttack extends MembershipAttack {

    @Override
    PerPopulation<double[]> membershipScores(ScoreTable table);

    @Override
    default double[] membershipScores(ScoreTable table, Population population) {
        return membershipScores(table).of(population);
    }
}
