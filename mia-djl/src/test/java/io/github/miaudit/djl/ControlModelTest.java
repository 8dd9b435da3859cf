package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlModelTest {

    private static final AttackDataset AUDITED = AttackDataset.of(samples("7", 4), samples("8", 4));

    @TempDir
    private Path folder;

    @Test
    void learnsFromOthersAlone() throws IOException {
        Path control = folder.resolve("control");
        AuditException refused = assertThrows(AuditException.class,
                () -> ControlModel.train(AUDITED, samples("007", 3), trainer(), control));
        assertEquals("1 patient of the audited dataset would be among those that the control learns from; a control must never have seen"
                + " whom the audit is about: leave them out", refused.getMessage());
        List<Sample> nobodys = samples("7", 4).stream().map(sample -> Sample.of(sample.id(), sample.text())).toList();
        assertTrue(assertThrows(AuditException.class, () -> ControlModel.train(AUDITED, nobodys, trainer(), control)).getMessage()
                .startsWith("4 of the 4 sentences that the control would learn from are members'"));
        assertFalse(Files.exists(control));
        ControlModel.train(AUDITED, samples("9", 4), trainer(), control);
        try (MaskedLmScorer scorer = MaskedLmScorer.open(control)) {
            assertTrue(scorer.isKnownToBeTrainedOn(samples("9", 4)));
        }
    }

    private static List<Sample> samples(String patient, int count) {
        return IntStream.range(0, count).mapToObj(number -> Sample.of("" + number, patient, "Patient " + patient + " had " + number + "."))
                .toList();
    }

    private static MaskedLmTrainer trainer() throws IOException {
        return MaskedLmTrainer.of(new NetworkSize(1, 16, 2, 32, 30), Files.readString(Golden.ROBERTA.folder().resolve("tokenizer.json")))
                .withSteps(2).withTokensPerStep(100);
    }
}
