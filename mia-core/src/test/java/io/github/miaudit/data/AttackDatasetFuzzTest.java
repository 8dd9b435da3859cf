package io.github.miaudit.data;

import io.github.miaudit.io.FileReaderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Of the files of a dataset the one of members, beside whole non-members. */
class AttackDatasetFuzzTest extends FileReaderContract {

    AttackDatasetFuzzTest() {
        super("members.jsonl", 1000);
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        Files.writeString(folder.resolve("non_members.jsonl"), "\"Slept well.\"\n");
    }

    @Override
    protected void read(Path file) {
        AttackDataset.readJsonLines(file.getParent());
    }
}
