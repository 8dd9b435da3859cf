package io.github.miaudit.suite;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.djl.TrainingListener;
import java.nio.file.Path;

/**
 * A target of one seed, to be asked other questions than a benchmark asks.
 *
 * @param dataset   what is asked about
 * @param target    the model's folder
 * @param reference that of its reference
 */
public record TrainedTarget(AttackDataset dataset, Path target, Path reference) {

    /**
     * The target as a benchmark makes it.
     *
     * @param target   which
     * @param seed     of the patients, notes and training
     * @param size     of these
     * @param cache    the folder of trained models, which a benchmark's may be; what it lacks is trained
     * @param listener is told of trainings
     * @throws io.github.miaudit.io.AuditException if a model can't be trained
     */
    public static TrainedTarget of(BenchmarkTarget target, long seed, SuiteSize size, Path cache, TrainingListener listener) {
        ModelCache models = new ModelCache(cache, listener);
        Ward ward = Ward.of(seed, size);
        return new TrainedTarget(target.dataset(ward), models.model(target.recipe(ward, size)), models.model(target.reference(ward, size)));
    }
}
