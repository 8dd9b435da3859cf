package io.github.miaudit.report;

import io.github.miaudit.data.Strata;
import io.github.miaudit.evaluation.AttackResult;
import io.github.miaudit.evaluation.AuditResults;
import io.github.miaudit.evaluation.ComparisonResult;
import io.github.miaudit.evaluation.StratifiedScores;
import io.github.miaudit.evaluation.StratumResult;
import io.github.miaudit.evaluation.Validity;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.MultipleTesting;
import io.github.miaudit.metrics.PairedDifference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether some patients, such as those with a rare disease, are told more easily than all are on average. By the audit's first attack,
 * fixed beforehand, members of a stratum against non-members of the same stratum. Intervals hold for all strata together (Bonferroni: each
 * at level {@code 1 - (1 - level) / strata}), and p-values are corrected for the number of strata of all variables (Holm), so that by
 * chance alone some stratum is found in at most {@code 1 - level} of audits.
 *
 * @param attack              the attack
 * @param verdict             what is found
 * @param controlled          whether what is tested is what the target does beyond the control
 * @param strata              how many are judged, of all variables
 * @param level               at which all intervals hold together
 * @param worst               the stratum with the highest AUC (with a control, the largest difference), among those that are found if any
 *                            is; empty without a verdict
 * @param variables           in the order of the file
 * @param patientsWithoutRow  patients compared whose values are not stated at all
 * @param patientsNotCompared patients of the file who are in no set
 */
public record StrataFigures(String attack, Verdict verdict, boolean controlled, int strata, double level, Optional<Worst> worst,
        List<Variable> variables, CountOfPatients patientsWithoutRow, CountOfPatients patientsNotCompared) {

    /** What is said of all strata together. */
    public enum Verdict {
        /** In one or more, members score higher, or with a control more so, than by chance. */
        FOUND,
        /** In none that is judged; which is no proof that nothing is there. */
        NONE_FOUND,
        /** The comparison shows no memory, or the target is no working model, so no stratum does. */
        NOT_INTERPRETABLE,
        /** Each variable has too few patients in all strata but one. */
        TOO_FEW
    }

    /** Whether a variable's strata are told. */
    public enum Shown {
        /** They are. */
        STRATA,
        /** Not two groups of strata have enough patients a side. */
        TOO_FEW,
        /** The difference to another variable's strata would tell of few patients. */
        TOO_CLOSE
    }

    /**
     * The worst stratum.
     *
     * @param variable its variable
     * @param stratum  its name
     */
    public record Worst(String variable, String stratum) {
    }

    /**
     * A number of patients.
     *
     * @param patients how many; empty if fewer than may be told
     */
    public record CountOfPatients(Optional<Integer> patients) {

        static CountOfPatients of(int patients, Disclosure disclosure) {
            return new CountOfPatients(OperatingPoint.told(patients, disclosure.hides(patients)));
        }

        /** Such as "12", or "fewer than 5". */
        public String words(int smallestCount) {
            return patients.map(Object::toString).orElse("fewer than " + smallestCount);
        }
    }

    /**
     * A variable.
     *
     * @param name         of the variable
     * @param shown        whether its strata are told, and if not, why
     * @param exposedAtFpr at which false positive rate of all non-members exposed patients are counted; empty if they are not told of every
     *                     stratum
     * @param strata       by name, several together last
     */
    public record Variable(String name, Shown shown, Optional<Double> exposedAtFpr, List<Stratum> strata) {

        /** Copies the list. */
        public Variable {
            strata = List.copyOf(strata);
        }
    }

    /**
     * A stratum, or several too small ones together.
     *
     * @param name                its value of the variable
     * @param together            how many values it puts together, each of too few patients to be judged or told alone; 1 of one
     * @param members             its patients among the members
     * @param nonMembers          and among the non-members
     * @param auc                 the AUC by patient
     * @param aucInterval         of it, together with all others
     * @param sentenceAuc         the AUC by sentence
     * @param sentenceAucInterval of it, by patients
     * @param difference          the AUC by patient minus the control's; empty without one
     * @param differenceInterval  of it, likewise
     * @param exposed             the members' patients that the threshold of all non-members accepts, at the variable's rate; empty if not
     *                            told
     * @param pValue              one-sided, that members score no higher
     * @param adjustedPValue      corrected for all strata
     * @param found               whether that is at most 1 - level, and there is a verdict
     */
    public record Stratum(String name, int together, int members, int nonMembers, double auc, Interval aucInterval, double sentenceAuc,
            Interval sentenceAucInterval, Optional<Double> difference, Optional<Interval> differenceInterval, Optional<Integer> exposed,
            double pValue, double adjustedPValue, boolean found) {

        /**
         * Checks the shares.
         *
         * @throws IllegalArgumentException if an AUC or a p-value is not in [0, 1], or more are exposed than there are
         */
        public Stratum {
            Shares.require("a stratum", Stream.of(auc, sentenceAuc, pValue, adjustedPValue).map(Optional::of).toList());
            if (together < 1 || members < 1 || nonMembers < 1 || exposed.filter(some -> some < 0 || some > members).isPresent()
                    || difference.isPresent() != differenceInterval.isPresent()) {
                throw new IllegalArgumentException("a stratum has impossible counts, or a difference without an interval");
            }
        }

        private static Stratum of(StratumGroup group, StratumResult result, double adjusted, boolean found, Optional<Integer> exposed,
                Disclosure disclosure) {
            Coarse areas = disclosure.areas(result, result.areaInterval());
            Coarse ofSentences = disclosure.areas(result, result.sentenceInterval());
            Optional<PairedDifference> beyond = result.beyondControl();
            return new Stratum(group.name().orElse(Strata.OTHERS), group.strata().size(), result.members(), result.nonMembers(),
                    areas.area(result.area()), areas.area(result.areaInterval()), ofSentences.area(result.sentenceArea()),
                    ofSentences.area(result.sentenceInterval()),
                    beyond.map(difference -> disclosure.areas(result, difference.interval()).difference(difference.difference())),
                    beyond.map(difference -> disclosure.areas(result, difference.interval()).difference(difference.interval())),
                    exposed, disclosure.pValueOfStratum(result.pValue()), disclosure.pValueOfStratum(adjusted), found);
        }

        /** What is the larger, the worse the stratum is. */
        private double badness() {
            return difference.orElse(auc);
        }
    }

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if the verdict, the number of strata or the worst contradicts the variables
     */
    public StrataFigures {
        variables = List.copyOf(variables);
        List<Stratum> all = variables.stream().flatMap(variable -> variable.strata.stream()).toList();
        boolean found = all.stream().anyMatch(Stratum::found);
        if (strata != all.size() || found != (verdict == Verdict.FOUND) || all.isEmpty() && verdict == Verdict.NONE_FOUND
                || worst.isPresent() != (verdict == Verdict.FOUND || verdict == Verdict.NONE_FOUND)
                || worst.isPresent() && find(variables, worst.get()).isEmpty()) {
            throw new IllegalArgumentException("strata have verdict " + verdict
                    + ", which their number, their tests or the worst of them contradict");
        }
    }

    /** What may be told of results; empty if they have no strata. */
    static Optional<StrataFigures> of(AuditResults results, Disclosure disclosure) {
        return results.strata().map(scores -> of(scores, results.comparisons().get(0), disclosure));
    }

    private static StrataFigures of(StratifiedScores scores, ComparisonResult main, Disclosure disclosure) {
        List<List<StratumGroup>> told = new ArrayList<>();
        List<Shown> shown = new ArrayList<>();
        for (int variable = 0; variable < scores.variables().size(); variable++) {
            List<StratumGroup> groups = disclosure.groups(scores.strata(variable));
            boolean tells = disclosure.tellsBeside(groups, told);
            told.add(tells ? groups : List.of());
            shown.add(groups.isEmpty() ? Shown.TOO_FEW : tells ? Shown.STRATA : Shown.TOO_CLOSE);
        }
        int strata = told.stream().mapToInt(List::size).sum();
        double each = 1 - (1 - main.level()) / Math.max(1, strata);
        List<List<StratumResult>> results = IntStream.range(0, told.size()).mapToObj(variable -> told.get(variable).stream()
                .map(group -> scores.result(variable, group.strata(), each)).toList()).toList();
        double[] adjusted = MultipleTesting.holm(results.stream().flatMap(List::stream).mapToDouble(StratumResult::pValue).toArray());
        boolean interpretable = main.targetWorks() && main.validity().verdict() != Validity.Verdict.NOT_INTERPRETABLE;
        List<Variable> variables = new ArrayList<>();
        Optional<AttackResult.OperatingPoint> rate = disclosure.strataExposedAt(scores.ofAll());
        int done = 0;
        int counted = 0;
        for (int variable = 0; variable < told.size(); variable++) {
            List<StratumResult> of = results.get(variable);
            Optional<Integer> place = rate.map(scores.ofAll().operatingPoints()::indexOf);
            int already = counted;
            boolean counts = !of.isEmpty() && place.filter(at -> disclosure.tellsExposed(of, at, already)).isPresent();
            counted += of.isEmpty() ? 0 : 1; // the first alone, whether its counts may be told or not
            List<Stratum> figures = new ArrayList<>();
            for (int stratum = 0; stratum < of.size(); stratum++) {
                int here = stratum;
                double corrected = adjusted[done++];
                figures.add(Stratum.of(told.get(variable).get(stratum), of.get(stratum), corrected,
                        interpretable && corrected <= 1 - main.level(),
                        place.filter(at -> counts).map(at -> of.get(here).exposed().get(at)), disclosure));
            }
            variables.add(new Variable(scores.variables().get(variable), shown.get(variable),
                    rate.filter(at -> counts).map(AttackResult.OperatingPoint::maximumFalsePositiveRate), figures));
        }
        Verdict verdict = !interpretable ? Verdict.NOT_INTERPRETABLE : strata == 0 ? Verdict.TOO_FEW
                : variables.stream().flatMap(variable -> variable.strata.stream()).anyMatch(Stratum::found) ? Verdict.FOUND
                        : Verdict.NONE_FOUND;
        return new StrataFigures(scores.attack(), verdict, scores.isControlled(), strata, main.level(), worst(variables, verdict),
                variables, CountOfPatients.of(scores.patientsWithoutRow(), disclosure),
                CountOfPatients.of(scores.unknownPatients(), disclosure));
    }

    private static Optional<Worst> worst(List<Variable> variables, Verdict verdict) {
        return verdict != Verdict.FOUND && verdict != Verdict.NONE_FOUND ? Optional.empty()
                : variables.stream().flatMap(variable -> variable.strata.stream()
                        .filter(stratum -> stratum.found || verdict == Verdict.NONE_FOUND)
                        .map(stratum -> new Candidate(stratum, new Worst(variable.name, stratum.name))))
                        .max(Comparator.comparingDouble((Candidate one) -> one.stratum.badness())
                                .thenComparing(one -> -one.stratum.adjustedPValue))
                        .map(Candidate::name);
    }

    private record Candidate(Stratum stratum, Worst name) {
    }

    private static Optional<Stratum> find(List<Variable> variables, Worst worst) {
        return variables.stream().filter(variable -> variable.name.equals(worst.variable))
                .flatMap(variable -> variable.strata.stream()).filter(stratum -> stratum.name.equals(worst.stratum)).findFirst();
    }

    /** The figures of the worst stratum. */
    public Optional<Stratum> worstStratum() {
        return worst.flatMap(name -> find(variables, name));
    }

    /** Whether every variable is judged, so that none is left that could be worse. */
    public boolean isWhole() {
        return (verdict == Verdict.FOUND || verdict == Verdict.NONE_FOUND)
                && variables.stream().allMatch(variable -> variable.shown == Shown.STRATA);
    }

    /** What is found, in one or two sentences. */
    public String answer() {
        return switch (verdict) {
            case NOT_INTERPRETABLE -> "Strata have no verdict, as the comparison of all patients shows no memory.";
            case TOO_FEW -> "No stratum has enough patients to be judged.";
            case FOUND -> {
                String where = worst.orElseThrow().variable + " = " + worst.orElseThrow().stratum;
                yield "Patients in training can be told among those with " + where + ": " + figures() + ", "
                        + PValues.equation(worstStratum().orElseThrow().adjustedPValue) + " after correction for " + strata + " strata."
                        + (controlled ? "" : " Without a control model this may be a difference between the two sets in that stratum.");
            }
            case NONE_FOUND -> "In no stratum that could be judged are patients in training told by more than chance. The worst is "
                    + worst.orElseThrow().variable + " = " + worst.orElseThrow().stratum + ": " + figures() + ", "
                    + PValues.equation(worstStratum().orElseThrow().adjustedPValue) + " after correction for " + strata + " strata.";
        } + (isWhole() || verdict == Verdict.NOT_INTERPRETABLE || verdict == Verdict.TOO_FEW ? ""
                : " Not every variable could be judged.");
    }

    private String figures() {
        Stratum stratum = worstStratum().orElseThrow();
        return stratum.difference.map(difference -> "AUC by patient " + AuditText.signed(difference)
                + AuditText.interval(stratum.differenceInterval) + " beyond the control")
                .orElseGet(() -> "AUC by patient " + AuditText.figure(stratum.auc, Optional.of(stratum.aucInterval)))
                + String.format(Locale.ROOT, ", %d patients against %d", stratum.members, stratum.nonMembers);
    }

    /** What else is to be said of the table, a sentence each. */
    public List<String> remarks(int smallestCount) {
        List<String> remarks = new ArrayList<>();
        variables.stream().filter(variable -> variable.shown == Shown.TOO_FEW).forEach(variable -> remarks.add(
                variable.name + ": too few to judge; not two groups of its strata have enough patients in both sets"));
        variables.stream().filter(variable -> variable.shown == Shown.TOO_CLOSE).forEach(variable -> remarks.add(
                variable.name + ": not told; beside the strata of a variable before it, it would tell of fewer than " + smallestCount
                        + " patients"));
        variables.stream().flatMap(variable -> variable.strata.stream().filter(stratum -> stratum.together > 1)
                .map(stratum -> variable.name + ": " + stratum.together
                        + " strata have too few patients to judge, or to be told, alone or beside such; they are judged together"))
                .forEach(remarks::add);
        if (!patientsWithoutRow.patients.equals(Optional.of(0))) {
            remarks.add("patients compared without a row in the file: " + patientsWithoutRow.words(smallestCount)
                    + "; their values are not stated");
        }
        if (!patientsNotCompared.patients.equals(Optional.of(0))) {
            remarks.add("patients of the file who are in no set: " + patientsNotCompared.words(smallestCount));
        }
        return List.copyOf(remarks);
    }
}
