package io.github.miaudit.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Patient;
import io.github.miaudit.data.PatientDigests;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.metrics.GroupReduction;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.JointPermutationTest;
import io.github.miaudit.metrics.PermutationTest;
import io.github.miaudit.metrics.RocCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttackResultTest {

    private static final Evaluation EVALUATION = Evaluation.withDefaults().withBootstrapReplicates(200).withPermutations(1000);
    private static final PermutationTest NO_TEST = new PermutationTest(1, 1);
    private static final double[] MEMBERS = normal(1, 80, 1);
    private static final double[] NON_MEMBERS = normal(2, 120, 0);

    @Test
    void aSentenceAPatientIsTheSameByPatient() {
        AttackResult result = evaluate(grouped(1), EVALUATION);
        AttackResult byPatient = result.byPatient().orElseThrow();
        assertEquals(result.areaUnderCurve(), byPatient.areaUnderCurve());
        assertEquals(result.memberCount(), byPatient.memberCount());
        assertEquals(result.areaTest(), byPatient.areaTest());
        for (int point = 0; point < result.operatingPoints().size(); point++) {
            assertEquals(result.operatingPoints().get(point).point(), byPatient.operatingPoints().get(point).point());
        }
    }

    /** Of a control that does as the target does, and of one that knows nothing. */
    @Test
    void aControlTakesAwayWhatBothFind() {
        AttackScores target = grouped(4);
        AttackScores blind = new AttackScores("test", "s", PerPopulation.of(normal(7, 80, 0), normal(8, 120, 0), new double[0]),
                PerPopulation.of(target.patients(Population.MEMBERS), target.patients(Population.NON_MEMBERS), List.of()));
        AttackResult beside = new AttackEvaluator(target, Optional.of(blind), Population.NON_MEMBERS, EVALUATION).evaluate(NO_TEST, false);
        ControlDifference difference = beside.control().orElseThrow();
        assertEquals(RocCurve.of(normal(7, 80, 0), normal(8, 120, 0)).areaUnderCurve(), difference.controlArea(), 1e-12);
        assertEquals(beside.areaUnderCurve() - difference.controlArea(), difference.difference().difference(), 1e-12);
        assertEquals(Optional.empty(), difference.exceedance());
        assertEquals(EVALUATION.falsePositiveRates().size(), difference.controlPoints().size());
        AttackResult byPatient = beside.byPatient().orElseThrow();
        assertTrue(byPatient.control().orElseThrow().exceedance().isPresent());
        assertTrue(findings(beside).stream().anyMatch(finding -> finding.isFound(0.95)), findings(beside).toString());
        AttackResult same = new AttackEvaluator(target, Optional.of(target), Population.NON_MEMBERS, EVALUATION).evaluate(NO_TEST, false);
        assertTrue(same.control().orElseThrow().difference().same());
        assertTrue(findings(same).stream().noneMatch(finding -> finding.isFound(0.95)), findings(same).toString());
    }

    /** Without a control the same attack is found by its own figures, turned round by those below 0.5. */
    @Test
    void findingsAskThreeQuestions() {
        List<Finding> findings = findings(evaluate(grouped(4), EVALUATION));
        assertEquals(List.of(Finding.Question.values()), findings.stream().map(Finding::question).toList());
        assertTrue(findings.get(1).isFound(0.95) && !findings.get(2).isFound(0.95), findings.toString());
        AttackScores turned = new AttackScores("test", "s",
                PerPopulation.of(DoubleStream.of(MEMBERS).map(score -> -score).toArray(),
                        DoubleStream.of(NON_MEMBERS).map(score -> -score).toArray(), new double[0]),
                PerPopulation.of(patients("m", 80, 4), patients("n", 120, 4), List.of()));
        List<Finding> others = findings(evaluate(turned, EVALUATION));
        assertTrue(!others.get(1).isFound(0.95) && others.get(2).isFound(0.95), others.toString());
        assertEquals(List.of(), findings(evaluate(grouped(40), EVALUATION))); // 2 patients against 3
    }

    /** The second attack is the one that finds; a third that says the same as the second takes nothing away from it. */
    @Test
    void theStrongestAttackCountsWhicheverItIs() {
        AttackScores nothing = new AttackScores("nothing", "s", PerPopulation.of(normal(7, 80, 0), normal(8, 120, 0), new double[0]),
                PerPopulation.of(patients("m", 80, 4), patients("n", 120, 4), List.of()));
        List<Finding> two = findings(List.of(nothing, grouped(4)));
        assertEquals(List.of("nothing", "nothing", "nothing", "test", "test", "test"), two.stream().map(Finding::attack).toList());
        Finding higher = two.get(4);
        assertTrue(higher.isFound(0.95) && !two.get(1).isFound(0.95), two.toString());
        assertTrue(higher.adjustedPValue() > higher.pValue());
        AttackScores again = new AttackScores("again", "s", PerPopulation.of(MEMBERS, NON_MEMBERS, new double[0]),
                PerPopulation.of(patients("m", 80, 4), patients("n", 120, 4), List.of()));
        List<Finding> three = findings(List.of(nothing, grouped(4), again));
        assertEquals(higher, three.get(4));
        assertEquals(higher.adjustedPValue(), three.get(7).adjustedPValue());
        assertTrue(three.get(3).adjustedPValue() > two.get(3).adjustedPValue(), "who is on top is not dealt anew, so the number counts");
    }

    @Test
    void sharesOfSentencesHaveIntervalsByPatient() {
        AttackResult result = evaluate(grouped(4), EVALUATION);
        AttackResult.OperatingPoint point = result.operatingPoints().get(0);
        assertEquals(Interval.Method.KORN_GRAUBARD, point.falsePositiveInterval().orElseThrow().method());
        assertTrue(point.falsePositiveInterval().orElseThrow().contains(point.point().falsePositiveRate()));
        AttackResult.Decisions decisions = result.calibrated().get(0).decisions().orElseThrow();
        assertEquals(Interval.Method.KORN_GRAUBARD, decisions.falsePositiveInterval().orElseThrow().method());
        assertTrue(decisions.falsePositiveInterval().orElseThrow().contains(decisions.confusion().falsePositiveRate()));
        assertTrue(decisions.truePositiveInterval().orElseThrow().contains(decisions.confusion().truePositiveRate()));
    }

    @Test
    void patientsAreScoredAsAskedFor() {
        AttackResult byMaximum = evaluate(grouped(4), EVALUATION.withGroupReduction(GroupReduction.max())).byPatient().orElseThrow();
        assertEquals(RocCurve.of(maxima(MEMBERS), maxima(NON_MEMBERS)).areaUnderCurve(), byMaximum.areaUnderCurve());
        assertTrue(byMaximum.definition().endsWith("; of a patient the max"), byMaximum.definition());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pValuesAreCalibratedOnPatientsWhoAreNotEvaluated(boolean fisher) {
        GroupReduction reduction = fisher ? GroupReduction.fisher() : GroupReduction.harmonicMean();
        AttackResult byPatient = evaluate(grouped(4), EVALUATION.withGroupReduction(reduction)).byPatient().orElseThrow();
        assertEquals(20, byPatient.memberCount());
        assertEquals(15, byPatient.nonMemberCount());
        assertTrue(byPatient.areaUnderCurve() > 0.8, "members score a deviation higher: " + byPatient.areaUnderCurve());
        AttackResult one = evaluate(grouped(120), EVALUATION.withGroupReduction(reduction));
        assertEquals(Optional.empty(), one.byPatient());
    }

    @Test
    void leakageIsBoundedWhereRowsAreIndependent() {
        AttackResult grouped = evaluate(grouped(4), EVALUATION);
        assertEquals(Optional.empty(), grouped.leakage());
        AttackResult.Leakage leakage = evaluate(ungrouped(), EVALUATION.withFalsePositiveRates(0.2, 0.1)).leakage().orElseThrow();
        assertEquals(4, leakage.thresholds());
        assertTrue(leakage.bound() > 0 && leakage.bound() < Math.log(1 / 0.05), leakage.toString());
        AttackResult nothing = evaluate(new AttackScores("none", "s", PerPopulation.of(normal(5, 80, 0), NON_MEMBERS, new double[0])),
                EVALUATION);
        assertEquals(0, nothing.leakage().orElseThrow().bound());
    }

    @Test
    void thePermutationTestTellsAnEffectFromNone() {
        assertEquals(new PermutationTest(1.0 / 1001, 1), evaluate(ungrouped(), EVALUATION).areaTest());
        assertTrue(evaluate(ungrouped(), EVALUATION.withPermutations(0)).areaTest().higher() < 1e-6);
    }

    /**
     * Perfect scores of 10 canaries, 8 guesses, all right: the bound solves q^8 = 0.05 with q = 1 / (1 + exp(-eps)).
     */
    @Test
    void canariesBoundEpsilon() {
        AttackScores perfect = new AttackScores("perfect", "s",
                PerPopulation.of(new double[] {6, 7, 8, 9}, new double[] {0, 1, 2, 3, 4, 5}, new double[0]));
        AttackResult.CanaryBound bound = evaluate(perfect, EVALUATION.withCanaryGuesses(8)).canaries().orElseThrow();
        assertEquals(8, bound.correct());
        double q = Math.pow(0.05, 1.0 / 8);
        assertEquals(Math.log(q / (1 - q)), bound.epsilonLowerBound(), 1e-6);
        assertEquals(9, evaluate(perfect, EVALUATION.withCanaryGuesses(10)).canaries().orElseThrow().correct(), "the fifth highest is out");
        AuditException refused = assertThrows(AuditException.class, () -> evaluate(perfect, EVALUATION.withCanaryGuesses(11)));
        assertEquals("11 canary guesses, but only 10 canaries; guess at most as many", refused.getMessage());
    }

    @Test
    void evaluationsHaveBounds() {
        assertThrows(IllegalArgumentException.class, () -> EVALUATION.withPermutations(999));
        assertThrows(IllegalArgumentException.class, () -> EVALUATION.withCanaryGuesses(0));
        assertThrows(IllegalArgumentException.class, () -> EVALUATION.withPrior(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> EVALUATION.withConfidence(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> EVALUATION.withFalsePositiveRates(Double.NaN));
        assertEquals(EVALUATION, EVALUATION.withGroupReduction(GroupReduction.mean()));
    }

    private static List<Finding> findings(AttackResult only) {
        return Finding.of(List.of(only), List.of(only.areaTest()));
    }

    private static List<Finding> findings(List<AttackScores> attacks) {
        JointPermutationTest tests = AttackEvaluator.areaTests(attacks, Population.NON_MEMBERS, EVALUATION);
        return Finding.of(IntStream.range(0, attacks.size())
                .mapToObj(attack -> new AttackEvaluator(attacks.get(attack), Optional.empty(), Population.NON_MEMBERS, EVALUATION)
                        .evaluate(tests.each().get(attack), false))
                .toList(), tests.amongAll());
    }

    private static AttackResult evaluate(AttackScores scores, Evaluation evaluation) {
        return new AttackEvaluator(scores, Optional.empty(), Population.NON_MEMBERS, evaluation)
                .evaluate(AttackEvaluator.areaTests(List.of(scores), Population.NON_MEMBERS, evaluation).each().get(0), true);
    }

    private static AttackScores ungrouped() {
        return new AttackScores("test", "s", PerPopulation.of(MEMBERS, NON_MEMBERS, new double[0]));
    }

    /** So many sentences in a row are one patient's. */
    private static AttackScores grouped(int sentences) {
        return new AttackScores("test", "s", PerPopulation.of(MEMBERS, NON_MEMBERS, new double[0]),
                PerPopulation.of(patients("m", MEMBERS.length, sentences), patients("n", NON_MEMBERS.length, sentences), List.of()));
    }

    private static List<Patient> patients(String prefix, int count, int sentences) {
        return IntStream.range(0, count).mapToObj(row -> Patient.of(Optional.of(prefix + row / sentences))).toList();
    }

    private static double[] maxima(double[] scores) {
        return IntStream.range(0, scores.length / 4)
                .mapToDouble(group -> IntStream.range(0, 4).mapToDouble(row -> scores[4 * group + row]).max().orElseThrow()).toArray();
    }

    private static double[] normal(long seed, int count, double mean) {
        Random random = new Random(seed);
        return IntStream.range(0, count).mapToDouble(row -> mean + random.nextGaussian()).toArray();
    }

    /** By hand: 8 patients calibrate whatever their number of sentences, and a rate is a mean over patients. */
    @Test
    void calibrationCountsPatients() {
        AttackResult result = evaluate(grouped(8), EVALUATION.withFalsePositiveRates(0.12, 0.1));
        assertEquals(8, result.calibrated().get(0).calibrationCount());
        assertEquals(8, result.calibrated().get(0).needed());
        assertTrue(result.calibrated().get(0).decisions().isPresent());
        assertEquals(9, result.calibrated().get(1).needed());
        assertTrue(result.calibrated().get(1).decisions().isEmpty());
    }

    @Test
    void patientsAreComparedWithPatientsOnly() {
        AttackScores oneSide = new AttackScores("test", "s", PerPopulation.of(MEMBERS, NON_MEMBERS, new double[0]),
                PerPopulation.of(patients("m", MEMBERS.length, 4),
                        Collections.nCopies(NON_MEMBERS.length, Optional.<String>empty()).stream().map(Patient::of).toList(),
                        List.of()));
        AttackResult result = evaluate(oneSide, EVALUATION);
        assertEquals(Optional.empty(), result.byPatient());
        assertEquals(Interval.Method.SCORE, result.areaInterval().orElseThrow().method());
    }

    /** Sentences of nobody are in the figures by sentence, clusters of their own, and no patients. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nobodyIsNoPatient(boolean ofPValues) {
        Evaluation evaluation = ofPValues ? EVALUATION.withGroupReduction(GroupReduction.fisher()) : EVALUATION;
        AttackResult known = evaluate(grouped(4), evaluation);
        PerPopulation<double[]> scores = PerPopulation.of(with(MEMBERS, 9, -9), with(NON_MEMBERS, 9, 9, 9), new double[0]);
        List<Patient> members = new ArrayList<>(patients("m", MEMBERS.length, 4));
        List<Patient> others = new ArrayList<>(patients("n", NON_MEMBERS.length, 4));
        List.of("NULL", "nan").forEach(name -> members.add(Patient.of(Optional.of(name))));
        List.of("NULL", "", "N/A").forEach(name -> others.add(Patient.of(Optional.of(name))));
        AttackScores some = new AttackScores("test", "s", scores, PerPopulation.of(members, others, List.of()));
        AttackResult result = evaluate(some, evaluation);
        assertEquals(known.byPatient(), result.byPatient());
        assertEquals(MEMBERS.length + 2, result.memberCount());
        assertEquals(22, some.grouped(Population.MEMBERS).groupCount());
        List<ScoredPatient> named = ScoredPatient.of(some, result, evaluation,
                PatientDigests.of(AttackDataset.of(List.of(Sample.of("1", "a")), List.of(Sample.of("1", "b")))));
        assertEquals(20, named.size());
        assertTrue(named.stream().allMatch(patient -> patient.sentences() == 4));
    }

    private static double[] with(double[] scores, double... more) {
        return DoubleStream.concat(Arrays.stream(scores), Arrays.stream(more)).toArray();
    }

    @Test
    void fewerThanFiveHaveNoInterval() {
        AttackScores few = new AttackScores("few", "s", PerPopulation.of(new double[] {3, 4, 5, 6}, NON_MEMBERS, new double[0]));
        assertEquals(Optional.empty(), evaluate(few, EVALUATION).areaInterval());
        assertEquals(Optional.empty(), evaluate(grouped(20), EVALUATION).areaInterval());
    }

    /** The curve for drawing is of the same draws as the figures: at a wanted rate that it has too, intervals are equal. */
    @Test
    void theCurveHasTheIntervalsOfTheFigures() {
        AttackResult result = evaluate(grouped(4), EVALUATION.withFalsePositiveRates(0.1));
        RocBand.Point point = result.curve().points().stream().filter(each -> each.falsePositiveRate() == 0.1).findFirst()
                .orElseThrow();
        assertEquals(result.operatingPoints().get(0).interval(), point.interval());
        assertEquals(result.operatingPoints().get(0).point().truePositiveRate(), point.truePositiveRate());
    }

    @Test
    void noResultTellsItsFiguresByItself() {
        assertEquals("AttackResult[test]", evaluate(grouped(4), EVALUATION).toString());
    }
}
