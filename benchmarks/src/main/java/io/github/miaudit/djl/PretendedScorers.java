package io.github.miaudit.djl;

import ai.djl.Device;
import io.github.miaudit.likelihood.ModelIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Scorers whose network says nothing, after as long as a real one would take: what is left of their time is the host's, which reads,
 * plans, packs and hands out. In this package because a network is no part of the library's face.
 */
public final class PretendedScorers {

    private static final int LONGEST_INPUT = 512;

    /**
     * What a device would take.
     *
     * @param tokensPerSecond that it computes; infinite for one that returns at once
     * @param plan            that each shape of a block takes when it comes for the first time, twice: the last layer has fewer queries
     */
    public record Pace(double tokensPerSecond, Duration plan) {

        /** No time at all. */
        public static final Pace INSTANT = new Pace(Double.POSITIVE_INFINITY, Duration.ZERO);

        /** The same device, which makes a plan for each new shape. */
        public Pace withPlan(Duration other) {
            return new Pace(tokensPerSecond, other);
        }
    }

    private PretendedScorers() {
    }

    /**
     * A scorer on so many devices.
     *
     * @param folder with a tokenizer
     * @param gpus   at least 1
     * @param budget tokens a batch
     */
    public static MaskedLmScorer open(Path folder, Pace pace, int gpus, int budget) {
        MaskedLmTokenizer tokenizer = MaskedLmTokenizer.open(folder);
        MaskedLmOptions options = MaskedLmOptions.withDefaults();
        ModelIdentity model = new ModelIdentity("pretended", "", tokenizer.digest(), tokenizer.vocabularySize(), tokenizer.casing(), "none",
                options.lengthPolicy(), "none");
        List<ScoringNetwork> networks = IntStream.range(0, gpus).<ScoringNetwork>mapToObj(gpu -> new Pretended(Device.gpu(gpu), pace))
                .toList();
        DevicePool pool = new DevicePool(model.name(), tokenizer.maskId(), new TokenBudget(budget), networks);
        return new MaskedLmScorer(folder, new OpenModel(model, tokenizer, pool, OptionalInt.of(LONGEST_INPUT), OptionalInt.of(0),
                Optional.empty()), options);
    }

    /** A device whose time is that of its tokens, and of plans. */
    private static final class Pretended implements ScoringNetwork {

        private final Device device;
        private final Pace pace;
        private final Set<List<Long>> planned = new HashSet<>();

        private Pretended(Device device, Pace pace) {
            this.device = device;
            this.pace = pace;
        }

        @Override
        public float[] values(PackedRows rows) {
            long until = System.nanoTime() + (long) (rows.ids().length / pace.tokensPerSecond() * 1e9) + plans(rows.blocks());
            for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return new float[rows.targets().length];
        }

        private long plans(long[] blocks) {
            if (pace.plan().isZero()) {
                return 0;
            }
            long unseen = IntStream.range(0, blocks.length / PackedRows.BLOCK_NUMBERS).mapToLong(block -> {
                int first = block * PackedRows.BLOCK_NUMBERS;
                return Stream.of(List.of(blocks[first], blocks[first + 2]), List.of(blocks[first], blocks[first + 2], blocks[first + 3]))
                        .filter(planned::add).count();
            }).sum();
            return unseen * pace.plan().toNanos();
        }

        @Override
        public ScoringNetwork with(Readout readout) {
            return this;
        }

        @Override
        public Device device() {
            return device;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
