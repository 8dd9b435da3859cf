package io.github.miaudit.djl;

import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many tokens may be passed through a network at once. Falls when memory runs out, and never rises again. Thread-safe. */
final class TokenBudget {

    private static final Logger LOGGER = LoggerFactory.getLogger(TokenBudget.class);

    private final AtomicInteger tokens;

    TokenBudget(int tokens) {
        this.tokens = new AtomicInteger(tokens);
    }

    int tokens() {
        return tokens.get();
    }

    /** Lowers it to half of what was too much, if it is not as low already. */
    void lowerBelow(long tooMany, String model) {
        int before = tokens.get();
        int after = (int) Math.max(1, Math.min(before, tooMany) / 2);
        if (after < before && tokens.compareAndSet(before, after)) {
            LOGGER.warn("model {}: memory ran out on a batch of {} tokens; the token budget is lowered from {} to {}, and scoring goes on", model, tooMany, before, after);
        }
    }
}
