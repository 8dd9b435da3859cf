package io.github.miaudit.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyntheticNotesTest {

    enum Hospital {

        OWN(NoteGrammar.prose(), 60),
        OTHER(NoteGrammar.shorthand(), 20);

        private final NoteGrammar grammar;
        private final int fewestTemplates;

        Hospital(NoteGrammar grammar, int fewestTemplates) {
            this.grammar = grammar;
            this.fewestTemplates = fewestTemplates;
        }

        List<SyntheticNotes.Patient> patients(long seed, int count) {
            return this == OWN ? SyntheticNotes.patients(seed, count, 20) : SyntheticNotes.externalPatients(seed, count, 20);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSeedGivesItsNotesAgainAndAnotherSeedOthers(Hospital hospital) {
        assertEquals(hospital.patients(7, 30), hospital.patients(7, 30));
        assertNotEquals(hospital.patients(7, 30), hospital.patients(8, 30));
        assertEquals(hospital.patients(7, 30).subList(0, 10), hospital.patients(7, 10), "more patients leave the first as they are");
    }

    @Test
    void aSeedGivesTheSameNotesOnEveryMachine() {
        assertEquals("Insurance form 58666 was completed for Mr Ashgrove, an electrician of Pinefold, on 17 August 2021.",
                SyntheticNotes.patients(1, 1, 3).get(0).sentences().get(2));
    }

    @ParameterizedTest
    @EnumSource
    void everyPatientHasItsOwnIdAndAsManySentencesAsAsked(Hospital hospital) {
        List<SyntheticNotes.Patient> patients = hospital.patients(7, 50);
        assertEquals(50, patients.stream().map(SyntheticNotes.Patient::id).distinct().count());
        assertTrue(patients.stream().allMatch(patient -> patient.sentences().size() == 20));
        assertEquals(hospital == Hospital.OWN ? "p0050" : "e0050", patients.get(49).id());
    }

    @ParameterizedTest
    @EnumSource
    void sentencesAreFilledInAndOfOrdinaryLength(Hospital hospital) {
        for (String sentence : sentences(hospital.patients(7, 300))) {
            int words = sentence.split(" ").length;
            assertTrue(sentence.length() >= 20 && words <= 30, sentence);
            assertTrue(words >= 6 || hospital.grammar.boilerplate().contains(sentence), sentence);
            assertFalse(sentence.matches(".*[{}|].*"), sentence);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aboutFifteenPercentOfTheSentencesAreBoilerplate(Hospital hospital) {
        List<String> sentences = sentences(hospital.patients(7, 300));
        long boilerplate = sentences.stream().filter(hospital.grammar.boilerplate()::contains).count();
        assertEquals(0.15, (double) boilerplate / sentences.size(), 0.02);
    }

    @ParameterizedTest
    @EnumSource
    void onlyBoilerplateIsRepeatedWithinAPatientAndHardlyAnythingElseBetweenPatients(Hospital hospital) {
        Set<String> everybodys = new HashSet<>();
        int shared = 0;
        for (SyntheticNotes.Patient patient : hospital.patients(7, 300)) {
            Set<String> own = new HashSet<>();
            for (String sentence : patient.sentences()) {
                if (!hospital.grammar.boilerplate().contains(sentence)) {
                    assertTrue(own.add(sentence), patient.id() + " repeats: " + sentence);
                    shared += everybodys.add(sentence) ? 0 : 1;
                }
            }
        }
        assertTrue(shared <= everybodys.size() / 100, shared + " of " + everybodys.size() + " are shared");
    }

    @Test
    void theTwoHospitalsShareNoSentence() {
        Set<String> own = new HashSet<>(sentences(Hospital.OWN.patients(7, 100)));
        own.retainAll(sentences(Hospital.OTHER.patients(7, 100)));
        assertEquals(Set.of(), own);
    }

    @ParameterizedTest
    @EnumSource
    void thereAreEnoughTemplatesAllDifferent(Hospital hospital) {
        List<String> templates = hospital.grammar.templates();
        assertTrue(templates.size() >= hospital.fewestTemplates, templates.size() + " templates");
        assertEquals(templates.size(), Set.copyOf(templates).size());
        assertTrue(templates.stream().allMatch(template -> template.chars().filter(each -> each == '{').count() >= 2));
    }

    @Test
    void negativeCountsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> SyntheticNotes.patients(7, -1, 20));
        assertThrows(IllegalArgumentException.class, () -> SyntheticNotes.externalPatients(7, 20, -1));
    }

    private static List<String> sentences(List<SyntheticNotes.Patient> patients) {
        return patients.stream().map(SyntheticNotes.Patient::sentences).flatMap(Collection::stream).toList();
    }
}
