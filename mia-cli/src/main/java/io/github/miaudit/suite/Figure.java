package io.github.miaudit.suite;

import io.github.miaudit.metrics.RocCurve;
import java.util.function.ToDoubleFunction;

/** What is told of a curve. */
enum Figure {

    AUC("auc", "AUC", RocCurve::areaUnderCurve),
    TPR_AT_10("tpr-at-0.1", "TPR at FPR 10 %", curve -> curve.bestAtFalsePositiveRate(0.1).truePositiveRate()),
    TPR_AT_1("tpr-at-0.01", "TPR at FPR 1 %", curve -> curve.bestAtFalsePositiveRate(0.01).truePositiveRate()),
    /** With fewer than 1000 non-members this is the TPR without a false positive. */
    TPR_AT_01("tpr-at-0.001", "TPR at FPR 0.1 %", curve -> curve.bestAtFalsePositiveRate(0.001).truePositiveRate());

    private final String label;
    private final String words;
    private final ToDoubleFunction<RocCurve> value;

    Figure(String label, String words, ToDoubleFunction<RocCurve> value) {
        this.label = label;
        this.words = words;
        this.value = value;
    }

    String label() {
        return label;
    }

    String words() {
        return words;
    }

    double of(RocCurve curve) {
        return value.applyAsDouble(curve);
    }
}
