package io.github.miaudit;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.metrics.RocPoint;
import io.github.miaudit.report.AttackResult;
import io.github.miaudit.report.Comparison;
import io.github.miaudit.report.Exclusion;
import io.github.miaudit.report.ModelSummary;
import io.github.miaudit.report.Provenance;
import io.github.miaudit.report.Validity;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The report as a JSON object. A threshold that accepts nobody is {@code null}, and so is a precision of nobody. */
final class AuditReportJson {

    private final JsonWriter json;

    private AuditReportJson(JsonWriter json) {
        this.json = json;
    }

    static String of(AuditReport report) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setFormattingStyle(FormattingStyle.PRETTY);
            new AuditReportJson(json).report(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append("\n").toString();
    }

    private void report(AuditReport report) throws IOException {
        json.beginObject();
        json.name("comparisons").beginArray();
        for (Comparison comparison : report.comparisons()) {
            comparison(comparison);
        }
        json.endArray();
        json.name("models").beginArray();
        for (int model = 0; model < report.models().size(); model++) {
            summary(model == 0 ? "target" : "reference", report.models().get(model));
        }
        json.endArray();
        json.name("warnings").beginArray();
        for (String warning : report.warnings()) {
            json.value(warning);
        }
        json.endArray();
        json.name("excluded").beginArray();
        for (Exclusion exclusion : report.exclusions()) {
            json.beginObject();
            json.name("population").value(exclusion.population().label());
            json.name("id").value(exclusion.id());
            json.name("reason").value(exclusion.reason());
            json.endObject();
        }
        json.endArray();
        json.name("provenance");
        provenance(report.provenance());
        json.endObject();
    }

    private void comparison(Comparison comparison) throws IOException {
        json.beginObject();
        json.name("members").value(Population.MEMBERS.label());
        json.name("nonMembers").value(comparison.nonMembers().label());
        json.name("memberCount").value(comparison.memberCount());
        json.name("nonMemberCount").value(comparison.nonMemberCount());
        json.name("attacks").beginArray();
        for (AttackResult attack : comparison.attacks()) {
            attack(attack);
        }
        json.endArray();
        validity(comparison.validity());
        json.endObject();
    }

    private void validity(Validity validity) throws IOException {
        json.name("validity").beginObject();
        json.name("verdict").value(validity.verdict().name());
        json.name("reasons").beginArray();
        for (String reason : validity.reasons()) {
            json.value(reason);
        }
        json.endArray();
        json.name("checks").beginArray();
        for (Validity.Check check : validity.checks()) {
            json.beginObject();
            json.name("name").value(check.name());
            json.name("blind").value(check.blind());
            json.name("auc").value(check.areaUnderCurve());
            interval("interval", check.interval());
            json.endObject();
        }
        json.endArray();
        json.name("overlap");
        if (validity.overlap().isPresent()) {
            json.beginObject();
            json.name("exact").value(validity.overlap().get().exact());
            json.name("near").value(validity.overlap().get().near());
            json.endObject();
        } else {
            json.nullValue();
        }
        json.endObject();
    }

    private void attack(AttackResult attack) throws IOException {
        json.beginObject();
        json.name("name").value(attack.name());
        json.name("definition").value(attack.definition());
        figures(attack);
        if (attack.byGroup().isPresent()) {
            json.name("byGroup").beginObject();
            json.name("definition").value(attack.byGroup().get().definition());
            json.name("memberCount").value(attack.byGroup().get().memberCount());
            json.name("nonMemberCount").value(attack.byGroup().get().nonMemberCount());
            figures(attack.byGroup().get());
            exposed(attack.byGroup().get());
            json.endObject();
        }
        json.endObject();
    }

    private void figures(AttackResult attack) throws IOException {
        json.name("auc").value(attack.areaUnderCurve());
        interval("aucInterval", attack.areaInterval());
        json.name("bestAdvantage").beginObject();
        json.name("advantage").value(attack.bestAdvantage().advantage());
        point(attack.bestAdvantage());
        json.endObject();
        json.name("tprAtFpr").beginArray();
        for (AttackResult.OperatingPoint operating : attack.operatingPoints()) {
            json.beginObject();
            json.name("fpr").value(operating.maximumFalsePositiveRate());
            json.name("tpr").value(operating.point().truePositiveRate());
            interval("interval", operating.interval());
            interval("fprInterval", operating.falsePositiveInterval());
            json.name("falsePositivesAllowed").value(operating.falsePositivesAllowed());
            json.name("resolvable").value(operating.resolvable());
            json.name("standardisedPartialAuc");
            number(operating.standardisedPartialArea());
            json.name("ppvAtPrior");
            number(operating.positivePredictiveValue());
            point(operating.point());
            json.endObject();
        }
        json.endArray();
        json.name("calibrated").beginArray();
        for (AttackResult.CalibratedPoint point : attack.calibrated()) {
            calibrated(point);
        }
        json.endArray();
        json.name("permutationPValue");
        number(attack.permutationPValue());
        leakage(attack.leakage());
        if (attack.canaries().isPresent()) {
            canaries(attack.canaries().get());
        }
    }

    private void leakage(Optional<AttackResult.Leakage> leakage) throws IOException {
        json.name("empiricalLeakage");
        if (leakage.isEmpty()) {
            json.nullValue();
            return;
        }
        json.beginObject();
        json.name("bound").value(leakage.get().bound());
        json.name("level").value(leakage.get().level());
        json.name("thresholds").value(leakage.get().thresholds());
        json.name("meaning").value("no statement about differential privacy: membership was not drawn at random");
        json.endObject();
    }

    private void canaries(AttackResult.CanaryBound canaries) throws IOException {
        json.name("canaryBound").beginObject();
        json.name("canaries").value(canaries.canaries());
        json.name("guesses").value(canaries.guesses());
        json.name("correct").value(canaries.correct());
        json.name("epsilonLowerBound").value(canaries.epsilonLowerBound());
        json.name("delta").value(0);
        json.name("level").value(canaries.level());
        json.endObject();
    }

    /** How many groups are exposed at each rate: a figure that people understand. */
    private void exposed(AttackResult byGroup) throws IOException {
        json.name("exposed").beginArray();
        for (AttackResult.OperatingPoint operating : byGroup.operatingPoints()) {
            json.beginObject();
            json.name("fpr").value(operating.maximumFalsePositiveRate());
            json.name("groups").value(operating.point().confusion().truePositives());
            json.name("of").value(byGroup.memberCount());
            json.name("lower").value(operating.interval().orElseThrow().lower() * byGroup.memberCount());
            json.name("upper").value(operating.interval().orElseThrow().upper() * byGroup.memberCount());
            json.endObject();
        }
        json.endArray();
    }

    private void calibrated(AttackResult.CalibratedPoint point) throws IOException {
        json.beginObject();
        json.name("alpha").value(point.alpha());
        json.name("realisedFpr");
        number(point.decisions().map(decisions -> OptionalDouble.of(decisions.falsePositiveRate())).orElse(OptionalDouble.empty()));
        interval("realisedFprInterval", point.decisions().flatMap(AttackResult.Decisions::falsePositiveInterval));
        json.name("tpr");
        number(point.decisions().map(decisions -> OptionalDouble.of(decisions.truePositiveRate())).orElse(OptionalDouble.empty()));
        interval("tprInterval", point.decisions().flatMap(AttackResult.Decisions::truePositiveInterval));
        json.name("calibrationNonMembers").value(point.calibrationCount());
        json.name("calibrationNonMembersNeeded").value(point.needed());
        json.endObject();
    }

    private void interval(String name, Optional<Interval> interval) throws IOException {
        json.name(name);
        if (interval.isEmpty()) {
            json.nullValue();
            return;
        }
        json.beginObject();
        json.name("lower").value(interval.get().lower());
        json.name("upper").value(interval.get().upper());
        json.name("level").value(interval.get().level());
        json.name("method").value(interval.get().method().label());
        json.endObject();
    }

    private void point(RocPoint point) throws IOException {
        json.name("realisedFpr").value(point.falsePositiveRate());
        json.name("threshold");
        number(Double.isInfinite(point.threshold()) ? OptionalDouble.empty() : OptionalDouble.of(point.threshold()));
        json.name("truePositives").value(point.confusion().truePositives());
        json.name("falsePositives").value(point.confusion().falsePositives());
        json.name("precision");
        number(point.confusion().precision());
        json.name("accuracy").value(point.confusion().accuracy());
    }

    private void number(OptionalDouble value) throws IOException {
        if (value.isPresent()) {
            json.value(value.getAsDouble());
        } else {
            json.nullValue();
        }
    }

    private void summary(String role, ModelSummary summary) throws IOException {
        json.beginObject();
        json.name("role").value(role);
        json.name("name").value(summary.model().name());
        json.name("vocabularySize").value(summary.model().vocabularySize());
        json.name("tokensPerWord").value(summary.tokensPerWord());
        json.name("unknownTokenRate").value(summary.unknownTokenRate());
        json.name("specialLiterals").value(summary.specialLiterals());
        json.name("sentences").beginObject();
        for (Map.Entry<SequenceScore.Status, Long> status : new TreeMap<>(summary.statuses()).entrySet()) {
            json.name(status.getKey().name()).value(status.getValue());
        }
        json.endObject();
        json.endObject();
    }

    private void provenance(Provenance provenance) throws IOException {
        json.beginObject();
        json.name("dataDigest").value(provenance.dataDigest());
        json.name("target");
        if (provenance.target().isPresent()) {
            model(provenance.target().get());
        } else {
            json.nullValue();
        }
        json.name("references").beginArray();
        for (ModelIdentity model : provenance.references()) {
            model(model);
        }
        json.endArray();
        json.name("rules").beginArray();
        for (String rule : provenance.rules()) {
            json.value(rule);
        }
        json.endArray();
        json.name("seed");
        if (provenance.seed().isPresent()) {
            json.value(provenance.seed().getAsLong());
        } else {
            json.nullValue();
        }
        json.name("versions").beginObject();
        for (Map.Entry<String, String> version : new TreeMap<>(provenance.versions()).entrySet()) {
            json.name(version.getKey()).value(version.getValue());
        }
        json.endObject();
        json.endObject();
    }

    private void model(ModelIdentity model) throws IOException {
        json.beginObject();
        json.name("name").value(model.name());
        json.name("modelDigest").value(model.modelDigest());
        json.name("tokenizerDigest").value(model.tokenizerDigest());
        json.name("vocabularySize").value(model.vocabularySize());
        json.name("precision").value(model.precision());
        json.name("lengthPolicy").value(model.lengthPolicy().label());
        json.name("engine").value(model.engine());
        json.endObject();
    }
}
