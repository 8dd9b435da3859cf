package io.github.miaudit.data;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One value for each {@link Population}. Immutable as far as its values are.
 *
 * @param <T> what there is one of
 */
public final class PerPopulation<T> {

    private final List<T> values;

    private PerPopulation(List<T> values) {
        this.values = values;
    }

    /**
     * Asks for the value of each population once, in their order.
     *
     * @param value gives it; never null
     * @param <T>   what there is one of
     */
    public static <T> PerPopulation<T> of(Function<Population, ? extends T> value) {
        return new PerPopulation<>(Stream.of(Population.values()).<T>map(value::apply).toList());
    }

    /**
     * Three values.
     *
     * @param members    the members'; never null
     * @param nonMembers the non-members'
     * @param externals  the externals'
     * @param <T>        what there is one of
     */
    public static <T> PerPopulation<T> of(T members, T nonMembers, T externals) {
        return new PerPopulation<>(List.of(members, nonMembers, externals));
    }

    /** The value of a population. */
    public T of(Population population) {
        return values.get(population.ordinal());
    }

    /**
     * Something else for each population.
     *
     * @param function makes it of the value
     * @param <R>      what there is one of then
     */
    public <R> PerPopulation<R> map(Function<? super T, ? extends R> function) {
        return of(population -> function.apply(of(population)));
    }

    /** The values, one a population, in their order. */
    public Stream<T> stream() {
        return values.stream();
    }

    /** Whether each population has an equal value. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PerPopulation<?> that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Nothing of the values, which may be of patients. */
    @Override
    public String toString() {
        return "PerPopulation";
    }
}
