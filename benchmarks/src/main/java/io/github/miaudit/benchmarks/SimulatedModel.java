package io.github.miaudit.benchmarks;

import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.Blank;
import io.github.miaudit.likelihood.BlankReading;
import io.github.miaudit.likelihood.BlankScorer;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.metrics.CounterRandom;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A model that likes candidates by chance. A candidate's log-likelihood is the mention's scale, log-normal, times the sum of how much all
 * models like the text anywhere, how much this one does, how much this one likes the text with this patient, how much it likes the
 * invented person that the candidate belongs to, and the mention's chance, standard normal; of the first, the true one, the effect more,
 * where the model remembers the sentence. All but the effect is normal, and the same whichever candidate is the true one.
 *
 * @param name   its name
 * @param seed   of all models of a simulated audit
 * @param liking how much
 * @param memory what it remembers
 */
record SimulatedModel(String name, long seed, Liking liking, Memory memory) implements BlankScorer {

    /**
     * Deviations, in those of a mention's chance, and the effect of memory.
     *
     * @param shared  of how much all models like a text
     * @param own     of how much a model likes it
     * @param patient of how much it does with a patient, in all his sentences
     * @param person  of how much it likes an invented person of a patient, with all identifiers
     * @param effect  of memory
     */
    record Liking(double shared, double own, double patient, double person, double effect) {
    }

    /** Which sentences a model remembers. */
    @FunctionalInterface
    interface Memory {
        boolean holds(Sample sample);
    }

    @Override
    public ModelIdentity model() {
        return new ModelIdentity(name, name, "none", 1, Casing.CASED, "float64", LengthPolicy.REJECT, "simulated");
    }

    @Override
    public List<double[]> fill(List<Blank> blanks, BlankReading reading, ScoringListener listener) {
        return blanks.stream().map(this::scores).toList();
    }

    private double[] scores(Blank blank) {
        long ofModel = CounterRandom.mix(seed, name.hashCode());
        long ofPatient = CounterRandom.mix(ofModel, blank.sample().group().orElseThrow().hashCode());
        long ofMention = CounterRandom.mix(ofModel, blank.sample().id().hashCode() * 31L + blank.start());
        double scale = Math.exp(normal(ofMention, -1));
        double[] scores = new double[blank.candidates().size()];
        for (int place = 0; place < scores.length; place++) {
            int text = blank.candidates().get(place).hashCode();
            scores[place] = scale * (liking.shared * normal(seed, text) + liking.own * normal(ofModel, text)
                    + liking.patient * normal(ofPatient, text) + liking.person * normal(ofPatient, Long.MIN_VALUE + place)
                    + normal(ofMention, text) + (place == 0 && memory.holds(blank.sample()) ? liking.effect : 0));
        }
        return scores;
    }

    private static double normal(long seed, long key) {
        return new SplittableRandom(CounterRandom.mix(seed, key)).nextGaussian();
    }
}
