package io.github.miaudit.identifiers;

import io.github.miaudit.data.Patient;
import io.github.miaudit.data.Sample;
import io.github.miaudit.identifiers.IdentifierCounts.Refusal;
import io.github.miaudit.notes.PatientKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What an audit of identifiers asks a model: where identifiers stand in sentences, and which others could have stood there. Nothing is
 * kept but what is known of one patient, so a plan can be asked of any number of sentences, as often as wanted; its answers are the
 * same. Immutable.
 */
public final class IdentifierPlan {

    private final IdentifierFinder finder;
    private final Map<String, SurrogateSource> sources;
    private final Surrogates surrogates;

    private IdentifierPlan(IdentifierFinder finder, Map<String, SurrogateSource> sources, Surrogates surrogates) {
        this.finder = finder;
        this.sources = sources;
        this.surrogates = surrogates;
    }

    /**
     * A plan.
     *
     * @param finder     of identifiers; for several see {@link IdentifierFinder#allOf}
     * @param sources    of surrogates, one for a type; identifiers of other types are counted and not audited
     * @param surrogates which of these are drawn
     * @throws IllegalArgumentException if two sources are of one type
     */
    public static IdentifierPlan of(IdentifierFinder finder, List<? extends SurrogateSource> sources, Surrogates surrogates) {
        Map<String, SurrogateSource> byType = new TreeMap<>();
        for (SurrogateSource source : sources) {
            if (byType.put(TypeLabel.require(source.type()), source) != null) {
                throw new IllegalArgumentException("two sources of surrogates are of the type " + source.type() + "; name them otherwise,"
                        + " or make one list of both");
            }
        }
        return new IdentifierPlan(finder, byType, surrogates);
    }

    /**
     * Finds the identifiers of sentences and draws their surrogates.
     *
     * @param samples of one population
     * @param sink    takes the mentions that have enough surrogates: patients in the order of their first sentences, of each the
     *                sentences in order, of each the mentions in order
     * @return how many there are, with those that are not audited
     */
    public IdentifierCounts of(List<Sample> samples, Consumer<PlannedMention> sink) {
        Map<Patient, List<Sample>> byPatient = new LinkedHashMap<>();
        samples.forEach(sample -> byPatient.computeIfAbsent(sample.patient(), unseen -> new ArrayList<>()).add(sample));
        Planning planning = new Planning(sink);
        byPatient.values().forEach(planning::take);
        return planning.counts();
    }

    /** Which surrogates are drawn. */
    public Surrogates surrogates() {
        return surrogates;
    }

    private record Found(Sample sample, Mention mention, Identity identity) {
    }

    /** One run, patient by patient. */
    private final class Planning {

        private final Consumer<PlannedMention> sink;
        private final Map<String, IdentifierCounts.Counter> counters = new TreeMap<>();
        private int identities;

        private Planning(Consumer<PlannedMention> sink) {
            this.sink = sink;
        }

        private void take(List<Sample> ofPatient) {
            List<Found> found = new ArrayList<>();
            Map<String, Map<String, Identity>> byType = new TreeMap<>();
            Set<String> keys = new HashSet<>();
            Set<String> types = new HashSet<>();
            for (Sample sample : ofPatient) {
                for (Mention mention : finder.find(sample)) {
                    types.add(mention.type());
                    counter(mention.type()).mention();
                    if (mention.content() == Mention.Content.PLACEHOLDER) {
                        counter(mention.type()).refuse(Refusal.PLACEHOLDER);
                    } else {
                        String identifier = mention.in(sample.text());
                        String key = IdentifierKey.of(identifier);
                        keys.add(key);
                        Identity identity = byType.computeIfAbsent(mention.type(), unseen -> new LinkedHashMap<>())
                                .computeIfAbsent(key, unseen -> new Identity(identifier, identities++));
                        identity.add(identifier);
                        found.add(new Found(sample, mention, identity));
                    }
                }
            }
            types.forEach(type -> counter(type).patient(ofPatient.get(0).patient().isKnown()));
            byType.forEach((type, ofType) -> draw(type, List.copyOf(ofType.values()), name(ofPatient.get(0)), keys));
            found.forEach(this::pass);
        }

        private void draw(String type, List<Identity> ofType, String patient, Set<String> keys) {
            counter(type).identifiers(ofType.size());
            SurrogateSource source = sources.get(type);
            if (source != null) {
                List<List<String>> drawn = surrogates.draw(ofType, source, patient, keys);
                for (int place = 0; place < drawn.size(); place++) {
                    ofType.get(place).give(drawn.get(place));
                }
            }
        }

        private void pass(Found found) {
            String type = found.mention.type();
            List<String> given = found.identity.surrogates();
            if (!sources.containsKey(type)) {
                counter(type).refuse(Refusal.NO_SOURCE);
            } else if (given.size() < surrogates.atLeast()) {
                counter(type).refuse(Refusal.TOO_FEW);
            } else {
                CasePattern pattern = CasePattern.of(found.mention.in(found.sample.text()));
                sink.accept(new PlannedMention(found.sample, found.mention, found.identity.number(), found.identity.mentions(),
                        given.stream().map(pattern::written).toList()));
            }
        }

        private IdentifierCounts.Counter counter(String type) {
            return counters.computeIfAbsent(type, unseen -> new IdentifierCounts.Counter());
        }

        private IdentifierCounts counts() {
            return new IdentifierCounts(counters.entrySet().stream().map(counted -> counted.getValue().of(counted.getKey(),
                    sources.containsKey(counted.getKey()) ? sources.get(counted.getKey()).size() : OptionalLong.empty())).toList());
        }
    }

    /** What names a patient, however spelled; a sentence of nobody known by its id. */
    private static String name(Sample sample) {
        return sample.group().flatMap(PatientKey::of).map(key -> "patient " + key).orElse("sentence " + sample.id());
    }
}
