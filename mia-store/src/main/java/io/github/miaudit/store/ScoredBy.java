package io.github.miaudit.store;

import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;

/** The model and the rule by which sentences were scored, as a store remembers them. */
record ScoredBy(String model, String tokenizer, String precision, String lengthPolicy, String rule) {

    static ScoredBy of(ModelIdentity model, MaskingRule rule) {
        return new ScoredBy(model.modelDigest(), model.tokenizerDigest(), model.precision(), model.lengthPolicy().label(), rule.label());
    }
}
