package io.github.miaudit.benchmarks;

import io.github.miaudit.metrics.BinomialInterval;
import io.github.miaudit.metrics.CandidateRank;
import io.github.miaudit.metrics.ExchangeabilityTest;
import io.github.miaudit.metrics.ExposedPatients;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.MeanExposure;
import io.github.miaudit.metrics.PreferenceTest;
import io.github.miaudit.metrics.RankRandomisation;
import io.github.miaudit.metrics.RankStatistic;
import io.github.miaudit.metrics.RankedIdentities;
import io.github.miaudit.metrics.TopShare;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

/**
 * Whether what is said of identifiers is right, on simulated audits ({@link IdentifierWorld}) whose truth is known: p-values where
 * nothing is remembered, intervals, false discoveries, and what is found. Prints Markdown tables. The first argument is the number of
 * audits a row (default 500).
 */
public final class IdentifierReport {

    private static final double LEVEL = 0.95;
    private static final double ALPHA = 0.05;
    private static final int DRAWS = 999;
    private static final int[] SURROGATES = {15, 100, 1000};

    private final int audits;

    private IdentifierReport(int audits) {
        this.audits = audits;
    }

    public static void main(String[] arguments) {
        IdentifierReport report = new IdentifierReport(arguments.length == 0 ? 500 : Integer.parseInt(arguments[0]));
        report.nothingRemembered();
        report.intervals();
        report.falseDiscoveries();
        report.preferenceFound();
        report.differencesFound();
        report.sharedIdentifiers();
    }

    private void nothingRemembered() {
        heading("Nothing remembered", "Patients", "K", "Identities of a patient move", "Kolmogorov-Smirnov p", "preferred, p ≤ 0.05",
                "not alike, p ≤ 0.05", "any patient exposed at 5 %");
        for (int patients : new int[] {10, 40}) {
            for (int surrogates : SURROGATES) {
                for (boolean together : new boolean[] {true, false}) {
                    IdentifierWorld world = IdentifierWorld.of(patients, surrogates);
                    double[] preferred = new double[audits];
                    boolean[] different = new boolean[audits];
                    boolean[] exposed = new boolean[audits];
                    each(audit -> {
                        RankedIdentities identities = moving(world.draw(audit).identities(), together);
                        preferred[audit] = PreferenceTest.of(identities, DRAWS, audit).pValue();
                        different[audit] = ExchangeabilityTest.of(identities, DRAWS, audit).pValue() <= ALPHA;
                        exposed[audit] = ExposedPatients.of(identities).count(ALPHA) > 0;
                    });
                    row(patients, surrogates, together ? "together" : "apart", uniform(preferred),
                            share(audit -> preferred[audit] <= ALPHA), share(audit -> different[audit]), share(audit -> exposed[audit]));
                }
            }
        }
    }

    private void intervals() {
        heading("Intervals of 95 %; K = 100, effect of the exposed 3", "exposed", "Patients", "identities of a patient",
                "mean exposure held", "truth above", "share ranked first held", "truth above");
        for (double exposed : new double[] {0, 0.1}) {
            IdentifierWorld world = IdentifierWorld.of(1, 100).withExposed(exposed, 3);
            List<CandidateRank> all = world.ranks(20_000);
            double exposure = all.stream().mapToDouble(CandidateRank::exposure).average().orElseThrow();
            double first = all.stream().mapToDouble(rank -> rank.chanceAmongTop(1)).average().orElseThrow();
            for (int patients : new int[] {5, 20, 50}) {
                for (int identities : new int[] {1, 5}) {
                    Interval[] exposures = new Interval[audits];
                    Interval[] firsts = new Interval[audits];
                    each(audit -> {
                        RankedIdentities drawn = world.withPatients(patients).withMost(identities, 6).draw(audit).identities();
                        exposures[audit] = MeanExposure.of(drawn, LEVEL, audit).interval();
                        firsts[audit] = TopShare.of(drawn, 1, LEVEL, audit).interval();
                    });
                    row(percent(exposed), patients, identities == 1 ? "1" : "1 to " + identities,
                            share(audit -> exposures[audit].contains(exposure)), share(audit -> exposures[audit].upper() < exposure),
                            share(audit -> firsts[audit].contains(first)), share(audit -> firsts[audit].upper() < first));
                }
            }
        }
    }

    private void falseDiscoveries() {
        heading("Patients exposed, at a false discovery rate of 5 %", "Patients", "K", "exposed", "effect", "models",
                "identities of a patient move",
                "Benjamini-Yekutieli: FDR", "found", "Benjamini-Hochberg: FDR", "found", "e-BH: FDR", "found");
        for (IdentifierWorld world : List.of(IdentifierWorld.of(40, 15), IdentifierWorld.of(40, 100), IdentifierWorld.of(40, 1000),
                IdentifierWorld.of(200, 100))) {
            for (double exposed : new double[] {0.1, 0.5}) {
                discoveries(world.withExposed(exposed, 4), "independent");
            }
        }
        for (double exposed : new double[] {0.1, 0.5}) {
            IdentifierWorld world = IdentifierWorld.of(40, 100).withLiking(2).withExposed(exposed, 8);
            discoveries(world.withDependence(2000, 0), "like names of 2000");
            discoveries(world.withDependence(120, 0), "like names of 120");
            discoveries(world.withDependence(120, 2), "like names of 120, and a patient's together");
        }
    }

    private void discoveries(IdentifierWorld world, String models) {
        List<String> methods = List.of("together", "apart");
        double harmonic = IntStream.rangeClosed(1, world.patients()).mapToDouble(term -> 1.0 / term).sum();
        double[][][] rates = new double[methods.size()][3][audits];
        double[][][] found = new double[methods.size()][3][audits];
        each(audit -> {
            IdentifierWorld.Drawn drawn = world.draw(audit);
            for (int moving = 0; moving < methods.size(); moving++) {
                ExposedPatients patients = ExposedPatients.of(moving(drawn.identities(), moving == 0));
                double[] adjusted = patients.adjusted();
                boolean[][] said = {upTo(adjusted, ALPHA / harmonic), upTo(adjusted, ALPHA), byEValues(patients.pValues())};
                for (int method = 0; method < said.length; method++) {
                    int all = countOf(said[method]);
                    int right = countOf(both(said[method], drawn.exposed()));
                    rates[moving][method][audit] = all == 0 ? 0 : (all - right) / (double) all;
                    found[moving][method][audit] = right / (double) countOf(drawn.exposed());
                }
            }
        });
        for (int moving = 0; moving < methods.size(); moving++) {
            List<Object> cells = new ArrayList<>(
                    List.of(world.patients(), world.surrogates(),
                            percent(world.exposedShare()), world.effect(), models, methods.get(moving)));
            for (int method = 0; method < rates[moving].length; method++) {
                cells.add(mean(rates[moving][method]));
                cells.add(mean(found[moving][method]));
            }
            row(cells.toArray());
        }
    }

    private void preferenceFound() {
        heading("Preference found, p ≤ 0.05, by the statistic; 40 patients", "K", "exposed", "effect", "liking", "mentions of an identity",
                "mean exposure (`PreferenceTest`)", "mean share beaten");
        for (int surrogates : new int[] {15, 100}) {
            for (double[] exposure : new double[][] {{1, 0.2}, {0.1, 2}, {0.05, 4}}) {
                for (double liking : new double[] {1, 0.2}) {
                    for (int mentions : new int[] {1, 6, 30}) {
                        IdentifierWorld world = IdentifierWorld.of(40, surrogates).withMost(5, mentions).withLiking(liking)
                                .withExposed(exposure[0], exposure[1]);
                        row(surrogates, percent(exposure[0]), exposure[1], liking, mentions == 1 ? "1" : "1 to " + mentions,
                                found(world, RankStatistic.EXPOSURE), found(world, RankStatistic.SHARE_BEATEN));
                    }
                }
            }
        }
    }

    private String found(IdentifierWorld world, RankStatistic statistic) {
        boolean[] found = new boolean[audits];
        each(audit -> {
            RankRandomisation randomisation = RankRandomisation.of(world.draw(audit).identities());
            double observed = randomisation.observed(statistic);
            long asLarge = Arrays.stream(randomisation.drawn(List.of(statistic), DRAWS, audit))
                    .filter(figures -> figures[0] >= observed - 1e-9).count();
            found[audit] = (1.0 + asLarge) / (1.0 + DRAWS) <= ALPHA;
        });
        return share(audit -> found[audit]);
    }

    private void differencesFound() {
        heading("True ones and surrogates not alike: found by `ExchangeabilityTest`, p ≤ 0.05; K = 15, up to 6 mentions", "true ones are",
                "40 patients", "200 patients");
        difference("likelier, by 0.4", world -> world.withExposed(1, 0.4));
        difference("less likely, by 0.4", world -> world.withExposed(1, -0.4));
        difference("much likelier, by 4, in 10 %", world -> world.withExposed(0.1, 4));
        difference("much less likely, by 4, in 10 %", world -> world.withExposed(0.1, -4));
        difference("likelier or less likely, by 1", world -> world.withExposed(0.5, 1).withOthers(-1));
        difference("all of middling likelihood", world -> world.withTrueSpread(0));
    }

    private void difference(String words, UnaryOperator<IdentifierWorld> made) {
        List<Object> cells = new ArrayList<>(List.of(words));
        for (int patients : new int[] {40, 200}) {
            IdentifierWorld world = made.apply(IdentifierWorld.of(patients, 15));
            boolean[] found = new boolean[audits];
            each(audit -> found[audit] = ExchangeabilityTest.of(world.draw(audit).identities(), DRAWS, audit).pValue() <= ALPHA);
            cells.add(share(audit -> found[audit]));
        }
        row(cells.toArray());
    }

    /** Ten clinicians, each named in the notes of ten patients: as an identity of each patient, and as one for all. */
    private void sharedIdentifiers() {
        heading("The same true identifier in 10 patients each, nothing remembered; K = 15", "given as", "preferred, p ≤ 0.05",
                "not alike, p ≤ 0.05");
        shared("100 patients", audit -> IdentifierWorld.of(100, 15).drawShared(10, audit));
        shared("10 patients, each name with the same surrogates everywhere",
                audit -> IdentifierWorld.of(10, 15).withMost(1, 60).draw(audit).identities());
    }

    private void shared(String words, IntFunction<RankedIdentities> drawn) {
        boolean[] preferred = new boolean[audits];
        boolean[] different = new boolean[audits];
        each(audit -> {
            preferred[audit] = PreferenceTest.of(drawn.apply(audit), DRAWS, audit).pValue() <= ALPHA;
            different[audit] = ExchangeabilityTest.of(drawn.apply(audit), DRAWS, audit).pValue() <= ALPHA;
        });
        row(words, share(audit -> preferred[audit]), share(audit -> different[audit]));
    }

    private void each(IntConsumer audit) {
        IntStream.range(0, audits).parallel().forEach(audit);
    }

    private static RankedIdentities moving(RankedIdentities identities, boolean together) {
        return together ? identities : identities.withPersons(IntStream.range(0, identities.size()).boxed().toList());
    }

    private static boolean[] upTo(double[] values, double limit) {
        boolean[] said = new boolean[values.length];
        for (int patient = 0; patient < values.length; patient++) {
            said[patient] = values[patient] <= limit;
        }
        return said;
    }

    private static boolean[] both(boolean[] one, boolean[] other) {
        boolean[] both = new boolean[one.length];
        for (int patient = 0; patient < one.length; patient++) {
            both[patient] = one[patient] && other[patient];
        }
        return both;
    }

    private static int countOf(boolean[] said) {
        return (int) IntStream.range(0, said.length).filter(patient -> said[patient]).count();
    }

    /**
     * Wang and Ramdas's procedure (2022) with the e-values {@code 1 / (max(p, l) (1 + ln(1 / l)))} where l, the p-value that a single
     * one of m patients needs at least, is alpha / m.
     */
    private static boolean[] byEValues(double[] pValues) {
        double least = ALPHA / pValues.length;
        double[] inverse = Arrays.stream(pValues).map(p -> Math.max(p, least) * (1 - Math.log(least))).toArray();
        double[] ascending = Arrays.stream(inverse).sorted().toArray();
        double limit = 0;
        for (int said = 1; said <= ascending.length; said++) {
            if (ascending[said - 1] <= ALPHA * said / ascending.length) {
                limit = ascending[said - 1];
            }
        }
        return upTo(inverse, limit);
    }

    private static String uniform(double[] pValues) {
        return String.format(Locale.ROOT, "%.2f",
                new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new UniformRealDistribution(0, 1), pValues));
    }

    /** With the interval of 95 % that so many audits leave. */
    private String share(IntPredicate holds) {
        int count = count(holds);
        Interval interval = BinomialInterval.of(count, audits, LEVEL);
        return String.format(Locale.ROOT, "%.1f %% [%.1f, %.1f]", 100.0 * count / audits, 100 * interval.lower(), 100 * interval.upper());
    }

    private int count(IntPredicate holds) {
        return (int) IntStream.range(0, audits).filter(holds).count();
    }

    /** With two standard errors, of audits that have the figure. */
    private static String mean(double[] values) {
        double[] known = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
        double mean = Arrays.stream(known).average().orElse(Double.NaN);
        double squares = Arrays.stream(known).map(value -> (value - mean) * (value - mean)).sum();
        return String.format(Locale.ROOT, "%.1f ± %.1f %%", 100 * mean, 200 * Math.sqrt(squares / known.length / known.length));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private static void heading(String title, String... columns) {
        System.out.printf("%n%s%n%n| %s |%n|%s%n", title, String.join(" | ", columns), "---|".repeat(columns.length));
    }

    private static void row(Object... cells) {
        System.out.println("| " + String.join(" | ", Arrays.stream(cells).map(Object::toString).toList()) + " |");
    }
}
