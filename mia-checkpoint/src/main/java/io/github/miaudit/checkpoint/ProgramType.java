package io.github.miaudit.checkpoint;

import io.github.miaudit.checkpoint.ProgramSyntax.Expression;
import io.github.miaudit.checkpoint.ProgramSyntax.Item;
import io.github.miaudit.checkpoint.ProgramSyntax.Literal;
import io.github.miaudit.checkpoint.ProgramSyntax.Member;
import io.github.miaudit.checkpoint.ProgramSyntax.Name;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A type of a program.
 *
 * @param name      {@code Tensor}, {@code List}, …, or a class of the program by its whole name
 * @param arguments of a container what it holds
 */
record ProgramType(String name, List<ProgramType> arguments) {

    static final ProgramType TENSOR = new ProgramType("Tensor", List.of());

    private static final Set<String> PLAIN = Set.of("Tensor", "int", "float", "bool", "str", "number", "Device", "NoneType", "None");
    private static final Map<String, Integer> CONTAINERS = Map.of("Optional", 1, "List", 1, "Dict", 2, "Final", 1);

    /** The type that an expression stands for, if it is one that a program may use. */
    static Optional<ProgramType> of(Expression expression, Predicate<String> isClass) {
        if (expression instanceof Item item && item.object() instanceof Name container) {
            List<Optional<ProgramType>> held = item.indices().stream().map(index -> of(index, isClass)).toList();
            boolean known = container.name().equals("Tuple")
                    || CONTAINERS.getOrDefault(container.name(), 0) == held.size() && !held.isEmpty();
            return known && held.stream().allMatch(Optional::isPresent)
                    ? Optional.of(new ProgramType(container.name(), held.stream().map(Optional::get).toList()))
                    : Optional.empty();
        }
        String name = expression instanceof Literal literal ? literal.text() : path(expression).orElse("");
        return PLAIN.contains(name) || isClass.test(name) ? Optional.of(new ProgramType(name, List.of())) : Optional.empty();
    }

    /** Names with dots between them. */
    static Optional<String> path(Expression expression) {
        StringBuilder path = new StringBuilder();
        Expression rest = expression;
        while (rest instanceof Member member) {
            path.insert(0, "." + member.name());
            rest = member.object();
        }
        return rest instanceof Name root ? Optional.of(root.name() + path) : Optional.empty();
    }

    /** What a constant or an optional value is. */
    ProgramType stripped() {
        return name.equals("Optional") || name.equals("Final") ? arguments.get(0).stripped() : this;
    }

    /** What pickled values must be, so that libtorch, which does not look, takes none for something else. */
    static final class Conformance {

        /** How deep objects lie in objects, where no network is as deep. */
        private static final int DEEPEST = 300;

        private final Map<String, Map<String, ProgramType>> attributes;
        private final Map<Object, Set<ProgramType>> seen = new IdentityHashMap<>();
        private int depth;

        /** Classes by name with the types of their attributes. */
        Conformance(Map<String, Map<String, ProgramType>> attributes) {
            this.attributes = attributes;
        }

        boolean holds(@Nullable Object value, ProgramType type) {
            return switch (type.name) {
                case "Tensor" -> value instanceof TensorUnpickler.Tensor;
                case "int" -> value instanceof Integer || value instanceof Long;
                case "float" -> value instanceof Double;
                case "number" -> value instanceof Number;
                case "bool" -> value instanceof Boolean;
                case "str" -> value instanceof String text && text.chars().noneMatch(Character::isISOControl);
                case "None", "NoneType" -> value == null;
                case "Optional" -> value == null || holds(value, type.arguments.get(0));
                case "List", "Dict", "Tuple" -> value != null && (isSeen(value, type) || holdsAll(value, type));
                default -> value instanceof ProgramUnpickler.Instance instance && instance.className().equals(type.name)
                        && (isSeen(value, type) || holdsAll(instance));
            };
        }

        private boolean isSeen(Object value, ProgramType type) {
            return !seen.computeIfAbsent(value, one -> new HashSet<>()).add(type);
        }

        private boolean holdsAll(Object value, ProgramType type) {
            List<ProgramType> parts = type.arguments;
            return switch (type.name) {
                case "List" -> value instanceof List<?> list && list.stream().allMatch(one -> holds(one, parts.get(0)));
                case "Dict" -> value instanceof Map<?, ?> map && map.entrySet().stream()
                        .allMatch(entry -> holds(entry.getKey(), parts.get(0)) && holds(entry.getValue(), parts.get(1)));
                default -> value instanceof Object[] tuple && tuple.length == parts.size() && holdsEach(tuple, parts);
            };
        }

        private boolean holdsEach(Object[] values, List<ProgramType> types) {
            for (int place = 0; place < values.length; place++) {
                if (!holds(values[place], types.get(place))) {
                    return false;
                }
            }
            return true;
        }

        private boolean holdsAll(ProgramUnpickler.Instance instance) {
            Map<String, ProgramType> declared = attributes.getOrDefault(instance.className(), Map.of());
            depth++;
            boolean all = depth <= DEEPEST && declared.keySet().equals(instance.attributes().keySet()) && declared.entrySet().stream()
                    .allMatch(entry -> holds(instance.attributes().get(entry.getKey()), entry.getValue()));
            depth--;
            return all;
        }
    }
}
