package io.github.miaudit.checkpoint;

import io.github.miaudit.checkpoint.ProgramSyntax.Attribute;
import io.github.miaudit.checkpoint.ProgramSyntax.ClassOf;
import io.github.miaudit.checkpoint.ProgramSyntax.Definition;
import io.github.miaudit.checkpoint.ProgramSyntax.Expression;
import io.github.miaudit.checkpoint.ProgramSyntax.Function;
import io.github.miaudit.checkpoint.ProgramSyntax.Literal;
import io.github.miaudit.checkpoint.ProgramSyntax.Name;
import io.github.miaudit.checkpoint.ProgramSyntax.Several;
import io.github.miaudit.checkpoint.ProgramSyntax.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** The classes and functions of a program, by their whole names. */
final class ProgramCode {

    /** Base classes: a network, or several values with names. */
    private static final Set<String> BASES = Set.of("Module", "NamedTuple");
    private static final String TUPLE = "NamedTuple";
    /** The methods with such names that libtorch does not call on its own. */
    private static final Set<String> HARMLESS = Set.of("__len__", "__getitem__", "__contains__");

    /** How a member of the archive is refused, at a line. */
    interface Refusal {
        RuntimeException of(String member, int line, String why);
    }

    private final Refusal refusal;
    private final Map<String, ClassOf> classes = new TreeMap<>();
    private final Map<String, Function> functions = new TreeMap<>();
    private final Map<String, String> members = new HashMap<>();
    private final Map<String, Map<String, ProgramType>> attributes = new HashMap<>();
    private final Map<String, Map<String, ProgramType>> state = new HashMap<>();
    private final Map<String, Map<String, Function>> methods = new HashMap<>();
    private final SortedSet<String> operators = new TreeSet<>();
    private boolean training;

    ProgramCode(Refusal refusal) {
        this.refusal = refusal;
    }

    /** Reads a file of the archive. */
    void read(String member, String prefix, String source) {
        for (Definition definition : ProgramParser.definitions(source, (line, why) -> refusal.of(member, line, why))) {
            String name = prefix + "." + definition.name();
            if (members.putIfAbsent(name, member) != null) {
                throw refusal.of(member, 1, "defines " + definition.name() + " twice");
            }
            if (definition instanceof ClassOf found) {
                classes.put(name, found);
            } else {
                functions.put(name, (Function) definition);
            }
        }
    }

    /** Finds out of what types attributes are, when all files have been read. */
    void resolve() {
        classes.forEach((name, found) -> {
            String member = memberOf(name);
            if (!BASES.contains(found.base()) || found.base().equals(TUPLE) && !found.methods().isEmpty()) {
                throw refusal.of(member, found.line(), "has a class that is neither a Module nor a NamedTuple, which no model needs");
            }
            Map<String, ProgramType> types = new HashMap<>();
            Map<String, ProgramType> kept = new HashMap<>();
            for (Attribute attribute : found.attributes()) {
                ProgramType type = ProgramType.of(attribute.type(), this::isClass)
                        .orElseThrow(() -> refusal.of(member, attribute.type().line(), "declares " + attribute.name()
                                + " of a type that is not on the list of what programs may use"));
                attribute.constant().ifPresent(constant -> requireLiteral(constant, member));
                if (types.put(attribute.name(), type) != null) {
                    throw refusal.of(member, attribute.type().line(), "declares " + attribute.name() + " twice");
                }
                if (attribute.constant().isEmpty()) {
                    kept.put(attribute.name(), type);
                }
            }
            attributes.put(name, types);
            state.put(name, kept);
            methods.put(name, byName(found, member));
        });
    }

    /** In which file of the archive something is defined. */
    private String memberOf(String definition) {
        return Objects.requireNonNull(members.get(definition));
    }

    private Map<String, Function> byName(ClassOf found, String member) {
        Map<String, Function> byName = new TreeMap<>();
        for (Function method : found.methods()) {
            if (method.name().startsWith("__") && !HARMLESS.contains(method.name())) {
                throw refusal.of(member, method.line(), "has the method " + method.name() + ", which libtorch calls on its own");
            }
            if (byName.put(method.name(), method) != null || method.parameters().isEmpty()) {
                throw refusal.of(member, method.line(), "has the method " + method.name() + " twice, or of no object");
            }
        }
        return byName;
    }

    /** Looks at all functions and methods. */
    void check() {
        ProgramCosts costs = ProgramCosts.none();
        functions.forEach((name, function) -> check(name, memberOf(name), Optional.empty(), function, costs));
        methods.forEach((name, ofClass) -> ofClass
                .forEach((method, function) -> check(name + "." + method, memberOf(name), Optional.of(name), function, costs)));
        costs.excessive().ifPresent(name -> {
            String owner = functions.containsKey(name) ? name : name.replaceFirst("\\.[^.]*$", "");
            Function function = Objects.requireNonNull(functions.containsKey(name) ? functions.get(name)
                    : methods(owner).get(name.replaceFirst(".*\\.", "")));
            throw refusal.of(memberOf(owner), function.line(), "has the function " + function.name()
                    + " that calls itself, or that with all it calls does more than any model");
        });
    }

    /** libtorch computes constants and what is usual for parameters as soon as it loads a program. */
    private void requireLiteral(Expression expression, String member) {
        boolean literal = expression instanceof Literal || expression instanceof Text
                || expression instanceof Name name && ProgramOperators.isNumber(name.name());
        if (expression instanceof Several several) {
            several.parts().forEach(part -> requireLiteral(part, member));
        } else if (!literal) {
            throw refusal.of(member, expression.line(), "has a constant or a default that is to be computed, which no model needs");
        }
    }

    private void check(String name, String member, Optional<String> ofClass, Function function, ProgramCosts costs) {
        function.parameters().forEach(parameter -> parameter.usual().ifPresent(usual -> requireLiteral(usual, member)));
        BiFunction<Integer, String, RuntimeException> ofMember = (line, why) -> refusal.of(member, line, why);
        ProgramChecker.check(this, name, ofClass, function, costs, ofMember);
    }

    /** That some function calls this function of tensors. */
    void calls(String operator) {
        operators.add(operator);
    }

    /** What the functions that have been looked at call, but for the program's own. */
    SortedSet<String> operators() {
        return operators;
    }

    /** That some object of the program says that it trains. */
    void setTraining() {
        training = true;
    }

    boolean isTraining() {
        return training;
    }

    boolean isClass(String name) {
        return classes.containsKey(name);
    }

    boolean isTuple(String name) {
        return classes.containsKey(name) && classes.get(name).base().equals(TUPLE);
    }

    Map<String, Function> functions() {
        return functions;
    }

    Map<String, Function> methods(String className) {
        return methods.getOrDefault(className, Map.of());
    }

    Map<String, ProgramType> attributes(String className) {
        return attributes.getOrDefault(className, Map.of());
    }

    /** The attributes that are not constants, by class. */
    Map<String, Map<String, ProgramType>> state() {
        return state;
    }

    /** Whether text is a type that the program may use. */
    boolean isType(String text) {
        return ProgramType
                .of(ProgramParser.type(text, (line, why) -> refusal.of("a pickle", 1, "names a type that is none")), this::isClass)
                .isPresent();
    }
}
