package io.github.miaudit.suite;

import io.github.miaudit.djl.TrainingListener;
import java.nio.file.Path;

/** Trained models in a folder, each in one that is named by its recipe; what is there is not trained again. */
record ModelCache(Path folder, TrainingListener listener) {

    /** The model's folder, trained if need be, after the model that it goes on from; an interrupted training goes on. */
    Path model(Recipe recipe) {
        Path start = recipe.start().map(this::model).orElse(folder);
        Path model = folder.resolve(recipe.folder());
        recipe.train(start, model, listener);
        return model;
    }
}
