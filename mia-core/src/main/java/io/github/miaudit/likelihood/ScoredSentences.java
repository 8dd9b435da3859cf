package io.github.miaudit.likelihood;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Patient;
import io.github.miaudit.data.PatientColumn;
import io.github.miaudit.data.PerPopulation;
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
import java.util.Optional;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Sentences that were scored somewhere, without their texts: in which set each stands, its id, its patient and what its text measures. In
 * columns, so that ten million take about half a gigabyte; {@link ScoreColumn}s hold what models say of them. Immutable.
 */
public final class ScoredSentences {

    private final PackedIds ids;
    private final int[] groups;
    private final List<String> names;
    /** One a name. */
    private final List<Patient> patients;
    private final int @Nullable [] measures;
    private final PerPopulation<int[]> order;

    private ScoredSentences(PackedIds ids, int[] groups, List<String> names, List<Patient> patients, int @Nullable [] measures,
            PerPopulation<int[]> order) {
        this.ids = ids;
        this.groups = groups;
        this.names = names;
        this.patients = patients;
        this.measures = measures;
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
        return builder.inOrderOfComing();
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
        for (int row = 0; row < size(); row++) {
            other[3 * row] = characters[row];
            other[3 * row + 1] = words[row];
            other[3 * row + 2] = compressed[row];
        }
        return new ScoredSentences(ids, groups, names, patients, other, order);
    }

    /** The sentences in the order of a dataset that holds the same; refuses one that holds others, or others' patients. */
    ScoredSentences inOrderOf(AttackDataset dataset) {
        return new ScoredSentences(ids, groups, names, patients, measures, PerPopulation.of(population -> {
            List<Sample> samples = dataset.samples(population);
            int[] places = new int[samples.size()];
            int row = 0;
            for (Sample sample : samples) {
                int found = ids.find(population, sample.id().getBytes(StandardCharsets.UTF_8));
                if (found < 0) {
                    throw new AuditException("sentence " + sample.id() + " of the dataset's " + population.words()
                            + " was not scored; score the dataset that the audit is of");
                }
                Patient scored = patients.get(groups[found]);
                Patient stated = sample.patient();
                if (scored.isKnown() != stated.isKnown() || scored.isKnown() && !scored.equals(stated)) {
                    throw new AuditException("sentence " + sample.id() + " of the " + population.words()
                            + " is of another patient in the dataset than where it was scored; score the dataset that the audit is of");
                }
                places[row++] = found;
            }
            if (row < order.of(population).length) {
                throw new AuditException(order.of(population).length + " " + population.words() + " were scored, but the dataset has "
                        + row + "; score the dataset that the audit is of");
            }
            return places;
        }));
    }

    /** How many there are in all sets. */
    public int size() {
        return ids.size();
    }

    /** Whether it is known what the texts measure. */
    public boolean hasMeasures() {
        return measures != null;
    }

    /** Gives back what only finding ids takes. */
    void forgetHashes() {
        ids.forgetHashes();
    }

    /** The sentences of a set in their order: their numbers from 0 as they were given. */
    int[] order(Population population) {
        return order.of(population);
    }

    String id(int sentence) {
        return ids.id(sentence);
    }

    TextMeasures measures(int sentence) {
        return measures == null ? TextMeasures.UNKNOWN
                : new TextMeasures(measures[3 * sentence], measures[3 * sentence + 1], measures[3 * sentence + 2]);
    }

    /** The sentences of a set, one row each, made when they are asked for. */
    List<ScoreTable.Row> rows(Population population) {
        return new Rows<>(order.of(population)) {
            @Override
            ScoreTable.Row row(int sentence) {
                String name = names.get(groups[sentence]);
                return new ScoreTable.Row(ids.id(sentence), name.isEmpty() ? Optional.empty() : Optional.of(name));
            }
        };
    }

    /** Whose the sentences of a set are. */
    PatientColumn patients(Population population) {
        PatientColumn.Builder column = new PatientColumn.Builder();
        for (int sentence : order.of(population)) {
            String name = names.get(groups[sentence]);
            column.add(name.isEmpty() ? Optional.empty() : Optional.of(name));
        }
        return column.build();
    }

    /** Nobody's id. */
    @Override
    public String toString() {
        return "ScoredSentences[" + size() + "]";
    }

    /** Rows of a set, made of a sentence's number when they are asked for. */
    abstract static class Rows<T> extends AbstractList<T> implements RandomAccess {

        private final int[] order;

        Rows(int[] order) {
            this.order = order;
        }

        abstract T row(int sentence);

        @Override
        public T get(int index) {
            return row(order[index]);
        }

        @Override
        public int size() {
            return order.length;
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

        TextMeasures measures(int number) {
            return new TextMeasures(measures[3 * number], measures[3 * number + 1], measures[3 * number + 2]);
        }

        /** The number of a sentence; if it is not there, minus 1. */
        int find(Population population, String id) {
            return ids.find(population, id.getBytes(StandardCharsets.UTF_8));
        }

        boolean isOf(int number, Optional<String> group) {
            return names.get(groups[number]).equals(group.orElse(""));
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

        ScoredSentences inOrderOfComing() {
            int[] counts = new int[Population.values().length];
            for (int number = 0; number < size(); number++) {
                counts[ids.population(number).ordinal()]++;
            }
            PerPopulation<int[]> order = PerPopulation.of(population -> new int[counts[population.ordinal()]]);
            int[] filled = new int[counts.length];
            for (int number = 0; number < size(); number++) {
                Population population = ids.population(number);
                order.of(population)[filled[population.ordinal()]++] = number;
            }
            return built(order);
        }

        /** In an order that does not depend on which came first. */
        ScoredSentences inOrderOfIds() {
            return built(PerPopulation.of(ids::inOrder));
        }

        private ScoredSentences built(PerPopulation<int[]> order) {
            List<Patient> patients = names.stream().map(name -> Patient.of(name.isEmpty() ? Optional.empty() : Optional.of(name))).toList();
            return new ScoredSentences(ids, groups, names, patients, measured ? measures : null, order);
        }
    }
}
