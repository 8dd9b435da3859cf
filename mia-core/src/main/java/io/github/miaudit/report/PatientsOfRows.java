package io.github.miaudit.report;

import io.github.miaudit.metrics.GroupedScores;
import java.util.stream.IntStream;

/**
 * The rows of one side of a comparison, of whose patients any threshold accepts some. Whatever accepts rows accepts those with the
 * highest scores, so that their number says which.
 */
final class PatientsOfRows {

    /** Of how many patients the highest rows are, by their number; the last is the number of all patients. */
    private final int[] fromHighest;
    private final int[] fromLowest;

    private PatientsOfRows(int[] fromHighest, int[] fromLowest) {
        this.fromHighest = fromHighest;
        this.fromLowest = fromLowest;
    }

    /** Of sentences. */
    static PatientsOfRows ofSentences(GroupedScores scores) {
        return new PatientsOfRows(scores.groupsFromHighest(), scores.groupsFromLowest());
    }

    /** Of patients, each a row. */
    static PatientsOfRows ofPatients(int patients) {
        int[] numbers = IntStream.rangeClosed(0, patients).toArray();
        return new PatientsOfRows(numbers, numbers);
    }

    int rows() {
        return fromHighest.length - 1;
    }

    int patients() {
        return fromHighest[rows()];
    }

    /** Of how many patients so many accepted rows are. */
    int accepted(int rows) {
        return fromHighest[rows];
    }

    /** Of how many the others are, if so many are accepted. */
    int rejected(int rows) {
        return fromLowest[rows() - rows];
    }
}
