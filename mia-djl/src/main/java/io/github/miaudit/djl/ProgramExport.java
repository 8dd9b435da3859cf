package io.github.miaudit.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.miaudit.checkpoint.Checkpoint;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.OutputFolder;
import io.github.miaudit.likelihood.MaskingRule;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes what a {@link MaskedLmScorer} would compute, so that any program with PyTorch computes the same on a machine of its
 * own, such as one with a GPU and without Java:
 *
 * <ul>
 * <li>{@code program.pt}, a TorchScript archive without weights. Its method {@code score(ids, blocks, positions, targets,
 *     weights)} gives [1, n] log-probabilities in nats, float32; its source says what the arguments are. On a CUDA GPU before
 *     compute capability 8.0, set its attribute {@code together} to false for half precision.
 * <li>{@code weights.safetensors}, float32, under the program's names.
 * <li>{@code batch-000000.safetensors} and so on: the other arguments as int64 ({@code blocks} is a list), and
 *     {@code values}, the log-probabilities as this machine computes them in float32.
 * </ul>
 *
 * <p>Token ids are the sentences in another spelling, so the batches are as confidential as these.
 */
public final class ProgramExport {

    private ProgramExport() {
    }

    /**
     * Exports a Hugging Face folder of a family that {@link MaskedLmScorer} computes itself, and the rows that a rule masks of the
     * sentences, each text once, to a new or empty folder; of the options, device, token budget and length policy count. Returns
     * how many batches there are.
     *
     * @throws InvalidFileException if the output folder is there already, or the model can't be read
     * @throws AuditException       if a log-likelihood is not finite, nothing is to be scored, or another precision than float32
     *                              is asked for
     */
    public static int write(Path model, MaskedLmOptions options, List<Sample> samples, MaskingRule rule, Path output) {
        if (!Checkpoint.hasWeights(model)) {
            throw new InvalidFileException(model, "is no folder with weights; a TorchScript file is a program already");
        }
        options.precision().filter(precision -> precision != Precision.FLOAT32).ifPresent(precision -> {
            throw new AuditException(
                    "an export holds the values in float32, to compare with; leave the precision " + precision.label() + " out");
        });
        OutputFolder folder = OutputFolder.at(output);
        folder.requireFree();
        Checkpoint checkpoint = Checkpoint.open(model);
        try (OpenModel opened = OpenModel.open(model, options.withPrecision(Precision.FLOAT32), Readout.PLAIN)) {
            AtomicInteger count = new AtomicInteger();
            folder.write(unfinished -> {
                byte[] program = ScoringProgram.archive(checkpoint.architecture(), Readout.PLAIN, Attention.TOGETHER);
                AtomicFile.writeBytes(unfinished.resolve("program.pt"), channel -> Channels.newOutputStream(channel).write(program));
                try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
                    SafetensorsWriter.write(unfinished.resolve("weights.safetensors"), Weights.load(checkpoint, manager));
                }
                count.set(writeBatches(opened, options, samples, rule, unfinished));
            });
            return count.get();
        }
    }

    private static int writeBatches(OpenModel model, MaskedLmOptions options, List<Sample> samples, MaskingRule rule, Path folder) {
        Batches batches = new Batches(model, folder);
        RowPacker packer = new RowPacker(model.budget(), batches::add);
        Set<String> texts = new HashSet<>();
        for (Sample sample : samples.stream().filter(sample -> texts.add(sample.text())).toList()) {
            new SentenceScoring(sample, model.views(model.tokenizer().tokenise(sample), Set.of(rule), options.lengthPolicy()),
                    done -> done.score(rule, false)).start(packer::add);
        }
        packer.flush();
        if (batches.count == 0) {
            throw new AuditException(
                    "of " + samples.size() + " sentences none has a token to score, or is short enough for the length policy");
        }
        return batches.count;
    }

    /** Computes batches and writes them. */
    private static final class Batches {

        private final OpenModel model;
        private final Path folder;
        private int count;

        private Batches(OpenModel model, Path folder) {
            this.model = model;
            this.folder = folder;
        }

        private void add(RowBatch batch) {
            ScoringPass pass = model.newPass();
            pass.add(batch);
            pass.finish();
            PackedRows packed = batch.packed(model.tokenizer().maskId());
            try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
                Map<String, NDArray> tensors = new LinkedHashMap<>();
                tensors.put("ids", manager.create(packed.ids()));
                tensors.put("blocks", manager.create(packed.blocks()));
                tensors.put("positions", manager.create(packed.positions()));
                tensors.put("targets", manager.create(packed.targets()));
                tensors.put("values", manager.create(values(batch)));
                SafetensorsWriter.write(folder.resolve(String.format(Locale.ROOT, "batch-%06d.safetensors", count++)), tensors);
            }
        }

        private static float[] values(RowBatch batch) {
            float[] values = new float[batch.targetCount()];
            int next = 0;
            for (PlannedRow row : batch.rows()) {
                for (int target = 0; target < row.targets().length; target++) {
                    values[next++] = row.value(0, target);
                }
            }
            return values;
        }
    }
}
