package io.github.miaudit.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrataTest {

    @TempDir
    private Path folder;

    private Strata read(String content) throws IOException {
        return Strata.read(Files.writeString(folder.resolve("strata.csv"), content));
    }

    private static Patient patient(String name) {
        return Patient.of(Optional.of(name));
    }

    @Test
    void valuesAreThoseOfThePatientHoweverSpelled() throws IOException {
        Strata strata = read("sex;Patient;rare\n f ;A1;\n\"m\";007;yes\nNULL;b;no\n f;a1;\n");
        assertEquals(List.of("sex", "rare"), strata.variables());
        assertEquals("f", strata.stratum(0, patient("a1")));
        assertEquals(Strata.NOT_STATED, strata.stratum(1, patient("A1")));
        assertEquals("yes", strata.stratum(1, patient("7")));
        assertEquals(Strata.NOT_STATED, strata.stratum(0, patient("B")));
        assertEquals(Strata.NOT_STATED, strata.stratum(1, patient("nobody here")));
        assertEquals(3, strata.patients().size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"person,sex\\na,f|1|has no column patient", "patient\\na|1|has 0 columns besides patient",
            "patient,sex\\na,\"others, together\"|2|has the value \"others, together\", which is what small groups are called",
            "patient,sex\\na,f\\na,m|3|is of a patient who has other values in an earlier line", "patient,sex\\n,f|2|names no patient",
            "patient,sex\\na,f,g|2|has 3 fields; the header has 2", "patient,sex\\na|2|has 1 fields; the header has 2",
            "patient,sex,Sex\\na,f,f|1|has a column without a name", "patient,sex,\\na,f,f|1|has a column without a name"})
    void whatIsNoTableOfStrataIsRefusedByLine(String content, int line, String words) {
        InvalidFileException refused = assertThrows(InvalidFileException.class, () -> read(content.replace("\\n", "\n")));
        assertTrue(refused.getMessage().contains("strata.csv, line " + line) || refused.getMessage().contains("strata.csv:" + line),
                refused.getMessage());
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    /** A column of notes or of ages is no variable, and is not repeated. */
    @Test
    void valuesThatAreNoGroupsAreRefusedAndNotTold() {
        String secret = "Mrs Example of Hospital Street has been here since the winter of last year";
        assertTrue(!assertThrows(InvalidFileException.class, () -> read("patient,note\na," + secret + "\n")).getMessage()
                .contains("Example"));
        String ages = IntStream.range(0, 51).mapToObj(age -> "p" + age + "," + age).collect(Collectors.joining("\n"));
        assertTrue(assertThrows(InvalidFileException.class, () -> read("patient,age\n" + ages)).getMessage()
                .contains("has 51 different values in column age; it takes at most 50: group them, such as ages into bands"));
    }
}
