package io.github.miaudit.likelihood;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Patient;
import io.github.miaudit.data.PatientColumn;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sentences that were scored somewhere, without their texts: in which set each stands, its id, its patient and what its text measures. In
 * columns, so that ten million take about half a gigabyte; {@link ScoreColumn}s hold what models say of them. Immutable.
 */
public final class ScoredSentences {

    private final PackedIds ids;
    private final int[] groups;
    private final List<String> names;
    private final int @Nullable [] measures;
    /** Where each set begins, and where the last ends: sentences stand set by set. */
    private final int[] starts;
    /** Where the sentences are that were given, from 0. */
    private final int[] order;

    private ScoredSentences(PackedIds ids, int[] groups, List<String> names, int @Nullable [] measures, int[] starts, int[] order) {
        this.ids = ids;
        this.groups = groups;
        this.names = names;
        this.measures = measures;
        this.starts = starts;
        this.order = order;
    }

    /**
     * Sentences, in this order within each set.
     *
     * @param populations the set of each
     * @param ids         unique within a set
     * @param patients    whose each is; null where nobody is named
     * @throws IllegalArgumentException if the lengths differ, or an id stands twice in a set
     */
    public static ScoredSentences of(Population[] populations, String[] ids, @Nullable String[] patients) {
        if (populations.length != ids.length || patients.length != ids.length) {
            throw new IllegalArgumentException(populations.length + " populations, " + ids.length + " ids and " + patients.length
                    + " patients; there must be one each of every sentence");
        }
        Builder builder = new Builder(ids.length);
        for (int row = 0; row < ids.length; row++) {
            if (builder.add(populations[row], ids[row], Optional.ofNullable(patients[row])) < row) {
                throw new IllegalArgumentException("id " + ids[row] + " stands twice among the " + populations[row].words());
            }
        }
        return builder.build(builder.inOrderOfComing());
    }

    /**
     * The sentences with what their texts measure, which checks of the target and some attacks need.
     *
     * @param characters of each, code points
     * @param words      of each, separated by white space
     * @param compressed how many bytes zlib needs for each
     * @throws IllegalArgumentException if there is not one of each a sentence
     */
    public ScoredSentences withMeasures(int[] characters, int[] words, int[] compressed) {
        if (characters.length != size() || words.length != size() || compressed.length != size()) {
            throw new IllegalArgumentException("measures are of " + characters.length + ", " + words.length + " and " + compressed.length
                    + " sentences; they must be of " + size());
        }
        int[] other = new int[3 * size()];
        for (int place = 0; place < size(); place++) {
            other[3 * place] = characters[order[place]];
            other[3 * place + 1] = words[order[place]];
            other[3 * place + 2] = compressed[order[place]];
        }
        return new ScoredSentences(ids, groups, names, other, starts, order);
    }

    /** How many there are in all sets. */
    public int size() {
        return order.length;
    }

    /** Whether it is known what the texts measure. */
    public boolean hasMeasures() {
        return measures != null;
    }

    /** The place of a set's first sentence. */
    int start(Population population) {
        return starts[population.ordinal()];
    }

    int size(Population population) {
        return starts[population.ordinal() + 1] - starts[population.ordinal()];
    }

    /** The numbers, from 0, of the sentences as they were given, in the order in which they stand. */
    int[] order() {
        return order;
    }

    SentenceName name(int place) {
        return new SentenceName.Numbered(ids, order[place]);
    }

    TextMeasures measures(int sentence) {
        return measures == null ? TextMeasures.UNKNOWN
                : new TextMeasures(measures[3 * sentence], measures[3 * sentence + 1], measures[3 * sentence + 2]);
    }

    /** The sentences of a set, one row each, made when they are asked for. */
    List<ScoreTable.Row> rows(Population population) {
        return new Range<>(start(population), size(population)) {
            @Override
            ScoreTable.Row at(int place) {
                String name = names.get(groups[place]);
                return new ScoreTable.Row(ids.id(order[place]), name.isEmpty() ? Optional.empty() : Optional.of(name));
            }
        };
    }

    /** Whose the sentences of a set are. */
    PatientColumn patients(Population population) {
        PatientColumn.Builder column = new PatientColumn.Builder();
        int[] first = new int[names.size()];
        Arrays.fill(first, -1);
        int start = start(population);
        for (int row = 0; row < size(population); row++) {
            int group = groups[start + row];
            if (first[group] < 0) {
                String name = names.get(group);
                first[group] = column.add(name.isEmpty() ? Optional.empty() : Optional.of(name)).isKnown() ? row : -1;
            } else {
                column.addAgain(first[group]);
            }
        }
        return column.build();
    }

    /** Nobody's id. */
    @Override
    public String toString() {
        return "ScoredSentences[" + size() + "]";
    }

    /** What there is one of for each of some places, made when it is asked for. */
    abstract static class Range<T> extends AbstractList<T> implements RandomAccess {

        private final int start;
        private final int size;

        Range(int start, int size) {
            this.start = start;
            this.size = size;
        }

        abstract T at(int place);

        @Override
        public T get(int index) {
            return at(start + Objects.checkIndex(index, size));
        }

        @Override
        public int size() {
            return size;
        }
    }

    /** Takes sentences one after the other. */
    static final class Builder {

        private final PackedIds ids = new PackedIds();
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> names = new ArrayList<>();
        private int[] groups;
        private int[] measures;
        private boolean measured;

        Builder(int expected) {
            groups = new int[Math.max(1, expected)];
            measures = new int[0];
        }

        /** The number of a sentence; one that is not there yet gets the next. */
        int add(Population population, String id, Optional<String> group) {
            byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
            int found = ids.find(population, bytes);
            if (found >= 0) {
                return found;
            }
            int number = ids.add(population, bytes);
            groups = number == groups.length ? Arrays.copyOf(groups, number + (number >> 1) + 1) : groups;
            groups[number] = numbers.computeIfAbsent(group.orElse(""), name -> {
                names.add(name);
                return names.size() - 1;
            });
            return number;
        }

        /** What a sentence measures; the first word counts. */
        void measure(int number, TextMeasures measure) {
            measured = true;
            if (3 * number >= measures.length) {
                measures = Arrays.copyOf(measures, 3 * Math.max(number + 1, groups.length));
            }
            measures[3 * number] = measure.characters();
            measures[3 * number + 1] = measure.words();
            measures[3 * number + 2] = measure.compressedLength();
        }

        /** Whether a sentence may have a text that measures that; how well it is compressed depends on the machine's zlib. */
        boolean isMeasured(int number, TextMeasures measure) {
            return measures[3 * number] == measure.characters() && measures[3 * number + 1] == measure.words();
        }

        /** The number of a sentence; if it is not there, minus 1. */
        int find(Population population, String id) {
            return ids.find(population, id.getBytes(StandardCharsets.UTF_8));
        }

        /** Whether a sentence is of a patient, however spelled, or of nobody known. */
        boolean isOf(int number, Optional<String> group) {
            String name = names.get(groups[number]);
            return name.equals(group.orElse("")) || Patient.of(Optional.of(name)).equals(Patient.of(group));
        }

        String id(int number) {
            return ids.id(number);
        }

        Population population(int number) {
            return ids.population(number);
        }

        int size() {
            return ids.size();
        }

        /** How many there will be, about. */
        int expected() {
            return groups.length;
        }

        /** The numbers, set by set, as they came. */
        int[] inOrderOfComing() {
            return Stream.of(Population.values())
                    .flatMapToInt(set -> IntStream.range(0, size()).filter(number -> ids.population(number) == set)).toArray();
        }

        /** The numbers, set by set, in an order that does not depend on which came first. */
        int[] inOrderOfIds() {
            return Stream.of(Population.values()).map(ids::inOrder).flatMapToInt(Arrays::stream).toArray();
        }

        /** The numbers in the order of a dataset that holds the same; refuses one that holds others, or others' patients. */
        int[] inOrderOf(AttackDataset dataset) {
            List<Patient> patients = names.stream().map(name -> Patient.of(name.isEmpty() ? Optional.empty() : Optional.of(name))).toList();
            int[] counts = new int[Population.values().length];
            IntStream.range(0, size()).forEach(number -> counts[ids.population(number).ordinal()]++);
            int[] order = new int[size()];
            int place = 0;
            for (Population set : Population.values()) {
                List<Sample> samples = dataset.samples(set);
                for (Sample sample : samples) {
                    int found = find(set, sample.id());
                    if (found < 0) {
                        throw new AuditException("sentence " + sample.id() + " of the dataset's " + set.words()
                                + " was not scored; score the dataset that the audit is of");
                    }
                    Patient scored = patients.get(groups[found]);
                    Patient stated = sample.patient();
                    if (scored.isKnown() != stated.isKnown() || scored.isKnown() && !scored.equals(stated)) {
                        throw new AuditException("sentence " + sample.id() + " of the " + set.words()
                                + " is of another patient in the dataset than where it was scored; score the dataset that the audit is of");
                    }
                    order[place++] = found;
                }
                if (samples.size() != counts[set.ordinal()]) {
                    throw new AuditException(counts[set.ordinal()] + " " + set.words() + " were scored, but the dataset has "
                            + samples.size() + "; score the dataset that the audit is of");
                }
            }
            return order;
        }

        /** The sentences, which must stand set by set in an order; nothing can be added any more. */
        ScoredSentences build(int[] order) {
            ids.forgetHashes();
            int[] starts = new int[Population.values().length + 1];
            for (int number : order) {
                starts[ids.population(number).ordinal() + 1]++;
            }
            Arrays.parallelPrefix(starts, Integer::sum);
            int[] ofOrder = measured ? new int[3 * order.length] : null;
            int[] groupsInOrder = new int[order.length];
            for (int place = 0; place < order.length; place++) {
                groupsInOrder[place] = groups[order[place]];
                if (ofOrder != null) {
                    System.arraycopy(measures, 3 * order[place], ofOrder, 3 * place, 3);
                }
            }
            groups = new int[0];
            measures = new int[0];
            return new ScoredSentences(ids, groupsInOrder, names, ofOrder, starts, order);
        }
    }
}
