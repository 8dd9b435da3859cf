package io.github.miaudit;

import io.github.miaudit.evaluation.TargetComparison;
import java.util.Optional;

/** The report as a JSON object; each cell holds an audit as {@code audit.json} does. */
final class ComparisonReportJson {

    private static final int SCHEMA_VERSION = 1;

    private ComparisonReportJson() {
    }

    static String of(ComparisonReport report) {
        return JsonOutput.object(json -> {
            json.field("schemaVersion", SCHEMA_VERSION);
            json.strings("targets", report.targets());
            json.strings("references", report.references());
            json.objects("differences", report.comparison().differences(), difference -> difference(json, difference));
            json.objects("cells", report.cells(), cell -> {
                json.field("target", cell.target());
                json.field("reference", cell.reference());
                json.object("audit", () -> new AuditReportJson(json, cell.report().evaluation()).report(cell.report()));
            });
        });
    }

    private static void difference(JsonOutput json, TargetComparison.Difference difference) {
        json.field("target", difference.target());
        json.field("reference", difference.reference().orElse(null));
        json.field("attack", difference.attack());
        json.field("nonMembers", difference.nonMembers().label());
        json.field("baselineAuc", difference.baselineArea());
        json.field("auc", difference.area());
        json.field("difference", difference.difference().difference());
        json.interval("interval", Optional.of(difference.difference().interval()));
        json.field("standardError", difference.difference().standardError());
        json.field("pValue", difference.difference().pValue());
        json.field("adjustedPValue", difference.adjustedPValue());
        json.field("detected", difference.isDetected());
        json.field("smallestDetectable", difference.smallestDetectable());
    }
}
