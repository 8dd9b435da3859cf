package io.github.miaudit.identifiers;

import io.github.miaudit.metrics.CounterRandom;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ages in years, of which the number alone is the mention: {@code aged 74}, {@code 74-year-old}, {@code 74yo}. Others are of the same
 * of the bands 0 to 17, 18 to 59, 60 to 89 and 90 to 120, and take the same article: "an 80" but "a 74".
 */
final class Ages extends PatternFormat {

    private static final int OLDEST = 120;
    private static final List<Integer> BANDS = List.of(18, 60, 90);

    Ages() {
        super("(?i)(?<![\\p{L}\\p{N}])(?:aged?|age is|age of)[ :]{1,3}(\\d{1,3})" + AFTER,
                "(?i)" + BEFORE + "(\\d{1,3})[ -]?(?:years?|yrs?|yr\\.)[ -](?:old|of age)(?!\\p{L})",
                "(?i)" + BEFORE + "(\\d{1,3}) ?(?:y/o|y\\.o\\.|yo|y o)(?!\\p{L})");
    }

    @Override
    boolean isOne(String identifier) {
        return identifier.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(identifier) <= OLDEST;
    }

    @Override
    Iterator<String> proposals(String identifier, CounterRandom random) {
        int age = Integer.parseInt(identifier);
        return Proposals.shuffled(IntStream.rangeClosed(0, OLDEST)
                .filter(other -> band(other) == band(age) && beginsWithVowel(other) == beginsWithVowel(age))
                .mapToObj(Integer::toString).toList(), random);
    }

    private static long band(int age) {
        return BANDS.stream().filter(first -> age >= first).count();
    }

    /** When it is spoken. */
    private static boolean beginsWithVowel(int age) {
        return age == 8 || age == 11 || age == 18 || age / 10 == 8;
    }
}
