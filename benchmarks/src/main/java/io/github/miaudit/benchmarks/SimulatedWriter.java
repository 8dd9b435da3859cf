package io.github.miaudit.benchmarks;

import io.github.miaudit.likelihood.Blank;
import io.github.miaudit.likelihood.BlankFiller;
import io.github.miaudit.likelihood.BlankFillings;
import io.github.miaudit.likelihood.Filling;
import io.github.miaudit.likelihood.FillingSettings;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.Reading;
import io.github.miaudit.likelihood.ScoringListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a {@link SimulatedModel} writes: the entries that it likes most of the list that an identifier comes from, which true ones are
 * among by chance alone; and what it remembers. Every text is one token. For one thread.
 */
final class SimulatedWriter implements BlankFiller {

    private static final long ENTRIES = -2;
    private static final long RECALLED = -3;

    private final SimulatedModel model;
    private final Map<String, Double> anywhere = new HashMap<>();

    SimulatedWriter(SimulatedModel model) {
        this.model = model;
    }

    @Override
    public ModelIdentity model() {
        return model.model();
    }

    @Override
    public List<Optional<BlankFillings>> fill(List<Blank> blanks, FillingSettings settings, ScoringListener listener) {
        return blanks.stream().map(blank -> Optional.of(fillings(blank, settings.width()))).toList();
    }

    private BlankFillings fillings(Blank blank, int width) {
        List<String> written = written(blank, width);
        return new BlankFillings(
                IntStream.range(0, written.size()).mapToObj(place -> new Filling(reading(written.get(place)), place + 1, -place)).toList(),
                blank.candidates().stream().map(SimulatedWriter::reading).toList());
    }

    private static Reading reading(String text) {
        return new Reading(text, 1);
    }

    private List<String> written(Blank blank, int width) {
        List<String> written = new ArrayList<>();
        if (model.memory().holds(blank.sample()) && model.chance(blank, RECALLED) < model.writing().recalled()) {
            written.add(blank.sample().text().substring(blank.start(), blank.end()));
        }
        if (model.chance(blank, ENTRIES) < model.writing().entries()) {
            written.addAll(liked(blank, width));
        }
        return written.stream().distinct().limit(width).toList();
    }

    /** The most liked first. */
    private List<String> liked(Blank blank, int count) {
        List<String> list = model.writing().list().apply(blank);
        if (list.isEmpty()) {
            return list;
        }
        double[] likings = list.stream().mapToDouble(text -> anywhere.computeIfAbsent(text, model::anywhere) + model.here(blank, text))
                .toArray();
        double[] ascending = likings.clone();
        Arrays.sort(ascending);
        double least = ascending[Math.max(0, ascending.length - count)];
        return IntStream.range(0, likings.length).filter(entry -> likings[entry] >= least).boxed()
                .sorted(Comparator.comparingDouble(entry -> -likings[entry])).map(list::get).toList();
    }
}
