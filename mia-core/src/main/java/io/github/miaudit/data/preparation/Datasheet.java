package io.github.miaudit.data.preparation;

import io.github.miaudit.data.Population;
import io.github.miaudit.metrics.ConformalCalibration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * How a dataset was made: what went into each step and what came out.
 *
 * @param sets        for each set its counts
 * @param settings    the options by name, in the order of the command line
 * @param recipe      inputs and options, as JSON that {@code mia prepare --recipe} reads
 * @param saltDigest  SHA-256 of the salt of the patients' pseudonyms, if one was given
 * @param inputs      for each file read, as role and path, SHA-256 of its bytes
 * @param dialects    for each of them that is not written as is usual, its separator, encoding and quotation marks, in words
 * @param ignored     what was not read, as role and path: what the user said, hidden files, and what is never notes
 * @param badRows     rows left out, as role, file, row and reason
 * @param rowsLeftOut for each role rows that can be read, but that the {@link io.github.miaudit.notes.RowFilter} leaves out
 * @param trainingRowsUnread those of the training files whose patient can't be told, so that this patient may be in another set
 */
public record Datasheet(Map<Population, SetCounts> sets, Map<String, String> settings, String recipe,
        Optional<String> saltDigest, Map<String, String> inputs, Map<String, String> dialects, List<String> ignored, List<String> badRows,
        Map<String, Long> rowsLeftOut, long trainingRowsUnread) {

    /** Copies maps and lists, in their order. */
    public Datasheet {
        Map<Population, SetCounts> ofSets = new EnumMap<>(Population.class); // keeps the order of the populations
        ofSets.putAll(sets);
        sets = Collections.unmodifiableMap(ofSets);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        dialects = Collections.unmodifiableMap(new LinkedHashMap<>(dialects));
        ignored = List.copyOf(ignored);
        badRows = List.copyOf(badRows);
        rowsLeftOut = Collections.unmodifiableMap(new LinkedHashMap<>(rowsLeftOut));
    }

    /**
     * How many patients of the non-members it takes to promise a false positive rate: half of them calibrate.
     *
     * @param fpr      the rate
     * @param patients to promise at most this rate
     * @param near     to promise one that is near it
     */
    public record Promise(double fpr, long patients, long near) {
    }

    /** What rates take that audits look at by default. */
    public static List<Promise> promises() {
        return DoubleStream.of(0.1, 0.01, 0.001).mapToObj(
                rate -> new Promise(rate, 2 * ConformalCalibration.groupsNeeded(rate), 2 * ConformalCalibration.groupsForNear(rate)))
                .toList();
    }

    /**
     * One set from the notes to the sample. Each number of sentences lost is of those that were left.
     *
     * @param patientsSeen      patients in the files who were not left out
     * @param notesOfNobody     notes in the files that name no patient; each is treated as a patient of its own, but counted only here
     * @param patientsExcluded  of the files, but in the training files too, and so left out
     * @param patientsChosen    patients whose sentences were considered
     * @param notes             notes considered
     * @param sentences         their sentences
     * @param tooShort          lost for being short
     * @param repeated          lost for being in the set already, normalised
     * @param lookedFor         of those that are left so many were looked for in others' notes: all, unless the first in the order of the
     *                          sample are enough
     * @param inTraining        of these lost for standing in the training notes of another patient
     * @param nearlyInTraining  lost for nearly standing there
     * @param saidOfOthers      lost for standing, exactly or nearly, in notes of another chosen patient who was not trained on
     * @param boilerplate       lost for being said of too many patients
     * @param available         left
     * @param shared            of those that are left those that notes of others say too, exactly or nearly; 0 unless such are kept
     * @param unmatched         of those that are left those without a counterpart in the other set, where sets are matched
     * @param sampled           in the dataset
     * @param sampledPatients   patients whose they are
     * @param lengthQuantiles   characters of the sampled: least, quartiles, most
     */
    public record SetCounts(long patientsSeen, long notesOfNobody, long patientsExcluded, long patientsChosen, long notes, long sentences,
            long tooShort, long repeated, long lookedFor, long inTraining, long nearlyInTraining, long saidOfOthers, long boilerplate,
            long available,
            long shared, long unmatched, long sampled, long sampledPatients, List<Integer> lengthQuantiles) {

        /** Copies the list. */
        public SetCounts {
            lengthQuantiles = List.copyOf(lengthQuantiles);
        }

        /**
         * How much of the set is said of others too, exactly or nearly: in the training notes of another patient, or in notes of
         * another chosen patient. Of what is kept all the same, too.
         *
         * @return share of its different sentences that were looked for, in [0, 1]; 0 if there is none
         */
        public double sharedRate() {
            return lookedFor == 0 ? 0 : (inTraining + nearlyInTraining + saidOfOthers + shared) / (double) lookedFor;
        }
    }
}
