package io.github.miaudit.spark;

import io.github.miaudit.djl.MaskedLmOptions;
import io.github.miaudit.djl.Precision;
import io.github.miaudit.djl.ScoringDevice;
import io.github.miaudit.likelihood.LengthPolicy;
import java.io.Serializable;
import java.util.Locale;

/**
 * What tasks need to know of a call, in strings: values of the engine's can't be serialised.
 *
 * @param modelUri     where the model lies
 * @param filesDigest  of its files, as {@link ModelFiles} has it
 * @param modelDigest  of the network, as manifests have it
 * @param tokenizer    digest of the tokenizer, likewise
 * @param precision    a label of {@link Precision}
 * @param lengthPolicy a label of {@link LengthPolicy}
 * @param buckets      how many there are
 * @param output       where to put them
 * @param mostFailures how many sentences of all may fail
 */
record ScoringSettings(String modelUri, String filesDigest, String modelDigest, String tokenizer, String precision, String lengthPolicy,
        int buckets, String output,
        long mostFailures) implements Serializable {

    MaskedLmOptions options(ScoringDevice device) {
        return MaskedLmOptions.withDefaults().withDevice(device).withPrecision(Precision.valueOf(precision.toUpperCase(Locale.ROOT)))
                .withLengthPolicy(LengthPolicy.valueOf(lengthPolicy.toUpperCase(Locale.ROOT)));
    }
}
