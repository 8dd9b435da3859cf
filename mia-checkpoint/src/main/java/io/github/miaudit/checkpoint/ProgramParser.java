package io.github.miaudit.checkpoint;

import io.github.miaudit.checkpoint.ProgramSyntax.Argument;
import io.github.miaudit.checkpoint.ProgramSyntax.Assignment;
import io.github.miaudit.checkpoint.ProgramSyntax.Attribute;
import io.github.miaudit.checkpoint.ProgramSyntax.Call;
import io.github.miaudit.checkpoint.ProgramSyntax.Choice;
import io.github.miaudit.checkpoint.ProgramSyntax.ClassOf;
import io.github.miaudit.checkpoint.ProgramSyntax.Definition;
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
import io.github.miaudit.checkpoint.ProgramToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Reads the part of TorchScript's language that {@code torch.jit.save} writes of models; whatever else there is is refused. */
final class ProgramParser {

    /** The words of libtorch's language, which are no names. */
    private static final Set<String> WORDS = Set.of("def", "if", "else", "elif", "while", "return", "is", "True", "False", "None", "and",
            "or", "not", "global", "for", "in", "raise", "assert", "break", "continue", "del", "pass", "class", "import", "with", "as",
            "Ellipsis", "NoneType");
    private static final Set<String> LITERALS = Set.of("True", "False", "None", "NoneType");
    /** Lists of names that a module's class begins with. */
    private static final Set<String> NAME_LISTS = Set.of("__parameters__", "__buffers__");
    private static final String ANNOTATIONS = "__annotations__";
    private static final int DEEPEST = 100;

    private final List<ProgramToken> tokens;
    private final BiFunction<Integer, String, RuntimeException> refusal;
    private int next;
    private int depth;

    private ProgramParser(List<ProgramToken> tokens, BiFunction<Integer, String, RuntimeException> refusal) {
        this.tokens = tokens;
        this.refusal = refusal;
    }

    /** The classes and functions of a file; what is refused, with its line, is made an exception by the caller. */
    static List<Definition> definitions(String source, BiFunction<Integer, String, RuntimeException> refusal) {
        ProgramParser parser = new ProgramParser(ProgramLexer.tokens(source, refusal), refusal);
        List<Definition> definitions = new ArrayList<>();
        while (parser.token().kind() != Kind.END) {
            definitions.add(parser.token().is("class") ? parser.classOf() : parser.function());
        }
        return definitions;
    }

    /** A type as text has it. */
    static Expression type(String text, BiFunction<Integer, String, RuntimeException> refusal) {
        ProgramParser parser = new ProgramParser(ProgramLexer.tokens(text, refusal), refusal);
        Expression type = parser.expression();
        parser.expect(Kind.NEWLINE);
        parser.expect(Kind.END);
        return type;
    }

    private ClassOf classOf() {
        int line = token().line();
        expect("class");
        String name = name();
        String base = "";
        if (takes("(")) {
            base = name();
            expect(")");
        }
        List<Attribute> attributes = new ArrayList<>();
        List<Function> methods = new ArrayList<>();
        expect(":");
        expect(Kind.NEWLINE);
        expect(Kind.INDENT);
        while (token().kind() != Kind.DEDENT) {
            if (token().is("def")) {
                methods.add(function());
            } else if (!takes("pass")) {
                attribute().ifPresent(attributes::add);
                expect(Kind.NEWLINE);
            } else {
                expect(Kind.NEWLINE);
            }
        }
        expect(Kind.DEDENT);
        return new ClassOf(name, base, attributes, methods, line);
    }

    /** {@code name : type}, {@code name : Final[type] = constant}, {@code __annotations__["name"] = type}, or a list of names. */
    private Optional<Attribute> attribute() {
        int line = token().line();
        String name = name();
        if (NAME_LISTS.contains(name)) {
            expect("=");
            if (!(expression() instanceof Several names && names.kind() == Several.Kind.LIST
                    && names.parts().stream().allMatch(Text.class::isInstance))) {
                throw refusal.apply(line, "has " + name + " that is no list of names");
            }
            return Optional.empty();
        }
        if (name.equals(ANNOTATIONS)) {
            if (takes("=")) {
                expect("[");
                expect("]");
                return Optional.empty();
            }
            expect("[");
            String attribute = expect(Kind.STRING).text();
            expect("]");
            expect("=");
            return Optional.of(new Attribute(attribute, expression(), Optional.empty()));
        }
        if (name.startsWith("__")) {
            throw refusal.apply(line, "has the attribute " + name + ", which no model needs");
        }
        expect(":");
        Expression type = expression();
        return Optional.of(new Attribute(name, type, takes("=") ? Optional.of(expressions()) : Optional.empty()));
    }

    private Function function() {
        int line = token().line();
        expect("def");
        String name = name();
        List<Parameter> parameters = new ArrayList<>();
        expect("(");
        while (!token().is(")")) {
            if (!takes("*")) { // what follows must be named
                parameters.add(parameter());
            }
            if (!takes(",")) {
                break;
            }
        }
        expect(")");
        expect("->");
        Expression returned = expression();
        return new Function(name, parameters, returned, block(), line);
    }

    private Parameter parameter() {
        String name = name();
        Optional<Expression> type = takes(":") ? Optional.of(expression()) : Optional.empty();
        return new Parameter(name, type, takes("=") ? Optional.of(expression()) : Optional.empty());
    }

    private List<Statement> block() {
        deepen();
        expect(":");
        expect(Kind.NEWLINE);
        expect(Kind.INDENT);
        List<Statement> statements = new ArrayList<>();
        while (token().kind() != Kind.DEDENT) {
            statement().ifPresent(statements::add);
        }
        expect(Kind.DEDENT);
        depth--;
        return statements;
    }

    private Optional<Statement> statement() {
        int line = token().line();
        if (takes("if")) {
            Expression condition = expression();
            List<Statement> then = block();
            return Optional.of(new Choice(condition, then, takes("else") ? block() : List.of(), line));
        }
        if (takes("for")) {
            String name = name();
            expect("in");
            if (!(expression() instanceof Call range && range.function() instanceof Name called && called.name().equals("range")
                    && range.arguments().size() == 1 && range.arguments().get(0).name().isEmpty())) {
                throw refusal.apply(line, "has a loop over something other than range(number); loops must be bounded");
            }
            return Optional.of(new Loop(name, range.arguments().get(0).value(), block(), line));
        }
        if (token().is("while")) {
            throw refusal.apply(line, "has a loop with while, of which nobody can tell whether it ends");
        }
        if (takes("pass")) {
            expect(Kind.NEWLINE);
            return Optional.empty();
        }
        Statement statement;
        if (takes("return")) {
            statement = new Return(token().kind() == Kind.NEWLINE ? Optional.empty() : Optional.of(expressions()), line);
        } else {
            Expression first = expressions();
            Optional<Expression> type = takes(":") ? Optional.of(expression()) : Optional.empty();
            if (type.isPresent() && !token().is("=")) {
                throw unexpected(token());
            }
            statement = takes("=") ? new Assignment(targets(first), typed(type, expressions()), line) : new Evaluation(first, line);
        }
        expect(Kind.NEWLINE);
        return Optional.of(statement);
    }

    /** {@code name : type = value} means the same as {@code name = annotate(type, value)}. */
    private static Expression typed(Optional<Expression> type, Expression value) {
        return type.<Expression>map(stated -> new Call(new Name("annotate", value.line()),
                List.of(new Argument(Optional.empty(), stated), new Argument(Optional.empty(), value)), value.line())).orElse(value);
    }

    private List<String> targets(Expression left) {
        List<Expression> parts = left instanceof Several several && several.kind() == Several.Kind.TUPLE ? several.parts() : List.of(left);
        return parts.stream().map(part -> {
            if (!(part instanceof Name name)) {
                throw refusal.apply(left.line(), "assigns to something other than a name; a model must not change its state");
            }
            return name.name();
        }).toList();
    }

    /** One expression, or several with commas, which are a tuple. */
    private Expression expressions() {
        Expression first = expression();
        if (!token().is(",")) {
            return first;
        }
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (takes(",")) {
            if (token().is("=") || token().is(")") || token().kind() == Kind.NEWLINE) {
                break;
            }
            parts.add(expression());
        }
        return new Several(Several.Kind.TUPLE, parts, first.line());
    }

    private Expression expression() {
        deepen();
        int line = token().line();
        Expression value;
        if (takes("-")) {
            Expression negated = expression();
            boolean number = negated instanceof Literal literal && Character.isDigit(literal.text().charAt(0))
                    || negated instanceof Name infinite && infinite.name().equals("inf");
            if (!number) {
                throw refusal.apply(line, "has a sign that torch.jit.save does not write");
            }
            value = new Literal("-" + (negated instanceof Literal literal ? literal.text() : "inf"), line);
        } else {
            value = first(line);
            for (int parts = 0; token().is(".") || token().is("(") || token().is("["); parts++) {
                if (parts == DEEPEST) {
                    throw refusal.apply(line, "is nested more than " + DEEPEST + " deep");
                }
                value = followed(value);
            }
        }
        depth--;
        return value;
    }

    private Expression first(int line) {
        if (takes("(")) {
            Expression inside = token().is(")") ? new Several(Several.Kind.TUPLE, List.of(), line) : expressions();
            expect(")");
            return inside;
        }
        if (takes("[")) {
            return new Several(Several.Kind.LIST, until("]", false), line);
        }
        if (takes("{")) {
            return new Several(Several.Kind.DICTIONARY, until("}", true), line);
        }
        ProgramToken token = take();
        return switch (token.kind()) {
            case NUMBER -> new Literal(token.text(), line);
            case STRING -> new Text(token.text(), line);
            case NAME -> LITERALS.contains(token.text()) ? new Literal(token.text(), line) : new Name(requireName(token), line);
            default -> throw unexpected(token);
        };
    }

    private Expression followed(Expression value) {
        int line = token().line();
        if (takes(".")) {
            return new Member(value, name(), line);
        }
        if (takes("[")) {
            return new Item(value, until("]", false), line);
        }
        expect("(");
        List<Argument> arguments = new ArrayList<>();
        while (!token().is(")")) {
            boolean named = token().kind() == Kind.NAME && tokens.get(next + 1).is("=");
            Optional<String> name = named ? Optional.of(name()) : Optional.empty();
            if (named) {
                expect("=");
            }
            arguments.add(new Argument(name, expression()));
            if (!takes(",")) {
                break;
            }
        }
        expect(")");
        return new Call(value, arguments, line);
    }

    /** Expressions with commas up to a bracket; of a dictionary, keys and values. */
    private List<Expression> until(String bracket, boolean pairs) {
        List<Expression> parts = new ArrayList<>();
        while (!token().is(bracket)) {
            parts.add(expression());
            if (pairs) {
                expect(":");
                parts.add(expression());
            }
            if (!takes(",")) {
                break;
            }
        }
        expect(bracket);
        return parts;
    }

    private void deepen() {
        if (++depth > DEEPEST) {
            throw refusal.apply(token().line(), "is nested more than " + DEEPEST + " deep");
        }
    }

    private ProgramToken token() {
        return tokens.get(next);
    }

    private ProgramToken take() {
        ProgramToken token = token();
        if (token.kind() == Kind.END) {
            throw unexpected(token);
        }
        next++;
        return token;
    }

    private boolean takes(String sign) {
        boolean there = token().is(sign) && token().kind() != Kind.END;
        next += there ? 1 : 0;
        return there;
    }

    private void expect(String sign) {
        if (!takes(sign)) {
            throw unexpected(token());
        }
    }

    private ProgramToken expect(Kind kind) {
        if (token().kind() != kind) {
            throw unexpected(token());
        }
        return tokens.get(kind == Kind.END ? next : next++);
    }

    private String name() {
        return requireName(expect(Kind.NAME));
    }

    private String requireName(ProgramToken token) {
        if (WORDS.contains(token.text())) {
            throw unexpected(token);
        }
        return token.text();
    }

    private RuntimeException unexpected(ProgramToken token) {
        return refusal.apply(token.line(), switch (token.kind()) {
            case NAME, SIGN -> "has " + token.text() + " where no program needs it";
            case END -> "ends too early";
            default -> "has a " + token.kind().name().toLowerCase(Locale.ROOT) + " where no program needs it";
        });
    }
}
