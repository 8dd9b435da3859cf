package io.github.miaudit.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Rows of equal length and number of targets, to be passed through the network together. */
record TrainingBatch(List<Row> rows) {

    /** A masked sentence: the token ids that the network sees, where it is to say what stands there, and the token ids that do. */
    record Row(long[] shown, long[] positions, long[] targets) {
    }

    int targetCount() {
        return rows.size() * rows.get(0).targets().length;
    }

    /** The program's first arguments. */
    NDList inputs(NDManager manager) {
        return new NDList(tensor(manager, Row::shown), tensor(manager, Row::positions), tensor(manager, Row::targets));
    }

    private NDArray tensor(NDManager manager, Function<Row, long[]> part) {
        return manager.create(rows.stream().map(part).flatMapToLong(LongStream::of).toArray(),
                new Shape(rows.size(), part.apply(rows.get(0)).length));
    }
}
