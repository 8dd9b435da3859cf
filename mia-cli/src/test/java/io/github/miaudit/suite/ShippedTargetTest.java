package io.github.miaudit.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.djl.TrainingListener;
import io.github.miaudit.likelihood.SequenceScorer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedTargetTest {

    private static final Path SHIPPED = shipped();

    @TempDir
    private Path folder;

    /** Were it another recipe, training would refuse the folder. */
    @Test
    void theReferenceIsTheBenchmarks() {
        ShippedTarget.recipes().get("reference").train(folder, SHIPPED.resolve("reference"), TrainingListener.NONE);
        assertTrainedOnItsSentences("reference");
    }

    @ParameterizedTest
    @ValueSource(strings = {"target", "control"})
    void targetAndControlAreTheBenchmarks(String role) throws IOException {
        Recipe recipe = ShippedTarget.recipes().get(role);
        assertTrainedOnItsSentences(role);
        JsonObject made = made(role);
        assertEquals("epochs", made.get("lengthIn").getAsString());
        assertEquals(recipe.epochs(), made.get("length").getAsInt());
        assertEquals(recipe.seed(), made.get("seed").getAsLong());
        assertEquals(Files.readString(SHIPPED.resolve("reference/tokenizer.json")),
                Files.readString(SHIPPED.resolve(role).resolve("tokenizer.json")));
    }

    @Test
    void theControlIsMadeAsTheTargetIsOfOtherPatients() throws IOException {
        JsonObject target = made("target");
        JsonObject control = made("control");
        for (String trainedOn : List.of("sentencesDigest", "textsDigest")) {
            target.remove(trainedOn);
            control.remove(trainedOn);
        }
        assertEquals(target, control);
        Set<Optional<String>> seen = patients(ShippedTarget.recipes().get("control").sentences());
        AttackDataset dataset = ShippedTarget.dataset();
        assertEquals(patients(dataset.samples(Population.MEMBERS)), patients(ShippedTarget.recipes().get("target").sentences()));
        for (Population population : Population.values()) {
            Set<Optional<String>> audited = patients(dataset.samples(population));
            audited.retainAll(seen);
            assertEquals(Set.of(), audited);
        }
    }

    @Test
    void allThatIsShippedIsUnderEightMegabytes() throws IOException {
        try (Stream<Path> files = Files.walk(SHIPPED)) {
            long bytes = files.mapToLong(file -> file.toFile().length()).sum();
            assertTrue(bytes < 8_000_000, bytes + " bytes");
        }
    }

    private static void assertTrainedOnItsSentences(String role) {
        try (SequenceScorer scorer = MaskedLmScorer.open(SHIPPED.resolve(role))) {
            assertTrue(scorer.isKnownToBeTrainedOn(ShippedTarget.recipes().get(role).sentences()), role);
        }
    }

    private static JsonObject made(String role) throws IOException {
        return JsonParser.parseString(Files.readString(SHIPPED.resolve(role).resolve("training.json"))).getAsJsonObject()
                .getAsJsonObject("made");
    }

    private static Set<Optional<String>> patients(List<Sample> sentences) {
        return sentences.stream().map(Sample::group).collect(Collectors.toCollection(HashSet::new));
    }

    private static Path shipped() {
        try {
            return Path.of(ShippedTarget.class.getResource("/io/github/miaudit/cli/demo").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
