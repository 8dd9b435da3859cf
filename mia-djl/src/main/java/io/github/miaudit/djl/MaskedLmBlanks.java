package io.github.miaudit.djl;

import io.github.miaudit.likelihood.Blank;
import io.github.miaudit.likelihood.BlankFiller;
import io.github.miaudit.likelihood.BlankReading;
import io.github.miaudit.likelihood.BlankScorer;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ProgressCounter;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** See {@link MaskedLmScorer#blanks()}. */
record MaskedLmBlanks(OpenModel opened, LengthPolicy lengthPolicy, Optional<SequenceScorer> sentences) implements BlankScorer {

    private static final int MOST_WORK = 1 << 20;

    @Override
    public ModelIdentity model() {
        return opened.identity();
    }

    @Override
    public Optional<BlankFiller> filler() {
        return Optional.of(new MaskedLmFiller(opened, lengthPolicy));
    }

    @Override
    public List<double[]> fill(List<Blank> blanks, BlankReading reading, ScoringListener listener) {
        ProgressCounter progress = new ProgressCounter(listener, model(), blanks.size());
        Map<BlankContext, List<Integer>> places = new LinkedHashMap<>(); // blanks with the same text around share all they can
        for (int place = 0; place < blanks.size(); place++) {
            places.computeIfAbsent(BlankContext.of(blanks.get(place)), unseen -> new ArrayList<>()).add(place);
        }
        List<List<Integer>> groups = List.copyOf(places.values());
        places.clear();
        double[][] filled = new double[blanks.size()][];
        ScoringPass pass = opened.newPass();
        RowPacker packer = new RowPacker(opened.budget(), pass::add);
        ReadAhead.forEach(groups, group -> work(blanks, group), group -> prepared(blanks, group, reading, scoring -> {
            for (int place : group) {
                filled[place] = blanks.get(place).candidates().stream().mapToDouble(scoring::logLikelihood).toArray();
            }
            progress.add(group.size());
        }), scoring -> scoring.start(packer::add));
        packer.flush();
        pass.finish();
        return Arrays.asList(filled);
    }

    /** About how many characters are tokenised, as far as it matters. */
    private static int work(List<Blank> blanks, List<Integer> group) {
        long candidates = group.stream().mapToLong(place -> blanks.get(place).candidates().size()).sum();
        return (int) Math.min(MOST_WORK, candidates * blanks.get(group.get(0)).sample().text().length());
    }

    private BlankScoring prepared(List<Blank> blanks, List<Integer> group, BlankReading reading, Consumer<BlankScoring> finished) {
        Blank first = blanks.get(group.get(0));
        opened.tokenizer().requireShortEnough(first.sample().id(), first.sample().text());
        Set<String> candidates = new LinkedHashSet<>();
        group.forEach(place -> candidates.addAll(blanks.get(place).candidates()));
        return new BlankScoring(first.sample().id(), context(first), candidates, reading, opened, finished);
    }

    private BlankContext context(Blank blank) {
        BlankContext whole = BlankContext.of(blank);
        return opened.maximumLength().isEmpty() || lengthPolicy == LengthPolicy.REJECT ? whole
                : whole.within(opened.maximumLength().getAsInt(), blank.sample().id(), opened.tokenizer());
    }
}
