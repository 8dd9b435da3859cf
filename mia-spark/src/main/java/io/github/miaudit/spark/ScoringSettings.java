package io.github.miaudit.spark;

import io.github.miaudit.data.Population;
import io.github.miaudit.djl.MaskedLmOptions;
import io.github.miaudit.djl.Precision;
import io.github.miaudit.djl.ScoringDevice;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What tasks need to know of a call, in strings: values of the engine's can't be serialised.
 *
 * @param modelUri     where the model lies
 * @param filesDigest  of its files, as {@link ModelFiles} has it
 * @param modelDigest  of the network, as manifests have it
 * @param tokenizer    digest of the tokenizer, likewise
 * @param precision    a label of {@link Precision}
 * @param lengthPolicy a label of {@link LengthPolicy}
 * @param tokens       whether to tell each token's log-likelihood, or a sentence's sum alone
 * @param moments      whether to tell what the model expects of each token
 * @param probed       whether the model is to be asked again
 * @param trainedOn    labels of sets that the model is known to have been trained on
 * @param buckets      how many there are
 * @param output       where to put them
 * @param mostFailures how many sentences of all may fail
 */
record ScoringSettings(String modelUri, String filesDigest, String modelDigest, String tokenizer, String precision, String lengthPolicy,
        boolean tokens, boolean moments, boolean probed, List<String> trainedOn, int buckets, String output, long mostFailures)
        implements Serializable {

    /** Copies the list. */
    ScoringSettings {
        trainedOn = List.copyOf(trainedOn);
    }

    MaskedLmOptions options(ScoringDevice device) {
        MaskedLmOptions options = MaskedLmOptions.withDefaults().withDevice(device)
                .withPrecision(Precision.valueOf(precision.toUpperCase(Locale.ROOT)))
                .withLengthPolicy(LengthPolicy.valueOf(lengthPolicy.toUpperCase(Locale.ROOT)));
        return moments ? options.withVocabularyMoments() : options;
    }

    /** The sets of {@link #trainedOn}. */
    List<Population> setsOfTraining() {
        return Stream.of(Population.values()).filter(population -> trainedOn.contains(population.rowLabel())).toList();
    }

    /**
     * A rule by its label, on an executor.
     *
     * @throws AuditException if it is not known there
     */
    static MaskingRule rule(String label) {
        return MaskingRule.named(label).orElseThrow(() -> new AuditException(
                "rule " + label + " is not known to this executor; put whatever brings it among the job's jars"));
    }
}
