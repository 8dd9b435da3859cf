package io.github.miaudit.suite;

import io.github.miaudit.data.Sample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Invented clinical notes in English, to train and audit a model on without anybody's data.
 *
 * <p>Every patient is written by the same grammar with random numbers of its own, so that patients differ in what their
 * sentences say, never in how likely a sentence is. About 15 percent of the sentences are boilerplate that any patient may
 * share. A seed gives the same notes on every machine: {@link Random}, unlike the newer generators, has its algorithm in
 * its specification.
 */
public final class SyntheticNotes {

    private static final int BOILERPLATE_PERCENT = 15;
    private static final int SHORTEST_CHARACTERS = 20;

    private SyntheticNotes() {
    }

    /** A patient and what was written about it, in this order. */
    public record Patient(String id, List<String> sentences) {
    }

    /** All their sentences, each with an id such as {@code p0001-3} and the patient as its group. */
    public static List<Sample> sentences(List<Patient> patients) {
        List<Sample> samples = new ArrayList<>();
        for (Patient patient : patients) {
            for (int sentence = 0; sentence < patient.sentences().size(); sentence++) {
                samples.add(Sample.of(patient.id() + "-" + (sentence + 1), patient.id(), patient.sentences().get(sentence)));
            }
        }
        return samples;
    }

    /**
     * Patients p0001, p0002, ... in whole sentences, so many of each, boilerplate included. The first patients stay the same when
     * more are asked for.
     */
    public static List<Patient> patients(long seed, int count, int sentencesPerPatient) {
        return patients(NoteGrammar.prose(), "p%04d", new Random(seed), count, sentencesPerPatient, true);
    }

    /** Patients e0001, e0002, ... of another hospital, which writes in abbreviations; with the same seed too they are other people. */
    public static List<Patient> externalPatients(long seed, int count, int sentencesPerPatient) {
        return patients(NoteGrammar.shorthand(), "e%04d", new Random(~seed), count, sentencesPerPatient, false);
    }

    private static List<Patient> patients(NoteGrammar grammar, String idFormat, Random seeds, int count, int sentencesPerPatient,
            boolean capitalised) {
        if (count < 0 || sentencesPerPatient < 0) {
            throw new IllegalArgumentException(count + " patients of " + sentencesPerPatient + " sentences cannot be written");
        }
        List<Patient> patients = new ArrayList<>(count);
        for (int number = 1; number <= count; number++) {
            Random random = new Random(seeds.nextLong());
            List<String> sentences = sentences(grammar.writer(random), random, sentencesPerPatient, capitalised);
            patients.add(new Patient(String.format(Locale.ROOT, idFormat, number), sentences));
        }
        return patients;
    }

    private static List<String> sentences(NoteGrammar.Writer writer, Random random, int count, boolean capitalised) {
        List<String> sentences = new ArrayList<>(count);
        Set<String> own = new HashSet<>();
        while (sentences.size() < count) {
            if (random.nextInt(100) < BOILERPLATE_PERCENT) {
                sentences.add(writer.boilerplate());
                continue;
            }
            String sentence = writer.sentence();
            // Drawn again if said before; the templates' numbers leave far more sentences than a patient can use up.
            while (sentence.length() < SHORTEST_CHARACTERS || own.contains(sentence)) {
                sentence = writer.sentence();
            }
            own.add(sentence);
            sentences.add(capitalised ? sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1) : sentence);
        }
        return List.copyOf(sentences);
    }
}
