package io.github.miaudit.examples;

import io.github.miaudit.data.preparation.DatasetPreparation;
import io.github.miaudit.data.preparation.Datasheet;
import io.github.miaudit.data.preparation.Matching;
import io.github.miaudit.notes.NoteFiles;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes the dataset of an audit from notes: what the model was trained on, and notes of the same kind that it was not.
 * Run: {@code PrepareNotes [TRAINING NONTRAINING OUTPUT]}; files or folders of CSV, JSON Lines, n2c2 XML or plain text, by default
 * the demonstration's sentences; OUTPUT is a new folder.
 */
public final class PrepareNotes {

    public static void main(String[] arguments) {
        String demo = "mia-cli/src/main/resources/io/github/miaudit/cli/demo/";
        String[] given = arguments.length > 0 ? arguments
                : new String[] {demo + "dataset/members.jsonl", demo + "dataset/non_members.jsonl", "demo-dataset"};

        Datasheet datasheet = DatasetPreparation.of(NoteFiles.at(Path.of(given[0])), NoteFiles.at(Path.of(given[1])))
                .withSize(90, 1000)
                .withFewerAllowed()
                .withMatching(Matching.by(List.of(Matching.LENGTH)))
                .prepareInto(Path.of(given[2]))
                .datasheet();

        datasheet.sets().forEach((population, counts) -> System.out.println(population.words() + ": " + counts.sampled() + " sentences of "
                + counts.sampledPatients() + " patients; " + Math.round(100 * counts.sharedRate())
                + " % of what's there is said of others too"));
    }
}
