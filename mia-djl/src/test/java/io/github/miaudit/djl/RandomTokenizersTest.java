package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.TokenSequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever known parts a tokenizer puts together: it is refused, or it lives with any sentence. What ends this process is a finding.
 * Three kinds did before they were refused.
 */
class RandomTokenizersTest {

    private static final int SENTENCES = 10;
    private static final int LONGEST = 12;

    @TempDir
    private Path folder;

    @Test
    void aFewLive() throws IOException {
        live(0, 150);
    }

    @Test
    @Tag("redteam")
    void manyLive() throws IOException {
        live(150, 3000);
    }

    private void live(int from, int to) throws IOException {
        String map = Base64.getEncoder().encodeToString(Files.readAllBytes(Golden.resource("/tokenizers/small.charsmap")));
        int taken = 0;
        for (int seed = from; seed < to; seed++) {
            RandomTokenizer tokenizer = new RandomTokenizer(seed, map);
            Files.writeString(folder.resolve("tokenizer.json"), tokenizer.json());
            taken += lives(tokenizer) ? 1 : 0;
        }
        assertTrue(taken > (to - from) / 4, taken + " were taken");
    }

    private boolean lives(RandomTokenizer random) {
        try (MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folder)) {
            for (int sentence = 0; sentence < SENTENCES; sentence++) {
                use(tokenizer, Sample.of("a", random.text(LONGEST)));
            }
            return true;
        } catch (InvalidFileException e) {
            assertTrue(e.getMessage().startsWith(folder.resolve("tokenizer.json") + ": "), e.getMessage());
            return false;
        }
    }

    private static void use(MaskedLmTokenizer tokenizer, Sample sample) {
        try {
            TokenSequence tokens = tokenizer.tokenise(sample);
            tokenizer.surfaces(sample);
            if (tokens.contentCount() > 0) {
                int first = tokens.contentPositions()[0];
                tokenizer.swapped(sample, tokenizer.spans(sample)[first], tokens, first, 1);
            }
        } catch (AuditException e) { // as where nothing stands for what is unknown
            assertTrue(e.getMessage().startsWith("sentence a "), e.getMessage());
        }
    }
}
