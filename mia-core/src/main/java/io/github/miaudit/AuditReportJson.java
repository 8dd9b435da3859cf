package io.github.miaudit;

import io.github.miaudit.data.Population;
import io.github.miaudit.evaluation.Comparison;
import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.ExposedPatient;
import io.github.miaudit.evaluation.LikelihoodScatter;
import io.github.miaudit.evaluation.ModelSummary;
import io.github.miaudit.evaluation.Provenance;
import io.github.miaudit.evaluation.Validity;
import io.github.miaudit.likelihood.ModelIdentity;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The report as a JSON object, as {@code audit.schema.json} describes it. A threshold that accepts nobody is {@code null}, and
 * so are a precision of nobody and every figure that would tell a count of few patients.
 */
final class AuditReportJson {

    private static final int SCHEMA_VERSION = 1;

    private final JsonOutput json;
    private final Evaluation evaluation;

    AuditReportJson(JsonOutput json, Evaluation evaluation) {
        this.json = json;
        this.evaluation = evaluation;
    }

    static String of(AuditReport report) {
        return JsonOutput.object(json -> new AuditReportJson(json, report.evaluation()).report(report));
    }

    void report(AuditReport report) {
        json.field("schemaVersion", SCHEMA_VERSION);
        json.field("conclusion", report.conclusion().name());
        json.objects("comparisons", report.comparisons(), this::comparison);
        json.objects("histograms", report.histograms(), histogram -> {
            json.field("attack", histogram.attack());
            json.field("from", histogram.from());
            json.field("width", histogram.width());
            json.object("counts", () -> histogram.counts().forEach((population, bins) -> json.row(population.label(), bins)));
        });
        json.optional("likelihoods", report.likelihoods(), this::likelihoods);
        json.objects("mostExposedPatients", tellsPatients(report) ? report.mostExposed() : List.<ExposedPatient>of(), patient -> {
            json.field("patient", patient.digest());
            json.field("sentences", patient.sentences());
            json.field("score", patient.score());
            json.field("exposedAtFpr", patient.exposedAtRate());
        });
        json.objects("excerpts", report.excerpts(), excerpt -> {
            json.field("id", excerpt.id());
            json.field("patient", excerpt.patient().orElse(null));
            json.field("score", excerpt.score());
            json.field("text", excerpt.text());
            json.objects("tokens", excerpt.tokens(), token -> {
                json.field("text", token.text());
                json.field("gap", token.gap());
            });
        });
        json.objects("models", IntStream.range(0, report.models().size()).boxed().toList(),
                model -> summary(model == 0 ? "target" : "reference", report.models().get(model)));
        json.strings("warnings", report.warnings());
        json.objects("excluded", report.exclusions(), exclusion -> {
            json.field("population", exclusion.population().label());
            json.field("id", exclusion.id());
            json.field("reason", exclusion.reason());
        });
        report.datasheet().ifPresentOrElse(sheet -> json.json("datasheet", PublishedDatasheet.of(sheet, evaluation)), () -> json.nothing("datasheet"));
        json.object("settings", this::settings);
        json.object("provenance", () -> provenance(report.provenance()));
    }

    private boolean tellsPatients(AuditReport report) {
        return report.comparisons().get(0).attacks().get(0).byGroup().filter(patients -> !evaluation.hides(patients.memberCount())).isPresent();
    }

    private void comparison(Comparison comparison) {
        json.field("members", Population.MEMBERS.label());
        json.field("nonMembers", comparison.nonMembers().label());
        json.field("memberCount", comparison.memberCount());
        json.field("nonMemberCount", comparison.nonMemberCount());
        json.field("conclusion", Conclusion.of(comparison).name());
        json.field("strongestAttack", Conclusion.strongest(comparison).name());
        json.objects("attacks", IntStream.range(0, comparison.attacks().size()).boxed().toList(),
                attack -> AttackResultJson.write(json, comparison.attacks().get(attack), comparison.curves().get(attack), evaluation));
        json.object("validity", () -> validity(comparison.validity()));
    }

    private void validity(Validity validity) {
        json.field("verdict", validity.verdict().name());
        json.strings("reasons", validity.reasons());
        json.objects("checks", validity.checks(), check -> {
            json.field("name", check.name());
            json.field("blind", check.blind());
            json.field("auc", check.areaUnderCurve());
            json.interval("interval", check.interval());
        });
        json.optional("overlap", validity.overlap(), overlap -> {
            json.field("exact", overlap.exact());
            json.field("near", overlap.near());
        });
    }

    private void likelihoods(LikelihoodScatter likelihoods) {
        json.field("definition", likelihoods.definition());
        json.object("points", () -> likelihoods.points().forEach((population, points) -> json.object(population.label(), () -> {
            json.row("reference", points.stream().mapToDouble(LikelihoodScatter.Point::reference).toArray());
            json.row("target", points.stream().mapToDouble(LikelihoodScatter.Point::target).toArray());
        })));
        json.optional("grid", likelihoods.grid(), grid -> {
            json.field("referenceFrom", grid.referenceFrom());
            json.field("referenceWidth", grid.referenceWidth());
            json.field("targetFrom", grid.targetFrom());
            json.field("targetWidth", grid.targetWidth());
            json.field("columns", grid.columns());
            json.object("counts", () -> grid.counts().forEach((population, cells) -> json.row(population.label(), cells)));
        });
    }

    private void settings() {
        json.row("falsePositiveRates", evaluation.falsePositiveRates().stream().mapToDouble(Double::doubleValue).toArray());
        json.field("confidence", evaluation.confidence());
        json.field("areaInterval", evaluation.areaMethod().label());
        json.field("rateInterval", evaluation.rateMethod().label());
        json.field("bootstrapReplicates", evaluation.bootstrapReplicates());
        json.field("permutations", evaluation.permutations());
        json.field("seed", evaluation.seed());
        json.field("groupScore", evaluation.groupReduction().label());
        json.field("prior", evaluation.prior());
        json.field("smallestCount", evaluation.smallestCount());
    }

    private void summary(String role, ModelSummary summary) {
        json.field("role", role);
        json.field("name", summary.model().name());
        json.field("vocabularySize", summary.model().vocabularySize());
        json.field("tokensPerWord", summary.tokensPerWord());
        json.field("unknownTokenRate", summary.unknownTokenRate());
        json.field("specialLiterals", summary.specialLiterals());
        json.object("sentences", () -> new TreeMap<>(summary.statuses()).forEach((status, count) -> json.field(status.name(), count)));
    }

    private void provenance(Provenance provenance) {
        json.field("dataDigest", provenance.dataDigest());
        json.optional("target", provenance.target(), this::model);
        json.objects("references", provenance.references(), this::model);
        json.strings("rules", provenance.rules());
        if (provenance.seed().isPresent()) {
            json.field("seed", provenance.seed().getAsLong());
        } else {
            json.nothing("seed");
        }
        json.field("versions", new TreeMap<>(provenance.versions()));
    }

    private void model(ModelIdentity model) {
        json.field("name", model.name());
        json.field("modelDigest", model.modelDigest());
        json.field("tokenizerDigest", model.tokenizerDigest());
        json.field("vocabularySize", model.vocabularySize());
        json.field("precision", model.precision());
        json.field("lengthPolicy", model.lengthPolicy().label());
        json.field("engine", model.engine());
    }
}
