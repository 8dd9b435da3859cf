package io.github.miaudit.djl;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;

/**
 * RoBERTa written down plainly in double precision, a row at a time, for tests: no tensors, nothing left out, no code of
 * the library's program. Embeddings, then layers of attention and feed-forward network with normalisation after each
 * residual, then the head (Devlin et al. 2019; Liu et al. 2019).
 */
final class NaiveRoberta {

    private static final int FIRST_POSITION = 2;
    private static final double EPSILON = 1e-5;

    private final Map<String, double[]> weights;
    private final NetworkSize size;
    private final int vocabulary;

    NaiveRoberta(Map<String, double[]> weights, NetworkSize size, int vocabulary) {
        this.weights = weights;
        this.size = size;
        this.vocabulary = vocabulary;
    }

    /** The mean negative log-likelihood of all batches' targets. */
    double loss(List<TrainingBatch> batches) {
        double sum = 0;
        int targets = 0;
        for (TrainingBatch batch : batches) {
            for (TrainingBatch.Row row : batch.rows()) {
                sum += loss(row);
                targets += row.targets().length;
            }
        }
        return sum / targets;
    }

    private double loss(TrainingBatch.Row row) {
        int width = size.width();
        double[][] hidden = new double[row.shown().length][];
        for (int place = 0; place < hidden.length; place++) {
            double[] sum = new double[width];
            for (int d = 0; d < width; d++) {
                sum[d] = weights.get("embeddings.word")[(int) row.shown()[place] * width + d]
                        + weights.get("embeddings.position")[(place + FIRST_POSITION) * width + d] + weights.get("embeddings.type")[d];
            }
            hidden[place] = normalise(sum, "embeddings.norm");
        }
        for (int layer = 0; layer < size.layers(); layer++) {
            hidden = layer(hidden, "layer." + layer);
        }
        double loss = 0;
        for (int target = 0; target < row.targets().length; target++) {
            double[] dense = gelu(linear(hidden[(int) row.positions()[target]], "head.dense", width));
            double[] normal = normalise(dense, "head.norm");
            double[] logits = new double[vocabulary];
            double total = 0;
            for (int token = 0; token < vocabulary; token++) {
                logits[token] = weights.get("head.bias")[token];
                for (int d = 0; d < width; d++) {
                    logits[token] += normal[d] * weights.get("embeddings.word")[token * width + d];
                }
                total += Math.exp(logits[token]);
            }
            loss += Math.log(total) - logits[(int) row.targets()[target]];
        }
        return loss;
    }

    private double[][] layer(double[][] hidden, String name) {
        int width = size.width();
        int head = width / size.heads();
        double[][] queries = IntStream.range(0, hidden.length).mapToObj(place -> linear(hidden[place], name + ".query", width))
                .toArray(double[][]::new);
        double[][] keys = IntStream.range(0, hidden.length).mapToObj(place -> linear(hidden[place], name + ".key", width))
                .toArray(double[][]::new);
        double[][] values = IntStream.range(0, hidden.length).mapToObj(place -> linear(hidden[place], name + ".value", width))
                .toArray(double[][]::new);
        double[][] result = new double[hidden.length][];
        for (int place = 0; place < hidden.length; place++) {
            double[] mixed = new double[width];
            for (int from = 0; from < width; from += head) {
                double[] attention = new double[hidden.length];
                double total = 0;
                for (int other = 0; other < hidden.length; other++) {
                    double product = 0;
                    for (int d = from; d < from + head; d++) {
                        product += queries[place][d] * keys[other][d];
                    }
                    attention[other] = Math.exp(product / Math.sqrt(head));
                    total += attention[other];
                }
                for (int other = 0; other < hidden.length; other++) {
                    for (int d = from; d < from + head; d++) {
                        mixed[d] += attention[other] / total * values[other][d];
                    }
                }
            }
            double[] middle = normalise(sum(linear(mixed, name + ".mixed", width), hidden[place]), name + ".mixed_norm");
            double[] wide = gelu(linear(middle, name + ".wide", size.feedForwardWidth()));
            result[place] = normalise(sum(linear(wide, name + ".narrow", width), middle), name + ".narrow_norm");
        }
        return result;
    }

    private double[] linear(double[] x, String name, int out) {
        double[] matrix = weights.get(name + ".weight");
        double[] result = weights.get(name + ".bias").clone();
        for (int row = 0; row < out; row++) {
            for (int column = 0; column < x.length; column++) {
                result[row] += matrix[row * x.length + column] * x[column];
            }
        }
        return result;
    }

    private double[] normalise(double[] x, String name) {
        double mean = IntStream.range(0, x.length).mapToDouble(d -> x[d]).average().orElseThrow();
        double variance = IntStream.range(0, x.length).mapToDouble(d -> (x[d] - mean) * (x[d] - mean)).average().orElseThrow();
        return IntStream.range(0, x.length)
                .mapToDouble(d -> (x[d] - mean) / Math.sqrt(variance + EPSILON) * weights.get(name + ".weight")[d]
                        + weights.get(name + ".bias")[d])
                .toArray();
    }

    private static double[] gelu(double[] x) {
        return IntStream.range(0, x.length).mapToDouble(d -> x[d] / 2 * (1 + Erf.erf(x[d] / Math.sqrt(2)))).toArray();
    }

    private static double[] sum(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(d -> a[d] + b[d]).toArray();
    }
}
