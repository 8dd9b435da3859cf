package io.github.miaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.io.ChildProgram;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code mia doctor} as a user meets it. */
class DoctorTest {

    @Test
    void aMachineThatCanScoreIsFine() throws Exception {
        ChildProgram.Outcome outcome = ChildProgram.of(Mia.class, "doctor").run();
        assertEquals(0, outcome.exitCode(), outcome.out() + outcome.err());
        List<String> lines = outcome.out().lines().toList();
        assertTrue(lines.get(0).startsWith("software       MIAudit "), outcome.out());
        assertTrue(lines.contains("engine         cpu computes"), outcome.out());
        assertTrue(outcome.out().contains("; DJL downloads nothing"), outcome.out());
    }

    @Test
    void whatKeepsItFromScoringIsToldAndExits1() throws Exception {
        ChildProgram.Outcome outcome = ChildProgram.of(Mia.class, "doctor").withEnvironment("PYTORCH_VERSION", "9.9.9").run();
        assertEquals(1, outcome.exitCode());
        assertTrue(outcome.out().contains("\nnatives        fault: PYTORCH_VERSION is 9.9.9, of which the class path holds no natives"),
                outcome.out());
        assertEquals("mia: 2 faults, told above, keep models from being scored\n", outcome.err());
    }
}
