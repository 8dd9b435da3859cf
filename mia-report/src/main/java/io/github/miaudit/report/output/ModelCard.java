package io.github.miaudit.report.output;

import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.Validity;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.report.Attack;
import io.github.miaudit.report.AuditDocument;
import io.github.miaudit.report.AuditWords;
import io.github.miaudit.report.Comparison;
import io.github.miaudit.report.Decision;
import io.github.miaudit.report.Exposed;
import io.github.miaudit.report.Numbers;
import io.github.miaudit.report.OperatingPoint;
import io.github.miaudit.report.Provenance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/**
 * What a model's card on Hugging Face says of an audit: metadata for programs, and a section for people. It holds no date, so
 * that the same audit makes the same card.
 */
final class ModelCard {

    private final AuditDocument document;
    private final String digest;
    private final Comparison comparison;
    private final Attack attack;
    private final List<String> leftOut = new ArrayList<>();

    private ModelCard(AuditDocument document, String digest) {
        this.document = document;
        this.digest = digest;
        comparison = document.main();
        attack = comparison.strongest();
    }

    static String of(AuditDocument document, String digest) {
        ModelCard card = new ModelCard(document, digest);
        // programs read metadata without the caveats, so none is published that means nothing
        return card.comparison.conclusion() == Conclusion.NOT_INTERPRETABLE ? card.section()
                : "---\n" + card.metadata() + "---\n\n" + card.section();
    }

    /** A text that any reader of YAML, old or new, takes for one: unquoted, {@code no} would be false to some. */
    private record Quoted(String text) {
    }

    private static final class QuotingRepresenter extends StandardRepresenter {

        private QuotingRepresenter(DumpSettings settings) {
            super(settings);
            representers.put(Quoted.class, quoted -> representScalar(Tag.STR, ((Quoted) quoted).text, ScalarStyle.DOUBLE_QUOTED));
        }
    }

    private String metadata() {
        List<Map<String, Object>> metrics = new ArrayList<>();
        metrics.add(metric("roc_auc", "AUC of membership inference by " + PlainText.name(attack.name()), attack.auc()));
        attack.tprAtFpr().stream().filter(OperatingPoint::resolvable)
                .forEach(point -> point.tpr().ifPresent(rate -> metrics.add(metric("true_positive_rate",
                        "TPR at FPR " + Numbers.plain(point.atFpr()) + " of membership inference by " + PlainText.name(attack.name()),
                        rate))));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("task", Map.of("type", "fill-mask"));
        result.put("dataset", inOrder("name", new Quoted("attack dataset " + PlainText.digest(document.provenance().dataDigest())), "type",
                "membership-inference"));
        result.put("metrics", metrics);
        Map<String, Object> model = inOrder("name",
                new Quoted(document.provenance().target().map(Provenance.Model::name).map(PlainText::name).orElse("unknown")), "results",
                List.of(result));
        DumpSettings settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setSplitLines(false).build();
        return new Dump(settings, new QuotingRepresenter(settings)).dumpToString(Map.of("model-index", List.of(model)));
    }

    private Map<String, Object> metric(String type, String name, double value) {
        Map<String, Object> metric = inOrder("type", type, "value", value);
        metric.put("name", new Quoted(
                name + switch (comparison.validity().verdict()) {
                    case VALID -> "";
                    case SHIFTED, NOT_INTERPRETABLE -> " (the sets differ in more than membership)";
                    case UNDECIDED, NOT_CHECKED -> " (whether the sets differ in more than membership is not decided)";
                } + switch (document.conclusion()) {
                    case IDENTIFIERS_ARE_REMEMBERED -> " (of whole sentences; identifiers are remembered)";
                    case A_STRATUM_CAN_BE_TOLD -> " (of all patients; those of a stratum can be told)";
                    default -> "";
                }));
        return metric;
    }

    private static Map<String, Object> inOrder(String key, Object value, String other, Object otherValue) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        map.put(other, otherValue);
        return map;
    }

    private String section() {
        StringBuilder text = new StringBuilder(Markdown.heading(document)).append(Markdown.decision(Decision.of(document)));
        text.append(Markdown.text(AuditWords.validity(document, comparison.validity()))).append("\n\n");
        text.append(Markdown.head(List.of("Figure, by " + Markdown.name(attack.name()), "Value",
                Numbers.wholePercent(document.settings().confidence()) + " interval")));
        figures().forEach(row -> text.append(Markdown.row(row)));
        text.append("\nCompared are ").append(comparison.memberCount()).append(" member and ").append(comparison.nonMemberCount())
                .append(" held-out sentences. The smallest count of patients that is told, apart from 0, is ")
                .append(document.settings().smallestCount()).append(".\n");
        if (!leftOut.isEmpty()) {
            text.append("Left out: ").append(Markdown.text(String.join("; ", leftOut))).append(".\n");
        }
        text.append(Markdown.strata(document));
        document.identifiers().ifPresent(found -> text.append("\n").append(IdentifierSummary.of(found, "### Who was in it?")));
        text.append("\n");
        provenance().forEach(line -> text.append("- ").append(line).append("\n"));
        return text.toString();
    }

    private List<List<String>> figures() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("AUC", Numbers.figure(attack.auc()), interval("AUC", attack.aucInterval())));
        for (OperatingPoint point : attack.tprAtFpr()) {
            String name = "TPR at FPR " + Numbers.plain(point.atFpr());
            if (!point.resolvable()) {
                leftOut.add(name + " (" + OperatingPoint.UNMEASURED + " with so few held-out sentences)");
            } else {
                rows.add(List.of(name,
                        point.share().map(Numbers::figure).orElseGet(() -> point.insteadOfShare(document.settings().smallestCount())),
                        interval(name, point.tprInterval())));
            }
        }
        attack.byPatient().ifPresentOrElse(
                patients -> patients.exposed().forEach(exposed -> exposed(exposed, patients.memberCount(), rows)),
                () -> leftOut.add("patients exposed (patients are not known on both sides, or too few to be told)"));
        return rows;
    }

    private void exposed(Exposed exposed, int patients, List<List<String>> rows) {
        String name = "Patients exposed at FPR " + Numbers.plain(exposed.atFpr());
        if (!exposed.resolvable()) {
            leftOut.add(name + " (" + OperatingPoint.UNMEASURED + " with so few held-out patients)");
        } else if (exposed.patients().isEmpty()) {
            leftOut.add(name + " (" + exposed.members().words(document.settings().smallestCount()) + ")");
        } else {
            rows.add(List.of(name, exposed.patients().get() + " of " + patients,
                    Numbers.plain(Math.floor(exposed.lower().orElseThrow())) + " to "
                            + Numbers.plain(Math.ceil(exposed.upper().orElseThrow()))));
        }
    }

    private String interval(String figure, Optional<Interval> interval) {
        if (interval.isEmpty()) {
            leftOut.add("interval of the " + figure + " (too few patients, or sentences, or not told)");
            return "–";
        }
        return Numbers.figure(interval.get().lower()) + " to " + Numbers.figure(interval.get().upper());
    }

    private List<String> provenance() {
        Provenance provenance = document.provenance();
        List<String> lines = new ArrayList<>();
        lines.add("Software: miaudit " + Markdown.name(provenance.versions().getOrDefault("miaudit", "of unknown version")));
        lines.add("Audit: audit.json, sha256 " + Markdown.name(digest));
        lines.add("Data: sha256 " + Markdown.name(provenance.dataDigest()));
        provenance.target().ifPresent(model -> lines.add("Target: " + model(model)));
        provenance.references().forEach(model -> lines.add("Reference: " + model(model)));
        if (!provenance.rules().isEmpty()) {
            lines.add("Masking rules: " + provenance.rules().stream().map(Markdown::name).collect(Collectors.joining(", ")));
        }
        provenance.seed().ifPresent(seed -> lines.add("Seed: " + seed));
        return lines;
    }

    private static String model(Provenance.Model model) {
        return Markdown.name(model.name()) + ", sha256 " + Markdown.name(model.modelDigest()) + ", tokenizer sha256 "
                + Markdown.name(model.tokenizerDigest());
    }
}
