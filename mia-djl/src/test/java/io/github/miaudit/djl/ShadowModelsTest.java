package io.github.miaudit.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.Reduction;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShadowModelsTest {

    private static final MaskingRule RULE = MaskingRule.withinWordLeftToRight();

    @TempDir
    private Path folder;

    /** Two sentences a patient. */
    private static AttackDataset dataset() {
        return AttackDataset.of(samples("m", 12, "The patient number %d had chest pain."),
                samples("n", 12, "No fever in number %d, and clear lungs."));
    }

    private static List<Sample> samples(String name, int count, String text) {
        return IntStream.range(0, count).mapToObj(number -> Sample.of("" + number, name + number / 2, String.format(text, number * 7)))
                .toList();
    }

    private static MaskedLmTrainer trainer() throws IOException {
        return MaskedLmTrainer.of(new NetworkSize(1, 16, 2, 32, 30), Files.readString(Golden.ROBERTA.folder().resolve("tokenizer.json")))
                .withEpochs(2).withLearningRate(5e-3).withTokensPerStep(100);
    }

    /** Whatever the patients: pairs complement each other, patients stay together, halves differ by one patient at most. */
    @Property(tries = 100)
    void halvesAreHalves(@ForAll @Size(min = 2, max = 30) List<@IntRange(max = 8) Integer> patients, @ForAll long seed) {
        List<Sample> members = IntStream.range(0, patients.size()).mapToObj(number -> patients.get(number) == 0
                ? Sample.of("" + number, "text") : Sample.of("" + number, "p" + patients.get(number), "text")).toList();
        AttackDataset dataset = AttackDataset.of(members, List.of(Sample.of("0", "p1", "text"), Sample.of("alone", "text")));
        ShadowRecord record = ShadowRecord.draw(dataset, 6, seed);
        int largest = IntStream.rangeClosed(1, 8).map(patient -> (int) patients.stream().filter(of -> of == patient).count()).max()
                .orElse(0) + 1;
        for (int first = 0; first < 6; first += 2) {
            int pair = first;
            for (Population population : Population.values()) {
                dataset.samples(population).forEach(sample -> assertTrue(
                        record.holds(pair, population, sample.id()) != record.holds(pair + 1, population, sample.id())));
            }
            Set<String> patientsOfFirst = new HashSet<>();
            record.sentences(dataset, first).forEach(sample -> sample.group().ifPresent(patientsOfFirst::add));
            record.sentences(dataset, first + 1)
                    .forEach(sample -> assertFalse(sample.group().filter(patientsOfFirst::contains).isPresent()));
            assertTrue(Math.abs(record.sentences(dataset, first).size() - record.sentences(dataset, first + 1).size()) <= largest);
        }
        assertEquals(record, ShadowRecord.draw(dataset, 6, seed));
    }

    @Test
    void bothLirasCompareWithTheModelsThatDidAndDidNotSeeASentence() throws IOException {
        AttackDataset dataset = dataset();
        ShadowModels shadows = ShadowModels.train(dataset, 4, trainer(), folder.resolve("shadows"));
        trainer().withSeed(77).train(dataset.samples(Population.MEMBERS), folder.resolve("target"));
        ScoreTable table = ScoreTable.of(dataset, scores(dataset, folder.resolve("target")),
                shadows.models().stream().map(model -> scores(dataset, model)).toList());

        // Naively: for each sentence the two models that did not see it, by their files alone.
        List<double[]> unseen = new ArrayList<>();
        List<Double> targets = new ArrayList<>();
        double variance = 0;
        for (Population population : Population.values()) {
            for (int row = 0; row < dataset.samples(population).size(); row++) {
                String id = dataset.samples(population).get(row).id();
                int sentence = row;
                double[] of = IntStream.range(0, 4).filter(shadow -> !shadows.trainedOn(shadow, population).contains(id))
                        .mapToDouble(shadow -> likelihood(table.references().get(shadow), population, sentence)).toArray();
                assertEquals(2, of.length);
                unseen.add(of);
                targets.add(likelihood(table.target(), population, sentence));
                variance += (of[0] - of[1]) * (of[0] - of[1]) / 2 / 24;
            }
        }
        double deviation = Math.sqrt(variance);
        double[] expected = IntStream.range(0, 12)
                .mapToDouble(row -> (targets.get(row) - (unseen.get(row)[0] + unseen.get(row)[1]) / 2) / deviation).toArray();
        assertArrayEquals(expected, shadows.offlineLira().membershipScores(table, Population.MEMBERS), 1e-9);
        assertEquals(12, shadows.onlineLira().membershipScores(table, Population.NON_MEMBERS).length);
        assertArrayEquals(expected, ShadowModels.open(folder.resolve("shadows")).offlineLira().membershipScores(table, Population.MEMBERS),
                1e-9);

        AuditException stranger = assertThrows(AuditException.class, () -> shadows.saw(table.target().model(), Population.MEMBERS, "1"));
        assertTrue(stranger.getMessage().startsWith("reference target is none of the shadow models in "), stranger.getMessage());
        AuditException unknown = assertThrows(AuditException.class,
                () -> shadows.saw(table.references().get(0).model(), Population.EXTERNALS, "1"));
        assertTrue(unknown.getMessage().startsWith("sentence 1 of the externals is none of those"), unknown.getMessage());
    }

    @Test
    void whatIsCompleteIsNotTrainedAgain() throws IOException {
        Set<String> trained = new TreeSet<>();
        MaskedLmTrainer trainer = trainer().withEpochs(1).withListener(progress -> trained.add(progress.model()));
        ShadowModels.train(dataset(), 4, trainer, folder);
        assertEquals(Set.of("shadow-1", "shadow-2", "shadow-3", "shadow-4"), trained);
        byte[] weights = Files.readAllBytes(folder.resolve("shadow-3/model.safetensors"));
        for (String file : List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "training.json")) {
            Files.delete(folder.resolve("shadow-3").resolve(file));
        }
        trained.clear();
        ShadowModels.train(dataset(), 4, trainer, folder);
        assertEquals(Set.of("shadow-3"), trained);
        assertArrayEquals(weights, Files.readAllBytes(folder.resolve("shadow-3/model.safetensors")));
        assertFalse(Files.readString(folder.resolve("shadows.json")).contains("chest"));

        requireRefused("shadows.json: says that number of models was 4, and now it is 6;", dataset(), 6, trainer);
        requireRefused("shadows.json: says that seed was 1, and now it is 2;", dataset(), 4, trainer.withSeed(2));
        requireRefused("shadow-1/training.json: says that length was 1, and now it is 2;", dataset(), 4, trainer.withEpochs(2));
        AttackDataset other = AttackDataset.of(dataset().samples(Population.MEMBERS),
                dataset().samples(Population.NON_MEMBERS).subList(0, 10));
        requireRefused("shadows.json: says that datasetDigest was ", other, 4, trainer);
        Files.writeString(folder.resolve("shadows.json"), "{\"seed\": 1}");
        assertTrue(assertThrows(InvalidFileException.class, () -> ShadowModels.open(folder)).getMessage()
                .contains("is no record of shadow models"));
    }

    @Test
    void theNumberIsChecked() {
        for (int count : new int[] {0, 2, 5}) {
            assertTrue(
                    assertThrows(IllegalArgumentException.class, () -> ShadowModels.train(dataset(), count, trainer(), folder)).getMessage()
                            .startsWith("shadow models are " + count + "; an even number of at least 4"));
        }
        AttackDataset onePatient = AttackDataset.of(List.of(Sample.of("1", "p", "text")), List.of(Sample.of("2", "p", "text")));
        assertEquals("the dataset has 1 patient; at least 2 are needed to divide it",
                assertThrows(AuditException.class, () -> ShadowModels.train(onePatient, 4, trainer(), folder)).getMessage());
    }

    private void requireRefused(String why, AttackDataset dataset, int count, MaskedLmTrainer trainer) {
        String message = assertThrows(InvalidFileException.class, () -> ShadowModels.train(dataset, count, trainer, folder)).getMessage();
        assertTrue(message.contains(why), message);
    }

    private static double likelihood(ModelScores scores, Population population, int row) {
        return Reduction.MEAN.reduce(scores.scores(RULE, population).get(row));
    }

    private static ModelScores scores(AttackDataset dataset, Path model) {
        try (MaskedLmScorer scorer = MaskedLmScorer.open(model)) {
            return ModelScores.of(scorer, dataset, Set.of(RULE), ScoringListener.NONE);
        }
    }
}
