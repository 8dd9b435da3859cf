package io.github.miaudit.data.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.notes.NoteFiles;
import io.github.miaudit.text.Normalisation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is a patient of a prepared dataset, who is another and who is nobody. */
class PreparedPatientsTest extends InventedNotes {

    /** A row of a training patient that can't be used still tells that the patient, and what can be read of the text, was trained on. */
    @Test
    void badTrainingRowsStillExcludeTheirPatientsAndTheirText() throws IOException {
        String spoilt = "Spoilt \u00e9 but otherwise readable training sentence number one.";
        Files.write(folder.resolve("training/bad.csv"),
                ("SUBJECT_ID,TEXT\nn2,\"" + spoilt + "\"\nnobody knows whose\n").getBytes(StandardCharsets.ISO_8859_1));
        append("other/notes.csv", "n3,\"" + spoilt + "\"\n");
        PreparedDataset dataset = all().withPseudonyms(Pseudonyms.none()).prepare();
        Datasheet.SetCounts others = dataset.datasheet().sets().get(Population.NON_MEMBERS);
        assertEquals(2, others.patientsExcluded());
        assertFalse(groups(dataset, Population.NON_MEMBERS).contains("n2"));
        assertFalse(groups(dataset, Population.MEMBERS).contains("n2"));
        assertFalse(texts(dataset, Population.NON_MEMBERS).contains(Normalisation.CASE_AND_SPACE.of(spoilt)));
        assertEquals(1, dataset.datasheet().trainingRowsUnread());
        assertEquals(2, dataset.datasheet().badRows().size());
    }

    @Test
    void notesOfNobodyAreNoPatients() throws IOException {
        write("training/notes.txt", sentence("nobody", 0, 0) + "\n" + sentence("nobody", 1, 0) + "\n");
        PreparedDataset dataset = all().prepare();
        Datasheet.SetCounts members = dataset.datasheet().sets().get(Population.MEMBERS);
        assertEquals(List.of(8L, 2L, 8L, 8L),
                List.of(members.patientsSeen(), members.notesOfNobody(), members.patientsChosen(), members.sampledPatients()));
        assertEquals(2, dataset.sets().get(Population.MEMBERS).stream().filter(sentence -> sentence.group().isEmpty()).count());
    }

    /** Places in files were once what notes of nobody were known by. */
    @Test
    void aNoteOfNobodyIsNoPatientOfThatName() throws IOException {
        write("training/a.jsonl", "{\"text\":\"" + sentence("nobody", 0, 0) + "\"}\n{\"group\":\"a.jsonl:1\",\"text\":\""
                + sentence("somebody", 1, 0) + "\"}\n");
        Files.delete(folder.resolve("training/notes.csv"));
        PreparedDataset dataset = all().withMostPerPatient(1).withPseudonyms(Pseudonyms.none()).prepare();
        assertEquals(List.of("", "a.jsonl:1"),
                dataset.sets().get(Population.MEMBERS).stream().map(sentence -> sentence.group().orElse("")).sorted().toList());
    }

    /** Externals come from elsewhere: one with a training patient's number is somebody else. */
    @Test
    void anExternalOfATrainingPatientsNameIsSomebodyElse() throws IOException {
        write("external/t3-01.xml", "<a><TEXT>" + own("stranger", 3) + " " + sentence("training", 1, 1) + "</TEXT></a>");
        for (Pseudonyms pseudonyms : List.of(Pseudonyms.none(), Pseudonyms.salted("x"))) {
            PreparedDataset dataset = all().withPseudonyms(pseudonyms).prepare();
            Datasheet.SetCounts externals = dataset.datasheet().sets().get(Population.EXTERNALS);
            assertEquals(List.of(6L, 0L, 18L, 1L),
                    List.of(externals.patientsSeen(), externals.patientsExcluded(), externals.available(), externals.inTraining()));
            assertTrue(groups(dataset, Population.EXTERNALS).contains(pseudonyms.of(Population.EXTERNALS, "t3")));
            assertTrue(groups(dataset, Population.MEMBERS).contains(pseudonyms.of(Population.MEMBERS, "t3")));
            assertTrue(groups(dataset, Population.MEMBERS).stream().noneMatch(groups(dataset, Population.EXTERNALS)::contains));
        }
        assertEquals("external/t3", Pseudonyms.none().of(Population.EXTERNALS, "t3"));
    }

    @ParameterizedTest
    @CsvSource({"22,22.0", "22,0022", "22, ' 22\u00a0'", "Ab,aB", "\uff12\uff12,22", "0,00", "22.00,022"})
    void patientsAreTheSameHoweverTheyAreSpelled(String trained, String other) throws IOException {
        append("training/notes.csv", trained + ",\"" + sentence("spelled", 1, 1) + "\"\n");
        append("other/notes.csv", "\"" + other + "\",\"" + sentence("spelled", 2, 2) + "\"\n");
        PreparedDataset dataset = all().withPseudonyms(Pseudonyms.none()).prepare();
        assertEquals(2, dataset.datasheet().sets().get(Population.NON_MEMBERS).patientsExcluded());
        assertTrue(groups(dataset, Population.MEMBERS).contains(trained.strip()));
    }

    /** However the files spell a patient, it is chosen, counted and named as one; kept names stay as they are written. */
    @ParameterizedTest
    @CsvSource({"22,22.0", "22,0022", "1000000,1e+06", "10006,'10,006'", "Ab,aB"})
    void aPatientSpelledTwiceIsOne(String one, String other) throws IOException {
        append("training/notes.csv", one + ",\"" + sentence("spelled", 1, 1) + "\"\n\"" + other + "\",\"" + sentence("spelled", 2, 2)
                + "\"\n");
        PreparedDataset dataset = all().prepare();
        Datasheet.SetCounts members = dataset.datasheet().sets().get(Population.MEMBERS);
        assertEquals(List.of(9L, 9L, 9L), List.of(members.patientsSeen(), members.patientsChosen(), members.sampledPatients()));
        assertEquals(9, groups(dataset, Population.MEMBERS).size());
        assertEquals(10, groups(all().withPseudonyms(Pseudonyms.none()).prepare(), Population.MEMBERS).size());
        Pseudonyms pseudonyms = Pseudonyms.salted("x");
        assertEquals(pseudonyms.of(Population.MEMBERS, one), pseudonyms.of(Population.MEMBERS, other));
        assertEquals(pseudonyms.of(Population.EXTERNALS, one), pseudonyms.of(Population.EXTERNALS, other));
        assertEquals(1, all().withMostPerPatient(1).withPseudonyms(Pseudonyms.none()).prepare().sets().get(Population.MEMBERS).stream()
                .filter(sentence -> Set.of(one, other).contains(sentence.group().orElseThrow())).count());
    }

    @Test
    void nobodyHasNoPseudonym() {
        assertEquals("\"NULL\" names no patient, so it has no pseudonym",
                assertThrows(IllegalArgumentException.class, () -> Pseudonyms.salted("x").of(Population.MEMBERS, "NULL")).getMessage());
    }

    /** A skipped training row that names nobody may be anybody's, and excludes none who is called so. */
    @Test
    void rowsOfNobodyAreNoPatientsToLeaveOut() throws IOException {
        append("training/notes.csv", "NULL,\"" + sentence("spelled", 1, 1) + "\"\n");
        assertEquals(1, all().prepare().datasheet().trainingRowsUnread());
        assertEquals(1, all().prepare().datasheet().sets().get(Population.NON_MEMBERS).patientsExcluded());
    }

    @Test
    void otherPatientsAreNotTheSame() throws IOException {
        append("training/notes.csv", "22,\"" + sentence("spelled", 1, 1) + "\"\n");
        append("other/notes.csv", "220,\"" + sentence("spelled", 2, 2) + "\"\n22.5,\"" + sentence("spelled", 3, 2) + "\"\n");
        assertEquals(1, all().prepare().datasheet().sets().get(Population.NON_MEMBERS).patientsExcluded());
    }

    /** A patient all of whose sentences stand in the training notes is none of those asked for. */
    @Test
    void patientsWithoutASentenceLeftAreNotEnough() throws IOException {
        append("other/notes.csv", "n9,\"" + sentence("training", 2, 2) + "\"\n");
        DatasetPreparation exact = DatasetPreparation.of(NoteFiles.at(folder.resolve("training")), NoteFiles.at(folder.resolve("other")));
        assertEquals("6 patients with a sentence are left for the non-members, but 7 are wanted; want fewer, or allow fewer",
                assertThrows(AuditException.class, () -> exact.withSize(7, 5).prepare()).getMessage());
    }

    @Test
    void patientsHavePseudonymsUnlessKept() {
        Set<String> hidden = groups(preparation().prepare(), Population.MEMBERS);
        assertTrue(hidden.stream().allMatch(group -> group.matches("[0-9a-f]{16}")), hidden.toString());
        assertNotEquals(hidden, groups(preparation().withPseudonyms(Pseudonyms.salted("other")).prepare(), Population.MEMBERS));
        assertTrue(groups(preparation().withPseudonyms(Pseudonyms.none()).prepare(), Population.MEMBERS).stream()
                .allMatch(group -> group.startsWith("t")));
    }
}
