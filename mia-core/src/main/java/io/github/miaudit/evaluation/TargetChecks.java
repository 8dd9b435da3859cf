package io.github.miaudit.evaluation;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.ModelProbe;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.membership.LossFile;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;

/** Makes the checks of a target, in the order of {@link TargetCheck.Kind}. */
final class TargetChecks {

    private static final int FEWEST_WORDS = 4;
    private static final int ENOUGH_ROUNDED = 5;
    private static final int ERRORS = 2;
    private static final MathContext DIGITS = new MathContext(2);
    private static final String NO_TOKENS = "of each sentence only the sum is known, not its tokens";
    private static final String NOT_MEASURED = "it is not known how long the texts are";
    private static final String NO_MODEL = "the scores were computed elsewhere, so the model could not be asked";

    private final List<TargetCheck> checks = new ArrayList<>();

    private TargetChecks() {
    }

    /**
     * The checks of a scored target.
     *
     * @param dataset the sentences; empty if their texts are not known
     * @param scores  of those that all models scored
     */
    static List<TargetCheck> of(Optional<AttackDataset> dataset, ScoreTable scores) {
        TargetChecks made = new TargetChecks();
        TokenLosses target = TokenLosses.of(scores.target());
        List<TokenLosses> reference = scores.references().stream().limit(1).map(TokenLosses::of).toList();
        if (target.hasTokens() || target.isMeasured()) {
            made.scores(target.means(), Integer.MAX_VALUE);
        } else {
            made.notMade(TargetCheck.Kind.SCORES_DIFFER, NOT_MEASURED);
            made.notMade(TargetCheck.Kind.SCORES_SPREAD, NOT_MEASURED);
        }
        made.beatsBaselines(target, reference);
        made.noWorse(target, reference);
        made.probe(scores.target().probe());
        made.tokens(dataset, target);
        return made.checks;
    }

    /** What can be checked of losses that were computed elsewhere. */
    static List<TargetCheck> of(LossFile losses) {
        TargetChecks made = new TargetChecks();
        made.scores(Stream.of(Population.MEMBERS, Population.NON_MEMBERS)
                .flatMapToDouble(population -> Arrays.stream(losses.target().scores(population))).toArray(), ENOUGH_ROUNDED);
        for (TargetCheck.Kind kind : TargetCheck.Kind.values()) {
            if (kind.compareTo(TargetCheck.Kind.SCORES_SPREAD) > 0) {
                made.notMade(kind, NO_MODEL);
            }
        }
        return made.checks;
    }

    /** Losses in a file may be rounded, so there some different ones are enough. */
    private void scores(double[] means, int enough) {
        double entropy = entropy(means);
        atLeast(TargetCheck.Kind.SCORES_DIFFER, Math.exp(entropy) / means.length,
                Math.min(TargetCheck.DISTINCT_SHARE, enough / (double) means.length),
                "the share of different scores among those of different sentences");
        double mean = Arrays.stream(means).average().orElse(0);
        double spread = Math.sqrt(Arrays.stream(means).map(value -> (value - mean) * (value - mean)).average().orElse(0));
        atLeast(TargetCheck.Kind.SCORES_SPREAD, mean == 0 ? 0 : spread / Math.abs(mean), TargetCheck.RELATIVE_SPREAD,
                "the spread of the sentences' scores as a share of their mean");
    }

    /** Of which of the different values one is, in nats. */
    private static double entropy(double[] values) {
        double[] ascending = values.clone();
        Arrays.parallelSort(ascending);
        double entropy = 0;
        int start = 0;
        for (int end = 1; end <= ascending.length; end++) {
            if (end == ascending.length || Double.compare(ascending[end], ascending[start]) != 0) {
                double share = (end - start) / (double) ascending.length;
                entropy -= share * Math.log(share);
                start = end;
            }
        }
        return entropy;
    }

    private void beatsBaselines(TokenLosses target, List<TokenLosses> reference) {
        below(TargetCheck.Kind.BEATS_UNIFORM, target.loss(Population.MEMBERS), target.uniformLoss(),
                "the members' nats a token, beside those of a model that finds all tokens equally likely");
        beatsUnigram(target);
        onExternals(TargetCheck.Kind.BEATS_UNIFORM_ON_EXTERNALS, target, reference, (losses, population) -> losses.uniformLoss(),
                "the externals' nats a token, beside those of a model that finds all tokens equally likely");
        if (target.hasFrequencies() && reference.stream().allMatch(TokenLosses::hasFrequencies)) {
            onExternals(TargetCheck.Kind.BEATS_UNIGRAM_ON_EXTERNALS, target, reference, TokenLosses::unigramLoss,
                    "the externals' nats a token, beside those of a model that only knows how frequent the members' tokens are");
        } else {
            notMade(TargetCheck.Kind.BEATS_UNIGRAM_ON_EXTERNALS, NO_TOKENS);
        }
    }

    /** Where frequencies are not known, a loss below the entropy of the tokens is below that of any such model; another tells nothing. */
    private void beatsUnigram(TokenLosses target) {
        double loss = target.loss(Population.MEMBERS);
        if (target.hasFrequencies()) {
            below(TargetCheck.Kind.BEATS_UNIGRAM, loss, target.unigramLoss(Population.MEMBERS),
                    "the members' nats a token, beside those of a model that only knows how frequent tokens are");
        } else if (loss < target.leastEntropy(Population.MEMBERS).orElse(0)) {
            below(TargetCheck.Kind.BEATS_UNIGRAM, loss, target.leastEntropy(Population.MEMBERS).orElseThrow(),
                    "the members' nats a token, beside their tokens' entropy, than which no model that only knows how frequent tokens are"
                            + " needs less");
        } else {
            notMade(TargetCheck.Kind.BEATS_UNIGRAM, NO_TOKENS);
        }
    }

    /** Text that is foreign to the reference too, or to a target that does well on what it never saw, tells nothing of the target. */
    private void onExternals(TargetCheck.Kind kind, TokenLosses target, List<TokenLosses> reference,
            ToDoubleBiFunction<TokenLosses, Population> baseline,
            String measured) {
        if (target.tokens(Population.EXTERNALS) == 0) {
            notMade(kind, "there are no externals");
            return;
        }
        double loss = target.loss(Population.EXTERNALS);
        double bound = baseline.applyAsDouble(target, Population.EXTERNALS);
        if (loss < bound) {
            below(kind, loss, bound, measured);
        } else if (target.loss(Population.NON_MEMBERS) < baseline.applyAsDouble(target, Population.NON_MEMBERS)) {
            add(kind, TargetCheck.Outcome.PASSED, Optional.of(loss), Optional.of(bound),
                    "on non-members the target does better, so the externals are foreign to it");
        } else if (reference.isEmpty()) {
            notMade(kind, "the loss on externals is no better, and without a reference nobody can tell whether the model is broken or the"
                    + " externals are foreign to it");
        } else if (reference.get(0).loss(Population.EXTERNALS) < baseline.applyAsDouble(reference.get(0), Population.EXTERNALS)) {
            below(kind, loss, bound, measured);
        } else {
            add(kind, TargetCheck.Outcome.PASSED, Optional.of(loss), Optional.of(bound),
                    "the reference does no better there, so the externals are foreign to both");
        }
    }

    private void noWorse(TokenLosses target, List<TokenLosses> reference) {
        if (reference.isEmpty()) {
            notMade(TargetCheck.Kind.NO_WORSE_THAN_REFERENCE, "there is no reference");
        } else if (!reference.get(0).rule().equals(target.rule())) {
            notMade(TargetCheck.Kind.NO_WORSE_THAN_REFERENCE, "target and reference were scored by different rules");
        } else if (!target.isMeasured()) {
            notMade(TargetCheck.Kind.NO_WORSE_THAN_REFERENCE, NOT_MEASURED);
        } else {
            atMost(TargetCheck.Kind.NO_WORSE_THAN_REFERENCE, target.lossACharacter(Population.MEMBERS),
                    TargetCheck.REFERENCE_FACTOR * reference.get(0).lossACharacter(Population.MEMBERS) + TargetCheck.REFERENCE_MARGIN,
                    "the members' nats a character, beside " + TargetCheck.REFERENCE_FACTOR + " times the reference's and "
                            + TargetCheck.REFERENCE_MARGIN + " more");
        }
    }

    private void probe(Optional<ModelProbe> asked) {
        if (asked.filter(probe -> probe.spread() > 0).isEmpty()) {
            notMade(TargetCheck.Kind.REPRODUCIBLE, asked.isEmpty() ? "the model was not asked again" : "all its scores are the same");
        }
        asked.filter(probe -> probe.spread() > 0).ifPresent(probe -> atMost(TargetCheck.Kind.REPRODUCIBLE, probe.noise() / probe.spread(),
                TargetCheck.NOISE_SHARE, "how far scores move when sentences are scored anew as a share of their spread"));
        asked.map(ModelProbe::contextGain).filter(OptionalDouble::isPresent).ifPresentOrElse(
                gain -> atLeast(TargetCheck.Kind.USES_CONTEXT, gain.getAsDouble(), TargetCheck.LEAST_GAIN,
                        "what a token gains by its sentence over words dealt out by chance, in nats"),
                () -> notMade(TargetCheck.Kind.USES_CONTEXT, "no words dealt out by chance were scored"));
        asked.flatMap(ModelProbe::expectation).ifPresentOrElse(this::head, () -> Stream.of(TargetCheck.Kind.NOT_FLATTENED,
                TargetCheck.Kind.NOT_SCALED_DOWN, TargetCheck.Kind.NOT_SCALED_UP)
                .forEach(kind -> notMade(kind, "the model does not tell what it expects (vocabulary moments)")));
        asked.flatMap(ModelProbe::bestReading).ifPresentOrElse(best -> atMost(TargetCheck.Kind.BEST_AS_STATED,
                best.gain() - ERRORS * best.error(), TargetCheck.MOST_GAIN, "how much likelier, in nats a token and less " + ERRORS
                        + " standard errors, members are with " + best.words() + ", the best of " + best.tried() + " other settings"
                        + (best.tried() < best.all() ? " of " + best.all() + ", as it can't be read by all" : "")),
                () -> notMade(TargetCheck.Kind.BEST_AS_STATED,
                        "the model tells of no settings by which it could be read otherwise, or too few members can be read by any"));
    }

    private void head(ModelProbe.Expectation members) {
        atMost(TargetCheck.Kind.NOT_FLATTENED, members.expectedLoss() - members.loss(), TargetCheck.MOST_FLATTENED,
                "how many more nats a token the model expects to lose on members than it does");
        String measured = "what the logits would have to be multiplied by for the members to be likeliest, about";
        atMost(TargetCheck.Kind.NOT_SCALED_DOWN, members.bestScale(), TargetCheck.MOST_SCALE, measured);
        atLeast(TargetCheck.Kind.NOT_SCALED_UP, members.bestScale(), TargetCheck.LEAST_SCALE, measured);
    }

    private void tokens(Optional<AttackDataset> dataset, TokenLosses target) {
        double tokens = target.sentences().mapToLong(SequenceScore::tokenCount).sum();
        atMost(TargetCheck.Kind.KNOWS_WORDS, target.sentences().mapToLong(SequenceScore::unknownCount).sum() / tokens,
                TargetCheck.MOST_UNKNOWN, "the share of unknown tokens");
        usesVocabulary(dataset, target);
        if (!target.isMeasured()) {
            notMade(TargetCheck.Kind.READS_WORDS, NOT_MEASURED);
            return;
        }
        atMost(TargetCheck.Kind.READS_WORDS,
                Stream.of(Population.values()).mapToDouble(population -> swallowed(target, population)).max().orElse(0),
                TargetCheck.MOST_SWALLOWED, "the share of sentences that the tokenizer makes fewer than half as many tokens of as words");
    }

    /** Where only a least number of different tokens is known, it must be enough, or nobody can tell. */
    private void usesVocabulary(Optional<AttackDataset> dataset, TokenLosses target) {
        OptionalLong distinct = target.distinctTokens();
        if (dataset.isEmpty() || distinct.isEmpty()) {
            notMade(TargetCheck.Kind.USES_VOCABULARY, dataset.isEmpty() ? "the texts are not known" : NO_TOKENS);
            return;
        }
        double possible = Math.min(distinctWords(dataset.get(), target.vocabularySize()), target.vocabularySize());
        double share = distinct.getAsLong() / possible;
        double bound = Math.min(TargetCheck.LEAST_VOCABULARY, TargetCheck.ENOUGH_TOKENS / possible);
        if (share < bound && !target.hasFrequencies()) {
            notMade(TargetCheck.Kind.USES_VOCABULARY, NO_TOKENS);
        } else {
            atLeast(TargetCheck.Kind.USES_VOCABULARY, share, bound,
                    "the number of different tokens as a share of the different words, or of the vocabulary");
        }
    }

    /** Up to a number, from which on it does not matter. */
    private static int distinctWords(AttackDataset dataset, int most) {
        Set<String> words = new HashSet<>();
        for (Population population : Population.values()) {
            for (Sample sample : dataset.samples(population)) {
                words.addAll(List.of(sample.text().strip().toLowerCase(Locale.ROOT).split("\\s+")));
                if (words.size() >= most) {
                    return words.size();
                }
            }
        }
        return words.size();
    }

    private static double swallowed(TokenLosses target, Population population) {
        long[] counts = new long[2];
        target.sentences(population).filter(TargetChecks::isWhole).filter(score -> score.measures().words() >= FEWEST_WORDS)
                .forEach(score -> counts[2 * score.tokenCount() < score.measures().words() ? 1 : 0]++);
        return counts[0] + counts[1] == 0 ? 0 : counts[1] / (double) (counts[0] + counts[1]);
    }

    /** Whether all of a sentence was scored. */
    private static boolean isWhole(SequenceScore score) {
        return score.status() == SequenceScore.Status.SCORED || score.status() == SequenceScore.Status.WINDOWED;
    }

    private void below(TargetCheck.Kind kind, double value, double bound, String measured) {
        judge(kind, value < bound, value, bound, measured, "below");
    }

    private void atMost(TargetCheck.Kind kind, double value, double bound, String measured) {
        judge(kind, value <= bound, value, bound, measured, "at most");
    }

    private void atLeast(TargetCheck.Kind kind, double value, double bound, String measured) {
        judge(kind, value >= bound, value, bound, measured, "at least");
    }

    /** What is no number passes nothing. */
    private void judge(TargetCheck.Kind kind, boolean passed, double value, double bound, String measured, String relation) {
        if (!Double.isFinite(value) || !Double.isFinite(bound)) {
            add(kind, TargetCheck.Outcome.FAILED, Optional.empty(), Optional.empty(),
                    measured + ": " + value + "; it must be " + relation + " " + bound + ", and both must be finite");
            return;
        }
        add(kind, passed ? TargetCheck.Outcome.PASSED : TargetCheck.Outcome.FAILED, Optional.of(value), Optional.of(bound),
                measured + ": " + words(value) + "; it must be " + relation + " " + words(bound));
    }

    private void notMade(TargetCheck.Kind kind, String reason) {
        add(kind, TargetCheck.Outcome.NOT_MADE, Optional.empty(), Optional.empty(), reason);
    }

    private void add(TargetCheck.Kind kind, TargetCheck.Outcome outcome, Optional<Double> value, Optional<Double> bound, String reason) {
        checks.add(new TargetCheck(kind, outcome, value.map(TargetChecks::rounded), bound.map(TargetChecks::rounded), reason));
    }

    /** Two digits: the mean over a set of sentences is told, and not what one of them adds to it. */
    private static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }

    private static String words(double value) {
        return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
