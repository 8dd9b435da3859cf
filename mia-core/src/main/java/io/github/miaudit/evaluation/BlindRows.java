package io.github.miaudit.evaluation;

import io.github.miaudit.data.Patient;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.CounterRandom;
import io.github.miaudit.metrics.GroupPermutations;
import io.github.miaudit.metrics.GroupedScores;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which sentences blind checks look at, by their places: all, or those of patients drawn at random. */
record BlindRows(int[] members, int[] others, List<Patient> ofMembers, List<Patient> ofOthers) {

    /** Of more sentences, those of patients drawn at random are looked at: they show a shift that matters just as well. */
    private static final int MOST_SENTENCES = 100_000;

    static BlindRows of(AttackScores scores, Population other, long seed) {
        List<Patient> members = scores.patients(Population.MEMBERS);
        List<Patient> others = scores.patients(other);
        double share = Math.min(1, MOST_SENTENCES / (double) (members.size() + others.size()));
        return new BlindRows(drawn(members, share, seed), drawn(others, share, seed), members, others);
    }

    private static int[] drawn(List<Patient> patients, double share, long seed) {
        if (share == 1) {
            return IntStream.range(0, patients.size()).toArray();
        }
        Map<Patient, Integer> places = new HashMap<>();
        patients.forEach(patient -> places.computeIfAbsent(patient, unseen -> places.size()));
        int count = Math.max(AttackResult.FEWEST_FOR_INTERVAL, (int) Math.floor(share * places.size()));
        boolean[] isDrawn = new boolean[places.size()];
        for (int place : new CounterRandom(seed, places.size()).sample(IntStream.range(0, places.size()).toArray(),
                Math.min(count, places.size()))) {
            isDrawn[place] = true;
        }
        return IntStream.range(0, patients.size()).filter(row -> isDrawn[Objects.requireNonNull(places.get(patients.get(row)))]).toArray();
    }

    GroupedScores[] classes(AttackScores scores, Population other) {
        return new GroupedScores[] {grouped(scores.scores(Population.MEMBERS), members, ofMembers),
                grouped(scores.scores(other), others, ofOthers)};
    }

    private static GroupedScores grouped(double[] scores, int[] rows, List<Patient> patients) {
        return GroupedScores.of(Arrays.stream(rows).mapToDouble(row -> scores[row]).toArray(),
                Arrays.stream(rows).mapToObj(patients::get).toList());
    }

    /** With patients numbered as {@link GroupPermutations} does: as they first appear, members' first. */
    BagOfWords words(List<Sample> memberSamples, List<Sample> otherSamples) {
        Map<Patient, Integer> numbers = new HashMap<>();
        Map<Patient, Integer> otherNumbers = new HashMap<>();
        int[] ofMember = Arrays.stream(members).map(row -> numbers.computeIfAbsent(ofMembers.get(row), unseen -> numbers.size()))
                .toArray();
        int[] ofOther = Arrays.stream(others)
                .map(row -> numbers.size() + otherNumbers.computeIfAbsent(ofOthers.get(row), unseen -> otherNumbers.size())).toArray();
        return new BagOfWords(
                Stream.concat(Arrays.stream(members).mapToObj(memberSamples::get), Arrays.stream(others).mapToObj(otherSamples::get))
                        .toList(),
                IntStream.concat(Arrays.stream(ofMember), Arrays.stream(ofOther)).toArray());
    }
}
