package io.github.miaudit.spark;

import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskedRow;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.NamedRules;
import io.github.miaudit.likelihood.TokenSequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Rules of a user, as {@code maskless}, with which something goes wrong. */
public final class FaultyRules extends NamedRules {

    /** Names a file; the first who makes it ends its process. */
    static final String HALT = "miaudit.test.halt";

    /** How many tokens are too many for {@link #poisoned}. */
    static final int POISON = 60;

    /** As executors make it. */
    public FaultyRules() {
        super(halting(), poisoned());
    }

    /** Ends one process, once, as the system does where memory runs out. */
    static MaskingRule halting() {
        return new Faulty("halting");
    }

    /** Can't score a long sentence. */
    static MaskingRule poisoned() {
        return new Faulty("poisoned");
    }

    private record Faulty(String label) implements MaskingRule {

        @Override
        public List<MaskedRow> rows(TokenSequence tokens) {
            if (label.equals("halting")) {
                Optional.ofNullable(System.getProperty(HALT)).ifPresent(Faulty::halt);
            } else if (tokens.contentCount() > POISON) {
                throw new AuditException("a sentence of " + tokens.contentCount() + " tokens is poison");
            }
            return MaskingRule.maskless().rows(tokens);
        }

        private static void halt(String file) {
            try {
                Files.createFile(Path.of(file));
                Runtime.getRuntime().halt(137);
            } catch (FileAlreadyExistsException e) {
                return; // somebody did
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
