package io.github.miaudit.benchmarks;

import io.github.miaudit.AuditReport;
import io.github.miaudit.data.Patient;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.BlindChecks;
import io.github.miaudit.evaluation.ComparisonResult;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.BinomialInterval;
import io.github.miaudit.metrics.CounterRandom;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.report.Attack;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.ByPatient;
import io.github.miaudit.report.Decision;
import io.github.miaudit.report.OperatingPoint;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How often the numbers of the {@link Decision} hold: the range beside the number that the attack finds that finds most, the bar, and "at
 * most". They are read from the words and bars of whole audits of simulated scores, and held against what attacks find in the world, which
 * is known. Attacks are equally strong, so that whichever finds most was lucky, or all but the first have half of its effect; any two
 * correlate by half. Patients have two sentences, of which half of the variance is the patient's; sentences of nobody have as much in all.
 * Prints a Markdown table. The arguments are the number of audits a row (default 1000) and the numbers of patients a side (default
 * 20,50,100,300); 100 sentences of nobody come last.
 */
public final class HeadlineReport {

    private static final Evaluation EVALUATION = Evaluation.withDefaults().withBootstrapReplicates(200).withPermutations(0);
    private static final NormalDistribution NORMAL = new NormalDistribution();
    private static final int SENTENCES = 2;
    private static final double CORRELATION = 0.5;
    private static final Pattern AREA = Pattern.compile("scores higher in (\\d+) % to (\\d+) % of comparisons");
    private static final Pattern RANGE = Pattern.compile("Sure to 95 %: (\\d+) to (\\d+) of (\\d+) ");
    private static final Pattern AT_MOST = Pattern.compile("wrongly accuses 1 in (\\d+) others finds at most (\\d+) of (\\d+) ");
    private static final Pattern FOUND = Pattern.compile("wrongly accusing 1 in (\\d+) others");

    /** How much higher, in deviations of a row, members score, and what share of them does. */
    private enum Leak {
        NONE("none", 0, 1), MEDIUM("AUC 0.7", 0.742, 1), STRONG("AUC 0.95", 2.326, 1), FEW("of a tenth", 3.4, 0.1);

        private final String words;
        private final double shift;
        private final double share;

        Leak(String words, double shift, double share) {
            this.words = words;
            this.shift = shift;
            this.share = share;
        }

    }

    /** How many attacks, and how much of the effect of the first the others have. */
    private record Attacks(int count, double others) {

        private double strength(int attack) {
            return attack == 0 ? 1 : others;
        }

        private String words() {
            return count + (others == 1 ? " alike" : ", one best");
        }
    }

    /** Patients, or sentences of nobody, of a side; their leak; who attacks. */
    private record World(boolean byPatient, int units, Leak leak, Attacks attackers) {

        /** An attack's AUC in the world. */
        private double trueArea(int attack) {
            return leak.share * NORMAL.cumulativeProbability(leak.shift * attackers.strength(attack) / Math.sqrt(2))
                    + (1 - leak.share) / 2;
        }

        private int seed() {
            return Objects.hash(byPatient, units, leak.ordinal(), attackers);
        }

        private int attacks() {
            return attackers.count;
        }

        /** What an attack finds at a rate. */
        private double truth(int attack, double rate) {
            double threshold = NORMAL.inverseCumulativeProbability(1 - rate);
            return leak.share * NORMAL.cumulativeProbability(leak.shift * attackers.strength(attack) - threshold) + (1 - leak.share) * rate;
        }

        /** The deviation of a row that is evaluated. */
        private double deviation() {
            return byPatient ? Math.sqrt(0.5 + 0.5 / SENTENCES) : 1;
        }

        private Range range(double lower, double upper, int chosen, double rate) {
            return new Range(lower, upper, truth(chosen, rate), truth(0, rate));
        }

        private List<AttackScores> draw(Random random) {
            double[][] members = rows(random, leak);
            double[][] others = rows(random, Leak.NONE);
            return IntStream.range(0, attacks()).mapToObj(attack -> new AttackScores("attack-" + attack, "simulated",
                    PerPopulation.of(members[attack], others[attack], new double[0]),
                    PerPopulation.of(patients("member"), patients("other"), List.of()))).toList();
        }

        private List<Patient> patients(String side) {
            return IntStream.range(0, byPatient ? SENTENCES * units : units)
                    .mapToObj(row -> Patient.of(byPatient ? Optional.of(side + row / SENTENCES) : Optional.empty())).toList();
        }

        /** Of each attack. */
        private double[][] rows(Random random, Leak ofUnits) {
            int sentences = byPatient ? SENTENCES : 1;
            double part = byPatient ? Math.sqrt(0.5) : 1;
            double[][] rows = new double[attacks()][units * sentences];
            for (int unit = 0; unit < units; unit++) {
                double leaked = random.nextDouble() < ofUnits.share ? ofUnits.shift * deviation() : 0;
                double[] own = byPatient ? correlated(random) : new double[attacks()];
                for (int sentence = 0; sentence < sentences; sentence++) {
                    double[] chance = correlated(random);
                    for (int attack = 0; attack < attacks(); attack++) {
                        rows[attack][unit * sentences + sentence] = leaked * attackers.strength(attack)
                                + part * (own[attack] + chance[attack]);
                    }
                }
            }
            return rows;
        }

        private double[] correlated(Random random) {
            double shared = random.nextGaussian();
            return IntStream.range(0, attacks()).mapToDouble(
                    attack -> Math.sqrt(CORRELATION) * shared + Math.sqrt(1 - CORRELATION) * random.nextGaussian()).toArray();
        }
    }

    /**
     * What an audit says of one thing.
     *
     * @param lower  of the range, as a share
     * @param upper  of it
     * @param chosen what the attack that it is of finds in the world at that rate
     * @param best   what the best attack finds there
     */
    private record Range(double lower, double upper, double chosen, double best) {

        private boolean holdsChosen() {
            return lower <= chosen && chosen <= upper;
        }

        private boolean holdsBest() {
            return lower <= best && best <= upper;
        }
    }

    /**
     * What an audit says.
     *
     * @param own    the interval at 1 in 10 of the attack that finds most there, as if it were the only one
     * @param bar    the interval of the bar there, whatever the answer is
     * @param range  beside the number that is found, if there is one
     * @param area   the range of comparisons, where that is said instead
     * @param atMost what is found at most, if it is said
     */
    private record Said(Optional<Range> own, Optional<Range> bar, Optional<Range> range, Optional<Range> area, Optional<Range> atMost) {
    }

    private HeadlineReport() {
    }

    public static void main(String[] arguments) {
        int audits = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        int[] units = arguments.length > 1 ? Stream.of(arguments[1].split(",")).mapToInt(Integer::parseInt).toArray()
                : new int[] {20, 50, 100, 300};
        System.out.printf("%d audits a row; in brackets 95 %% intervals.%n%n", audits);
        System.out.println(
                "| A side | Leak | Attacks | found at 1 in 10 | interval as of one attack | bar | bar, of the best | range of a number"
                        + " | of the best | said, and wrong | range of comparisons | at most | said, and wrong |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        for (int count : units) {
            for (Leak leak : Leak.values()) {
                for (Attacks attacks : List.of(new Attacks(3, 1), new Attacks(8, 1), new Attacks(3, 0.5))) {
                    row(new World(true, count, leak, attacks), audits);
                }
            }
        }
        for (Leak leak : Leak.values()) {
            row(new World(false, 100, leak, new Attacks(3, 1)), audits);
        }
    }

    private static void row(World world, int audits) {
        List<Said> said = IntStream.range(0, audits).parallel().mapToObj(audit -> audit(world, audit)).toList();
        System.out.printf(Locale.ROOT, "| %d %s | %s | %s | %.3f | %s |%n", world.units, world.byPatient ? "patients" : "sentences",
                world.leak.words, world.attackers.words(), world.truth(0, 0.1),
                String.join(" | ", holds(said, Said::own, Range::holdsChosen), holds(said, Said::bar, Range::holdsChosen),
                        holds(said, Said::bar, Range::holdsBest), holds(said, Said::range, Range::holdsChosen),
                        holds(said, Said::range, Range::holdsBest), isWrong(said, Said::range, Range::holdsChosen),
                        holds(said, Said::area, Range::holdsChosen), holds(said, Said::atMost, Range::holdsBest),
                        isWrong(said, Said::atMost, Range::holdsBest)));
    }

    /** How often it holds where it is said, if it is said often enough to know. */
    private static String holds(List<Said> said, Function<Said, Optional<Range>> what, Predicate<Range> holds) {
        List<Range> ranges = said.stream().flatMap(each -> what.apply(each).stream()).toList();
        return 10 * ranges.size() < said.size() ? "-"
                : share((int) ranges.stream().filter(holds).count(), ranges.size())
                        + (ranges.size() < said.size() ? " of " + ranges.size() : "");
    }

    /** In how many of all audits it is said and does not hold. */
    private static String isWrong(List<Said> said, Function<Said, Optional<Range>> what, Predicate<Range> holds) {
        return share((int) said.stream().flatMap(each -> what.apply(each).stream()).filter(holds.negate()).count(), said.size());
    }

    private static String share(int count, int of) {
        Interval interval = BinomialInterval.of(count, of, 0.95);
        return String.format(Locale.ROOT, "%.1f %% [%.1f, %.1f]", 100.0 * count / of, 100 * interval.lower(), 100 * interval.upper());
    }

    private static Said audit(World world, int number) {
        List<AttackScores> drawn = world.draw(new Random(CounterRandom.mix(number, world.seed())));
        AuditDocument document = document(drawn, EVALUATION.withSeed(number));
        Decision decision = Decision.of(document);
        List<Attack> attacks = document.main().attacks();
        int tenth = document.settings().falsePositiveRates().indexOf(0.1);
        OptionalInt chosen = chosen(document, decision.gains(), tenth);
        return new Said(
                chosen.stream().boxed().findFirst().flatMap(attack -> point(attacks.get(attack), tenth).tprInterval()
                        .map(ends -> world.range(ends.lower(), ends.upper(), attack, 0.1))),
                chosen.stream().boxed().findFirst().flatMap(attack -> decision.gains().get(tenth).interval()
                        .map(ends -> world.range(ends.lower(), ends.upper(), attack, 0.1))),
                decision.sureness().flatMap(words -> match(RANGE, words)).map(ends -> {
                    int one = (int) number(match(FOUND, decision.answer()).orElseThrow(), 1);
                    int place = document.settings().falsePositiveRates().indexOf(1.0 / one);
                    return world.range(number(ends, 1) / number(ends, 3), number(ends, 2) / number(ends, 3),
                            chosen(document, decision.gains(), place).orElseThrow(), 1.0 / one);
                }),
                decision.sureness().flatMap(words -> match(AREA, words)).map(ends -> {
                    double area = world.trueArea(IntStream.range(0, attacks.size())
                            .filter(attack -> attacks.get(attack).equals(document.main().strongest())).findFirst().orElseThrow());
                    return new Range(number(ends, 1) / 100, number(ends, 2) / 100, area, world.trueArea(0));
                }),
                match(AT_MOST, decision.answer())
                        .map(most -> world.range(0, number(most, 2) / number(most, 3), 0, 1 / number(most, 1))));
    }

    /** Which attack a bar is of, if it has an interval: that of the same number and the same upper end. */
    private static OptionalInt chosen(AuditDocument document, List<Decision.Gain> gains, int place) {
        return gains.isEmpty() ? OptionalInt.empty() : IntStream.range(0, document.main().attacks().size()).filter(attack -> {
            OperatingPoint point = point(document.main().attacks().get(attack), place);
            Decision.Gain gain = gains.get(place);
            return point.tpr().equals(gain.found()) && gain.interval().isPresent()
                    && point.tprInterval().filter(interval -> interval.upper() == gain.interval().get().upper()).isPresent();
        }).findFirst();
    }

    private static OperatingPoint point(Attack attack, int place) {
        return attack.byPatient().map(ByPatient::tprAtFpr).orElse(attack.tprAtFpr()).get(place);
    }

    private static AuditDocument document(List<AttackScores> attacks, Evaluation evaluation) {
        PerPopulation<double[]> nothing = PerPopulation.of(population -> new double[attacks.get(0).scores(population).length]);
        AttackScores reference = new AttackScores("reference-only", "of one patient a side, so that nothing is checked", nothing,
                PerPopulation.of(population -> Collections.nCopies(nothing.of(population).length,
                        Patient.of(Optional.of(population.label())))));
        ComparisonResult comparison = ComparisonResult.of(Population.NON_MEMBERS, attacks, List.of(), List.of(),
                BlindChecks.ofReference(reference), evaluation);
        return AuditReport.of(new AuditResults(List.of(comparison), List.of(), Optional.empty(), List.of(), List.of(), List.of(), List.of(),
                List.of(), Optional.empty(), evaluation, "simulated", Map.of(), List.of(), Optional.empty(), Optional.empty())).document();
    }

    private static Optional<MatchResult> match(Pattern pattern, String words) {
        return pattern.matcher(words).results().findFirst();
    }

    private static double number(MatchResult match, int group) {
        return Integer.parseInt(match.group(group));
    }
}
