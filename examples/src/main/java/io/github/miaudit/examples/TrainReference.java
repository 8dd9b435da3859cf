package io.github.miaudit.examples;

import io.github.miaudit.data.Sample;
import io.github.miaudit.data.Samples;
import io.github.miaudit.djl.MaskedLmTrainer;
import io.github.miaudit.djl.TrainingListener;
import io.github.miaudit.djl.TrainingProgress;
import java.nio.file.Path;
import java.util.List;

/**
 * Goes on training a model on sentences of one's own population, none of a member's, so that it can be the reference of an audit.
 * Run: {@code TrainReference [MODEL SENTENCES OUTPUT]}; by default the demonstration's reference on its externals. A tenth of the
 * sentences is held out. The same call again goes on after a kill.
 */
public final class TrainReference {

    public static void main(String[] arguments) {
        String demo = "mia-cli/src/main/resources/io/github/miaudit/cli/demo/";
        String[] given = arguments.length > 0 ? arguments
                : new String[] {demo + "reference", demo + "dataset/externals.jsonl", "demo-reference"};
        List<Sample> sentences = Samples.read(Path.of(given[1]));
        int heldOut = sentences.size() / 10;

        MaskedLmTrainer.from(Path.of(given[0]))
                .withEpochs(3)
                .withHeldOut(sentences.subList(0, heldOut))
                .withListener(new Printed())
                .train(sentences.subList(heldOut, sentences.size()), Path.of(given[2]));
    }

    private static final class Printed implements TrainingListener {

        @Override
        public void stepDone(TrainingProgress progress) {
            System.out.printf("step %d of %d: loss %.3f nats a masked token%n", progress.step(), progress.steps(), progress.loss());
        }

        @Override
        public void heldOutMeasured(String model, int step, double loss) {
            System.out.printf("held out after step %d: %.3f nats%n", step, loss);
        }
    }
}
