package io.github.miaudit.report;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PatientContents;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.report.ToldSum.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether two reports, both read, tell of fewer patients than each alone may tell of: what the figures of one less those of the other are
 * of. Either may be an audit or a comparison. Immutable.
 *
 * @param answer  the gravest of all sets
 * @param reasons why, a sentence each
 */
public record Differencing(Answer answer, List<String> reasons) {

    /** What the reader of both learns. */
    public enum Answer {
        /** Nothing of few patients: the sets are the same, or differ by at least the smallest count, and no count tells of few of those. */
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

    /**
     * From what two documents say of their data alone: the data's digest, {@link Provenance#lineage()}, and which sentences are left out.
     */
    public static Differencing of(AuditedDocument one, AuditedDocument other) {
        Map<Population, DifferingPatients> differing = new EnumMap<>(Population.class);
        inBoth(one, other).forEach(set -> DifferingPatients.bySketch(set, first(one), first(other))
                .ifPresent(patients -> differing.put(set, patients)));
        return new Pair(one, other, differing, Map.of(), Map.of()).answer();
    }

    /**
     * From the datasets too, which tell it exactly.
     *
     * @param ofOne   the dataset of the one document
     * @param ofOther that of the other
     * @throws AuditException if a document was not made of its dataset
     */
    public static Differencing of(AuditedDocument one, AttackDataset ofOne, AuditedDocument other, AttackDataset ofOther) {
        requireOf(one, ofOne, "first");
        requireOf(other, ofOther, "second");
        Map<Population, DifferingPatients> differing = new EnumMap<>(Population.class);
        Map<Population, Integer> here = new EnumMap<>(Population.class);
        Map<Population, Integer> there = new EnumMap<>(Population.class);
        inBoth(one, other).forEach(set -> {
            PatientContents contents = PatientContents.of(ofOne, set, DifferingPatients.leftOut(first(one), set));
            PatientContents others = PatientContents.of(ofOther, set, DifferingPatients.leftOut(first(other), set));
            differing.put(set, DifferingPatients.exactly(contents, others));
            here.put(set, contents.patients());
            there.put(set, others.patients());
        });
        return new Pair(one, other, differing, here, there).answer();
    }

    private static void requireOf(AuditedDocument document, AttackDataset dataset, String which) {
        String digest = first(document).provenance().dataDigest();
        if (!digest.equals(dataset.digest())) {
            throw new AuditException("the " + which + " report is not of the " + which + " dataset: it has data sha256 "
                    + digest + ", the dataset " + dataset.digest() + "; name the dataset it was made of");
        }
    }

    /** All audits of a document are of the same data. */
    private static AuditDocument first(AuditedDocument document) {
        return document.audits().get(0);
    }

    private static Set<Population> inBoth(AuditedDocument one, AuditedDocument other) {
        Set<Population> sets = populations(one);
        sets.retainAll(populations(other));
        return sets;
    }

    private static Set<Population> populations(AuditedDocument document) {
        Set<Population> sets = new TreeSet<>(Set.of(Population.MEMBERS));
        first(document).comparisons().forEach(comparison -> sets.add(comparison.nonMembers()));
        return sets;
    }

    /** Two documents, and by which patients their sets differ as far as it is known. */
    private static final class Pair {

        private final AuditedDocument one;
        private final AuditedDocument other;
        private final Map<Population, DifferingPatients> differing;
        private final ToldSums here;
        private final ToldSums there;
        private final int smallest;

        private Pair(AuditedDocument one, AuditedDocument other, Map<Population, DifferingPatients> differing,
                Map<Population, Integer> ofOne, Map<Population, Integer> ofOther) {
            this.one = one;
            this.other = other;
            this.differing = differing;
            here = ToldSums.of(one, ofOne);
            there = ToldSums.of(other, ofOther);
            smallest = Math.max(first(one).settings().smallestCount(), first(other).settings().smallestCount());
        }

        private Differencing answer() {
            if (smallest == 1) {
                return new Differencing(Answer.NOTHING, List.of("both reports hide no count, so their difference tells no more"));
            }
            List<Differencing> found = new ArrayList<>();
            inBoth(one, other).forEach(set -> found.add(ofSet(set)));
            evaluation().ifPresent(found::add);
            strata().ifPresent(found::add);
            fewOfMany().ifPresent(found::add);
            Answer gravest = found.stream().map(Differencing::answer).max(Answer::compareTo).orElseThrow();
            List<String> reasons = new ArrayList<>(found.stream().flatMap(each -> each.reasons.stream()).toList());
            reasons.addAll(gravest == Answer.NOTHING ? List.of() : examples());
            return new Differencing(gravest, reasons);
        }

        private Differencing ofSet(Population set) {
            Optional<DifferingPatients> patients = Optional.ofNullable(differing.get(set));
            return patients.map(some -> new Differencing(some.mayBeFew(smallest) ? Answer.FEW : Answer.NOTHING,
                    List.of(set.words() + ": " + some.words(smallest))))
                    .orElseGet(
                            () -> new Differencing(Answer.UNKNOWN, List.of(set.words() + ": the documents do not say by how many patients"
                                    + " they differ (provenance.lineage of one salt); name both datasets")));
        }

        /** What one evaluation of the same scores hides another may tell. */
        private Optional<Differencing> evaluation() {
            return allTheSame() && mayShareATarget() && !first(one).settings().equals(first(other).settings())
                    ? Optional.of(new Differencing(Answer.FEW, List.of("both are of the same data and a model, but evaluated otherwise"
                            + " (see settings): what one hides the other may tell")))
                    : Optional.empty();
        }

        private boolean allTheSame() {
            return inBoth(one, other).stream().allMatch(this::isSame);
        }

        private boolean isSame(Population set) {
            return Optional.ofNullable(differing.get(set)).filter(DifferingPatients::isNobody).isPresent();
        }

        /** Scores computed elsewhere may be anybody's. */
        private boolean mayShareATarget() {
            Set<Optional<String>> shared = targets(one);
            Set<Optional<String>> others = targets(other);
            return shared.contains(Optional.<String>empty()) || others.contains(Optional.<String>empty())
                    || !Collections.disjoint(shared, others);
        }

        private static Set<Optional<String>> targets(AuditedDocument document) {
            return document.audits().stream().map(audit -> audit.provenance().target().map(Provenance.Model::modelDigest))
                    .collect(Collectors.toCollection(HashSet::new));
        }

        /** Strata of two reports are not chosen so that their differences tell of nobody, as those of one report are. */
        private Optional<Differencing> strata() {
            if (here.strata().isEmpty() || there.strata().isEmpty()) {
                return Optional.empty();
            }
            if (allTheSame()) {
                return here.strata().equals(there.strata()) ? Optional.empty()
                        : Optional.of(new Differencing(Answer.FEW, List.of("both are of the same patients, but of other strata: groups of"
                                + " one report less groups of the other may be of fewer than " + smallest)));
            }
            return here.strata().keySet().equals(there.strata().keySet()) ? Optional.empty()
                    : Optional.of(new Differencing(Answer.UNKNOWN, List.of("the two reports have other strata: whether groups of one less"
                            + " groups of the other are of fewer than " + smallest + " can't be told")));
        }

        /** Of the many who joined a set, or left it, a count that both reports tell is of few, or of all but few. */
        private Optional<Differencing> fewOfMany() {
            List<String> counts = new ArrayList<>();
            here.all().forEach((of, sum) -> there.all().forEach((like, beside) -> {
                if (sum.isExact() && of.mayBe(like) && isAPartOfWhoJoined(of)
                        && isOfFew(of, sum.less(beside).least())) {
                    counts.add(both(of, sum, beside));
                }
            }));
            return counts.isEmpty() ? Optional.empty()
                    : Optional.of(new Differencing(Answer.FEW, Stream.concat(Stream.of("if all of the smaller set are in the larger, of"
                            + " those who joined fewer than " + smallest + " are counted, or all but so few:"),
                            counts.stream().sorted().distinct().limit(MOST_EXAMPLES)).toList()));
        }

        private boolean isAPartOfWhoJoined(ToldSum.Of of) {
            return Optional.ofNullable(differing.get(of.over()))
                    .filter(some -> !some.isNobody() && !some.mayBeFew(smallest) && some.mayBeNested(joined(of.over()))).isPresent()
                    && of.beside().stream().allMatch(this::isSame);
        }

        private boolean isOfFew(ToldSum.Of of, double counted) {
            int all = of.unit() == Unit.SENTENCES ? sentences(here, of.over()) - sentences(there, of.over())
                    : joined(of.over()).orElse(0);
            double part = counted * Integer.signum(all);
            return part > 0 && part < smallest || part < Math.abs(all) && part > Math.abs(all) - smallest;
        }

        private static int sentences(ToldSums sums, Population set) {
            return (int) Objects.requireNonNull(sums.all().get(ToldSum.Of.patients(set, Unit.SENTENCES, set.words() + " in sentences")))
                    .least();
        }

        /** How many patients more there are in the one document than in the other. */
        private Optional<Integer> joined(Population set) {
            return here.patients(set).flatMap(some -> there.patients(set).map(others -> some - others));
        }

        /** What follows by subtraction: means of few patients first, then counts that differ by few. */
        private List<String> examples() {
            List<String> means = new ArrayList<>();
            Map<String, String> counts = new TreeMap<>();
            here.all().forEach((of, sum) -> Optional.ofNullable(there.all().get(of)).ifPresent(beside -> {
                ToldSum difference = sum.less(beside);
                if (!sum.isExact()) {
                    mean(of, difference).ifPresent(means::add);
                } else if (difference.least() != 0 && Math.abs(difference.least()) < smallest) {
                    counts.put(of.words(), both(of, sum, beside));
                }
            }));
            return Stream.of(means.stream().limit(MOST_EXAMPLES), counts.values().stream().limit(MOST_EXAMPLES),
                    Stream.of("one less the other: areas, rates and bins, as far as their digits go")).flatMap(each -> each).toList();
        }

        private static String both(ToldSum.Of of, ToldSum sum, ToldSum beside) {
            return "one less the other: " + of.words() + ": " + (int) sum.least() + " and " + (int) beside.least();
        }

        /** Of few who differ; nothing if the other set differs too, or it holds of anybody. */
        private Optional<String> mean(ToldSum.Of of, ToldSum difference) {
            Optional<DifferingPatients> patients = Optional.ofNullable(differing.get(of.over()));
            Optional<Integer> more = joined(of.over());
            if (more.isEmpty() || Math.abs(more.get()) >= smallest || patients.filter(some -> !some.mayBeFew(smallest)).isPresent()
                    || !of.beside().stream().allMatch(this::isSame)) {
                return Optional.empty();
            }
            if (more.get() == 0 || patients.filter(some -> !some.mayBeNested(more)).isPresent()) {
                return of.unit() == Unit.SHARES ? Optional.empty()
                        : Optional.of(words(of, difference, "the sum over those in one alone less that over those in the other alone"));
            }
            ToldSum ofThem = difference.over(more.get());
            return of.unit() == Unit.SHARES && ofThem.least() <= 0 && ofThem.most() >= 1 ? Optional.empty()
                    : Optional.of(words(of, ofThem, "the mean of " + (Math.abs(more.get()) == 1 ? "one patient"
                            : Math.abs(more.get()) + " patients") + ", if all others are in both"));
        }

        private static String words(ToldSum.Of of, ToldSum range, String whose) {
            return String.format(Locale.ROOT, "one less the other: %s: %s: %.2f to %.2f%s", of.words(), whose,
                    Digits.HUNDREDTHS.down(range.least()), Digits.HUNDREDTHS.up(range.most()),
                    of.unit() == Unit.NATS ? " nats a token" : "");
        }
    }
}
