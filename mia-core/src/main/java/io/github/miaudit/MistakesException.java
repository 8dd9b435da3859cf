package io.github.miaudit;

import io.github.miaudit.io.AuditException;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An audit that can't be run as it is described: all that is missing or wrong, as far as that shows without scoring, with the call that
 * mends each. Nothing was scored.
 */
public final class MistakesException extends AuditException {

    private static final long serialVersionUID = 1L;

    private final Mistake[] mistakes;

    /**
     * One thing that is missing or wrong.
     *
     * @param problem what it is, and what to do
     * @param call    by which of the audit's methods, such as {@code withReference(…)}; empty where none mends it
     */
    public record Mistake(String problem, String call) implements Serializable {

        private String words() {
            return call.isEmpty() ? problem : problem + " [" + call + "]";
        }
    }

    MistakesException(List<Mistake> mistakes) {
        super(words(mistakes, Mistake::words));
        this.mistakes = mistakes.toArray(Mistake[]::new);
    }

    /** All of them, in the order in which they were looked for; at least one. */
    public List<Mistake> mistakes() {
        return List.of(mistakes);
    }

    /** The message without calls, for who does not write Java. */
    public String problems() {
        return words(mistakes(), Mistake::problem);
    }

    private static String words(List<Mistake> mistakes, Function<Mistake, String> words) {
        if (mistakes.size() == 1) {
            return words.apply(mistakes.get(0));
        }
        return mistakes.size() + " things are missing or wrong: " + IntStream.range(0, mistakes.size())
                .mapToObj(each -> "(" + (each + 1) + ") " + words.apply(mistakes.get(each))).collect(Collectors.joining("; "));
    }
}
