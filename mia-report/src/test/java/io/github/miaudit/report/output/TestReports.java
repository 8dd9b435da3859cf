package io.github.miaudit.report.output;

import io.github.miaudit.AuditReport;

/** Made-up reports for tests of packages above. */
public final class TestReports {

    private TestReports() {
    }

    /** Members can be told. */
    public static AuditReport leaking() {
        return Reports.leaking();
    }

    /** Sets that the target can't have shown anything of. */
    public static AuditReport canaries() {
        return SnapshotInputs.canaries();
    }

    /** Names are remembered. */
    public static AuditReport identifiersRemembered() {
        return SnapshotInputs.identifiersRemembered();
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

    /** Everything in it is named so, and there are excerpts. */
    public static AuditReport withExcerpts(String name) {
        return HostileAudits.audit(name);
    }
}
