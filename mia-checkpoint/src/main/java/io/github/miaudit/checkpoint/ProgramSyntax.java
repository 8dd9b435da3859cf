package io.github.miaudit.checkpoint;

import java.util.List;
import java.util.Optional;

/** What the source of a TorchScript program is made of, as far as programs need it. */
final class ProgramSyntax {

    private ProgramSyntax() {
    }

    /** A class or a function of a file. */
    sealed interface Definition {
        String name();
    }

    /** Something that is done. */
    sealed interface Statement {
        int line();
    }

    /** Something that has a value. */
    sealed interface Expression {
        int line();
    }

    /** A class: a module's attributes with their types and its methods, or the fields of a named tuple. */
    record ClassOf(String name, String base, List<Attribute> attributes, List<Function> methods, int line) implements Definition {
    }

    /** An attribute, or a constant, which is part of the program and not of its state. */
    record Attribute(String name, Expression type, Optional<Expression> constant) {
    }

    /** A function or a method. */
    record Function(String name, List<Parameter> parameters, Expression returned, List<Statement> body, int line)
            implements Definition {
    }

    /** A parameter; without a type it is a tensor, or the object of a method. */
    record Parameter(String name, Optional<Expression> type, Optional<Expression> usual) {
    }

    /** {@code a, b = value}. */
    record Assignment(List<String> names, Expression value, int line) implements Statement {
    }

    /** A call whose value is not used. */
    record Evaluation(Expression value, int line) implements Statement {
    }

    /** {@code return}. */
    record Return(Optional<Expression> value, int line) implements Statement {
    }

    /** {@code if … else …}. */
    record Choice(Expression condition, List<Statement> then, List<Statement> otherwise, int line) implements Statement {
    }

    /** {@code for name in range(times)}. */
    record Loop(String name, Expression times, List<Statement> body, int line) implements Statement {
    }

    /** A name. */
    record Name(String name, int line) implements Expression {
    }

    /** A number, {@code True}, {@code False}, {@code None}. */
    record Literal(String text, int line) implements Expression {
    }

    /** Text; its escapes are as they stand. */
    record Text(String text, int line) implements Expression {
    }

    /** {@code object.name}. */
    record Member(Expression object, String name, int line) implements Expression {
    }

    /** {@code function(argument, name=argument)}. */
    record Call(Expression function, List<Argument> arguments, int line) implements Expression {
    }

    /** An argument, perhaps with the name of its parameter. */
    record Argument(Optional<String> name, Expression value) {
    }

    /** {@code object[index]}; of types also with several. */
    record Item(Expression object, List<Expression> indices, int line) implements Expression {
    }

    /** A list, a tuple or a dictionary, whose keys and values alternate. */
    record Several(Kind kind, List<Expression> parts, int line) implements Expression {

        /** What it is. */
        enum Kind {
            LIST, TUPLE, DICTIONARY
        }
    }
}
