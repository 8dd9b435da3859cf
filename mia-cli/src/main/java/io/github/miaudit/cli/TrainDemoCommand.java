package io.github.miaudit.cli;

import io.github.miaudit.data.Sample;
import io.github.miaudit.data.Samples;
import io.github.miaudit.djl.MaskedLmTrainer;
import io.github.miaudit.djl.NetworkSize;
import io.github.miaudit.suite.BytePairEncoding;
import io.github.miaudit.suite.SyntheticNotes;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code mia train-demo}: the synthetic notes and both demonstration models, from nothing. One hospital's patients
 * fall into three: those the target is trained on (some of them are the members), those held out (the non-members)
 * and those the reference is trained on. Nothing distinguishes them but that.
 */
@Command(name = "train-demo", description = "Makes the demonstration's notes and trains its two models from nothing, in about ten minutes.")
final class TrainDemoCommand extends MiaCommand {

    private static final long SEED = 20261124;
    private static final int SENTENCES_PER_PATIENT = 12;
    private static final int TRAINING_PATIENTS = 150;
    private static final int AUDITED_PATIENTS = 40;
    private static final int REFERENCE_PATIENTS = 600; // a reference that knows the language, not the members
    private static final int EXTERNAL_PATIENTS = 25;
    private static final int VOCABULARY_SIZE = 1500;
    private static final NetworkSize SIZE = new NetworkSize(3, 128, 4, 512, 96);
    private static final int TARGET_EPOCHS = 120; // far past the point where a careful user would stop
    private static final int REFERENCE_EPOCHS = 40;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for dataset, target and reference.")
    private Path output;

    @Override
    void execute() {
        makeFolder(output);
        Notes notes = Notes.generate();
        notes.writeDataset(output.resolve("dataset"));
        String tokenizer = notes.trainTokenizer();
        train("target", TARGET_EPOCHS, notes.trainedOn, tokenizer);
        train("reference", REFERENCE_EPOCHS, notes.others, tokenizer);
        System.out.println("written to " + output);
    }

    private void train(String name, int epochs, List<Sample> sentences, String tokenizer) {
        MaskedLmTrainer.of(SIZE, tokenizer).withEpochs(epochs).withSeed(SEED).withListener(new TrainingLog()).train(sentences,
                output.resolve(name));
    }

    /** The sentences, by what they serve for. */
    record Notes(List<Sample> members, List<Sample> trainedOn, List<Sample> heldOut, List<Sample> others, List<Sample> externals) {

        static Notes generate() {
            List<SyntheticNotes.Patient> hospital = SyntheticNotes.patients(SEED, TRAINING_PATIENTS + AUDITED_PATIENTS + REFERENCE_PATIENTS,
                    SENTENCES_PER_PATIENT);
            List<SyntheticNotes.Patient> trainedOn = hospital.subList(0, TRAINING_PATIENTS);
            List<SyntheticNotes.Patient> rest = hospital.subList(TRAINING_PATIENTS, hospital.size());
            return new Notes(SyntheticNotes.sentences(trainedOn.subList(0, AUDITED_PATIENTS)), SyntheticNotes.sentences(trainedOn),
                    SyntheticNotes.sentences(rest.subList(0, AUDITED_PATIENTS)),
                    SyntheticNotes.sentences(rest.subList(AUDITED_PATIENTS, rest.size())),
                    SyntheticNotes.sentences(SyntheticNotes.externalPatients(SEED + 1, EXTERNAL_PATIENTS, SENTENCES_PER_PATIENT)));
        }

        /** The three files of a dataset. */
        void writeDataset(Path folder) {
            Samples.writeJsonLines(folder.resolve("members.jsonl"), members);
            Samples.writeJsonLines(folder.resolve("non_members.jsonl"), heldOut);
            Samples.writeJsonLines(folder.resolve("externals.jsonl"), externals);
        }

        /** A tokenizer that has seen the language, and neither members nor non-members. */
        String trainTokenizer() {
            return BytePairEncoding.train(others.stream().map(Sample::text).toList(), VOCABULARY_SIZE);
        }
    }
}
