package io.github.miaudit.suite;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Samples;
import io.github.miaudit.djl.TrainingListener;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The target of the benchmark that is shipped, for {@code mia demo}: the one that was trained longest, of the first seed, so that nobody
 * chose the seed by its figures. The reference is the usual one. The control is made as the target is, of other patients of the seed;
 * the externals are of its other hospital.
 */
public final class ShippedTarget {

    /** Of dataset and models, in the folder that they are written to. */
    public static final List<String> FOLDERS = List.of("dataset", "target", "reference", "control");

    private static final BenchmarkTarget TARGET = BenchmarkTarget.EPOCHS_32;
    private static final long SEED = 1;
    private static final SuiteSize SIZE = SuiteSize.FULL;
    private static final Ward WARD = Ward.of(SEED, SIZE);

    private ShippedTarget() {
    }

    /** What is asked about. */
    public static AttackDataset dataset() {
        return AttackDataset.of(WARD.members(), WARD.heldOut(), WARD.elsewhere());
    }

    /**
     * Writes the folders {@code dataset}, {@code target}, {@code reference} and {@code control}.
     *
     * @param folder   which has none of them
     * @param cache    the folder of trained models, which a benchmark's may be; what it lacks is trained, and an interrupted training
     *                 goes on
     * @param listener is told of trainings
     * @throws io.github.miaudit.io.AuditException if a model can't be trained, or a file can't be written or is there already
     */
    public static void write(Path folder, Path cache, TrainingListener listener) {
        ModelCache models = new ModelCache(cache, listener);
        recipes().forEach((role, recipe) -> copy(models.model(recipe), folder.resolve(role)));
        AttackDataset dataset = dataset();
        for (Population population : Population.values()) {
            Samples.writeJsonLines(folder.resolve("dataset").resolve(population.label() + ".jsonl"), dataset.samples(population));
        }
    }

    /** How each model is made, by its role. */
    static Map<String, Recipe> recipes() {
        Recipe target = TARGET.recipe(WARD, SIZE);
        Map<String, Recipe> recipes = new LinkedHashMap<>();
        recipes.put("target", target);
        recipes.put("reference", TARGET.reference(WARD, SIZE));
        recipes.put("control", target.of("control", WARD.others()));
        return recipes;
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            OwnerOnly.makeFolders(to);
            for (Path file : all) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new InvalidFileException(to, e);
        }
    }
}
