package io.github.miaudit.report;

import io.github.miaudit.data.Population;
import java.util.List;
import java.util.Optional;

/**
 * A sum over the patients, or sentences, of a set, as far as a document tells it: a count exactly; of a mean to a step, times how many it
 * is of, somewhere between two numbers. Of two sets of which one holds the other, one sum less the other is the sum over those who differ.
 *
 * @param least it is no less than this
 * @param most  and no more than this
 */
record ToldSum(double least, double most) {

    /** What is summed. */
    enum Unit {
        SENTENCES, PATIENTS,
        /** Losses of patients, nats a token. */
        NATS,
        /** For each patient the share of the others who score below him, ties counting half. */
        SHARES
    }

    /**
     * Of what a sum is. Sums of two documents may be subtracted if they are of the same.
     *
     * @param over       the set that is summed over
     * @param beside     the set that it depends on, too, so that this must be the same in both documents
     * @param unit       what is summed
     * @param by         the target and how it was asked; nothing where it hangs on no model
     * @param references digests of the references that the target was judged beside, whether the figure hangs on them or not
     * @param words      the figure for people
     */
    record Of(Population over, Optional<Population> beside, Unit unit, List<String> by, List<String> references, String words) {

        /** Copies the lists. */
        Of {
            by = List.copyOf(by);
            references = List.copyOf(references);
        }

        /** What hangs on the patients and nothing else. */
        static Of patients(Population over, Unit unit, String words) {
            return new Of(over, Optional.empty(), unit, List.of(), List.of(), words);
        }

        /** Whether it is the same, or would be if it hangs on no reference, which a document need not say. */
        boolean mayBe(Of other) {
            return equals(new Of(other.over, other.beside, other.unit, other.by, references, other.words));
        }
    }

    static ToldSum exactly(int count) {
        return new ToldSum(count, count);
    }

    /** Of a mean that is told to so much up or down. */
    static ToldSum ofMean(double mean, double give, int units) {
        return new ToldSum(units * (mean - give), units * (mean + give));
    }

    ToldSum less(ToldSum other) {
        return new ToldSum(least - other.most, most - other.least);
    }

    /** The mean of so many, other than 0; negative of a difference that was taken the other way round. */
    ToldSum over(int units) {
        return units > 0 ? new ToldSum(least / units, most / units) : new ToldSum(most / units, least / units);
    }

    boolean isExact() {
        return least == most;
    }
}
