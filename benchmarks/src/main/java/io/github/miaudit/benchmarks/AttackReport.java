package io.github.miaudit.benchmarks;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.membership.NamedAttack;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How many sentences of 30 tokens a second of its own processor time each attack by name makes of scores that are there, in one thread,
 * the best of five times; those that need rewritings or moments are left out. Prints a Markdown table. The argument is the number of sentences (default 200 000),
 * half of them members; models: a target and two references.
 */
public final class AttackReport {

    private static final int TOKENS = 30;
    private static final int TIMES = 5;
    private static final MaskingRule RULE = MaskingRule.original();

    private AttackReport() {
    }

    public static void main(String[] arguments) {
        int half = (arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000) / 2;
        AttackDataset dataset = AttackDataset.of(sentences("m", half), sentences("n", half));
        ScoreTable table = ScoreTable.of(dataset, scores(dataset, 1),
                List.of(scores(dataset, 2), scores(dataset, 3)));
        NamedAttack.Settings settings = new NamedAttack.Settings(LogLikelihood.mean(RULE), () -> {
            throw new IllegalStateException("no neighbours here");
        });
        System.out.printf("| Attack | million sentences a second |%n|---|---|%n");
        for (NamedAttack named : NamedAttack.all()) {
            if (named.name().equals("experimental-neighbourhood")) {
                continue;
            }
            MembershipAttack attack = named.attack(settings);
            if (attack.targetRewritings().isEmpty() && !attack.needsVocabularyMoments() && attack.targetRules().equals(Set.of(RULE))) {
                double best = IntStream.range(0, TIMES).mapToDouble(time -> seconds(attack, table)).min().orElseThrow();
                System.out.printf("| `%s` | %.2f |%n", named.name(), 2e-6 * half / best);
            }
        }
    }

    private static double seconds(MembershipAttack attack, ScoreTable table) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        for (Population population : List.of(Population.MEMBERS, Population.NON_MEMBERS)) {
            attack.membershipScores(table, population);
        }
        return (threads.getCurrentThreadCpuTime() - start) / 1e9;
    }

    private static List<Sample> sentences(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(number -> Sample.of(prefix + number, "p" + number % 1000 + prefix, "word " + number))
                .toList();
    }

    private static ModelScores scores(AttackDataset dataset, int seed) {
        return ModelScores.of(new Model("model " + seed, new Random(seed)), dataset, Set.of(RULE), ScoringListener.NONE);
    }

    /** Says what is drawn. */
    private record Model(String name, Random random) implements SequenceScorer {

        @Override
        public ModelIdentity model() {
            return new ModelIdentity(name, "digest-of-" + name, "drawn", 50_000, Casing.CASED, "float64", LengthPolicy.REJECT, "drawn");
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            List<SequenceScore> scores = samples.stream().map(this::score).toList();
            return rules.stream().collect(Collectors.toMap(Function.identity(), rule -> scores));
        }

        private SequenceScore score(Sample sample) {
            return new SequenceScore(sample, IntStream.range(0, TOKENS).toArray(),
                    random.doubles(TOKENS).map(chance -> Math.log(1 - chance)).toArray());
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
