package io.github.miaudit.checkpoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How much the functions of a program do: a few short ones that call each other in turn could take forever, or, since libtorch puts
 * a function's text in the place of each call, fill the memory.
 */
final class ProgramCosts {

    private static final double MOST_STEPS = 1e10;
    private static final double MOST_TEXT = 5e6;

    private record Called(String function, double times) {
    }

    /** Of one function: its statements, how often all of them are done, and what it calls. */
    private static final class Own {
        private double statements;
        private double steps;
        private final List<Called> calls = new ArrayList<>();
    }

    /** Of a function with all that it calls. */
    private record Total(double statements, double steps) {
    }

    private final Map<String, Own> functions;
    private final Map<String, Total> totals = new HashMap<>();
    private final String function;

    private ProgramCosts(Map<String, Own> functions, String function) {
        this.functions = functions;
        this.function = function;
    }

    /** Of a program none of whose functions has been looked at. */
    static ProgramCosts none() {
        return new ProgramCosts(new HashMap<>(), "");
    }

    /** The same, where what is counted is of one function. */
    ProgramCosts of(String name) {
        functions.put(name, new Own());
        return new ProgramCosts(functions, name);
    }

    /** Counts a statement that is done so often; 0 where it has been counted. */
    void count(double times) {
        Own own = Objects.requireNonNull(functions.get(function));
        own.statements += times > 0 ? 1 : 0;
        own.steps += times;
    }

    /** Counts a call that is made so often. */
    void call(String called, double times) {
        if (times > 0) {
            Objects.requireNonNull(functions.get(function)).calls.add(new Called(called, times));
        }
    }

    /** The function that calls itself or does too much, if there is one. */
    Optional<String> excessive() {
        return functions.keySet().stream().sorted().filter(name -> {
            Total total = total(name, new HashSet<>());
            return total.statements > MOST_TEXT || total.steps > MOST_STEPS;
        }).findFirst();
    }

    /** Infinite where a function calls itself; so deep a chain of calls as would fill the stack counts as that. */
    private Total total(String name, Set<String> callers) {
        Total known = totals.get(name);
        if (known != null) {
            return known;
        }
        if (callers.size() > 500 || !callers.add(name)) {
            return new Total(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        Own own = Objects.requireNonNull(functions.get(name));
        double statements = own.statements;
        double steps = own.steps;
        for (Called called : own.calls) {
            Total total = total(called.function, callers);
            statements += total.statements;
            steps += called.times * total.steps;
        }
        callers.remove(name);
        Total total = new Total(statements, steps);
        totals.put(name, total);
        return total;
    }
}
