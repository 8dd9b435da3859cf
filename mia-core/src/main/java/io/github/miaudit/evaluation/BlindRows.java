package io.github.miaudit.evaluation;

import io.github.miaudit.data.PatientColumn;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.CounterRandom;
import io.github.miaudit.metrics.GroupPermutations;
import io.github.miaudit.metrics.GroupedScores;
import io.github.miaudit.metrics.Groups;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which sentences blind checks look at, by their places: all, or those of patients drawn at random. */
record BlindRows(int[] members, int[] others, PatientColumn ofMembers, PatientColumn ofOthers) {

    /** Of more sentences, those of patients drawn at random are looked at: they show a shift that matters just as well. */
    private static final int MOST_SENTENCES = 100_000;

    static BlindRows of(AttackScores scores, Population other, long seed) {
        PatientColumn members = scores.patients(Population.MEMBERS);
        PatientColumn others = scores.patients(other);
        int sentences = members.size() + others.size();
        return new BlindRows(drawn(members, sentences, seed), drawn(others, sentences, seed), members, others);
    }

    /** The sentences of one set that are looked at, of two sets of so many: by their places, in ascending order. */
    static int[] drawn(PatientColumn column, int sentences, long seed) {
        Groups patients = column.groups();
        double share = Math.min(1, MOST_SENTENCES / (double) sentences);
        if (share == 1) {
            return IntStream.range(0, patients.rows()).toArray();
        }
        int count = Math.max(AttackResult.FEWEST_FOR_INTERVAL, (int) Math.floor(share * patients.count()));
        boolean[] isDrawn = new boolean[patients.count()];
        for (int patient : new CounterRandom(seed, patients.count()).sample(IntStream.range(0, patients.count()).toArray(),
                Math.min(count, patients.count()))) {
            isDrawn[patient] = true;
        }
        return IntStream.range(0, patients.rows()).filter(row -> isDrawn[patients.number(row)]).toArray();
    }

    GroupedScores[] classes(AttackScores scores, Population other) {
        return new GroupedScores[] {grouped(scores.grouped(Population.MEMBERS), members, ofMembers),
                grouped(scores.grouped(other), others, ofOthers)};
    }

    private static GroupedScores grouped(GroupedScores scores, int[] rows, PatientColumn patients) {
        return GroupedScores.of(Arrays.stream(rows).mapToDouble(scores::score).toArray(), patients.groups().at(rows));
    }

    /** With patients numbered as {@link GroupPermutations} does: as they first appear, members' first. */
    BagOfWords words(List<Sample> memberSamples, List<Sample> otherSamples) {
        Groups memberGroups = ofMembers.groups().at(members);
        Groups otherGroups = ofOthers.groups().at(others);
        return new BagOfWords(
                Stream.concat(Arrays.stream(members).mapToObj(memberSamples::get), Arrays.stream(others).mapToObj(otherSamples::get))
                        .toList(),
                IntStream.concat(IntStream.range(0, members.length).map(memberGroups::number),
                        IntStream.range(0, others.length).map(row -> memberGroups.count() + otherGroups.number(row))).toArray());
    }
}
