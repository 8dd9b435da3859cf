package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * ROC, AUC, TPR at FPR and the best advantage against scikit-learn 1.2.1 ({@code roc_curve} with
 * {@code drop_intermediate=False}, {@code roc_auc_score}), Clopper-Pearson intervals against SciPy 1.10.1
 * ({@code binomtest(k, n).proportion_ci}), DeLong against two implementations from the papers, on the cases in
 * {@code golden/metrics.json}.
 */
class GoldenMetricsTest {

    private static final double TOLERANCE = 1e-12;

    @TestFactory
    Stream<DynamicTest> figuresAreScikitLearns() throws IOException {
        try (Reader file = new InputStreamReader(GoldenMetricsTest.class.getResourceAsStream("/golden/metrics.json"),
                StandardCharsets.UTF_8)) {
            JsonArray cases = JsonParser.parseReader(file).getAsJsonObject().getAsJsonArray("cases");
            return StreamSupport.stream(cases.spliterator(), false).map(JsonElement::getAsJsonObject)
                    .map(example -> dynamicTest(example.get("name").getAsString(), () -> check(example)));
        }
    }

    private static void check(JsonObject example) {
        JsonObject expected = example.getAsJsonObject("expected");
        RocCurve curve = RocCurve.of(doubles(example.getAsJsonArray("members")), doubles(example.getAsJsonArray("nonmembers")));
        assertEquals(expected.get("auc").getAsDouble(), curve.areaUnderCurve(), TOLERANCE);
        assertEquals(expected.get("max_tpr_minus_fpr").getAsDouble(), curve.bestAdvantage().advantage(), TOLERANCE);
        checkCurve(expected.getAsJsonObject("roc"), curve);
        for (JsonElement rate : expected.getAsJsonArray("tpr_at_fpr")) {
            JsonObject wanted = rate.getAsJsonObject();
            checkPoint(wanted, curve.bestAtFalsePositiveRate(wanted.get("fpr_max").getAsDouble()));
            int members = curve.memberCount();
            checkInterval(wanted.getAsJsonArray("clopper_pearson_95"),
                    BinomialInterval.of(wanted.get("true_positives").getAsInt(), members, 0.95), 1e-9);
        }
        checkDeLong(expected.get("delong"),
                DeLong.of(doubles(example.getAsJsonArray("members")), doubles(example.getAsJsonArray("nonmembers"))));
    }

    private static void checkDeLong(JsonElement expected, DeLong actual) {
        JsonElement variance = expected.isJsonNull() ? expected : expected.getAsJsonObject().get("variance");
        if (variance.isJsonNull()) {
            assertThrows(IllegalArgumentException.class, actual::variance);
            assertThrows(IllegalArgumentException.class, () -> actual.interval(0.95));
            return;
        }
        assertEquals(variance.getAsDouble(), actual.variance(), 1e-10 * variance.getAsDouble());
    }

    private static void checkInterval(JsonArray expected, Interval actual, double tolerance) {
        assertEquals(expected.get(0).getAsDouble(), actual.lower(), tolerance);
        assertEquals(expected.get(1).getAsDouble(), actual.upper(), tolerance);
    }

    private static void checkCurve(JsonObject expected, RocCurve curve) {
        double[] fpr = doubles(expected.getAsJsonArray("fpr"));
        double[] tpr = doubles(expected.getAsJsonArray("tpr"));
        assertEquals(fpr.length, curve.size());
        for (int index = 0; index < curve.size(); index++) {
            assertEquals(fpr[index], curve.point(index).falsePositiveRate(), TOLERANCE);
            assertEquals(tpr[index], curve.point(index).truePositiveRate(), TOLERANCE);
            assertEquals(threshold(expected.getAsJsonArray("thresholds").get(index)), curve.point(index).threshold(), 0.0);
        }
    }

    private static void checkPoint(JsonObject expected, RocPoint point) {
        assertEquals(expected.get("tpr").getAsDouble(), point.truePositiveRate(), TOLERANCE);
        assertEquals(expected.get("fpr_attained").getAsDouble(), point.falsePositiveRate(), TOLERANCE);
        assertEquals(expected.get("true_positives").getAsInt(), point.confusion().truePositives());
        assertEquals(expected.get("false_positives").getAsInt(), point.confusion().falsePositives());
        assertEquals(threshold(expected.get("threshold")), point.threshold(), 0.0);
    }

    private static double threshold(JsonElement value) {
        return value.isJsonNull() ? Double.POSITIVE_INFINITY : value.getAsDouble();
    }

    private static double[] doubles(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false).mapToDouble(JsonElement::getAsDouble).toArray();
    }
}
