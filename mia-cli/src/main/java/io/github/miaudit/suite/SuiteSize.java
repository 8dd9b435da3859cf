package io.github.miaudit.suite;

import io.github.miaudit.djl.NetworkSize;

/**
 * How much is made for each seed.
 *
 * @param label           in the document
 * @param patients        on each side of an audit
 * @param sentences       of each patient
 * @param generalPatients that the general model is trained on
 * @param generalEpochs   of that training
 * @param tokensPerStep   of all trainings
 * @param vocabulary      tokens of all models' tokenizer
 * @param network         of all models
 */
public record SuiteSize(String label, int patients, int sentences, int generalPatients, int generalEpochs, int tokensPerStep,
        int vocabulary, NetworkSize network) {

    /** What figures are published of. */
    public static final SuiteSize FULL = new SuiteSize("full", 40, 12, 300, 40, 4096, 1500, new NetworkSize(2, 64, 4, 256, 96));

    /** Enough to see that everything works; its figures say little. */
    public static final SuiteSize QUICK = new SuiteSize("quick", 12, 8, 40, 10, 1024, 700, new NetworkSize(1, 32, 2, 64, 96));
}
