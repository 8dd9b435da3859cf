package io.github.miaudit.report;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PatientContents;
import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.Exclusion;
import io.github.miaudit.io.AuditException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether two reports, both read, tell of fewer patients than each alone may tell of: what the figures of one less those of the other are
 * of. Immutable.
 *
 * @param answer  the gravest of all sets
 * @param reasons why, a sentence each
 */
public record Differencing(Answer answer, List<String> reasons) {

    /** What the reader of both learns. */
    public enum Answer {
        /** Nothing of few patients: the sets are the same, or differ by at least the smallest count. */
        NOTHING,
        /** It can't be told from what there is. */
        UNKNOWN,
        /** Figures of fewer patients than may be told, or it is not excluded. */
        FEW
    }

    private static final int MOST_EXAMPLES = 10;

    /** Copies the list. */
    public Differencing {
        reasons = List.copyOf(reasons);
    }

    /** From what two documents say of their data alone: the data's digest, and {@link Provenance#lineage()}. */
    public static Differencing of(AuditDocument one, AuditDocument other) {
        Pair pair = new Pair(one, other);
        return pair.answer(population -> pair.bySketch(population));
    }

    /**
     * From the datasets too, which tell it exactly.
     *
     * @param ofOne   the dataset of the one document
     * @param ofOther that of the other
     * @throws AuditException if a document was not made of its dataset
     */
    public static Differencing of(AuditDocument one, AttackDataset ofOne, AuditDocument other, AttackDataset ofOther) {
        requireOf(one, ofOne, "first");
        requireOf(other, ofOther, "second");
        Pair pair = new Pair(one, other);
        return pair.answer(population -> pair.byContents(population, PatientContents.of(ofOne, population),
                PatientContents.of(ofOther, population)));
    }

    private static void requireOf(AuditDocument document, AttackDataset dataset, String which) {
        if (!document.provenance().dataDigest().equals(dataset.digest())) {
            throw new AuditException("the " + which + " report is not of the " + which + " dataset: it has data sha256 "
                    + document.provenance().dataDigest() + ", the dataset " + dataset.digest() + "; name the dataset it was made of");
        }
    }

    private interface OfPopulation {
        Differencing of(Population population);
    }

    private record Pair(AuditDocument one, AuditDocument other) {

        private int smallest() {
            return Math.max(one.settings().smallestCount(), other.settings().smallestCount());
        }

        Differencing answer(OfPopulation differing) {
            if (smallest() == 1) {
                return new Differencing(Answer.NOTHING, List.of("both reports hide no count, so their difference tells no more"));
            }
            if (one.provenance().dataDigest().equals(other.provenance().dataDigest())) {
                return ofTheSameData();
            }
            List<Differencing> found = new ArrayList<>();
            Set<Population> inBoth = populations(one);
            inBoth.retainAll(populations(other));
            inBoth.stream().sorted().forEach(population -> found.add(differing.of(population)));
            Answer gravest = found.stream().map(Differencing::answer).max(Answer::compareTo).orElseThrow();
            List<String> reasons = new ArrayList<>(found.stream().flatMap(each -> each.reasons.stream()).toList());
            reasons.addAll(gravest == Answer.NOTHING ? List.of() : examples());
            return new Differencing(gravest, reasons);
        }

        private static Set<Population> populations(AuditDocument document) {
            Set<Population> populations = new HashSet<>(Set.of(Population.MEMBERS));
            document.comparisons().forEach(comparison -> populations.add(comparison.nonMembers()));
            return populations;
        }

        /** What one evaluation hides another may tell; and sentences that one model could not score are in the figures of the other. */
        private Differencing ofTheSameData() {
            Set<Exclusion> leftOut = new HashSet<>(one.excluded());
            leftOut.removeAll(other.excluded());
            Set<Exclusion> alsoLeftOut = new HashSet<>(other.excluded());
            alsoLeftOut.removeAll(one.excluded());
            int more = Math.max(leftOut.size(), alsoLeftOut.size());
            boolean oneModel = model(one).equals(model(other));
            if (oneModel && more > 0 && more < smallest()) {
                return new Differencing(Answer.FEW, List.of("both are of the same data and model, but " + more
                        + " sentences are left out of one of them and not of the other: fewer than " + smallest()));
            }
            if (oneModel && !one.settings().equals(other.settings())) {
                return new Differencing(Answer.FEW, List.of("both are of the same data and model, but evaluated otherwise (see settings):"
                        + " what one hides the other may tell"));
            }
            return new Differencing(Answer.NOTHING, List.of("both are of the same data"));
        }

        private static Optional<String> model(AuditDocument document) {
            return document.provenance().target().map(Provenance.Model::modelDigest);
        }

        Differencing bySketch(Population population) {
            OptionalInt numbers = numbers(population);
            if (numbers.isEmpty()) {
                return new Differencing(Answer.UNKNOWN, List.of(population.words() + ": the documents do not say by how many patients they"
                        + " differ (provenance.lineage of one salt); name both datasets"));
            }
            // each patient who differs is in one number of either report, so a set differs by at least half as many
            return numbers.getAsInt() == 0 ? same(population)
                    : numbers.getAsInt() / 2 >= smallest() ? new Differencing(Answer.NOTHING, List.of(population.words()
                            + ": patients who differ: at least " + smallest()))
                            : new Differencing(Answer.FEW, List.of(population.words() + ": fewer than " + smallest()
                                    + " patients may differ; the datasets would tell exactly"));
        }

        private OptionalInt numbers(Population population) {
            Optional<String> ofOne = Optional.ofNullable(one.provenance().lineage().get(population));
            Optional<String> ofOther = Optional.ofNullable(other.provenance().lineage().get(population));
            Optional<String> salt = one.datasheet().flatMap(Datasheet::saltDigest);
            return ofOne.isEmpty() || ofOther.isEmpty() || salt.isEmpty()
                    || !salt.equals(other.datasheet().flatMap(Datasheet::saltDigest)) ? OptionalInt.empty()
                            : OptionalInt.of(PatientContents.differingNumbers(ofOne.get(), ofOther.get()));
        }

        Differencing byContents(Population population, PatientContents ofOne, PatientContents ofOther) {
            int patients = ofOne.differing(ofOther);
            return patients == 0 ? same(population)
                    : new Differencing(patients < smallest() ? Answer.FEW : Answer.NOTHING,
                            List.of(population.words() + ": patients who differ: " + patients
                                    + (patients < smallest() ? ", fewer than " + smallest() : "")));
        }

        private static Differencing same(Population population) {
            return new Differencing(Answer.NOTHING, List.of(population.words() + ": the same"));
        }

        /** Counts that are told in both and differ by few. */
        private List<String> examples() {
            Map<String, Integer> there = counts(other);
            List<String> examples = counts(one).entrySet().stream()
                    .filter(count -> there.containsKey(count.getKey()) && !there.get(count.getKey()).equals(count.getValue())
                            && Math.abs(there.get(count.getKey()) - count.getValue()) < smallest())
                    .map(count -> "one less the other: " + count.getKey() + ": " + count.getValue() + " and " + there.get(count.getKey()))
                    .sorted().limit(MOST_EXAMPLES).collect(Collectors.toCollection(ArrayList::new));
            examples.add("one less the other: areas, rates and bins, as far as their digits go");
            return examples;
        }

        private static Map<String, Integer> counts(AuditDocument document) {
            Map<Population, Integer> sizes = new EnumMap<>(Population.class);
            document.comparisons().forEach(comparison -> {
                sizes.put(Population.MEMBERS, comparison.memberCount());
                sizes.put(comparison.nonMembers(), comparison.nonMemberCount());
            });
            Map<String, Integer> counts = new TreeMap<>();
            sizes.forEach((population, size) -> counts.put(population.words() + " in sentences", size));
            document.comparisons().forEach(comparison -> comparison.attacks().forEach(attack -> {
                String name = attack.name() + " against " + comparison.nonMembers().words();
                points(counts, name + " by sentence", attack.tprAtFpr());
                attack.byPatient().ifPresent(patients -> {
                    counts.put(comparison.nonMembers().words() + " in patients", patients.nonMemberCount());
                    counts.put("members in patients", patients.memberCount());
                    points(counts, name + " by patient", patients.tprAtFpr());
                });
            }));
            return counts;
        }

        private static void points(Map<String, Integer> counts, String name, List<OperatingPoint> points) {
            points.forEach(point -> {
                point.truePositives().ifPresent(found -> counts.put(name + ", members found at FPR " + point.atFpr(), found));
                point.falsePositives().ifPresent(found -> counts.put(name + ", others accepted at FPR " + point.atFpr(), found));
            });
        }
    }
}
