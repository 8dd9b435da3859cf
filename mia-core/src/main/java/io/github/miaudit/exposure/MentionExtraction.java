package io.github.miaudit.exposure;

import io.github.miaudit.exposure.RecoveredIdentifier.Found;
import io.github.miaudit.exposure.RecoveredIdentifier.Shares;
import io.github.miaudit.likelihood.Blank;
import io.github.miaudit.likelihood.BlankFiller;
import io.github.miaudit.likelihood.BlankFillings;
import io.github.miaudit.likelihood.BlankScorer;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.ScoringProgress;
import io.github.miaudit.metrics.CandidateScores;
import io.github.miaudit.metrics.CounterRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Has models write in the places of mentions, some at a time, and keeps of each identity how often they wrote which candidate. */
final class MentionExtraction {

    private static final int MENTIONS_AT_ONCE = 512;

    /** What counts as found. */
    record Goal(Likeness likeness, int most) {

        private boolean isReached(BlankFillings found, String candidate) {
            return !candidate.isEmpty() && found.likeliest().stream().filter(filling -> filling.rank() <= most)
                    .anyMatch(filling -> likeness.holds(candidate, filling.reading().text()));
        }
    }

    /**
     * What came of it.
     *
     * @param identifiers of which any mention was tried
     * @param tried       mentions
     * @param unfillable  others that tokens reach across
     */
    record Outcome(List<RecoveredIdentifier> identifiers, long tried, long unfillable) {
    }

    private final IdentifierModels models;
    private final ExtractionSettings settings;
    private final Consumer<FilledMention> texts;
    private final ScoringListener listener;
    private final List<Goal> goals;
    private final long total;
    private final Instant begin = Instant.now();
    private final Map<AuditedIdentity, Integer> left = new HashMap<>(); // mentions to come
    private final Map<AuditedIdentity, Begun> begun = new HashMap<>();
    private final List<AuditedMention> batch = new ArrayList<>();
    private final List<RecoveredIdentifier> recovered = new ArrayList<>();
    private long tried;
    private long unfillable;
    private long done;

    private MentionExtraction(IdentifierModels models, ExtractionSettings settings, Consumer<FilledMention> texts,
            ScoringListener listener, long total) {
        this.models = models;
        this.settings = settings;
        this.texts = texts;
        this.listener = listener;
        this.goals = goals(settings);
        this.total = total;
    }

    /** What is asked of the fillings of each mention. */
    static List<Goal> goals(ExtractionSettings settings) {
        int width = settings.search().width();
        return Arrays.stream(Likeness.values())
                .flatMap(likeness -> IntStream.of(1, width).distinct().mapToObj(most -> new Goal(likeness, most))).toList();
    }

    /**
     * Tries mentions, all or so many of them, drawn at random.
     *
     * @param count  at most as many as there are
     * @param seed   of the draw
     * @param texts  takes what the target writes
     */
    static Outcome of(AuditedMentions mentions, int count, long seed, IdentifierModels models, ExtractionSettings settings,
            Consumer<FilledMention> texts, ScoringListener listener) {
        MentionExtraction extraction = new MentionExtraction(models, settings, texts, listener, (long) count * models.all().size());
        BitSet drawn = drawn(Math.toIntExact(mentions.size()), count, seed);
        forEach(mentions, drawn, mention -> extraction.left.merge(mention.identity(), 1, Integer::sum));
        extraction.tell(models.target());
        forEach(mentions, drawn, extraction::take);
        extraction.fill();
        return new Outcome(extraction.recovered, extraction.tried, extraction.unfillable);
    }

    private static BitSet drawn(int mentions, int count, long seed) {
        BitSet drawn = new BitSet(mentions);
        if (count == mentions) {
            drawn.set(0, mentions);
        } else {
            IntStream.of(new CounterRandom(seed).sample(IntStream.range(0, mentions).toArray(), count)).forEach(drawn::set);
        }
        return drawn;
    }

    private static void forEach(AuditedMentions mentions, BitSet drawn, Consumer<AuditedMention> sink) {
        int[] next = {0};
        mentions.forEach(mention -> {
            if (drawn.get(next[0]++)) {
                sink.accept(mention);
            }
        });
    }

    private void take(AuditedMention mention) {
        batch.add(mention);
        if (batch.size() >= MENTIONS_AT_ONCE) {
            fill();
        }
    }

    private void fill() {
        if (batch.isEmpty()) {
            return;
        }
        List<Blank> blanks = batch.stream().map(AuditedMention::blank).toList();
        List<Optional<BlankFillings>> target = fill(IdentifierModels.filler(models.target()), blanks);
        List<List<Optional<BlankFillings>>> references = models.references().stream()
                .map(model -> fill(IdentifierModels.filler(model), blanks)).toList();
        List<List<Optional<BlankFillings>>> control = models.control().stream()
                .map(model -> fill(IdentifierModels.filler(model), blanks)).toList();
        for (int place = 0; place < blanks.size(); place++) {
            int at = place;
            Map<RankedBy, List<Optional<BlankFillings>>> found = new EnumMap<>(RankedBy.class);
            found.put(RankedBy.TARGET, List.of(target.get(at)));
            found.put(RankedBy.REFERENCE, references.stream().map(ofModel -> ofModel.get(at)).toList());
            control.forEach(ofModel -> found.put(RankedBy.CONTROL, List.of(ofModel.get(at))));
            add(batch.get(at), found);
        }
        batch.clear();
    }

    private List<Optional<BlankFillings>> fill(BlankFiller filler, List<Blank> blanks) {
        List<Optional<BlankFillings>> found = filler.fill(blanks, settings.search(), ScoringListener.NONE);
        done += blanks.size();
        listener.progressed(new ScoringProgress(filler.model(), done, total, Duration.between(begin, Instant.now())));
        return found;
    }

    private void tell(BlankScorer model) {
        listener.progressed(new ScoringProgress(model.model(), done, total, Duration.between(begin, Instant.now())));
    }

    private void add(AuditedMention mention, Map<RankedBy, List<Optional<BlankFillings>>> found) {
        Begun identity = begun.computeIfAbsent(mention.identity(), unseen -> new Begun());
        if (found.values().stream().flatMap(List::stream).allMatch(Optional::isPresent)) {
            tried++;
            identity.add(mention, found);
            texts.accept(FilledMention.of(mention, ofTarget(found)));
        } else {
            unfillable++;
        }
        if (left.merge(mention.identity(), -1, Integer::sum) == 0) {
            begun.remove(mention.identity());
            if (identity.mentions > 0) {
                recovered.add(identity.recovered(mention.identity()));
            }
        }
    }

    private static BlankFillings ofTarget(Map<RankedBy, List<Optional<BlankFillings>>> found) {
        return Objects.requireNonNull(found.get(RankedBy.TARGET)).get(0).orElseThrow();
    }

    /** An identity of which some mentions are done. */
    private final class Begun {

        /** By goal: of each candidate in how many mentions it is written, and by how many models. */
        private final List<Map<RankedBy, double[]>> written = new ArrayList<>();
        private final Set<Object> patients = new HashSet<>();
        private int mentions;
        private int tooLong;

        private void add(AuditedMention mention, Map<RankedBy, List<Optional<BlankFillings>>> found) {
            mentions++;
            patients.add(mention.patient());
            if (ofTarget(found).candidates().get(0).tokens() > settings.search().longest()) {
                tooLong++;
            }
            for (int goal = 0; goal < goals.size(); goal++) {
                if (written.size() == goal) {
                    written.add(new EnumMap<>(RankedBy.class));
                }
                Map<RankedBy, double[]> ofGoal = written.get(goal);
                for (Map.Entry<RankedBy, List<Optional<BlankFillings>>> each : found.entrySet()) {
                    ofGoal.merge(each.getKey(), count(goals.get(goal), each.getValue()), MentionExtraction::plus);
                }
            }
        }

        /** Of each candidate how many models write it. */
        private double[] count(Goal goal, List<Optional<BlankFillings>> ofModels) {
            double[] counts = new double[ofModels.get(0).orElseThrow().candidates().size()];
            ofModels.stream().flatMap(Optional::stream).forEach(found -> {
                for (int candidate = 0; candidate < counts.length; candidate++) {
                    counts[candidate] += goal.isReached(found, found.candidates().get(candidate).text()) ? 1 : 0;
                }
            });
            return counts;
        }

        private RecoveredIdentifier recovered(AuditedIdentity identity) {
            int references = models.references().size();
            List<Found> found = written.stream().map(ofGoal -> {
                Map<RankedBy, Shares> shares = new EnumMap<>(RankedBy.class);
                ofGoal.forEach((by, counts) -> {
                    double asked = (double) mentions * (by == RankedBy.REFERENCE ? references : 1);
                    shares.put(by, new Shares(counts[0] / asked, Arrays.stream(counts).skip(1).sum() / (counts.length - 1) / asked));
                });
                double[] more = Objects.requireNonNull(ofGoal.get(RankedBy.TARGET)).clone();
                double[] reference = Objects.requireNonNull(ofGoal.get(RankedBy.REFERENCE));
                Arrays.setAll(more, candidate -> references * more[candidate] - reference[candidate]); // whole numbers, so ties are ties
                return new Found(shares, CandidateScores.of(more).ranks());
            }).toList();
            return new RecoveredIdentifier(identity, Set.copyOf(patients), tooLong, mentions, found);
        }
    }

    private static double[] plus(double[] counts, double[] more) {
        double[] sums = counts.clone();
        Arrays.setAll(sums, candidate -> sums[candidate] + more[candidate]);
        return sums;
    }
}
