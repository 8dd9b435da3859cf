package io.github.miaudit.report.output;

import io.github.miaudit.AuditReport;
import io.github.miaudit.evaluation.Evaluation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Made-up reports for tests of packages above. */
public final class TestReports {

    /** By name: one takes up to a second. */
    private static final Map<String, AuditReport> MADE = new ConcurrentHashMap<>();

    private TestReports() {
    }

    /** Members can be told. */
    public static AuditReport leaking() {
        return MADE.computeIfAbsent("leaking", name -> Reports.leaking());
    }

    /** Of canaries, with a bound of epsilon. */
    public static AuditReport canaries() {
        return MADE.computeIfAbsent("canaries", name -> SnapshotInputs.canaries());
    }

    /** Names are remembered. */
    public static AuditReport identifiersRemembered() {
        return MADE.computeIfAbsent("identifiersRemembered", name -> SnapshotInputs.identifiersRemembered());
    }

    /** Too few. */
    public static AuditReport fewPatients() {
        return SnapshotInputs.fewPatients();
    }

    /** With models, a data sheet and externals. */
    public static AuditReport withEverything() {
        return SnapshotInputs.withEverything();
    }

    /** A target that does not work. */
    public static AuditReport broken() {
        return SnapshotInputs.identifiersOfABrokenTarget();
    }

    /** Nothing is found, and nothing shows that something would have been. */
    public static AuditReport quiet() {
        return MADE.computeIfAbsent("quiet", name -> Reports.of(40, 0, Evaluation.withDefaults()));
    }

    /** Patients with a rare disease can be told, and the average of all does not show it. */
    public static AuditReport rareStratum() {
        return MADE.computeIfAbsent("rareStratum", name -> StratifiedReports.rare(StrataInAuditTest.QUICK));
    }

    /** A variable and one of its values are named so. */
    public static AuditReport strataNamed(String name) {
        return StratifiedReports.named(name);
    }

    /** Names that do harm to careless readers. */
    public static Stream<String> hostileNames() {
        return Hostile.names();
    }

    /** Everything in it is named so, and there are excerpts. */
    public static AuditReport withExcerpts(String name) {
        return HostileAudits.audit(name);
    }
}
