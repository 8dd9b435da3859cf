package io.github.miaudit.exposure;

import io.github.miaudit.likelihood.Blank;
import io.github.miaudit.likelihood.BlankReading;
import io.github.miaudit.likelihood.BlankScorer;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.ScoringProgress;
import io.github.miaudit.metrics.CandidateRanks;
import io.github.miaudit.metrics.CandidateScores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks models for the mentions, some at a time, and keeps of each identity the ranks alone as soon as all its mentions are scored. So what
 * is held are the scores of those that have been begun, of one patient or one shared identifier.
 */
final class MentionScoring {

    private static final int MENTIONS_AT_ONCE = 512;
    private static final int CANDIDATES_AT_ONCE = 100_000;

    private final IdentifierModels models;
    private final BlankReading reading;
    private final ScoringListener listener;
    private final long total;
    private final Instant begin = Instant.now();
    private final List<AuditedMention> batch = new ArrayList<>();
    private final Map<AuditedIdentity, Begun> begun = new HashMap<>();
    private final List<RankedIdentifier> ranked = new ArrayList<>();
    private int candidates;
    private long done;

    private MentionScoring(IdentifierModels models, BlankReading reading, ScoringListener listener, long total) {
        this.models = models;
        this.reading = reading;
        this.listener = listener;
        this.total = total;
    }

    /** The ranks of all that are mentioned. */
    static List<RankedIdentifier> of(AuditedMentions mentions, IdentifierModels models, BlankReading reading, ScoringListener listener) {
        MentionScoring scoring = new MentionScoring(models, reading, listener, mentions.size() * models.all().size());
        scoring.tell(models.target());
        mentions.forEach(scoring::take);
        scoring.score();
        return scoring.ranked;
    }

    private void take(AuditedMention mention) {
        batch.add(mention);
        candidates += mention.planned().surrogates().size();
        if (batch.size() >= MENTIONS_AT_ONCE || candidates >= CANDIDATES_AT_ONCE) {
            score();
        }
    }

    private void score() {
        if (batch.isEmpty()) {
            return;
        }
        List<Blank> blanks = batch.stream().map(AuditedMention::blank).toList();
        List<double[]> target = fill(models.target(), blanks);
        List<List<double[]>> references = models.references().stream().map(model -> fill(model, blanks)).toList();
        List<List<double[]>> control = models.control().stream().map(model -> fill(model, blanks)).toList();
        for (int place = 0; place < blanks.size(); place++) {
            int at = place;
            double[] reference = mean(references.stream().map(scores -> scores.get(at)).toList());
            Map<RankedBy, CandidateScores> scores = new EnumMap<>(RankedBy.class);
            scores.put(RankedBy.TARGET_MINUS_REFERENCE, CandidateScores.of(minus(target.get(at), reference)));
            scores.put(RankedBy.TARGET, CandidateScores.of(target.get(at)));
            scores.put(RankedBy.REFERENCE, CandidateScores.of(reference));
            control.forEach(ofControl -> scores.put(RankedBy.CONTROL, CandidateScores.of(ofControl.get(at))));
            add(batch.get(at), scores);
        }
        batch.clear();
        candidates = 0;
    }

    private List<double[]> fill(BlankScorer model, List<Blank> blanks) {
        List<double[]> scores = model.fill(blanks, reading, ScoringListener.NONE);
        done += blanks.size();
        tell(model);
        return scores;
    }

    private void tell(BlankScorer model) {
        listener.progressed(new ScoringProgress(model.model(), done, total, Duration.between(begin, Instant.now())));
    }

    private void add(AuditedMention mention, Map<RankedBy, CandidateScores> scores) {
        Begun identity = begun.computeIfAbsent(mention.identity(), unseen -> new Begun());
        identity.add(mention.patient(), scores);
        if (identity.mentions == mention.identity().audited()) {
            begun.remove(mention.identity());
            ranked.add(identity.ranked(mention.identity()));
        }
    }

    private static double[] mean(List<double[]> scores) {
        double[] mean = new double[scores.get(0).length];
        for (int candidate = 0; candidate < mean.length; candidate++) {
            int at = candidate;
            mean[at] = scores.stream().mapToDouble(each -> each[at]).sum() / scores.size();
        }
        return mean;
    }

    private static double[] minus(double[] scores, double[] others) {
        double[] differences = scores.clone();
        for (int candidate = 0; candidate < differences.length; candidate++) {
            differences[candidate] -= others[candidate];
        }
        return differences;
    }

    /** An identity of which some mentions are scored. */
    private static final class Begun {

        private final Map<RankedBy, CandidateScores> sums = new EnumMap<>(RankedBy.class);
        private final Set<Object> patients = new HashSet<>();
        private int mentions;

        private void add(Object patient, Map<RankedBy, CandidateScores> scores) {
            mentions++;
            patients.add(patient);
            scores.forEach((by, more) -> sums.merge(by, more, CandidateScores::plus));
        }

        private RankedIdentifier ranked(AuditedIdentity identity) {
            Map<RankedBy, CandidateRanks> ranks = new EnumMap<>(RankedBy.class);
            sums.forEach((by, scores) -> ranks.put(by, scores.ranks()));
            return new RankedIdentifier(identity, Set.copyOf(patients), ranks);
        }
    }
}
