package io.github.miaudit.data.preparation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The sentences of a set's chosen patients: those who come first in a seeded order among the patients with a sentence
 * that is long enough. A patient who is beaten is forgotten at once, so memory holds the sentences of the chosen alone.
 */
final class SentencePool {

    /** What was seen of a patient. */
    private static final class Seen {
        private long notes;
        private long sentences;
        private long tooShort;
    }

    private final DatasetPreparation options;
    private final String purpose;
    private final SeededOrder order;
    private final TreeMap<String, List<Candidate>> chosen = new TreeMap<>();
    private final Map<String, Seen> seen = new HashMap<>();
    private final Set<String> excluded = new HashSet<>();

    SentencePool(DatasetPreparation options, String purpose) {
        this.options = options;
        this.purpose = purpose;
        this.order = new SeededOrder(options.seed());
    }

    /** Leaves a note out because its patient stands in the training set. */
    void exclude(String patient) {
        excluded.add(patient);
    }

    void add(Note note) {
        String patient = note.patient().orElseGet(() -> note.source().file() + ":" + note.source().row());
        String place = order.place(purpose, patient);
        Seen ofPatient = seen.computeIfAbsent(place, first -> new Seen());
        if (chosen.size() >= options.patients() && place.compareTo(chosen.lastKey()) > 0) {
            return; // beaten, and so it stays: the last of the chosen only moves forward
        }
        ofPatient.notes++;
        int number = 0;
        for (String sentence : options.splitter().split(note.text())) {
            number++;
            ofPatient.sentences++;
            if (options.isLongEnough(sentence)) {
                chosen.computeIfAbsent(place, first -> new ArrayList<>())
                        .add(new Candidate(patient, note.patient().isPresent(), sentence, options.normalisation().of(sentence), note.source(), number));
            } else {
                ofPatient.tooShort++;
            }
        }
        if (chosen.size() > options.patients()) {
            chosen.pollLastEntry();
        }
    }

    /** The sentences of the chosen, in no particular order. */
    List<Candidate> candidates() {
        return chosen.values().stream().flatMap(List::stream).toList();
    }

    long patientsSeen() {
        return seen.size();
    }

    long patientsExcluded() {
        return excluded.size();
    }

    long patientsChosen() {
        return chosen.size();
    }

    long notes() {
        return chosen.keySet().stream().mapToLong(place -> seen.get(place).notes).sum();
    }

    long sentences() {
        return chosen.keySet().stream().mapToLong(place -> seen.get(place).sentences).sum();
    }

    long tooShort() {
        return chosen.keySet().stream().mapToLong(place -> seen.get(place).tooShort).sum();
    }
}
