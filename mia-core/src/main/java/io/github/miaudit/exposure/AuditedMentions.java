package io.github.miaudit.exposure;

import io.github.miaudit.data.Patient;
import io.github.miaudit.data.Sample;
import io.github.miaudit.identifiers.IdentifierCounts;
import io.github.miaudit.identifiers.IdentifierFormat;
import io.github.miaudit.identifiers.IdentifierPlan;
import io.github.miaudit.identifiers.PlannedMention;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The mentions of a set of sentences that are audited, and whose they are.
 *
 * <p>A name that stands in the sentences of several patients, such as their clinician's, is drawn once and not once a patient; a model that
 * happens to like it would seem to prefer many. So all its mentions are one identity with the same surrogates everywhere, none of which
 * any of these sentences mentions, and a unit of its own. Dates, times and ages mean somebody else with each patient and stay theirs.
 *
 * <p>Where a sentence mentions an identifier twice, each mention tells the other, so neither is audited.
 */
final class AuditedMentions {

    /** Types of which two patients may have the same one by chance, without anything being shared. */
    private static final Set<String> OF_ONE_PATIENT = Stream.of(IdentifierFormat.DATES_DAY_FIRST, IdentifierFormat.TIMES,
            IdentifierFormat.AGES).map(IdentifierFormat::type).collect(Collectors.toSet());

    private final List<Sample> samples;
    private final IdentifierPlan plan;
    private final IdentifierCounts counts;
    private final Map<Key, Standing> shared;
    private final Map<Integer, Integer> auditedOfOwn = new HashMap<>();
    private final Map<Integer, Integer> auditedOfShared = new HashMap<>();
    private long repeated;
    private long mentions;
    private long candidates;

    private AuditedMentions(List<Sample> samples, IdentifierPlan plan) {
        this.samples = samples;
        this.plan = plan;
        Map<Key, Standing> standings = new LinkedHashMap<>();
        counts = plan.of(samples, mention -> standings.computeIfAbsent(Key.of(mention), unseen -> new Standing()).add(mention.sample()));
        standings.entrySet().removeIf(standing -> OF_ONE_PATIENT.contains(standing.getKey().type) || !standing.getValue().isShared());
        shared = standings;
        int number = 0;
        for (Standing standing : shared.values()) {
            standing.number = number++;
        }
        repeated = own(mention -> count(auditedOfOwn, mention.identity(), mention));
        shared.forEach((key, standing) -> repeated += ofShared(key, standing, mention -> count(auditedOfShared, standing.number, mention)));
    }

    private void count(Map<Integer, Integer> audited, int number, PlannedMention mention) {
        audited.merge(number, 1, Integer::sum);
        mentions++;
        candidates += 1 + mention.surrogates().size();
    }

    /** Finds and draws; three passes over the plan, without any model. */
    static AuditedMentions of(List<Sample> samples, IdentifierPlan plan) {
        return new AuditedMentions(samples, plan);
    }

    /** What was found, and why some is not planned. */
    IdentifierCounts counts() {
        return counts;
    }

    /** How many are audited. */
    long size() {
        return mentions;
    }

    /** How many candidates all of them have, the true ones counted. */
    long candidates() {
        return candidates;
    }

    /** How many are not, because the same sentence mentions the same identifier again. */
    long repeated() {
        return repeated;
    }

    /** How many identifiers stand in the sentences of several patients. */
    int shared() {
        return shared.size();
    }

    /** Those of one patient first, then shared ones, one identifier after the other. */
    void forEach(Consumer<AuditedMention> sink) {
        own(mention -> {
            Object patient = patient(mention.sample());
            sink.accept(new AuditedMention(mention, new AuditedIdentity(mention.identity(), mention.mention().type(), patient, false,
                    Objects.requireNonNull(auditedOfOwn.get(mention.identity())), mention.occurrences()), patient));
        });
        shared.forEach((key, standing) -> {
            Map<String, Object> patients = standing.sentences.stream()
                    .collect(Collectors.toMap(Sample::id, AuditedMentions::patient));
            ofShared(key, standing, mention -> sink.accept(new AuditedMention(mention, new AuditedIdentity(standing.number, key.type,
                    standing.number, true, Objects.requireNonNull(auditedOfShared.get(standing.number)), mention.occurrences()),
                    Objects.requireNonNull(patients.get(mention.sample().id())))));
        });
    }

    private long own(Consumer<PlannedMention> sink) {
        Once once = new Once(mention -> !shared.containsKey(Key.of(mention)), sink);
        plan.of(samples, once);
        return once.end();
    }

    /** As if its sentences were one patient's. */
    private long ofShared(Key key, Standing standing, Consumer<PlannedMention> sink) {
        Once once = new Once(mention -> Key.of(mention).equals(key), sink);
        plan.of(standing.sentences.stream().map(sample -> Sample.of(sample.id(), standing.unit(), sample.text())).toList(), once);
        return once.end();
    }

    /** Equal for sentences of one patient; one of nobody known is a patient of its own. */
    private static Object patient(Sample sample) {
        Patient patient = sample.patient();
        return patient.isKnown() ? patient : sample.id();
    }

    /** Holds an identifier; in no output. */
    private record Key(String type, String identifier) {

        private static Key of(PlannedMention mention) {
            return new Key(mention.mention().type(), mention.key());
        }

        @Override
        public String toString() {
            return "Key[" + type + "]";
        }
    }

    /** Where an identifier stands. */
    private static final class Standing {

        private final Set<Sample> sentences = new LinkedHashSet<>();
        private int number;

        private void add(Sample sample) {
            sentences.add(sample);
        }

        private String unit() {
            return "shared " + number;
        }

        private boolean isShared() {
            Object first = patient(sentences.iterator().next());
            return sentences.stream().anyMatch(sample -> !patient(sample).equals(first));
        }
    }

    /** Passes those of some mentions on that are the only ones of their identity in their sentence. */
    private static final class Once implements Consumer<PlannedMention> {

        private final Predicate<PlannedMention> wanted;
        private final Consumer<PlannedMention> sink;
        private final List<PlannedMention> ofSentence = new ArrayList<>();
        private long repeated;

        private Once(Predicate<PlannedMention> wanted, Consumer<PlannedMention> sink) {
            this.wanted = wanted;
            this.sink = sink;
        }

        @Override
        public void accept(PlannedMention mention) {
            if (!ofSentence.isEmpty() && !ofSentence.get(0).sample().id().equals(mention.sample().id())) {
                end();
            }
            ofSentence.add(mention);
        }

        /** Of the last sentence. Returns how many were not passed on since another one tells them. */
        private long end() {
            Map<Integer, Long> times = ofSentence.stream().collect(Collectors.groupingBy(PlannedMention::identity, Collectors.counting()));
            for (PlannedMention mention : ofSentence) {
                if (wanted.test(mention)) {
                    if (Objects.requireNonNull(times.get(mention.identity())) > 1) {
                        repeated++;
                    } else {
                        sink.accept(mention);
                    }
                }
            }
            ofSentence.clear();
            return repeated;
        }
    }
}
