package io.github.miaudit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.Strata;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.StratifiedScores.Patients;
import io.github.miaudit.report.StrataFigures.Shown;
import io.github.miaudit.report.StrataFigures.Stratum;
import io.github.miaudit.report.StrataFigures.Variable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who has the document and the program's sources finds out no count of few patients of a stratum, by subtracting strata from all patients,
 * nor strata of one variable from those of another. He knows more than any report tells: how many are exposed at every rate at which that
 * many may be told.
 */
class StrataDisclosureTest {

    private static final int AUDITS = 40;

    @TempDir
    private Path folder;

    /** An audit of so many patients a side, one sentence each. */
    private record Made(AuditDocument document, double[] members, double[] others, int[] strata, int smallest) {

        private int[] exposed(int allowed, int groups) {
            double[] descending = others.clone();
            Arrays.sort(descending);
            double bar = allowed < descending.length ? descending[descending.length - 1 - allowed] : Double.NEGATIVE_INFINITY;
            int[] counts = new int[groups];
            IntStream.range(0, members.length).filter(member -> members[member] > bar).forEach(member -> counts[strata[member]]++);
            return counts;
        }
    }

    private Made made(Random random) throws IOException {
        int patients = 30 + random.nextInt(26);
        int smallest = List.of(2, 3, 5).get(random.nextInt(3));
        int[] strata = IntStream.range(0, patients).map(patient -> random.nextInt(3)).toArray();
        double[] leak = (random.nextBoolean() ? random.doubles(3, -2, 4) : random.doubles(3, 0.2, 1.2)).toArray();
        double[] members = IntStream.range(0, patients).mapToDouble(patient -> random.nextGaussian() + leak[strata[patient]]).toArray();
        double[] others = random.doubles(patients).map(chance -> random.nextGaussian()).toArray();
        StringBuilder losses = new StringBuilder("population,group,target_loss,reference_loss\n");
        StringBuilder rows = new StringBuilder("patient,group\n");
        for (int patient = 0; patient < patients; patient++) {
            losses.append(String.format(Locale.ROOT, "member,m%d,%.12f,20%nnon_member,n%d,%.12f,20%n", patient, 30 - members[patient],
                    patient, 30 - others[patient]));
            rows.append(String.format(Locale.ROOT, "m%d,%d%nn%d,%d%n", patient, strata[patient], patient, strata[patient]));
        }
        double[][] rates = {{0.3, 0.1}, {0.5, 0.2, 0.05}, {0.1}};
        AuditResults results = AuditResults.ofLosses(Files.writeString(folder.resolve("losses.csv"), losses), List.of("loss"),
                Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(0).withSmallestCount(smallest)
                        .withFalsePositiveRates(rates[random.nextInt(rates.length)]));
        return new Made(AuditDocument.of(results.withStrata(Strata.read(Files.writeString(folder.resolve("strata.csv"), rows)),
                Optional.empty())), members, others, strata, smallest);
    }

    @Test
    void noHiddenCountOfAStratumFollows() throws IOException {
        Random random = new Random(24);
        int told = 0;
        int sought = 0;
        for (int audit = 0; audit < AUDITS; audit++) {
            Made made = made(random);
            Variable variable = made.document.strata().orElseThrow().variables().get(0);
            if (variable.shown() != Shown.STRATA || variable.strata().stream().anyMatch(stratum -> stratum.together() > 1)) {
                continue; // two groups of which one is put together are no other case
            }
            told += variable.exposedAtFpr().isPresent() ? 1 : 0;
            sought += attack(made, variable, "audit " + audit);
        }
        assertTrue(told > 2 && sought > 200, told + " told, " + sought + " hidden");
    }

    private static boolean isFew(int count, int of, int smallest) {
        return count > 0 && count < smallest || count < of && of - count < smallest;
    }

    /** For every rate, all counts that fit what is told, or that something is not; returns how many of them are of few. */
    private static int attack(Made made, Variable variable, String name) {
        List<Stratum> strata = variable.strata();
        int members = made.members.length;
        int[] mostRanks = strata.stream().mapToInt(stratum -> mostRanks(stratum, made.smallest)).toArray();
        Optional<Exposed> at = made.document.main().attacks().get(0).byPatient().orElseThrow().exposed().stream()
                .filter(exposed -> exposed.resolvable() && exposed.members().isExact())
                .max((one, other) -> Double.compare(one.atFpr(), other.atFpr()));
        assertTrue(at.isPresent() || variable.exposedAtFpr().isEmpty(), name);
        List<int[]> there = new ArrayList<>();
        int allowedThere = at.map(exposed -> (int) Math.floor(exposed.atFpr() * members + 1e-9)).orElse(-1);
        if (at.isPresent()) {
            vectors(strata, at.get().patients().orElseThrow(), counts -> fits(strata, mostRanks, counts, allowedThere), there::add);
            there.removeIf(counts -> variable.exposedAtFpr().isPresent()
                    ? !IntStream.range(0, counts.length).allMatch(place -> strata.get(place).exposed().get() == counts[place])
                    : IntStream.range(0, counts.length).allMatch(place -> counts[place] >= made.smallest
                            && strata.get(place).members() - counts[place] >= made.smallest));
        }
        int sought = 0;
        for (int allowed = 0; allowed <= members / 2; allowed++) {
            int[] truth = made.exposed(allowed, strata.size());
            int all = IntStream.of(truth).sum();
            if (all < made.smallest || members - all < made.smallest) {
                continue; // not even that would be told
            }
            Map<Integer, Set<Integer>> possible = new HashMap<>();
            int accepted = allowed;
            vectors(strata, all,
                    counts -> fits(strata, mostRanks, counts, accepted)
                            && (at.isEmpty() || there.stream().anyMatch(other -> areOrdered(accepted - allowedThere, counts, other))),
                    counts -> IntStream.range(0, counts.length)
                            .forEach(place -> possible.computeIfAbsent(place, key -> new TreeSet<>()).add(counts[place])));
            for (int place = 0; place < truth.length; place++) {
                assertTrue(possible.get(place).contains(truth[place]), name + " the attacker errs");
                boolean few = isFew(truth[place], strata.get(place).members(), made.smallest)
                        || isFew(all - truth[place], members - strata.get(place).members(), made.smallest);
                sought += few ? 1 : 0;
                assertTrue(!few || possible.get(place).size() > 1,
                        name + " at " + allowed + ": " + truth[place] + " of " + strata.get(place));
            }
        }
        return sought;
    }

    /** Where more others are accepted, no fewer of any stratum are found. */
    private static boolean areOrdered(int more, int[] counts, int[] there) {
        return IntStream.range(0, counts.length).allMatch(place -> more == 0 ? counts[place] == there[place]
                : more > 0 ? counts[place] >= there[place] : counts[place] <= there[place]);
    }

    /** Whether the strata's areas can be told as they are where so many are found with at most so many others accepted. */
    private static boolean fits(List<Stratum> strata, int[] mostRanks, int[] counts, int allowed) {
        return IntStream.range(0, counts.length)
                .allMatch(place -> counts[place] * Math.max(0, strata.get(place).nonMembers() - allowed) <= mostRanks[place]);
    }

    /** The most pairs of a stratum that are in order where its area is told so; all where wider steps, as of a wide interval, tell less. */
    private static int mostRanks(Stratum stratum, int smallest) {
        int pairs = stratum.members() * stratum.nonMembers();
        Coarse areas = Coarse.of(stratum.members(), stratum.nonMembers(), smallest, true, true);
        return IntStream.rangeClosed(0, pairs).filter(ranks -> areas.area((double) ranks / pairs) == stratum.auc()).max().orElse(pairs);
    }

    private static void vectors(List<Stratum> strata, int sum, Predicate<int[]> fits, Consumer<int[]> found) {
        vectors(strata, new int[strata.size()], 0, sum, fits, found);
    }

    private static void vectors(List<Stratum> strata, int[] counts, int place, int left, Predicate<int[]> fits, Consumer<int[]> found) {
        if (place == counts.length - 1) {
            counts[place] = left;
            if (left <= strata.get(place).members() && fits.test(counts)) {
                found.accept(counts.clone());
            }
            return;
        }
        for (int count = 0; count <= Math.min(left, strata.get(place).members()); count++) {
            counts[place] = count;
            vectors(strata, counts, place + 1, left - count, fits, found);
        }
    }

    /** Every difference of groups of two variables, by brute force, beside the rule. */
    @Test
    void noDifferenceOfTwoVariablesIsOfFew() {
        Random random = new Random(7);
        int close = 0;
        for (int trial = 0; trial < 2000; trial++) {
            int patients = 20 + random.nextInt(40);
            int kinds = 2 + random.nextInt(3);
            int[] one = IntStream.range(0, patients).map(patient -> random.nextInt(kinds)).toArray();
            // most often a function of the first but for some patients, so that groups hold one another
            int changed = random.nextInt(8);
            int[] other = IntStream.range(0, patients).map(patient -> patient < changed ? random.nextInt(2) : one[patient] / 2).toArray();
            List<StratumGroup> groups = StratumGroup.of(strata(one), 6);
            List<StratumGroup> others = StratumGroup.of(strata(other), 6);
            boolean few = differs(groups, others, 3) || differs(others, groups, 3);
            assertEquals(few, StratumGroup.tellOfFew(groups, others, 3));
            close += few ? 1 : 0;
            groups.forEach(group -> assertTrue(group.patients().fewer() >= 6));
            assertTrue(groups.isEmpty() || groups.stream().mapToInt(group -> group.patients().members().cardinality()).sum() == patients);
        }
        assertTrue(close > 100 && close < 1900, close + " of 2000");
    }

    private static Map<String, Patients> strata(int[] values) {
        Map<String, Patients> strata = new HashMap<>();
        for (int value : IntStream.of(values).distinct().toArray()) {
            BitSet places = new BitSet();
            IntStream.range(0, values.length).filter(place -> values[place] == value).forEach(places::set);
            strata.put("v" + value, new Patients(places, places));
        }
        return strata;
    }

    private static boolean differs(List<StratumGroup> one, List<StratumGroup> other, int smallest) {
        return subsets(one).stream().anyMatch(all -> subsets(other).stream().filter(less -> {
            BitSet outside = (BitSet) less.clone();
            outside.andNot(all);
            return outside.isEmpty();
        }).mapToInt(less -> all.cardinality() - less.cardinality()).anyMatch(left -> left > 0 && left < smallest));
    }

    private static List<BitSet> subsets(List<StratumGroup> groups) {
        return IntStream.range(0, 1 << groups.size()).mapToObj(chosen -> Patients.union(IntStream.range(0, groups.size())
                .filter(group -> (chosen >> group & 1) == 1).mapToObj(group -> groups.get(group).patients()).toList()).members()).toList();
    }
}
