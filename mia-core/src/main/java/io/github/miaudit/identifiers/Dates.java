package io.github.miaudit.identifiers;

import io.github.miaudit.metrics.CounterRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Dates, moved by whole weeks, all dates of a patient by the same: so weekdays stay right, and what was before another date is as much
 * before it. The weeks are of 20 years in which the true dates have a random place, so they are not in the middle of the others.
 */
final class Dates implements WrittenFormat {

    /** Of 20 years. */
    private static final int WEEKS = 1043;

    private final WrittenDate.Order order;

    Dates(WrittenDate.Order order) {
        this.order = order;
    }

    @Override
    public List<Mention> find(String text, String type) {
        List<Mention> found = new ArrayList<>();
        for (Pattern pattern : WrittenDate.patterns()) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                if (WrittenDate.ofMatch(matcher.group(), order).isPresent()) {
                    found.add(Mention.of(matcher.start(), matcher.end(), type));
                }
            }
        }
        return found;
    }

    @Override
    public List<Iterator<String>> proposals(List<String> identifiers, long seed) {
        List<Optional<WrittenDate>> dates = identifiers.stream().map(identifier -> WrittenDate.of(identifier, order)).toList();
        Worlds worlds = new Worlds(dates.stream().flatMap(Optional::stream).toList(), seed);
        List<Iterator<String>> proposals = new ArrayList<>();
        int place = 0;
        for (Optional<WrittenDate> date : dates) {
            proposals.add(date.isEmpty() ? Collections.emptyIterator() : worlds.of(place++));
        }
        return proposals;
    }

    /** All of a patient's dates, moved together; each world is made when the first of them is asked for it. */
    private static final class Worlds {

        private final List<WrittenDate> dates;
        private final List<WrittenDate.Style> styles;
        private final Shuffled weeks;
        private final int trueWeek;
        private final List<List<String>> made = new ArrayList<>();
        /** Days of the true world and of those that were made, and how they are written there; the next one has none of them. */
        private final Set<String> seen = new HashSet<>();

        private Worlds(List<WrittenDate> dates, long seed) {
            this.dates = dates;
            Map<String, List<WrittenDate>> alike = dates.stream().collect(Collectors.groupingBy(WrittenDate::layout));
            styles = dates.stream().map(date -> WrittenDate.Style.of(Objects.requireNonNull(alike.get(date.layout())))).toList();
            CounterRandom random = new CounterRandom(seed);
            trueWeek = random.nextInt(WEEKS);
            weeks = new Shuffled(WEEKS, random);
            isNew(moved(0));
        }

        private Iterator<String> of(int place) {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < made.size() || makeOne();
                }

                @Override
                public String next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException("all " + WEEKS + " weeks were tried");
                    }
                    return made.get(next++).get(place);
                }
            };
        }

        private boolean makeOne() {
            while (weeks.hasNext()) {
                List<LocalDate> days = moved(weeks.next() - trueWeek);
                if (isNew(days)) {
                    made.add(written(days));
                    return true;
                }
            }
            return false;
        }

        private List<LocalDate> moved(int by) {
            return dates.stream().map(date -> date.date().plusWeeks(by)).toList();
        }

        private List<String> written(List<LocalDate> days) {
            return IntStream.range(0, days.size()).mapToObj(place -> dates.get(place).with(days.get(place), styles.get(place))).toList();
        }

        private boolean isNew(List<LocalDate> days) {
            List<String> all = new ArrayList<>(written(days));
            days.forEach(day -> all.add(day.toString()));
            return Collections.disjoint(seen, all) && seen.addAll(all);
        }
    }
}
