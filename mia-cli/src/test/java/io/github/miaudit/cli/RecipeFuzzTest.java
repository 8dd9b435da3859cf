package io.github.miaudit.cli;

import io.github.miaudit.io.FileReaderContract;
import java.nio.file.Path;

class RecipeFuzzTest extends FileReaderContract {

    RecipeFuzzTest() {
        super("recipe.yaml", 1000);
    }

    @Override
    protected void read(Path file) {
        new RecipeFile(file).read();
    }
}
