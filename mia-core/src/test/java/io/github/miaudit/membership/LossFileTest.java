package io.github.miaudit.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Patient;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.metrics.GroupReduction;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossFileTest {

    private static final String HEADER = "population,target_loss,reference_loss\n";
    private static final String ROWS = "member,1,3\nnon_member,2,2.5\n";

    @TempDir
    private Path folder;

    @Test
    void lossesBecomeBothStatistics() throws IOException {
        List<AttackScores> attacks = LossFile.read(write("\uFEFFid,reference_loss,population,target_loss,note\n"
                + "a,3,member,1,x\nb,4,member,2.5,x\na,2.5,non_member,2,x\nz,1e1,external,7,\"y,\nz\"\n")).attacks();
        assertEquals(List.of("likelihood-ratio", "loss"), attacks.stream().map(AttackScores::name).toList());
        assertArrayEquals(new double[] {2, 1.5}, attacks.get(0).scores(Population.MEMBERS));
        assertArrayEquals(new double[] {0.5}, attacks.get(0).scores(Population.NON_MEMBERS));
        assertArrayEquals(new double[] {3}, attacks.get(0).scores(Population.EXTERNALS));
        assertArrayEquals(new double[] {-1, -2.5}, attacks.get(1).scores(Population.MEMBERS));
    }

    /** Else sentences would be nobody's, and shared patients not be seen. */
    @ParameterizedTest
    @CsvSource({"Group, 'in other case than group; rename it'",
            "patient, 'but none called group, which is the patient''s; rename it, or remove it'",
            "SUBJECT_ID, 'but none called group'", "ID, in other case than id"})
    void patientsCalledOtherwiseAreNotOverlooked(String column, String problem) throws IOException {
        Path file = write("population,target_loss,reference_loss," + column + "\nmember,1,2,7\nnon_member,1,2,7\n");
        String message = assertThrows(InvalidFileException.class, () -> LossFile.read(file)).getMessage();
        assertTrue(message.startsWith(file + ":1: has a column " + column) && message.contains(problem), message);
    }

    @Test
    void aRowHasNoMoreFieldsThanTheHeader() throws IOException {
        Path file = write("population,target_loss,reference_loss\nmember,1,2,9\nnon_member,1,2,9\n");
        assertEquals(file + ":2: has 4 fields; the header has 3",
                assertThrows(InvalidFileException.class, () -> LossFile.read(file)).getMessage());
    }

    /** A control's losses take the target's place, and change nothing else. */
    @Test
    void aControlIsAttackedAsTheTargetIs() throws IOException {
        LossFile file = LossFile.read(write("population,target_loss,reference_loss,control_loss\nmember,1,3,2\nnon_member,2,2,4\n"));
        assertArrayEquals(new double[] {1}, file.controlAttacks().get(0).scores(Population.MEMBERS));
        assertArrayEquals(new double[] {-4}, file.controlAttacks().get(1).scores(Population.NON_MEMBERS));
        assertEquals(List.of(),
                LossFile.read(write("population,target_loss,reference_loss\nmember,1,3\nnon_member,2,2\n")).controlAttacks());
    }

    @Test
    void oneModelInTwoColumnsIsRefused() throws IOException {
        Path twice = write("population,target_loss,reference_loss,control_loss\nmember,1,3,1\nnon_member,2,2,2\n");
        assertEquals(twice + ": target_loss and control_loss are the same in every row, so they are one model's, and comparing them tells"
                + " nothing; give the losses of another model",
                assertThrows(InvalidFileException.class, () -> LossFile.read(twice)).getMessage());
        Path reference = write("population,target_loss,reference_loss\nmember,1,1\nnon_member,2,2\n");
        assertTrue(assertThrows(InvalidFileException.class, () -> LossFile.read(reference)).getMessage()
                .contains("target_loss and reference_loss are the same in every row"));
    }

    @Test
    void groupsAreReadWhereTheyAre() throws IOException {
        AttackScores attack = LossFile.read(write("group,population,target_loss,reference_loss\n"
                + "p1,member,1,3\np1,member,2,3\n,member,2,3\n,non_member,2,2.5\n")).attacks().get(0);
        assertTrue(attack.hasGroups(Population.MEMBERS));
        assertFalse(attack.hasGroups(Population.NON_MEMBERS));
        assertEquals(2, attack.grouped(Population.MEMBERS).groupCount());
        assertArrayEquals(new double[] {1.5, 1}, attack.grouped(Population.MEMBERS).reduce(GroupReduction.mean()));
    }

    @Test
    void aGroupThatNamesNobodyIsNoPatient() throws IOException {
        AttackScores attack = LossFile.read(write("group,population,target_loss,reference_loss\n"
                + "7,member,1,3\n007,member,2,3\nNULL,member,2,3\nnan,member,4,3\n,non_member,2,2.5\nN/A,non_member,-0.0,2.5\n")).attacks()
                .get(0);
        assertEquals(3, attack.grouped(Population.MEMBERS).groupCount(), "7 is one, and each of nobody is its own");
        assertEquals(1, attack.ofKnownPatients(Population.MEMBERS).groupCount());
        assertEquals(2, attack.ofKnownPatients(Population.MEMBERS).size());
        assertFalse(attack.hasGroups(Population.NON_MEMBERS));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            member,,2       | 4: target_loss is no number
            member,1,two    | 4: reference_loss is no number
            member,NaN,2    | 4: target_loss is NaN; it must be finite
            member,1,1e999  | 4: reference_loss is Infinity; it must be finite
            Member,1,2      | 4: population is neither member, non_member nor external
            member,1        | 4: this line or a later one is malformed
            member,1,2,3    | 4: this line or a later one is malformed
            "member,1,2     | 4: this line or a later one is malformed
            """)
    void aMalformedRowIsNamed(String row, String problem) throws IOException {
        Path file = write(HEADER + ROWS + row + "\n");
        String message = assertThrows(InvalidFileException.class, () -> LossFile.read(file)).getMessage();
        assertTrue(message.startsWith(file + ":" + problem), message);
    }

    /** A sign that was swapped shows in all of a column, or of a population. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            member,-1,3;member,-2,1;non_member,-3,2   | 2: target_loss is below 0, as 2 of 2 of the members are; a loss is minus
            member,1,3;member,2,-1;non_member,3,-2    | 4: reference_loss is below 0, as 1 of 1 of the non-members are
            member,1,3;non_member,3,2;external,-1,1   | 4: target_loss is below 0, as 1 of 1 of the externals are
            """)
    void lossesBelowZeroAreRefusedWhereTheyAreMost(String rows, String problem) throws IOException {
        Path file = write(HEADER + rows.replace(';', '\n') + "\n");
        String message = assertThrows(InvalidFileException.class, () -> LossFile.read(file)).getMessage();
        assertTrue(message.startsWith(file + ":" + problem), message);
    }

    @Test
    void fewLossesBelowZeroAreSaid() throws IOException {
        LossFile some = LossFile.read(write(HEADER + "member,1,-1\nmember,-2,1\nnon_member,3,2\n"));
        assertEquals(List.of("2 losses are below 0, which no loss can be, as it is minus a log-likelihood; mend the file"),
                some.caveats());
        assertArrayEquals(new double[] {-1, 2}, some.target().scores(Population.MEMBERS), "and are taken as they are");
        assertEquals(List.of(), LossFile.read(write(HEADER + "member,1,0\nnon_member,-0.0,2\n")).caveats());
    }

    @Test
    void missingColumnsPopulationsAndFilesAreNamed() throws IOException {
        assertMessage(write("population,target_loss\nmember,1\n"), ":1: has no column reference_loss");
        assertMessage(write(HEADER + "member,1,2\n"), ": has no row of population non_member");
        assertMessage(write(""), ": has no row of population member");
        assertMessage(folder.resolve("missing.csv"), ": does not exist");
        assertMessage(write("id," + HEADER + "a,member,1,2\na,member,1,2\n"), ":3: id a is already taken");
        assertMessage(write("population," + HEADER + "member,member,1,2\n"), ":1: ");
    }

    /** As Excel saves it here and there. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"','|UTF-8", "','|UTF-16LE", "';'|UTF-8", "';'|UTF-16BE", "'\t'|UTF-8", "'\t'|UTF-16LE"})
    void columnsMayBePartedOtherwiseAndTheTextBeMarked(String separator, String charset) throws IOException {
        Path file = folder.resolve("losses.csv");
        for (String above : List.of("", "sep=" + separator + "\r\n", "\r\n")) {
            Files.write(file, ("\uFEFF" + above + (HEADER + ROWS).replace(",", separator)).getBytes(Charset.forName(charset)));
            assertArrayEquals(new double[] {2}, LossFile.read(file).attacks().get(0).scores(Population.MEMBERS));
            Files.write(file,
                    ("\uFEFF" + above + (HEADER + ROWS + "member,1,x\n").replace(",", separator)).getBytes(Charset.forName(charset)));
            assertMessage(file, ":" + (above.isEmpty() ? 4 : 5) + ": reference_loss is no number");
        }
    }

    @Test
    void aDecimalCommaIsSaidToBeOne() throws IOException {
        assertMessage(write("population;target_loss;reference_loss\nmember;1,0;2,0\n"),
                ":2: target_loss has a decimal comma; write numbers with a decimal point");
        assertMessage(write(HEADER + "member,1,\"-2,5\"\n"), ":2: reference_loss has a decimal comma");
    }

    @Test
    void aMissingColumnIsSaidWithThoseThatAreThere() throws IOException {
        assertMessage(write("population,Target_Loss,reference_loss\nmember,1,2\n"), ":1: has no column target_loss; it has Target_Loss, in"
                + " other case; needed are population, target_loss and reference_loss");
        assertMessage(write("set,loss\nmember,1\n"), ":1: has no column population; it has set, loss; needed are");
        assertMessage(write("population, target_loss ,reference_loss\nmember,1,two\n"), ":2: reference_loss is no number");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() throws IOException {
        Path file = folder.resolve("latin.csv");
        Files.write(file, ("id," + HEADER + "caf\u00e9,member,1,2\n").getBytes(StandardCharsets.ISO_8859_1));
        assertMessage(file, ": is not UTF-8");
    }

    private void assertMessage(Path file, String problem) {
        String message = assertThrows(InvalidFileException.class, () -> LossFile.read(file)).getMessage();
        assertTrue(message.startsWith(file + problem), message);
    }

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("losses.csv"), content);
    }

    /** Line breaks, quotes and commas in a field are the field's, whatever ends the rows. */
    @Property
    void everyGroupIsReadAsItWasWritten(@ForAll("groups") List<String> groups, @ForAll boolean carriageReturns, @ForAll boolean lastRowEnds)
            throws IOException {
        String end = carriageReturns ? "\r\n" : "\n";
        String rows = groups.stream().map(group -> "member,1,2,\"p" + group.replace("\"", "\"\"") + "p\"").collect(Collectors.joining(end));
        Path file = Files.createTempFile("losses", ".csv");
        try {
            Files.writeString(file,
                    "population,target_loss,reference_loss,group" + end + "non_member,1,2,q" + end + rows + (lastRowEnds ? end : ""));
            assertEquals(groups.stream().map(group -> Patient.of(Optional.of("p" + group + "p"))).toList(),
                    LossFile.read(file).target().patients(Population.MEMBERS));
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<List<String>> groups() {
        return Arbitraries.of("\r", "\n", "\r\n", "\"", ",", "a", " ").list().ofMaxSize(6).map(parts -> String.join("", parts)).list()
                .ofMinSize(1).ofMaxSize(6);
    }
}
