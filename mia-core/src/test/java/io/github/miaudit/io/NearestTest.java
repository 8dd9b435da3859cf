package io.github.miaudit.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> WORDS = List.of("target", "reference", "dataset", "dataset-name", "fpr");

    @ParameterizedTest
    @CsvSource({"taget,target", "tagret,target", "TARGET,target", "referances,reference", "datasat,dataset", "frp,fpr", "fp,fpr", "output,",
            "xyz,", "'',"})
    void theWordWithTheFewestEdits(String word, String nearest) {
        assertEquals(Optional.ofNullable(nearest), Nearest.to(word, WORDS));
        assertEquals(nearest == null ? "" : "; did you mean " + nearest + "?", Nearest.question(word, WORDS));
    }
}
