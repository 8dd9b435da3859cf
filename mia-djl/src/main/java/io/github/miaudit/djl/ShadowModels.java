package io.github.miaudit.djl;

import io.github.miaudit.checkpoint.Checkpoint;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.membership.LiraAttack;
import io.github.miaudit.membership.OnlineLiraAttack;
import io.github.miaudit.metrics.CounterRandom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Models like the target, each trained on a random half of the audited sentences: what LiRA compares the target with
 * (Carlini et al. 2022, arXiv 2112.03570). They come in pairs, of which one is trained on a half and the other on the
 * other half, so each sentence is in exactly half of the models. A patient's sentences fall together; a sentence without
 * a patient falls on its own. All populations are divided, members, non-members and externals.
 *
 * <p>A shadow model should be trained as the target was: from the same start, for as long, on as many sentences. The
 * dataset should therefore hold about twice as many sentences as the target was trained on: a model that learns from
 * fewer knows each of them better, and the target then looks as if it leaked less than it does.
 *
 * <pre>{@code
 * ShadowModels shadows = ShadowModels.train(dataset, 8, MaskedLmTrainer.from(general), folder);
 * // score the dataset with the target and, as references, with each of shadows.models(); then
 * shadows.offlineLira();  // compares with the models that did not see a sentence
 * shadows.onlineLira();   // and with those that did
 * }</pre>
 *
 * <p>Which sentence was in which model is kept in {@code shadows.json} beside the models, by ids; it is as confidential
 * as who is in the dataset. Immutable and thread-safe.
 */
public final class ShadowModels {

    private static final int FEWEST = 4;

    private final Path folder;
    private final ShadowRecord record;
    private final Map<String, Integer> shadowsByDigest = new HashMap<>();

    private ShadowModels(Path folder, ShadowRecord record) {
        this.folder = folder;
        this.record = record;
        for (int shadow = 0; shadow < record.shadows().size(); shadow++) {
            shadowsByDigest.put(Checkpoint.open(model(shadow)).digest(), shadow);
        }
    }

    /**
     * Trains shadow models, each to a folder of its own in one that is made if missing. The halves are drawn, by the trainer's
     * seed, which decides each model's own seed too, and written down first. The same call again goes on where it was interrupted
     * and does not train again what is complete; another one is refused.
     *
     * @throws IllegalArgumentException if the count of models is odd or below 4
     * @throws InvalidFileException     if the folder holds shadow models of another dataset, number, seed or training, or
     *                                  can't be written
     * @throws AuditException           if there are fewer than two patients, or as {@link MaskedLmTrainer#train}
     */
    public static ShadowModels train(AttackDataset dataset, int count, MaskedLmTrainer trainer, Path folder) {
        if (count < FEWEST || count % 2 != 0) {
            throw new IllegalArgumentException("shadow models are " + count + "; an even number of at least " + FEWEST
                    + " is needed, so that two or more have seen each sentence and two or more have not");
        }
        ShadowRecord record = ShadowRecord.draw(dataset, count, trainer.seed());
        if (Files.exists(folder.resolve(ShadowRecord.FILE_NAME))) {
            ShadowRecord.read(folder).requireSameAs(record, folder);
        } else {
            record.write(folder);
        }
        for (int shadow = 0; shadow < count; shadow++) {
            trainer.withSeed(CounterRandom.mix(trainer.seed(), shadow + 1)).train(record.sentences(dataset, shadow),
                    folder.resolve(record.shadows().get(shadow).name()));
        }
        return new ShadowModels(folder, record);
    }

    /**
     * Opens shadow models that are complete.
     *
     * @throws InvalidFileException if {@code shadows.json} or a model is missing or broken
     */
    public static ShadowModels open(Path folder) {
        return new ShadowModels(folder, ShadowRecord.read(folder));
    }

    /** The models' folders, in order. */
    public List<Path> models() {
        return IntStream.range(0, record.shadows().size()).mapToObj(this::model).toList();
    }

    /** The ids of the sentences that a model, by its place in {@link #models()}, was trained on, in the order of the dataset. */
    public List<String> trainedOn(int shadow, Population population) {
        return List.copyOf(record.shadows().get(shadow).sentences().get(population.label()));
    }

    /** Offline LiRA with these models as references: each sentence is compared with those that did not see it. */
    public LiraAttack offlineLira() {
        return LiraAttack.withDefaults().withReferencesTrainedOn(this::saw);
    }

    /** Online LiRA with these models as references. */
    public OnlineLiraAttack onlineLira() {
        return OnlineLiraAttack.of(this::saw);
    }

    /**
     * Whether one of these models was trained on a sentence. A model is known by its digest, wherever it lies.
     *
     * @throws AuditException if the model is none of these, or no model was trained on the sentence
     */
    public boolean saw(ModelIdentity model, Population population, String id) {
        Integer shadow = shadowsByDigest.get(model.modelDigest());
        if (shadow == null) {
            throw new AuditException("reference " + model.name() + " is none of the shadow models in " + folder
                    + "; leave it out, or choose an attack that" + " takes any reference");
        }
        if (!record.holds(0, population, id) && !record.holds(1, population, id)) {
            throw new AuditException("sentence " + id + " of the " + population.words() + " is none of those that the shadow models in "
                    + folder + " were trained on; audit the dataset that they were made from");
        }
        return record.holds(shadow, population, id);
    }

    private Path model(int shadow) {
        return folder.resolve(record.shadows().get(shadow).name());
    }
}
