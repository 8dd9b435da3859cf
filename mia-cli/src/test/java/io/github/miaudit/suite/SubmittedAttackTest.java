package io.github.miaudit.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmittedAttackTest {

    @TempDir
    private Path folder;

    @Test
    void isCalledAsItsFile() throws IOException {
        assertEquals("my-attack", SubmittedAttack.read(file("target,seed,id,score\n\"epochs-8\",1,\"p0001-1\",0.5\n")).name());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            target,seed,id\\nepochs-8,1,p1                                  | :2: has no score; needed are target, seed, id, score
            target,seed,id,score\\nepochs-9,1,p1,1                          | :2: names a target that the benchmark doesn't have
            target,seed,id,score\\nepochs-8,one,p1,1                        | :2: seed is no whole number
            target,seed,id,score\\nepochs-8,1,p1,0.5\\nepochs-8,1,p2,high   | :3: score is no number
            target,seed,id,score\\nepochs-8,1,p1,NaN                        | :2: score is NaN
            target,seed,id,score\\nepochs-8,1,p1,1\\nepochs-8,1,p1,2        | :3: scores sentence p1 again
            target,seed,id,score                                           | has no row
            """)
    void aFileThatCantBeMeantIsNamedWithItsLine(String text, String message) throws IOException {
        Path file = file(text.replace("\\n", "\n"));
        String said = assertThrows(InvalidFileException.class, () -> SubmittedAttack.read(file)).getMessage();
        assertTrue(said.contains(message), said);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("my-attack.csv"), text);
    }
}
