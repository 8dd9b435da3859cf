package io.github.miaudit;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.SequenceScorer;
import java.util.List;
import java.util.Map;

/**
 * A model with what it is there for.
 *
 * @param label  such as {@code target clinical}
 * @param scorer the model
 */
record AuditedModel(String label, SequenceScorer scorer) {

    /** Two that are one, whatever they are called, are a mistake: equal digests of configuration and weights. */
    static void requireDifferent(List<AuditedModel> models, Mistakes mistakes) {
        requireDifferentDigests(models.stream().map(model -> Map.entry(model.label, model.scorer.model())).toList(), mistakes);
    }

    /** The same of models by what they are there for. */
    static void requireDifferentDigests(List<Map.Entry<String, ModelIdentity>> models, Mistakes mistakes) {
        for (int model = 0; model < models.size(); model++) {
            for (Map.Entry<String, ModelIdentity> other : models.subList(model + 1, models.size())) {
                String digest = other.getValue().modelDigest();
                mistakes.require(!models.get(model).getValue().modelDigest().equals(digest),
                        models.get(model).getKey() + " and " + other.getKey() + " are the same model, with the digest " + digest
                                + ", so comparing them tells nothing; give another model for one of them, or leave it out",
                        "");
            }
        }
    }

    /** Refuses a target that is known to have learnt the non-members. */
    void requireTargetBeside(List<Sample> nonMembers) {
        if (scorer.isKnownToBeTrainedOn(nonMembers)) {
            throw new AuditException(label + " is known to have been trained on the non-members; are members and non-members swapped?");
        }
    }

    /** Refuses a control that is known to have learnt the non-members, beside which the members seem remembered. */
    void requireControlBeside(List<Sample> nonMembers) {
        if (scorer.isKnownToBeTrainedOn(nonMembers)) {
            throw new AuditException(label + " is known to have been trained on the non-members, which a control must never have seen;"
                    + " train it on other patients (mia train-control)");
        }
    }

    /** Refuses a reference that is known to have learnt the members. */
    void requireReferenceOf(List<Sample> members) {
        if (scorer.isKnownToBeTrainedOn(members)) {
            throw new AuditException(label + " is known to have been trained on the members, which a reference must never have seen;"
                    + " are target and reference swapped?");
        }
    }

}
