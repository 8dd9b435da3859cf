package io.github.miaudit.identifiers;

import io.github.miaudit.metrics.CounterRandom;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times such as {@code 14:30}, {@code 9:05:20}, {@code 2:30 pm} and {@code 1430h}, of which the number alone is the mention. Others have
 * as many digits, lead with a zero if the true one does, are in the same half of the day where it is written, and are as round: to
 * a quarter of an hour, to five minutes, or neither. A second of 00 stays.
 */
final class TimesOfDay extends PatternFormat {

    private static final int HALF_DAY = 12;
    private static final int HOUR = 60;
    private static final Pattern WHOLE = Pattern.compile("([01]?\\d|2[0-3])(:?)([0-5]\\d)(?::([0-5]\\d))?(\\s?[aApP]\\.?[mM]\\.?)?");

    TimesOfDay() {
        super(BEFORE + "(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)?(?:\\s?(?:[aApP]\\.[mM]\\.|[aApP][mM](?!\\p{L}))|" + AFTER + ")",
                BEFORE + "((?:[01]\\d|2[0-3])[0-5]\\d) ?(?:h|hrs|hours)(?!\\p{L})");
    }

    @Override
    boolean isOne(String identifier) {
        Matcher parts = WHOLE.matcher(identifier);
        return parts.matches() && (parts.group(5) == null || isOfHalfDay(Integer.parseInt(parts.group(1))));
    }

    @Override
    Iterator<String> proposals(String identifier, CounterRandom random) {
        Matcher parts = WHOLE.matcher(identifier);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no time of day");
        }
        String trueHour = parts.group(1);
        int round = roundness(Integer.parseInt(parts.group(3)));
        List<String> all = new ArrayList<>();
        for (int hour = 0; hour < 2 * HALF_DAY; hour++) {
            String written = trueHour.startsWith("0") && trueHour.length() == 2 ? Proposals.twoDigits(hour)
                    : Integer.toString(hour);
            boolean alike = written.length() == trueHour.length() && written.startsWith("0") == trueHour.startsWith("0")
                    && (parts.group(5) == null || isOfHalfDay(hour));
            for (int minute = 0; minute < HOUR && alike; minute++) {
                if (roundness(minute) == round) {
                    all.add(written + parts.group(2) + Proposals.twoDigits(minute));
                }
            }
        }
        String end = parts.group(5) == null ? "" : parts.group(5);
        Iterator<String> times = Proposals.shuffled(all, random);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return times.hasNext();
            }

            @Override
            public String next() {
                return times.next() + seconds(parts.group(4), random) + end;
            }
        };
    }

    private static String seconds(@Nullable String trueOnes, CounterRandom random) {
        if (trueOnes == null || trueOnes.equals("00")) {
            return trueOnes == null ? "" : ":00";
        }
        return ":" + Proposals.twoDigits(1 + random.nextInt(HOUR - 1));
    }

    private static boolean isOfHalfDay(int hour) {
        return hour >= 1 && hour <= HALF_DAY;
    }

    private static int roundness(int minute) {
        return minute % 15 == 0 ? 2 : minute % 5 == 0 ? 1 : 0;
    }
}
