package io.github.miaudit.suite;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.djl.MaskedLmOptions;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.djl.ScoringDevice;
import io.github.miaudit.djl.TrainingListener;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.membership.NamedAttack;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What is measured: attacks by rules on targets, for several seeds of which each makes patients, notes and targets anew. The same
 * benchmark gives the same report on the same machine. Runs on the CPU.
 *
 * @param size    of a seed's patients and models
 * @param seeds   different ones
 * @param targets to attack
 * @param rules   for attacks that take one
 * @param attacks to make
 * @param audits  of each target
 */
public record Benchmark(SuiteSize size, List<Long> seeds, List<BenchmarkTarget> targets, List<MaskingRule> rules,
        List<NamedAttack> attacks, Audits audits) {

    /** Whether targets are audited as well as attacked. */
    public enum Audits {
        /** As {@code mia audit} does, by its standard attacks and the combined one. */
        ALL,
        /** Attacks alone. */
        NONE
    }

    /** Copies the lists; throws an {@link IllegalArgumentException} if one is empty or has something twice. */
    public Benchmark {
        seeds = different("seed", seeds);
        targets = different("target", targets);
        rules = different("rule", rules);
        attacks = different("attack", attacks);
    }

    private static <T> List<T> different(String what, List<T> some) {
        if (some.isEmpty() || new HashSet<>(some).size() < some.size()) {
            throw new IllegalArgumentException(
                    some.isEmpty() ? "there is no " + what + "; name at least one" : "a " + what + " is named twice");
        }
        return List.copyOf(some);
    }

    /**
     * Trains what the cache lacks, scores and attacks. A run that was interrupted goes on with the training where it was.
     *
     * @param cache     the folder of trained models; that of other sizes, seeds and targets may be the same
     * @param submitted scores of others
     * @param export    takes each target as it is scored
     * @param training  is told of trainings
     * @param done      is told of each target of each seed, in words
     * @throws io.github.miaudit.io.AuditException if a model can't be trained or scored, an attack fails, or a sentence has no submitted
     *                                             score
     */
    public BenchmarkReport run(Path cache, List<SubmittedAttack> submitted, Optional<BenchmarkExport> export, TrainingListener training,
            Consumer<String> done) {
        ModelCache models = new ModelCache(cache, training);
        try (MaskedLmScorer reference = open(models.model(Recipe.reference(size)), false)) {
            AttackDataset first = BenchmarkTarget.NO_LEAK.dataset(Ward.of(seeds.get(0), size));
            Attempts attempts = Attempts.of(attacks, rules, first, reference.model());
            Passes passes = new Passes(reference, PerPopulation.of(first::samples).stream().flatMap(List::stream).toList());
            BenchmarkReport report = new BenchmarkReport(this, attempts.leftOut(), Stream
                    .concat(attempts.attacks().stream().map(attack -> Contender.of(attack, passes.of(attack))),
                            submitted.stream().map(Contender::of))
                    .toList());
            for (long seed : seeds) {
                SeedScores scores = new SeedScores(models, scorings(attempts), Ward.of(seed, size), size);
                for (BenchmarkTarget target : targets) {
                    ScoreTable table = scores.of(target);
                    export.ifPresent(to -> to.write(target, seed, scores.dataset(target), table));
                    report.add(target, seed, table);
                    if (audits == Audits.ALL) {
                        report.add(target, seed, Answer.of(scores.dataset(target), table));
                    }
                    done.accept("seed " + seed + ", " + target.label() + ": done");
                }
            }
            return report;
        }
    }

    /** An audit looks at the first rule, so its own come first. */
    private Scorings scorings(Attempts attempts) {
        return audits == Audits.NONE ? Scorings.of(attempts.attacks())
                : Scorings.of(Stream.concat(Answer.ATTACKS.stream(), attempts.attacks().stream()).toList()).withProbe();
    }

    /** On the CPU, so that the figures don't depend on whether there is a GPU. */
    static MaskedLmScorer open(Path model, boolean withMoments) {
        MaskedLmOptions options = MaskedLmOptions.withDefaults().withDevice(ScoringDevice.of("cpu"));
        return MaskedLmScorer.open(model, withMoments ? options.withVocabularyMoments() : options);
    }
}
