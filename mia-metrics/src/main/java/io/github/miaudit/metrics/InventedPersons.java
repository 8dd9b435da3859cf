package io.github.miaudit.metrics;

import java.util.List;

/**
 * Identities of a patient that move together: candidate j of each is the same invented person, the true one being 0. A person is known
 * by all identities, so there are as many as the identity with fewest candidates has; surrogates beyond are still what others are
 * ranked among, but never stand for the true one.
 */
record InventedPersons(List<CandidateRanks> identities) {

    /** How many persons there are, with the true one; at least 2. */
    int count() {
        return identities.stream().mapToInt(CandidateRanks::surrogates).min().orElseThrow() + 1;
    }

    /** Of the true one the sum of a statistic over the identities. */
    double sumOfTrue(RankStatistic statistic) {
        return identities.stream().mapToDouble(identity -> statistic.value(identity.doubled(0), identity.surrogates())).sum();
    }

    /** Of each person the sum of a statistic over the identities. */
    double[] sums(RankStatistic statistic) {
        double[] sums = new double[count()];
        for (CandidateRanks identity : identities) {
            for (int person = 0; person < sums.length; person++) {
                sums[person] += statistic.value(identity.doubled(person), identity.surrogates());
            }
        }
        return sums;
    }
}
