package io.github.miaudit.benchmarks;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Sample;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.HeldOutLoss;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.metrics.BinomialInterval;
import io.github.miaudit.metrics.CounterRandom;
import io.github.miaudit.metrics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.random.RandomGeneratorFactory;

/**
 * How often the interval of a version's held-out loss beside the first version's ({@link HeldOutLoss}) holds the true difference, and how
 * often a version is wrongly found to predict worse. Patients and sentences have levels, both lognormal, that all versions share; beside
 * them each of 5 other versions differs from the first by what is drawn for each patient and each sentence, of the same variance and 0 on
 * average over all patients there are, independently of the other versions. One of them is compared with the first alone, as of 2 versions,
 * and all together, as of 6. Student's interval and test stand beside, each version for itself. "Found" is how often one of 2 versions is
 * found worse that is so, by half the deviation of a patient's part. All is told whatever the number of patients. Prints a Markdown table.
 * The argument is the number of draws a row (default 2000).
 */
public final class HeldOutLossReport {

    private static final MaskingRule RULE = MaskingRule.maskless();
    private static final Evaluation EVALUATION = Evaluation.withDefaults();
    private static final double ALPHA = 1 - EVALUATION.confidence();
    private static final int OTHERS = 5;
    private static final double RARE_GAIN = 3;
    private static final double RARE_NOISE = 0.3;

    /** So large that no loss is below 0. */
    private static final double BASE = 1000;

    private static final int[] PATIENTS = {5, 10, 20, 50, 100};

    /** By how much patients, or sentences, differ from one version to another: of mean 0 and variance 1. */
    private enum Shape {
        NORMAL("normal", Random::nextGaussian),
        LOGNORMAL("lognormal, few lose much", random -> lognormal(random) / Math.sqrt((Math.E - 1) * Math.E)),
        NEGATIVE_LOGNORMAL("lognormal, few gain much", random -> -lognormal(random) / Math.sqrt((Math.E - 1) * Math.E)),
        GAMMA("gamma of shape 1/4, few gain much",
                random -> (0.25 - new GammaDistribution(RandomGeneratorFactory.createRandomGenerator(random), 0.25, 1).sample()) / 0.5),
        RARE("a tenth gains much", random -> (0.1 * RARE_GAIN - (random.nextDouble() < 0.1 ? RARE_GAIN : 0)
                + RARE_NOISE * random.nextGaussian()) / Math.sqrt(0.09 * RARE_GAIN * RARE_GAIN + RARE_NOISE * RARE_NOISE));

        private final String words;
        private final ToDoubleFunction<Random> draw;

        Shape(String words, ToDoubleFunction<Random> draw) {
            this.words = words;
            this.draw = draw;
        }

        /** Of sigma 1, less its mean. */
        private static double lognormal(Random random) {
            return Math.exp(random.nextGaussian()) - Math.exp(0.5);
        }
    }

    /** How many sentences a patient has. */
    private enum Sizes {
        EQUAL("4 each", 4), UNEQUAL("1 to 32", 1, 1, 1, 2, 2, 4, 8, 32);

        private final String words;
        private final int[] cycle;

        Sizes(String words, int... cycle) {
            this.words = words;
            this.cycle = cycle;
        }

        private int of(int patient) {
            return cycle[patient % cycle.length];
        }
    }

    /**
     * What is said of a draw.
     *
     * @param holds    whether the interval of the first other version holds the truth
     * @param student  whether Student's does
     * @param alone    whether Student's finds the first other version worse
     * @param two      whether its p-value does, of two versions
     * @param anyAlone whether Student's finds any of the five worse, each for itself
     * @param anyOfSix whether the corrected p-values do
     * @param found    whether it would be found, were it worse by half a deviation of a patient
     */
    private record Said(boolean holds, boolean student, boolean alone, boolean two, boolean anyAlone, boolean anyOfSix, boolean found) {
    }

    /** Sentences of patients, all of them scored by some versions. */
    private record World(Shape shape, int patients, Sizes sizes) {

        private AttackDataset dataset() {
            List<Sample> sentences = new ArrayList<>();
            for (int patient = 0; patient < patients; patient++) {
                for (int place = 0; place < sizes.of(patient); place++) {
                    sentences.add(Sample.of("n" + patient + "-" + place, "n" + patient, "note " + patient + " " + place));
                }
            }
            return AttackDataset.of(List.of(Sample.of("m", "m", "note of a member")), sentences);
        }

        private Said draw(AttackDataset dataset, int number) {
            Random random = new Random(CounterRandom.mix(number, List.of(shape.ordinal(), patients, sizes.ordinal()).hashCode()));
            double[][] shared = levels(random, each -> 0.3 * Math.exp(each.nextGaussian()));
            double[][][] differences = IntStream.range(0, OTHERS).mapToObj(version -> levels(random, shape.draw))
                    .toArray(double[][][]::new);

            List<HeldOutLoss.Beside> two = compare(dataset, shared, 0, differences[0]);
            List<HeldOutLoss.Beside> six = compare(dataset, shared, 0, differences);
            HeldOutLoss.Beside worse = compare(dataset, shared, 0.5, differences[0]).get(0);
            Interval[] student = Stream.of(differences).map(World::student).toArray(Interval[]::new);
            return new Said(interval(two.get(0)).contains(0), student[0].contains(0), student[0].lower() > 0, isWorse(two.get(0)),
                    Stream.of(student).anyMatch(interval -> interval.lower() > 0), six.stream().anyMatch(World::isWorse), isWorse(worse));
        }

        /** Of each sentence, by patient: the patient's part and its own. */
        private double[][] levels(Random random, ToDoubleFunction<Random> part) {
            return IntStream.range(0, patients).mapToObj(patient -> {
                double own = part.applyAsDouble(random);
                return IntStream.range(0, sizes.of(patient)).mapToDouble(place -> own + part.applyAsDouble(random)).toArray();
            }).toArray(double[][]::new);
        }

        /** Of each other version, all moved by so much. */
        private List<HeldOutLoss.Beside> compare(AttackDataset dataset, double[][] shared, double worse, double[][]... differences) {
            Map<String, ScoreTable> versions = new LinkedHashMap<>();
            versions.put("first", table(dataset, shared, 0, new double[patients][]));
            for (int version = 0; version < differences.length; version++) {
                versions.put("other-" + version, table(dataset, shared, worse, differences[version]));
            }
            return HeldOutLoss.of(versions, EVALUATION).stream().flatMap(loss -> loss.beside().stream()).toList();
        }

        private ScoreTable table(AttackDataset dataset, double[][] shared, double worse, double[][] differences) {
            List<Double> losses = IntStream.range(0, patients).boxed().flatMap(patient -> IntStream.range(0, sizes.of(patient)).mapToObj(
                    place -> BASE + shared[patient][place] + (differences[patient] == null ? 0 : differences[patient][place] + worse)))
                    .toList();
            return ScoreTable.of(dataset, ModelScores.of(new Version(losses), dataset, Set.of(RULE), ScoringListener.NONE), List.of());
        }

        private static Interval interval(HeldOutLoss.Beside beside) {
            return beside.test().orElseThrow().interval();
        }

        /** Whatever the number of patients. */
        private static boolean isWorse(HeldOutLoss.Beside beside) {
            return beside.difference() > 0 && beside.test().orElseThrow().adjustedPValue() <= ALPHA;
        }

        private static Interval student(double[][] differences) {
            double[] patients = Stream.of(differences).mapToDouble(of -> Arrays.stream(of).average().orElseThrow()).toArray();
            double mean = Arrays.stream(patients).average().orElseThrow();
            double variance = Arrays.stream(patients).map(each -> (each - mean) * (each - mean)).sum() / (patients.length - 1);
            double reach = new TDistribution(null, patients.length - 1.0).inverseCumulativeProbability(1 - ALPHA / 2)
                    * Math.sqrt(variance / patients.length);
            return new Interval(mean - reach, mean + reach, 1 - ALPHA, Interval.Method.STUDENT);
        }
    }

    /** A model that loses so much by each non-member, and 1 by a member. */
    private record Version(List<Double> losses) implements SequenceScorer {

        @Override
        public ModelIdentity model() {
            return new ModelIdentity("version", "digest", "drawn", 50_000, Casing.CASED, "float64", LengthPolicy.REJECT, "drawn");
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            int members = samples.size() - losses.size();
            return Map.of(RULE, IntStream.range(0, samples.size()).mapToObj(row -> new SequenceScore(samples.get(row), new int[] {1},
                    new double[] {row < members ? -1 : -losses.get(row - members)})).toList());
        }

        @Override
        public void close() { // nothing to free
        }
    }

    private HeldOutLossReport() {
    }

    public static void main(String[] arguments) {
        int draws = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
        System.out.printf("%d draws a row; in brackets 95 %% intervals.%n%n", draws);
        System.out.println("| Differences | Sentences | Patients | interval holds | Student's | wrongly worse: Student's | of 2 versions"
                + " | any of 5: Student's | of 6 versions | found |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        for (Shape shape : Shape.values()) {
            for (int patients : PATIENTS) {
                row(new World(shape, patients, Sizes.EQUAL), draws);
            }
        }
        for (Shape shape : List.of(Shape.NORMAL, Shape.NEGATIVE_LOGNORMAL)) {
            for (int patients : PATIENTS) {
                row(new World(shape, patients, Sizes.UNEQUAL), draws);
            }
        }
    }

    private static void row(World world, int draws) {
        AttackDataset dataset = world.dataset();
        List<Said> said = IntStream.range(0, draws).parallel().mapToObj(number -> world.draw(dataset, number)).toList();
        System.out.printf(Locale.ROOT, "| %s | %s | %d | %s |%n", world.shape.words, world.sizes.words, world.patients,
                String.join(" | ", share(said, Said::holds), share(said, Said::student), share(said, Said::alone), share(said, Said::two),
                        share(said, Said::anyAlone), share(said, Said::anyOfSix), share(said, Said::found)));
    }

    private static String share(List<Said> said, Predicate<Said> is) {
        int count = (int) said.stream().filter(is).count();
        Interval interval = BinomialInterval.of(count, said.size(), 0.95);
        return String.format(Locale.ROOT, "%.1f %% [%.1f, %.1f]", 100.0 * count / said.size(), 100 * interval.lower(),
                100 * interval.upper());
    }
}
