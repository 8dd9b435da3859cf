package io.github.miaudit.data;

import io.github.miaudit.io.FileReaderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Of the files of a dataset the data sheet, beside whole sets of sentences. */
class DatasheetDigestsFuzzTest extends FileReaderContract {

    DatasheetDigestsFuzzTest() {
        super("datasheet.json", 1000);
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        Files.writeString(folder.resolve("members.jsonl"), "\"Slept badly.\"\n");
        Files.writeString(folder.resolve("non_members.jsonl"), "\"Slept well.\"\n");
    }

    @Override
    protected void read(Path file) {
        AttackDataset.readJsonLines(file.getParent());
    }
}
