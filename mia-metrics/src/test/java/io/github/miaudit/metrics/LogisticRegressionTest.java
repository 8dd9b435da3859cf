package io.github.miaudit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.Gson;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Against scikit-learn 1.9.1, {@code golden/make_logistic.py}. */
class LogisticRegressionTest {

    private static final double[][] LOW = {{0, 1}, {1, 1}, {2, 1}};
    private static final double[][] HIGH = {{2, 1}, {3, 1}};

    @TestFactory
    Stream<DynamicTest> logOddsAreScikitLearns() throws IOException {
        try (Reader file = new InputStreamReader(LogisticRegressionTest.class.getResourceAsStream("/golden/logistic.json"),
                StandardCharsets.UTF_8)) {
            JsonArray cases = JsonParser.parseReader(file).getAsJsonObject().getAsJsonArray("cases");
            return StreamSupport.stream(cases.spliterator(), false).map(JsonElement::getAsJsonObject)
                    .map(example -> dynamicTest(example.get("name").getAsString(), () -> check(example)));
        }
    }

    private static void check(JsonObject example) {
        Gson gson = new Gson();
        double[][] first = gson.fromJson(example.get("first"), double[][].class);
        double[][] second = gson.fromJson(example.get("second"), double[][].class);
        double[] expected = gson.fromJson(example.get("logOdds"), double[].class);
        LogisticRegression fit = LogisticRegression.fit(first, second, example.get("penalty").getAsDouble());
        for (int row = 0; row < expected.length; row++) {
            assertEquals(expected[row], fit.logOdds(row < first.length ? first[row] : second[row - first.length]), 1e-8, "row " + row);
        }
    }

    @Test
    void aFeatureThatIsConstantHasNoSay() {
        LogisticRegression fit = LogisticRegression.fit(HIGH, LOW, 1);
        assertEquals(fit.logOdds(new double[] {1, 1}), fit.logOdds(new double[] {1, -1000}));
        assertTrue(fit.logOdds(new double[] {3, 1}) > fit.logOdds(new double[] {0, 1}));
        double[][] tenths = {{0.1}, {0.1}, {0.1}};
        assertEquals(0, LogisticRegression.fit(tenths, tenths, 1).logOdds(new double[] {7}), 1e-12);
    }

    /** Far apart and hardly penalised: Newton's own steps would overshoot. */
    @Test
    void classesFarApartStayFinite() {
        LogisticRegression fit = LogisticRegression.fit(new double[][] {{1e6}, {1e6 + 1}}, new double[][] {{-1e6}, {-1e6 - 1}}, 1e-9);
        double odds = fit.logOdds(new double[] {1e6});
        assertTrue(odds > 10 && odds < 100, "odds " + odds);
        assertEquals(-odds, fit.logOdds(new double[] {-1e6}), 1e-3);
    }

    @Test
    void whatCannotBeFittedIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> LogisticRegression.fit(HIGH, new double[0][], 1));
        assertThrows(IllegalArgumentException.class, () -> LogisticRegression.fit(HIGH, LOW, 0));
        assertThrows(IllegalArgumentException.class, () -> LogisticRegression.fit(HIGH, new double[][] {{1}}, 1));
        assertThrows(IllegalArgumentException.class, () -> LogisticRegression.fit(HIGH, new double[][] {{1, Double.NaN}}, 1));
        assertThrows(IllegalArgumentException.class, () -> LogisticRegression.fit(HIGH, LOW, 1).logOdds(new double[] {1}));
    }
}
