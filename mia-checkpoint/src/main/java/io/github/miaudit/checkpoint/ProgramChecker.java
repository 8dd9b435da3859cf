package io.github.miaudit.checkpoint;

import io.github.miaudit.checkpoint.ProgramSyntax.Argument;
import io.github.miaudit.checkpoint.ProgramSyntax.Assignment;
import io.github.miaudit.checkpoint.ProgramSyntax.Call;
import io.github.miaudit.checkpoint.ProgramSyntax.Choice;
import io.github.miaudit.checkpoint.ProgramSyntax.ClassOf;
import io.github.miaudit.checkpoint.ProgramSyntax.Evaluation;
import io.github.miaudit.checkpoint.ProgramSyntax.Expression;
import io.github.miaudit.checkpoint.ProgramSyntax.Function;
import io.github.miaudit.checkpoint.ProgramSyntax.Item;
import io.github.miaudit.checkpoint.ProgramSyntax.Literal;
import io.github.miaudit.checkpoint.ProgramSyntax.Loop;
import io.github.miaudit.checkpoint.ProgramSyntax.Member;
import io.github.miaudit.checkpoint.ProgramSyntax.Name;
import io.github.miaudit.checkpoint.ProgramSyntax.Parameter;
import io.github.miaudit.checkpoint.ProgramSyntax.Return;
import io.github.miaudit.checkpoint.ProgramSyntax.Several;
import io.github.miaudit.checkpoint.ProgramSyntax.Statement;
import io.github.miaudit.checkpoint.ProgramSyntax.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one function of a program: that it calls nothing but the operators of {@link ProgramOperators} and the program's own
 * functions and methods, that its loops are bounded, and that it leaves the model's numbers alone. It knows of each name whether
 * it stands for an object of the program; of all that it does not know, nothing may be called and no attribute used.
 */
final class ProgramChecker {

    /** Names that mean something of their own, which therefore must not be given to anything else. */
    private static final Set<String> RESERVED = Set.of("torch", "ops", "CONSTANTS", "__torch__", "annotate", "unchecked_cast",
            "uninitialized", "getattr", "range", "int", "float", "bool", "str", "inf", "nan", "fork");
    private static final Set<String> CASTS = Set.of("int", "float", "bool");
    private static final Set<String> TYPED = Set.of("annotate", "unchecked_cast");
    /** What is computed of sizes of what is given, so that it is bounded when that is. */
    private static final Set<String> SIZES = Set.of("size", "len", "dim", "numel");
    private static final Set<String> OF_SIZES = Set.of("sub", "floordiv", "floor_divide", "neg", "remainder", "NumToTensor");
    /** Of which functions which argument says whether, or how often, numbers are left out at random. */
    private static final Map<String, Integer> AT_RANDOM = Map.of("dropout", 2, "dropout_", 2);
    private static final String TRAINING = "training";
    private static final int LONGEST_LOOP = 10_000;
    /** For how long a loop over what is given is taken to be. */
    private static final int USUAL_LOOP = 1000;
    private static final int MOST_LOOKS = 20;

    /** What is known of a value. */
    private record Known(@Nullable ProgramType type, @Nullable String function, boolean isState, boolean isBounded, boolean isFalse,
            boolean isText) {

        private static final Known NOTHING = new Known(null, null, false, false, false);
        /** Text that stands in the program. */
        private static final Known TEXT = new Known(null, null, false, false, false, true);

        private Known(@Nullable ProgramType type, @Nullable String function, boolean isState, boolean isBounded, boolean isFalse) {
            this(type, function, isState, isBounded, isFalse, false);
        }

        private Known ofType(@Nullable ProgramType other) {
            return new Known(other, null, isState, false, false);
        }

        private boolean isOfTheProgram() {
            return function != null || type != null && type.stripped().name().startsWith("__torch__.");
        }

        private Known or(Known other) {
            return new Known(type == null ? other.type : type, function, isState || other.isState, isBounded && other.isBounded,
                    isFalse && other.isFalse, isText && other.isText);
        }
    }

    private final ProgramCode code;
    private final BiFunction<Integer, String, RuntimeException> refusal;
    private final Map<String, Known> names = new HashMap<>();
    private final ProgramCosts costs;
    private double times = 1;
    /** In how many loops a statement is. */
    private int loops;

    private ProgramChecker(ProgramCode code, ProgramCosts costs, BiFunction<Integer, String, RuntimeException> refusal) {
        this.code = code;
        this.costs = costs;
        this.refusal = refusal;
    }

    /** Checks a function, or a method of a class; what is refused, with its line, is made an exception by the caller. */
    static void check(ProgramCode code, String name, Optional<String> ofClass, Function function, ProgramCosts costs,
            BiFunction<Integer, String, RuntimeException> refusal) {
        ProgramChecker checker = new ProgramChecker(code, costs.of(name), refusal);
        checker.parameters(ofClass, function);
        checker.type(function.returned());
        checker.statements(function.body());
    }

    private void parameters(Optional<String> ofClass, Function function) {
        boolean first = true;
        for (Parameter parameter : function.parameters()) {
            requireFree(parameter.name(), function.line());
            Optional<ProgramType> stated = parameter.type().map(this::type);
            ProgramType type = first && ofClass.isPresent() ? new ProgramType(ofClass.get(), List.of()) : stated.orElse(ProgramType.TENSOR);
            if (stated.isPresent() && !stated.get().equals(type) || names.containsKey(parameter.name())) {
                throw refusal.apply(function.line(), "has a parameter " + parameter.name() + " twice, or of another class than its own");
            }
            names.put(parameter.name(), new Known(type, null, false, false, parameter.name().equals(TRAINING)));
            first = false;
        }
    }

    private void statements(List<Statement> statements) {
        for (Statement statement : statements) {
            costs.count(times);
            if (statement instanceof Assignment assignment) {
                assign(assignment);
            } else if (statement instanceof Evaluation evaluation) {
                value(evaluation.value());
            } else if (statement instanceof Return returned) {
                returned.value().ifPresent(this::value);
            } else if (statement instanceof Choice choice) {
                value(choice.condition());
                statements(choice.then());
                statements(choice.otherwise());
            } else {
                loop((Loop) statement);
            }
        }
    }

    /** What happens at the end of a turn is known at the beginning of the next, so an outer loop is looked at until nothing is new. */
    private void loop(Loop loop) {
        Known number = value(loop.times());
        if (!number.isBounded) {
            throw refusal.apply(loop.line(),
                    "has a loop of which nobody can tell how often it turns; write its number, or take it of a size");
        }
        double turns = loop.times() instanceof Literal literal ? Double.parseDouble(literal.text()) : USUAL_LOOP;
        if (turns > LONGEST_LOOP) {
            throw refusal.apply(loop.line(),
                    "has a loop of " + ((Literal) loop.times()).text() + " turns; " + LONGEST_LOOP + " at most are run");
        }
        bind(loop.name(), new Known(null, null, false, true, false), loop.line());
        double before = times;
        times *= turns;
        loops++;
        statements(loop.body());
        loops--;
        times = 0;
        for (int look = 0; loops == 0 && isNews(loop.body()); look++) {
            if (look == MOST_LOOKS) {
                throw refusal.apply(loop.line(), "has a loop that moves values between names in an unusual way");
            }
        }
        times = before;
    }

    /** Whether another look tells something new of some name. */
    private boolean isNews(List<Statement> body) {
        Map<String, Known> before = new HashMap<>(names);
        loops++;
        statements(body);
        loops--;
        return !names.equals(before);
    }

    private void assign(Assignment assignment) {
        Known value = value(assignment.value());
        List<String> targets = assignment.names();
        List<ProgramType> parts = value.type != null && value.type.name().equals("Tuple") ? value.type.arguments() : List.of();
        List<Expression> written = assignment.value() instanceof Several several && several.kind() == Several.Kind.TUPLE
                ? several.parts() : List.of();
        for (int place = 0; place < targets.size(); place++) {
            Known part = targets.size() == 1 ? value
                    : written.size() == targets.size() ? value(written.get(place))
                            : parts.size() == targets.size() ? value.ofType(parts.get(place)) : value.ofType(null);
            bind(targets.get(place), part, assignment.line());
        }
    }

    /** A name that stands for an object or a function of the program stands for nothing else. */
    private void bind(String name, Known value, int line) {
        requireFree(name, line);
        Known before = names.get(name);
        if (before != null && (before.isOfTheProgram() || value.isOfTheProgram())
                && !(before.function == null && value.function == null && before.type != null && before.type.equals(value.type))) {
            throw refusal.apply(line, "uses the name " + name + " for two things");
        }
        names.put(name, before == null ? value : value.or(before));
    }

    private void requireFree(String name, int line) {
        if (RESERVED.contains(name)) {
            throw refusal.apply(line, "uses the name " + name + ", which means something else, for a value");
        }
    }

    /** Checks an expression and tells what is known of its value. */
    private Known value(Expression expression) {
        if (expression instanceof Name name) {
            return named(name);
        } else if (expression instanceof Literal literal) {
            return new Known(null, null, false, literal.text().matches("[0-9]{1,19}"), literal.text().equals("False"));
        } else if (expression instanceof Text) {
            return Known.TEXT;
        } else if (expression instanceof Several several) {
            List<Known> parts = several.parts().stream().map(this::value).toList(); // all of them are looked at
            return parts.stream().filter(Known::isState).findFirst().map(part -> part.ofType(null)).orElse(Known.NOTHING);
        } else if (expression instanceof Item item) {
            return item(item);
        } else if (expression instanceof Member member) {
            return member(member);
        }
        return call((Call) expression);
    }

    private Known named(Name name) {
        if (ProgramOperators.isNumber(name.name())) {
            return Known.NOTHING;
        }
        Known known = names.get(name.name());
        if (known == null) {
            throw refusal.apply(name.line(), "uses the name " + name.name() + ", which stands for nothing that is run");
        }
        return known;
    }

    private Known item(Item item) {
        Known object = value(item.object());
        item.indices().forEach(this::value);
        if (object.isOfTheProgram()) {
            throw refusal.apply(item.line(), "takes an item of something that has none");
        }
        return new Known(null, null, object.isState, object.isBounded, false);
    }

    /** An attribute of an object, a tensor of the table of constants, or a function of the program. */
    private Known member(Member member) {
        Optional<String> path = ProgramType.path(member);
        if (path.isPresent() && path.get().startsWith("CONSTANTS.")) {
            if (!path.get().matches("CONSTANTS\\.c[0-9]{1,9}")) {
                throw refusal.apply(member.line(), "uses a constant of an unusual name");
            }
            return new Known(ProgramType.TENSOR, null, true, false, false);
        }
        if (path.isPresent() && path.get().startsWith("__torch__.")) {
            if (!code.functions().containsKey(path.get())) {
                throw refusal.apply(member.line(), "uses " + path.get() + ", which the program does not have");
            }
            return new Known(null, path.get(), false, false, false);
        }
        return attribute(member.object(), member.name(), member.line());
    }

    private Known attribute(Expression object, String name, int line) {
        String shown = ProgramType.path(new Member(object, name, line)).orElse("." + name);
        if (object instanceof Name root && RESERVED.contains(root.name())) {
            throw refusal.apply(line, "uses " + shown + ", which is not on the list of what programs may use");
        }
        Known owner = value(object);
        ProgramType type = owner.type == null ? null : code.attributes(owner.type.stripped().name()).get(name);
        if (type == null || owner.function != null) {
            throw refusal.apply(line, "uses " + shown + ", which is no attribute that the program declares");
        }
        boolean training = name.equals(TRAINING) && type.name().equals("bool") && !code.isTraining();
        return new Known(type.name().equals("Final") ? type.stripped() : type, null, true, false, training);
    }

    private Known call(Call call) {
        if (call.function() instanceof Name name) {
            return callOfName(call, name);
        }
        if (!(call.function() instanceof Member member)) {
            throw refusal.apply(call.line(), "calls something that has no name");
        }
        Optional<String> path = ProgramType.path(member);
        if (path.isPresent() && path.get().startsWith("torch.")) {
            return operator(call, path.get(), member.name(), member.object() instanceof Name && ProgramOperators.isKnown(member.name()));
        }
        if (path.isPresent() && path.get().startsWith("ops.")) {
            boolean known = member.object() instanceof Member namespace && namespace.object() instanceof Name
                    && ProgramOperators.isKnown(namespace.name(), member.name());
            return operator(call, path.get(), member.name(), known);
        }
        if (path.isPresent() && path.get().startsWith("__torch__.")) {
            return callOfProgram(call, path.get());
        }
        Known owner = value(member.object());
        String className = owner.type == null ? "" : owner.type.stripped().name();
        Function method = code.methods(className).get(member.name());
        if (method == null) {
            throw refusal.apply(call.line(), "calls " + path.orElse("." + member.name()) + ", which is no method of the program's own");
        }
        return called(call, className + "." + member.name(), method, 1);
    }

    private Known callOfName(Call call, Name name) {
        List<Argument> arguments = call.arguments();
        if (names.containsKey(name.name())) {
            Known function = names.get(name.name());
            if (function.function == null) {
                throw refusal.apply(call.line(), "calls " + name.name() + ", which is no function");
            }
            return callOfProgram(call, function.function);
        }
        boolean plain = arguments.stream().allMatch(argument -> argument.name().isEmpty());
        if (plain && TYPED.contains(name.name()) && arguments.size() == 2) {
            Known value = value(arguments.get(1).value());
            ProgramType type = type(arguments.get(0).value());
            boolean cast = type.stripped().name().startsWith("__torch__.");
            if (cast && !(value.type != null && value.type.stripped().equals(type.stripped()))) {
                throw refusal.apply(call.line(), "takes a value for an object of another class");
            }
            return new Known(type, null, value.isState, value.isBounded, value.isFalse);
        } else if (plain && name.name().equals("uninitialized") && arguments.size() == 1) {
            return Known.NOTHING.ofType(type(arguments.get(0).value()));
        } else if (plain && CASTS.contains(name.name()) && arguments.size() == 1) {
            Known value = value(arguments.get(0).value());
            return new Known(null, null, false, value.isBounded && name.name().equals("int"), false);
        } else if (plain && name.name().equals("getattr") && arguments.size() == 2 && arguments.get(1).value() instanceof Text text
                && !text.text().contains("\\")) {
            return attribute(arguments.get(0).value(), text.text(), call.line());
        }
        throw refused(call, name.name());
    }

    private Known operator(Call call, String path, String name, boolean known) {
        if (!known) {
            throw refused(call, path);
        }
        code.calls(path);
        List<Known> values = call.arguments().stream().map(argument -> value(argument.value())).toList();
        Known first = values.isEmpty() ? Known.NOTHING : values.get(0);
        call.arguments().stream().flatMap(argument -> argument.name().stream()).filter(named -> !ProgramOperators.isArgument(named))
                .findFirst().ifPresent(named -> {
                    throw refusal.apply(call.line(), "gives " + path + " the argument " + named
                            + ", which is not on the list of those that change nothing");
                });
        if (ProgramOperators.changesItsArgument(name) && first.isState) {
            throw refusal.apply(call.line(),
                    "changes the model's own numbers by " + path + ", so that a score would depend on those before");
        }
        if (name.equals("warn") && !first.isText) {
            throw refusal.apply(call.line(), "warns of what it computes, which would be printed; " + path + " may have text alone");
        }
        if (name.equals("scaled_dot_product_attention")) {
            requireNoneLeftOut(call);
        }
        Integer random = AT_RANDOM.get(name);
        if (random != null && !(call.arguments().size() == random + 1 && call.arguments().get(random).name().isEmpty()
                && values.get(random).isFalse)) {
            throw refusal.apply(call.line(), "calls " + path + " otherwise than with False for training, so that scores would be random;"
                    + " export the model after eval()");
        }
        boolean size = SIZES.contains(name) || OF_SIZES.contains(name) && values.stream().allMatch(Known::isBounded)
                || name.equals("add") && values.stream().allMatch(Known::isBounded);
        ProgramType tensors = ProgramOperators.isView(name) && first.isState ? ProgramType.TENSOR : null;
        return new Known(tensors, null, ProgramOperators.isView(name) && first.isState, size, false);
    }

    /** The share that is left out at random, the sixth argument. */
    private void requireNoneLeftOut(Call call) {
        for (int place = 0; place < call.arguments().size(); place++) {
            Argument argument = call.arguments().get(place);
            boolean share = argument.name().map(name -> name.equals("dropout_p")).orElse(place == 4);
            if (share && !(argument.value() instanceof Literal literal && literal.text().matches("0(\\.0*)?"))) {
                throw refusal.apply(call.line(), "leaves out a share of attention at random, so that scores would be too;"
                        + " export the model after eval()");
            }
        }
    }

    private Known callOfProgram(Call call, String path) {
        if (code.isTuple(path)) {
            call.arguments().forEach(argument -> value(argument.value()));
            return Known.NOTHING.ofType(new ProgramType(path, List.of()));
        }
        Function function = code.functions().get(path);
        if (function == null) {
            throw refusal.apply(call.line(), "calls " + path + ", which the program does not have");
        }
        return called(call, path, function, 0);
    }

    private Known called(Call call, String path, Function function, int skipped) {
        costs.call(path, times);
        List<Parameter> parameters = function.parameters();
        boolean trains = parameters.stream().skip(skipped).anyMatch(parameter -> parameter.name().equals(TRAINING));
        boolean told = !trains;
        for (int place = 0; place < call.arguments().size(); place++) {
            Argument argument = call.arguments().get(place);
            Known value = value(argument.value());
            String name = argument.name()
                    .orElse(place + skipped < parameters.size() ? parameters.get(place + skipped).name() : "");
            told |= name.equals(TRAINING);
            if (trains && name.equals(TRAINING) && !value.isFalse) {
                throw refusal.apply(call.line(), "calls " + path + " for training; export the model after eval()");
            }
        }
        if (!told) {
            throw refusal.apply(call.line(), "calls " + path + " without saying that it does not train");
        }
        return Known.NOTHING.ofType(type(function.returned()));
    }

    private ProgramType type(Expression expression) {
        return ProgramType.of(expression, code::isClass).orElseThrow(() -> refusal.apply(expression.line(), "uses the type "
                + ProgramType.path(expression).orElse("of a container") + ", which is not on the list of what programs may use"));
    }

    private RuntimeException refused(Call call, String operator) {
        return refusal.apply(call.line(), "calls " + operator + ", which is not on the list of what programs may call");
    }
}
