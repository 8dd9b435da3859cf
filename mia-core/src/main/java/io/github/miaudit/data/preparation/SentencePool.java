package io.github.miaudit.data.preparation;

import io.github.miaudit.notes.Note;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * The sentences of a set's chosen patients: those who come first in a seeded order among the patients with a sentence
 * that is long enough. A patient who is beaten is forgotten at once but for having been seen, so memory holds the sentences of
 * the chosen alone. A note of nobody is chosen or beaten as a patient is.
 */
final class SentencePool {

    /** What was seen of a patient. */
    private static final class Seen {
        private final List<Candidate> candidates = new ArrayList<>();
        private long notes;
        private long sentences;
        private long tooShort;
    }

    private final DatasetPreparation options;
    private final String purpose;
    private final SeededOrder order;
    private final TreeMap<SeededOrder.Place, Seen> chosen = new TreeMap<>();
    /** Patients without a sentence that is long enough so far. */
    private final TreeMap<SeededOrder.Place, Seen> waiting = new TreeMap<>();
    private final Set<SeededOrder.Place> patients = new HashSet<>();
    private final Set<String> excluded = new HashSet<>();
    private long notesOfNobody;

    SentencePool(DatasetPreparation options, String purpose) {
        this.options = options;
        this.purpose = purpose;
        this.order = new SeededOrder(options.seed());
    }

    /** Leaves a note out because its patient, of this key, stands in the training set. */
    void exclude(String patient) {
        excluded.add(patient);
    }

    /** Whose a note is. */
    Owner owner(Note note) {
        return Owner.of(note.patient(), note.text(), order, purpose);
    }

    /** Whose a note is, if that is one of the chosen; what the others say is not read twice. */
    Optional<Owner> chosenOwner(Note note) {
        return Optional.of(owner(note)).filter(owner -> chosen.containsKey(owner.place()));
    }

    void add(Note note) {
        Owner owner = owner(note);
        if (owner.patient().isPresent()) {
            patients.add(owner.place());
        } else {
            notesOfNobody++;
        }
        if (chosen.size() >= options.patients() && owner.place().compareTo(chosen.lastKey()) > 0) {
            return; // beaten, and so it stays: the last of the chosen only moves forward
        }
        Seen seen = chosen.getOrDefault(owner.place(), waiting.getOrDefault(owner.place(), new Seen()));
        take(note, owner, seen);
        if (!seen.candidates.isEmpty()) {
            waiting.remove(owner.place());
            chosen.put(owner.place(), seen);
        } else if (owner.patient().isPresent()) {
            waiting.put(owner.place(), seen);
        }
        if (chosen.size() > options.patients()) {
            chosen.pollLastEntry();
            waiting.tailMap(chosen.lastKey()).clear();
        }
    }

    private void take(Note note, Owner owner, Seen seen) {
        seen.notes++;
        int number = 0;
        List<String> sentences = options.splitter().split(note.text());
        SentenceAnnotations annotations = SentenceAnnotations.of(note, sentences);
        for (String sentence : sentences) {
            number++;
            seen.sentences++;
            if (options.isLongEnough(sentence)) {
                seen.candidates.add(new Candidate(owner, sentence, options.normalisation().of(sentence), note.labels(), note.source(),
                        number, annotations.ofSentence(number)));
            } else {
                seen.tooShort++;
            }
        }
    }

    /** The sentences of the chosen, in no particular order. */
    List<Candidate> candidates() {
        return chosen.values().stream().flatMap(seen -> seen.candidates.stream()).toList();
    }

    long patientsSeen() {
        return patients.size();
    }

    long notesOfNobody() {
        return notesOfNobody;
    }

    long patientsExcluded() {
        return excluded.size();
    }

    long patientsChosen() {
        return chosen.keySet().stream().filter(patients::contains).count();
    }

    long notes() {
        return sum(seen -> seen.notes);
    }

    long sentences() {
        return sum(seen -> seen.sentences);
    }

    long tooShort() {
        return sum(seen -> seen.tooShort);
    }

    private long sum(ToLongFunction<Seen> count) {
        return chosen.values().stream().mapToLong(count).sum();
    }
}
