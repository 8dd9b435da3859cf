package io.github.miaudit.djl;

import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.Blank;
import io.github.miaudit.likelihood.BlankFiller;
import io.github.miaudit.likelihood.BlankFillings;
import io.github.miaudit.likelihood.FillingSettings;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ProgressCounter;
import io.github.miaudit.likelihood.Reading;
import io.github.miaudit.likelihood.ScoringListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** See {@link MaskedLmScorer#blanks()}. */
record MaskedLmFiller(OpenModel opened, LengthPolicy lengthPolicy) implements BlankFiller {

    /** More tokens than a beam is wide are asked for, since some are special or lengthen the word before. */
    private static final int SPARE_TOKENS = 48;
    /** Searched for at once: enough that their rows fill batches at every step. */
    private static final int PLACES_AT_ONCE = 256;

    @Override
    public ModelIdentity model() {
        return opened.identity();
    }

    @Override
    public List<Optional<BlankFillings>> fill(List<Blank> blanks, FillingSettings settings, ScoringListener listener) {
        ProgressCounter progress = new ProgressCounter(listener, model(), blanks.size());
        Map<BlankContext, List<Integer>> places = new LinkedHashMap<>(); // what is found depends on the text around alone
        for (int place = 0; place < blanks.size(); place++) {
            places.computeIfAbsent(BlankContext.of(blanks.get(place)), unseen -> new ArrayList<>()).add(place);
        }
        List<List<Integer>> groups = List.copyOf(places.values());
        List<Optional<BlankFillings>> filled = new ArrayList<>(Collections.nCopies(blanks.size(), Optional.empty()));
        int asked = Math.min(model().vocabularySize(), 2 * settings.width() + SPARE_TOKENS);
        OpenModel asking = opened.with(Readout.candidates(asked));
        try {
            for (int from = 0; from < groups.size(); from += PLACES_AT_ONCE) {
                List<Place> searched = new ArrayList<>();
                ReadAhead.forEach(groups.subList(from, Math.min(groups.size(), from + PLACES_AT_ONCE)),
                        group -> group.size() * blanks.get(group.get(0)).sample().text().length(),
                        group -> place(blanks, group, settings, asked), searched::add);
                search(searched, settings, asking);
                for (Place place : searched) {
                    place.search.ifPresent(search -> place.candidates.forEach((number, candidates) -> filled.set(number,
                            Optional.of(new BlankFillings(search.likeliest(), candidates)))));
                    progress.add(place.candidates.size());
                }
            }
        } finally {
            asking.devices().close();
        }
        return filled;
    }

    /** Blanks with the same text around them, and how the candidates of each are read. */
    private record Place(Optional<FillingSearch> search, Map<Integer, List<Reading>> candidates) {
    }

    private Place place(List<Blank> blanks, List<Integer> group, FillingSettings settings, int asked) {
        Blank first = blanks.get(group.get(0));
        String sentence = first.sample().id();
        BlankContext whole = BlankContext.of(first);
        opened.tokenizer().requireShortEnough(sentence, first.sample().text());
        BlankContext context = opened.maximumLength().isEmpty() || lengthPolicy == LengthPolicy.REJECT ? whole
                : whole.within(opened.maximumLength().getAsInt(), sentence, opened.tokenizer());
        Map<Integer, List<Reading>> candidates = new LinkedHashMap<>();
        group.forEach(number -> candidates.put(number, blanks.get(number).candidates().stream()
                .map(candidate -> BlankOpening.reading(sentence, context, candidate, opened.tokenizer())).toList()));
        Optional<BlankOpening> opening = BlankOpening.of(sentence, context, opened.tokenizer());
        opening.ifPresent(around -> requireFit(sentence, around.length() + settings.longest(), settings));
        return new Place(opening.map(around -> new FillingSearch(sentence, around, settings, asked)), candidates);
    }

    private void requireFit(String sentence, int length, FillingSettings settings) {
        if (opened.maximumLength().isPresent() && length > opened.maximumLength().getAsInt()) {
            throw new AuditException("sentence " + sentence + " has " + length + " tokens with " + settings.longest()
                    + " in the blank; model " + model().name() + " takes up to " + opened.maximumLength().getAsInt()
                    + "; ask for shorter fillings, or split the sentence");
        }
    }

    private static void search(List<Place> places, FillingSettings settings, OpenModel asking) {
        ScoringPass pass = asking.newPass();
        for (int step = 0; step < settings.longest(); step++) {
            int number = step;
            RowPacker packer = new RowPacker(asking.budget(), pass::add);
            places.forEach(place -> place.search.ifPresent(search -> search.begin(number, packer::add)));
            packer.flush();
            pass.finish();
            places.forEach(place -> place.search.ifPresent(FillingSearch::end));
        }
    }
}
