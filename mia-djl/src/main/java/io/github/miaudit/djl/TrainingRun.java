package io.github.miaudit.djl;

import ai.djl.ndarray.NDArray;
import io.github.miaudit.checkpoint.Architecture;
import io.github.miaudit.checkpoint.Checkpoint;
import io.github.miaudit.checkpoint.SafetensorsFile;
import io.github.miaudit.io.AuditException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One training, from its start or its last checkpoint to the model's folder. */
record TrainingRun(String name, TrainingStart start, TrainingSettings settings, TrainingRecord record, TrainingFolders folders,
        TrainingConduct conduct) {

    private static final String WEIGHTS = "model.safetensors";
    private static final String OPTIMISER = "optimiser.safetensors";

    /** Trains to the end and writes the model; what is held out is masked already, and may be nothing. */
    void train(Architecture architecture, TrainingPlan plan, List<TrainingBatch> heldOut) {
        Optional<Path> checkpoint = folders.lastCheckpoint();
        checkpoint.ifPresent(folder -> TrainingRecord.read(folder).requireSameAs(record, folder));
        try (TrainableNetwork network = TrainableNetwork.load(architecture, conduct.device(), settings.precision(),
                manager -> checkpoint.map(folder -> Weights.load(Checkpoint.open(folder), manager))
                        .orElseGet(() -> start.weights(architecture, settings.seed(), manager)))) {
            new Updates(network, plan, heldOut, checkpoint).toTheEnd();
            int steps = settings.length().steps(plan.stepsPerEpoch());
            folders.finish(folder -> {
                network.write(folder.resolve(WEIGHTS));
                record.atStep(steps).write(folder);
            });
        }
    }

    /** The updates that are left. */
    private final class Updates {

        private final TrainableNetwork network;
        private final TrainingPlan plan;
        private final List<TrainingBatch> heldOut;
        private final AdamW optimiser;
        private final int stepsPerEpoch;
        private final int steps;
        private int step;

        private Updates(TrainableNetwork network, TrainingPlan plan, List<TrainingBatch> heldOut, Optional<Path> checkpoint) {
            this.network = network;
            this.plan = plan;
            this.heldOut = heldOut;
            this.optimiser = checkpoint.map(this::resumed)
                    .orElseGet(() -> AdamW.of(network.weights(), settings.weightDecay(), network.manager()));
            this.stepsPerEpoch = plan.stepsPerEpoch();
            this.steps = settings.length().steps(stepsPerEpoch);
            this.step = checkpoint.map(folder -> TrainingRecord.read(folder).step()).orElse(0);
        }

        private void toTheEnd() {
            if (step == 0) {
                measureHeldOut();
            }
            List<TrainingPlan.Step> epoch = List.of();
            while (step < steps) {
                int place = step % stepsPerEpoch;
                if (place == 0 || epoch.isEmpty()) {
                    epoch = plan.epoch(step / stepsPerEpoch);
                }
                update(epoch.get(place).batches());
                if (step % stepsPerEpoch == 0 || step == steps) {
                    measureHeldOut();
                }
                if (step % conduct.checkpointEvery() == 0 && step < steps) {
                    folders.writeCheckpoint(step, this::write);
                }
            }
        }

        private void update(List<TrainingBatch> batches) {
            int targets = batches.stream().mapToInt(TrainingBatch::targetCount).sum();
            StepGradients found = settings.noise()
                    .map(noise -> StepGradients.noisy(network, batches, noise, plan.sentencesPerStep(), settings.seed(), step))
                    .orElseGet(() -> StepGradients.ofMeanLoss(network, batches));
            Map<String, NDArray> gradients = found.byName();
            double loss = found.losses() / targets;
            double rate = settings.learningRate(step, steps);
            double norm = GlobalNorm.clip(gradients.values(), settings.gradientLimit());
            if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
                throw new AuditException("in step " + (step + 1) + " the training loss became " + loss + " and the gradient's norm " + norm
                        + "; lower the learning rate of " + settings.learningRate());
            }
            optimiser.update(gradients, rate, step + 1);
            gradients.values().forEach(NDArray::close);
            network.clearGradients();
            step++;
            conduct.listener().stepDone(new TrainingProgress(name, step, steps, stepsPerEpoch, loss, rate, norm));
        }

        private void measureHeldOut() {
            if (!heldOut.isEmpty()) {
                double targets = heldOut.stream().mapToInt(TrainingBatch::targetCount).sum();
                conduct.listener().heldOutMeasured(name, step, heldOut.stream().mapToDouble(network::loss).sum() / targets);
            }
        }

        private void write(Path folder) {
            network.write(folder.resolve(WEIGHTS));
            SafetensorsWriter.write(folder.resolve(OPTIMISER), optimiser.moments());
            record.atStep(step).write(folder);
        }

        private AdamW resumed(Path folder) {
            Map<String, NDArray> moments = new LinkedHashMap<>();
            SafetensorsFile.read(folder.resolve(OPTIMISER)).forEach((moment, stored) -> {
                try (NDArray mapped = Weights.read(stored, network.manager())) {
                    moments.put(moment, mapped.duplicate()); // out of the file, which goes away
                }
            });
            return new AdamW(network.weights(), settings.weightDecay(), moments);
        }
    }
}
