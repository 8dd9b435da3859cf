package io.github.miaudit.djl;

import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.Filling;
import io.github.miaudit.likelihood.FillingSettings;
import io.github.miaudit.likelihood.Reading;
import io.github.miaudit.likelihood.TokenSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The search for what is likeliest in one place: a beam for each number of tokens, all of which take a step at a time. Rows of a step go
 * through the network together with those of other places.
 */
final class FillingSearch {

    /** Tokens put in from the left, and the log-likelihood of all of them. */
    private record Beginning(int[] tokens, double logLikelihood) {

        /** The likeliest first, equal ones by their tokens. */
        private static final Comparator<Beginning> ORDER = Comparator.comparingDouble(Beginning::logLikelihood).reversed()
                .thenComparing(Beginning::tokens, Arrays::compare);

        private Beginning with(int token, double more) {
            int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
            longer[tokens.length] = token;
            return new Beginning(longer, logLikelihood + more);
        }
    }

    private final String sentence;
    private final BlankOpening opening;
    private final FillingSettings settings;
    private final int asked;
    private final Map<Integer, List<Beginning>> beams = new TreeMap<>(); // by how many tokens there will be
    private final Map<Integer, List<PlannedRow>> rows = new TreeMap<>(); // of the step, one a beginning
    private final Map<Integer, Boolean> first = new HashMap<>(); // tokens, and whether they may be it

    /** Searches with a network that tells so many likeliest tokens. */
    FillingSearch(String sentence, BlankOpening opening, FillingSettings settings, int asked) {
        this.sentence = sentence;
        this.opening = opening;
        this.settings = settings;
        this.asked = asked;
        IntStream.rangeClosed(1, settings.longest()).forEach(tokens -> beams.put(tokens, List.of(new Beginning(new int[0], 0))));
    }

    /** Passes the rows of a step on, from 0; they are to be passed through the network before {@link #end}. */
    void begin(int step, Consumer<PlannedRow> sink) {
        rows.clear();
        beams.forEach((tokens, beginnings) -> {
            if (tokens > step) {
                rows.put(tokens, beginnings.stream().map(beginning -> row(beginning, tokens)).toList());
            }
        });
        rows.values().forEach(ofBeam -> ofBeam.forEach(sink));
    }

    private PlannedRow row(Beginning beginning, int tokens) {
        int[] ids = opening.around(beginning.tokens, tokens);
        return new PlannedRow(sentence, new TokenSequence("", ids, new int[ids.length], new boolean[ids.length]), new int[0],
                new int[] {opening.left().length + beginning.tokens.length}, () -> {
                });
    }

    /** Takes what the network told of the rows, and keeps the likeliest. */
    void end() {
        rows.forEach((tokens, ofBeam) -> {
            List<Beginning> longer = new ArrayList<>();
            for (int place = 0; place < ofBeam.size(); place++) {
                extend(Objects.requireNonNull(beams.get(tokens)).get(place), ofBeam.get(place), longer);
            }
            beams.put(tokens, longer.stream().sorted(Beginning.ORDER).limit(settings.width()).toList());
        });
        rows.clear();
    }

    private void extend(Beginning beginning, PlannedRow row, List<Beginning> longer) {
        for (int rank = 1; rank <= asked; rank++) {
            double more = row.value(rank, 0);
            int token = (int) row.value(asked + rank, 0);
            if (Double.isNaN(more)) {
                throw new AuditException("sentence " + sentence + " has a log-likelihood of NaN at token " + row.targets()[0]
                        + ", in a blank; does the model overflow?");
            }
            if (more > Double.NEGATIVE_INFINITY && opening.tokenizer().isOfText(token)
                    && (beginning.tokens.length > 0 || first.computeIfAbsent(token, opening::mayBegin))) {
                longer.add(beginning.with(token, more));
            }
        }
    }

    /** What was found, when all steps are done; different texts. */
    List<Filling> likeliest() {
        Set<String> texts = new HashSet<>();
        return beams.values().stream().flatMap(ofBeam -> ranked(ofBeam).stream())
                .sorted(Comparator.comparingInt(Filling::rank).thenComparing(Comparator.comparingDouble(Filling::logLikelihood).reversed()))
                .filter(filling -> texts.add(filling.reading().text())).toList();
    }

    private List<Filling> ranked(List<Beginning> whole) {
        Set<String> texts = new HashSet<>();
        List<Filling> fillings = new ArrayList<>();
        for (Beginning found : whole) {
            Reading reading = opening.reading(found.tokens);
            if (!reading.text().isEmpty() && texts.add(reading.text())) {
                fillings.add(new Filling(reading, texts.size(), found.logLikelihood));
            }
        }
        return fillings;
    }
}
