package io.github.miaudit.benchmarks;

import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.Blank;
import io.github.miaudit.likelihood.BlankFiller;
import io.github.miaudit.likelihood.BlankReading;
import io.github.miaudit.likelihood.BlankScorer;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.metrics.CounterRandom;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

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
 * @param writing what it writes itself
 */
record SimulatedModel(String name, long seed, Liking liking, Memory memory, Writing writing) implements BlankScorer {

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

    /**
     * What a model writes itself where an identifier stands.
     *
     * @param list     the entries of a blank's list; none of what comes from no list
     * @param entries  in what share of mentions it writes entries, those that it likes most there; in others nothing
     * @param recalled in what share of mentions of sentences that it remembers it writes, before all else, what stands there
     */
    record Writing(Function<Blank, List<String>> list, double entries, double recalled) {
    }

    @Override
    public ModelIdentity model() {
        return new ModelIdentity(name, name, "none", 1, Casing.CASED, "float64", LengthPolicy.REJECT, "simulated");
    }

    @Override
    public List<double[]> fill(List<Blank> blanks, BlankReading reading, ScoringListener listener) {
        return blanks.stream().map(this::scores).toList();
    }

    @Override
    public Optional<BlankFiller> filler() {
        return Optional.of(new SimulatedWriter(this));
    }

    private double[] scores(Blank blank) {
        double scale = Math.exp(normal(ofMention(blank), -1));
        double[] scores = new double[blank.candidates().size()];
        for (int place = 0; place < scores.length; place++) {
            String text = blank.candidates().get(place);
            scores[place] = scale * (anywhere(text) + here(blank, text)
                    + liking.person * normal(ofPatient(blank), Long.MIN_VALUE + place)
                    + (place == 0 && memory.holds(blank.sample()) ? liking.effect : 0));
        }
        return scores;
    }

    /** How much it likes a text wherever it stands. */
    double anywhere(String text) {
        return liking.shared * normal(seed, text.hashCode()) + liking.own * normal(ofModel(), text.hashCode());
    }

    /** How much more it likes a text in a place. */
    double here(Blank blank, String text) {
        return liking.patient * normal(ofPatient(blank), text.hashCode()) + normal(ofMention(blank), text.hashCode());
    }

    /** A number from 0 to 1, drawn for a mention and a purpose. */
    double chance(Blank blank, long purpose) {
        return new SplittableRandom(CounterRandom.mix(ofMention(blank), purpose)).nextDouble();
    }

    private long ofModel() {
        return CounterRandom.mix(seed, name.hashCode());
    }

    private long ofPatient(Blank blank) {
        return CounterRandom.mix(ofModel(), blank.sample().group().orElseThrow().hashCode());
    }

    private long ofMention(Blank blank) {
        return CounterRandom.mix(ofModel(), blank.sample().id().hashCode() * 31L + blank.start());
    }

    private static double normal(long seed, long key) {
        return new SplittableRandom(CounterRandom.mix(seed, key)).nextGaussian();
    }
}
