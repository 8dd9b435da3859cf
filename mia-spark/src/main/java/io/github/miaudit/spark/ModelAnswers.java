package io.github.miaudit.spark;

import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelProbe;
import io.github.miaudit.likelihood.ScoreManifest;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the model said when it was asked again, for all manifests of a rule to state. Numbers alone, as text, since values of the engine's
 * can't be serialised.
 *
 * @param byRule probes by the labels of the rules that they were made by; rules without one are not there
 */
record ModelAnswers(Map<String, String> byRule) implements Serializable {

    /** Copies the map. */
    ModelAnswers {
        byRule = Map.copyOf(byRule);
    }

    static ModelAnswers of(Map<MaskingRule, ModelProbe> probes) {
        Map<String, String> byRule = new TreeMap<>();
        probes.forEach((rule, probe) -> byRule.put(rule.label(), ScoreManifest.write(probe)));
        return new ModelAnswers(byRule);
    }

    /** With those of other rules. */
    ModelAnswers and(ModelAnswers others) {
        Map<String, String> all = new TreeMap<>(byRule);
        all.putAll(others.byRule);
        return new ModelAnswers(all);
    }

    Optional<ModelProbe> probe(String rule) {
        return Optional.ofNullable(byRule.get(rule)).map(text -> ScoreManifest.parseProbe(Path.of("probe"), text));
    }
}
