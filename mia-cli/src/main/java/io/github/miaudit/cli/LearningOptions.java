package io.github.miaudit.cli;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.data.Samples;
import io.github.miaudit.data.preparation.ClinicalSentenceSplitter;
import io.github.miaudit.data.preparation.NoteSentences;
import io.github.miaudit.notes.NotesRead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a model learns from. */
final class LearningOptions {

    private static final int IGNORED_NAMED = 3;

    @Option(names = "--input", paramLabel = "FILE|DIR",
            description = "What to learn from: a .jsonl of {\"id\":…,\"group\":…,\"text\":…}, any other file as one UTF-8 sentence a"
                    + " line,"
                    + " or a dataset's folder, of which the members.")
    private Path input;

    @Option(names = "--notes", paramLabel = "NOTES", converter = NotesInput.Converter.class,
            description = "Or notes, as mia prepare --training takes them; may be given several times. All their sentences count.")
    private List<NotesInput> notes = List.of();

    @Option(names = RecipeFile.OPTION, paramLabel = "FILE", converter = RecipeFile.Converter.class,
            description = "Or the training notes of a recipe, or of a datasheet.json.")
    private RecipeFile recipe;

    @Mixin
    private NotesOptions columns;

    /** Reads them; what was not read of notes is said. */
    List<Sample> read() {
        if (Stream.of(input, notes.isEmpty() ? null : notes, recipe).filter(Objects::nonNull).count() != 1) {
            throw new BadUsageException("what to learn from is given by one of '--input', '--notes' and '--recipe'");
        }
        if (input == null) {
            return sentences(notes.isEmpty() ? recipe.required("training") : notes);
        }
        if (!Files.isDirectory(input)) {
            return Samples.read(input);
        }
        List<Sample> members = new ArrayList<>();
        AttackDataset.readJsonLines(input, Population.MEMBERS, members::add);
        return members;
    }

    private List<Sample> sentences(List<NotesInput> inputs) {
        NoteSentences learnt = NoteSentences.of(NotesInput.toInputs(inputs, columns), new ClinicalSentenceSplitter());
        NotesRead read = learnt.read();
        List<String> ignored = read.ignored();
        System.out.println(learnt.sentences().size() + " sentences of " + read.notes() + " notes"
                + (read.leftOut() == 0 ? "" : "; " + read.leftOut() + " rows left out, as where says")
                + (ignored.isEmpty() ? ""
                        : "; " + ignored.size() + " not read: " + String.join(", ", ignored.stream().limit(IGNORED_NAMED).toList())
                                + (ignored.size() > IGNORED_NAMED ? " and others" : "")));
        if (!read.badRows().isEmpty()) {
            NotesRead.BadRow first = read.badRows().get(0);
            System.err.println("mia: warning: " + read.badRows().size() + " bad rows skipped; the first is " + first.source().file() + ":"
                    + first.source().row() + ": " + first.reason());
        }
        return learnt.sentences();
    }
}
