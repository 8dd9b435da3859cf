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

    /** Lowers it to half of what was too much, if it is not as low already; several devices may find the same too much. */
    void lowerBelow(long tooMany, String model) {
        int half = (int) Math.max(1, Math.min(Integer.MAX_VALUE, tooMany / 2));
        int before = tokens.getAndUpdate(budget -> Math.min(budget, half));
        if (half < before) {
            LOGGER.warn(
                    "model {}: memory ran out on a batch that counts as {} tokens; the token budget is lowered from {} to {}, and"
                            + " scoring goes on",
                    model, tooMany, before, half);
        }
    }
}
