package io.github.miaudit.benchmarks;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Rewriting;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.LogLikelihood;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ProgressiveRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.likelihood.TextMeasures;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.membership.NamedAttack;
import io.github.miaudit.membership.OnlineLiraAttack;
import io.github.miaudit.membership.SequenceLiraAttack;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How many sentences of 30 tokens a second of its own processor time each attack makes of scores that are there, in one thread, the best of
 * two times; and what a sentence takes in memory: its stored scores by the models and rules that the attack needs, with ids and patients,
 * and what the attack takes beside while it works. Half of the sentences are members, 50 a patient; log-likelihoods are drawn, and float32
 * as a scorer computes them. Prints a Markdown table. Arguments: the number of sentences (default 200 000), and attacks' names (default
 * all).
 * What attacks take beside is told of the heap's oldest part, so keep short-lived things out of it: {@code -XX:+UseSerialGC -Xmn64m}.
 */
public final class AttackReport {

    private static final int TOKENS = 30;
    private static final int NEIGHBOURS = 10;
    private static final int OF_A_PATIENT = 50;
    private static final int TIMES = 2;
    private static final MaskingRule RULE = MaskingRule.withinWordLeftToRight();
    private static final OnlineLiraAttack.Training EVERY_OTHER = (reference, population, id) -> reference.name().endsWith("2")
            || reference.name().endsWith("4");

    private AttackReport() {
    }

    public static void main(String[] arguments) {
        int half = (arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000) / 2;
        List<String> wanted = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        NamedAttack.Settings settings = new NamedAttack.Settings(LogLikelihood.mean(RULE), () -> Neighbours.TEN);
        Stream<MembershipAttack> named = NamedAttack.all().stream().map(attack -> attack.attack(settings));
        Stream<MembershipAttack> onShadowModels = Stream.of(OnlineLiraAttack.of(EVERY_OTHER).withRule(RULE),
                SequenceLiraAttack.of(EVERY_OTHER).withRule(RULE));
        Map<Needs, List<MembershipAttack>> attacks = Stream.concat(named, onShadowModels)
                .flatMap(attack -> Stream.concat(Stream.of(attack), attack.blindTwin().stream()))
                .filter(attack -> wanted.isEmpty() || wanted.contains(attack.name()))
                .collect(Collectors.groupingBy(Needs::of, LinkedHashMap::new, Collectors.toList()));
        AttackDataset dataset = AttackDataset.of(sentences("m", half), sentences("n", half));
        System.out.printf("%d sentences.%n%n", 2 * half);
        System.out.println("| Attack | scores a sentence | million sentences a second | million scores a second | bytes a sentence"
                + " | the attack beside |");
        System.out.println("|---|---|---|---|---|---|");
        attacks.forEach((needs, same) -> rows(needs, same, dataset, 2 * half));
    }

    private static void rows(Needs needs, List<MembershipAttack> attacks, AttackDataset dataset, int sentences) {
        long before = held();
        ScoreTable table = needs.table(dataset);
        double bytes = (double) (held() - before) / sentences;
        MemoryPoolMXBean oldest = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getName().matches(".*(Tenured|Old).*")).findFirst().orElseThrow();
        for (MembershipAttack attack : attacks) {
            held();
            long atFirst = oldest.getUsage().getUsed();
            oldest.resetPeakUsage();
            double first = seconds(attack, table);
            double beside = (double) (oldest.getPeakUsage().getUsed() - atFirst) / sentences;
            double best = IntStream.range(1, TIMES).mapToDouble(time -> seconds(attack, table)).reduce(first, Math::min);
            System.out.printf("| `%s` | %d | %.2f | %.1f | %.0f | %.0f |%n", attack.name(), needs.scores(), 1e-6 * sentences / best,
                    1e-6 * sentences * needs.scores() / best, bytes, beside);
            long start = System.nanoTime();
            if (attack.refits(table).isPresent()) {
                System.out.printf("| the same without each part of the patients, for intervals | %d | %.1f s in all | | | |%n",
                        needs.scores(),
                        (System.nanoTime() - start) / 1e9);
            }
        }
    }

    /** What attacks need that can be made of the same table. */
    private record Needs(Set<MaskingRule> ofTarget, boolean moments, Map<Rewriting, Set<MaskingRule>> rewritings,
            Set<MaskingRule> ofReferences, int references) {

        /** With as many references as make sense. */
        static Needs of(MembershipAttack attack) {
            int references = attack.referenceRules().isEmpty() ? 0
                    : attack.name().equals("lira") ? 2 : attack.name().endsWith("lira") ? 4 : 1;
            return new Needs(attack.targetRules(), attack.needsVocabularyMoments(), attack.targetRewritings(), attack.referenceRules(),
                    references);
        }

        /** How many scores of a sentence are stored. */
        int scores() {
            int rewritten = rewritings.isEmpty() ? 0 : rewritings.containsKey(Rewriting.LOWER_CASE) ? 1 : NEIGHBOURS;
            return (1 + rewritten) * ofTarget.size() + references * ofReferences.size();
        }

        ScoreTable table(AttackDataset dataset) {
            Model target = new Model("model 0", moments);
            ModelScores scores = ModelScores.of(target, dataset, ofTarget, ScoringListener.NONE);
            for (Map.Entry<Rewriting, Set<MaskingRule>> each : rewritings.entrySet()) {
                scores = scores.withRewritten(target, dataset, each.getKey(), each.getValue(), ScoringListener.NONE);
            }
            return ScoreTable.of(dataset, scores, IntStream.rangeClosed(1, references)
                    .mapToObj(number -> ModelScores.of(new Model("model " + number, false), dataset, ofReferences, ScoringListener.NONE))
                    .toList());
        }
    }

    private static double seconds(MembershipAttack attack, ScoreTable table) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        AttackScores.of(attack, table);
        return (threads.getCurrentThreadCpuTime() - start) / 1e9;
    }

    private static long held() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static List<Sample> sentences(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> Sample.of(prefix + number, "p" + number / OF_A_PATIENT + prefix, "No pain")).toList();
    }

    /** Copies of the sentence, since the models don't read it. */
    private enum Neighbours implements Rewriting {
        TEN;

        @Override
        public String label() {
            return "neighbours";
        }

        @Override
        public List<Sample> rewrite(Sample sample) {
            return Collections.nCopies(NEIGHBOURS, sample);
        }
    }

    /** Says what is drawn; every score has token ids and measures of its own, as one that was read from a store. */
    private record Model(String name, boolean saysMoments) implements SequenceScorer {

        @Override
        public ModelIdentity model() {
            return new ModelIdentity(name, "digest-of-" + name, "drawn", 50_000, Casing.CASED, "float32", LengthPolicy.REJECT, "drawn");
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            Map<MaskingRule, List<SequenceScore>> scores = new LinkedHashMap<>();
            for (MaskingRule rule : rules) {
                int[] tokens = rule instanceof ProgressiveRule growing
                        ? growing.steps(TOKENS).stream().flatMapToInt(Arrays::stream).sorted().toArray()
                        : IntStream.range(0, TOKENS).toArray();
                SplittableRandom random = new SplittableRandom((name + rule.label()).hashCode());
                scores.put(rule, samples.stream().map(sample -> score(sample, tokens, random)).toList());
            }
            return scores;
        }

        private SequenceScore score(Sample sample, int[] tokens, SplittableRandom random) {
            TextMeasures measures = new TextMeasures(100 + random.nextInt(100), 20, 90 + random.nextInt(50));
            SequenceScore score = new SequenceScore(sample.id(), measures, tokens, drawn(tokens.length, random)).withTokenCount(TOKENS)
                    .withUnknownCount(random.nextInt(3));
            return saysMoments
                    ? score.withMoments(new SequenceScore.VocabularyMoments(drawn(tokens.length, random), positive(tokens.length, random)))
                    : score;
        }

        private static double[] drawn(int count, SplittableRandom random) {
            double[] drawn = new double[count];
            for (int token = 0; token < count; token++) {
                drawn[token] = (float) Math.log(1 - random.nextDouble());
            }
            return drawn;
        }

        private static double[] positive(int count, SplittableRandom random) {
            return Arrays.stream(drawn(count, random)).map(value -> 1 - value).toArray();
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
