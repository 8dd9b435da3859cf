package io.github.miaudit.cli;

import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.djl.Precision;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of options, whose errors a user understands: picocli's name Java's classes. */
final class Conversions {

    private Conversions() {
    }

    static void register(CommandLine line) {
        ITypeConverter<Integer> integer = of(Integer::valueOf, "is no whole number from -2147483648 to 2147483647");
        ITypeConverter<Long> longer = of(Long::valueOf, "is no whole number of at most 18 digits");
        ITypeConverter<Double> real = of(Double::valueOf, "is no number");
        line.registerConverter(Integer.class, integer).registerConverter(int.class, integer);
        line.registerConverter(Long.class, longer).registerConverter(long.class, longer);
        line.registerConverter(Double.class, real).registerConverter(double.class, real);
        register(line, Precision.class);
        register(line, LengthPolicy.class);
        register(line, LogFormat.class);
        line.registerConverter(LocalDate.class, of(LocalDate::parse, "is no day, such as 2026-11-28"));
        line.registerConverter(Path.class, of(Conversions::path, "can't be the name of a file, or is empty"));
    }

    /** A constant by its name in small letters. */
    private static <E extends Enum<E>> void register(CommandLine line, Class<E> type) {
        line.registerConverter(type, value -> Stream.of(type.getEnumConstants()).filter(constant -> constant.name().equalsIgnoreCase(value))
                .findFirst().orElseThrow(() -> Misspelling.noneOf(value,
                        Stream.of(type.getEnumConstants()).map(constant -> constant.name().toLowerCase(Locale.ROOT)).toList())));
    }

    private static Path path(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        return Path.of(value);
    }

    private static <T> ITypeConverter<T> of(Function<String, T> conversion, String problem) {
        return value -> {
            try {
                return conversion.apply(value);
            } catch (IllegalArgumentException | DateTimeException e) { // which numbers and paths throw
                throw new TypeConversionException("'" + value + "' " + problem);
            }
        };
    }
}
