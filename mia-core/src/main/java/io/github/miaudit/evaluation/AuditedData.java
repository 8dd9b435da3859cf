package io.github.miaudit.evaluation;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.DatasetDigests;
import io.github.miaudit.data.PatientContents;
import io.github.miaudit.data.PatientDigests;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.likelihood.ScoreTable;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sentences of an audit, as far as they are known beside their scores.
 *
 * @param dataset the sentences with their texts; empty where no text is known
 * @param named   the sentences, for what needs no text
 * @param sets    whose they are
 * @param digests of their patients
 * @param digest  of all of it
 */
record AuditedData(Optional<AttackDataset> dataset, AttackDataset named, PatientSets sets, PatientDigests digests, String digest) {

    /** Sets what reports state apart from the secret of {@link PatientDigests}. */
    private static final String TOLD = "told\0";

    /** Of sentences whose texts are known, and their scores. */
    static AuditedData of(AttackDataset dataset, ScoreTable scores) {
        DatasetDigests digests = DatasetDigests.of(dataset);
        return new AuditedData(Optional.of(dataset), dataset, PatientSets.of(scores.patients()), digests.patients(), digests.told());
    }

    /** Of sentences that were scored somewhere. */
    static AuditedData of(ScoreTable scores) {
        String digest = scores.digest();
        return new AuditedData(Optional.empty(), new WithoutTexts(scores), PatientSets.of(scores.patients()),
                PatientDigests.ofDigest(digest), Sha256.of((TOLD + digest).getBytes(StandardCharsets.UTF_8)));
    }

    Optional<String> datasheet() {
        return dataset.flatMap(AttackDataset::datasheet);
    }

    /** Of the sets whose texts are known. */
    Map<Population, PatientContents.Sketch> sketches() {
        Map<Population, PatientContents.Sketch> sketches = new EnumMap<>(Population.class);
        dataset.ifPresent(data -> Stream.of(Population.values()).filter(population -> !data.samples(population).isEmpty())
                .forEach(population -> PatientContents.sketch(data, population).ifPresent(sketch -> sketches.put(population, sketch))));
        return sketches;
    }

    /** Ids and patients; every text is empty. */
    private record WithoutTexts(PerPopulation<List<ScoreTable.Row>> rows) implements AttackDataset {

        WithoutTexts(ScoreTable scores) {
            this(PerPopulation.of(scores::rows));
        }

        @Override
        public List<Sample> samples(Population population) {
            List<ScoreTable.Row> ofPopulation = rows.of(population);
            return new AbstractList<>() {
                @Override
                public Sample get(int index) {
                    return new Sample(ofPopulation.get(index).id(), ofPopulation.get(index).group(), "");
                }

                @Override
                public int size() {
                    return ofPopulation.size();
                }
            };
        }
    }

    /** Names nobody. */
    @Override
    public String toString() {
        return "AuditedData[" + (dataset.isPresent() ? "with texts" : "without texts") + "]";
    }
}
