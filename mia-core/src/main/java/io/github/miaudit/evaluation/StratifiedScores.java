package io.github.miaudit.evaluation;

import io.github.miaudit.data.Patient;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Strata;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.DeLong;
import io.github.miaudit.metrics.GroupedScores;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.PairedDifference;
import io.github.miaudit.metrics.PermutationTest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The first attack's scores of members and non-members, by patient, and in which stratum each patient is. The attack is fixed before any
 * score is seen, so that only the strata are chosen from. Confidential; {@code toString} tells nothing. Immutable.
 */
public final class StratifiedScores {

    /**
     * Who is in a stratum.
     *
     * @param members    by place among the members' patients
     * @param nonMembers by place among the non-members'
     */
    public record Patients(BitSet members, BitSet nonMembers) {

        /** Copies the sets. */
        public Patients {
            members = (BitSet) members.clone();
            nonMembers = (BitSet) nonMembers.clone();
        }

        @Override
        public BitSet members() {
            return (BitSet) members.clone();
        }

        @Override
        public BitSet nonMembers() {
            return (BitSet) nonMembers.clone();
        }

        /** All of several strata. */
        public static Patients union(List<Patients> strata) {
            BitSet members = new BitSet();
            BitSet nonMembers = new BitSet();
            strata.forEach(each -> {
                members.or(each.members);
                nonMembers.or(each.nonMembers);
            });
            return new Patients(members, nonMembers);
        }

        /** The patients of the smaller side. */
        public int fewer() {
            return Math.min(members.cardinality(), nonMembers.cardinality());
        }

        /** Nobody. */
        @Override
        public String toString() {
            return "Patients";
        }
    }

    private final AttackScores scores;
    private final Optional<AttackScores> control;
    private final Strata strata;
    private final Evaluation evaluation;
    private final PatientScores patients;
    private final AttackResult byPatient;
    private final int unknownPatients;

    private StratifiedScores(AttackScores scores, Optional<AttackScores> control, Strata strata, Evaluation evaluation,
            AttackResult byPatient) {
        this.scores = scores;
        this.control = control;
        this.strata = strata;
        this.evaluation = evaluation;
        this.byPatient = byPatient;
        this.patients = PatientScores.of(scores, Population.NON_MEMBERS, evaluation).orElseThrow();
        Set<Patient> unknown = new HashSet<>(strata.patients());
        Stream.of(Population.values()).forEach(population -> scores.patients(population).forEach(unknown::remove));
        this.unknownPatients = unknown.size();
    }

    /**
     * Of a comparison with the non-members.
     *
     * @param control the first attack's scores with the control in the place of the target, if the comparison has one
     * @throws AuditException if patients are not known on both sides, or none of those with a stratum is among them
     */
    static StratifiedScores of(ComparisonResult main, Optional<AttackScores> control, Strata strata, Evaluation evaluation) {
        PatientSets.of(PerPopulation.of(main.scores().get(0)::patients)).requireStrata(strata);
        AttackResult first = main.attacks().get(0);
        return new StratifiedScores(main.scores().get(0), control, strata, evaluation, first.byPatient().orElseThrow(
                () -> new AuditException("strata need figures by patient, for which the non-members have too few patients; audit more, or"
                        + " without strata")));
    }

    /** The attack whose scores they are. */
    public String attack() {
        return scores.name();
    }

    /** Whether what is tested is what the target does beyond a control. */
    public boolean isControlled() {
        return control.isPresent();
    }

    /** The figures of all patients. */
    public AttackResult ofAll() {
        return byPatient;
    }

    /** Patients with a row who are in no set. */
    public int unknownPatients() {
        return unknownPatients;
    }

    /** Patients compared, of both sides, who have no row. */
    public int patientsWithoutRow() {
        Set<Patient> compared = new HashSet<>();
        Stream.of(Population.MEMBERS, Population.NON_MEMBERS)
                .forEach(population -> scores.patients(population).stream().filter(Patient::isKnown).forEach(compared::add));
        compared.removeAll(strata.patients());
        return compared.size();
    }

    /** The names of the variables, in the order of the file. */
    public List<String> variables() {
        return strata.variables();
    }

    /** Who is in each stratum of a variable that has any patient, by name. */
    public Map<String, Patients> strata(int variable) {
        List<String> names = Stream.of(Population.MEMBERS, Population.NON_MEMBERS)
                .flatMap(population -> scores.patients(population).stream().filter(Patient::isKnown))
                .map(patient -> strata.stratum(variable, patient)).distinct().sorted().toList();
        // the means of a patient's sentences, all of which have the stratum's number, in the order of the scores by patient
        PatientScores numbers = PatientScores.means(
                scores.withScores(PerPopulation.of(population -> scores.patients(population).stream()
                        .mapToDouble(patient -> names.indexOf(strata.stratum(variable, patient))).toArray())),
                Population.NON_MEMBERS, evaluation);
        Map<String, Patients> found = new TreeMap<>();
        IntStream.range(0, names.size()).mapToObj(number -> Map.entry(names.get(number),
                new Patients(places(numbers.members(), number), places(numbers.nonMembers(), number))))
                .filter(entry -> !entry.getValue().members.isEmpty() || !entry.getValue().nonMembers.isEmpty())
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    private static BitSet places(double[] numbers, int number) {
        BitSet places = new BitSet(numbers.length);
        IntStream.range(0, numbers.length).filter(place -> Math.round(numbers[place]) == number).forEach(places::set);
        return places;
    }

    /**
     * The figures of one stratum of a variable, or of several together.
     *
     * @param variable the index of the variable
     * @param names    of its strata, of which there are {@value AttackResult#FEWEST_FOR_INTERVAL} patients a side or more
     * @param level    of the intervals
     */
    public StratumResult result(int variable, Set<String> names, double level) {
        Patients in = Patients.union(strata(variable).entrySet().stream().filter(entry -> names.contains(entry.getKey()))
                .map(Map.Entry::getValue).toList());
        double[] members = of(patients.members(), in.members);
        DeLong area = LearnedAnew.ofPatients(scores, Population.NON_MEMBERS, evaluation, patients, in);
        Optional<PairedDifference> beyond = control.map(other -> area.minus(LearnedAnew.ofPatients(other, Population.NON_MEMBERS,
                evaluation, PatientScores.of(other, Population.NON_MEMBERS, evaluation).orElseThrow(), in), level));
        DeLong ofSentences = LearnedAnew.ofSentences(scores, Population.NON_MEMBERS, sentences(Population.MEMBERS, variable, names),
                sentences(Population.NON_MEMBERS, variable, names));
        Interval interval = area.interval(level);
        return new StratumResult(in.members.cardinality(), in.nonMembers.cardinality(), area.areaUnderCurve(), interval,
                ofSentences.areaUnderCurve(), ofSentences.interval(level), beyond,
                beyond.map(PairedDifference::pValueOfNoMore).orElseGet(() -> dealtAnew(members, of(patients.nonMembers(), in.nonMembers))),
                byPatient.operatingPoints().stream()
                        .map(point -> (int) Arrays.stream(members).filter(score -> score >= point.point().threshold()).count()).toList());
    }

    private double dealtAnew(double[] members, double[] nonMembers) {
        return PermutationTest.of(GroupedScores.ungrouped(members), GroupedScores.ungrouped(nonMembers), evaluation.permutations(),
                evaluation.seed()).higher();
    }

    private static double[] of(double[] all, BitSet places) {
        return places.stream().mapToDouble(place -> all[place]).toArray();
    }

    private GroupedScores sentences(Population population, int variable, Set<String> names) {
        List<Patient> all = scores.patients(population);
        double[] values = scores.scores(population);
        int[] rows = IntStream.range(0, all.size())
                .filter(row -> all.get(row).isKnown() && names.contains(strata.stratum(variable, all.get(row)))).toArray();
        return GroupedScores.of(Arrays.stream(rows).mapToDouble(row -> values[row]).toArray(),
                Arrays.stream(rows).mapToObj(all::get).toList());
    }

    /** Nothing of what they hold. */
    @Override
    public String toString() {
        return "StratifiedScores (confidential)";
    }
}
