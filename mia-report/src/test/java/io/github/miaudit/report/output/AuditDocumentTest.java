package io.github.miaudit.report.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.AuditReport;
import org.junit.jupiter.api.Test;

class AuditDocumentTest {

    @Test
    void holdsWhatTheReportHolds() {
        AuditReport report = Reports.leaking();
        AuditDocument document = AuditDocument.of(report.toJson());
        assertEquals("MEMBERS_CAN_BE_TOLD", document.conclusion());
        assertEquals(2, document.comparisons().size());
        assertEquals(report.comparisons().get(0).attacks().get(0).areaUnderCurve(), document.main().attacks().get(0).auc());
        assertEquals(report.comparisons().get(0).attacks().get(0).areaInterval().get().lower(), document.main().attacks().get(0).aucInterval().get().lower());
        assertEquals(40, document.main().attacks().get(0).byGroup().get().memberCount());
        assertEquals(20, document.mostExposedPatients().size());
        assertTrue(document.provenance().target().isEmpty());
        assertEquals(5, document.settings().smallestCount());
    }
}
