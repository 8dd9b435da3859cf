package io.github.miaudit.data;

import io.github.miaudit.metrics.CounterRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Canaries: sentences that are put into the training data, or left out, by the toss of a fair coin each. Only then does
 * an attack on them say something about differential privacy; see
 * {@link io.github.miaudit.metrics.EmpiricalLeakage#oneRunLowerBound}. Whoever attacks must not know the seed.
 *
 * @see <a href="https://arxiv.org/abs/2305.08846">Steinke, Nasr and Jagielski 2023</a>
 */
public final class Canaries {

    private static final List<String> WORDS = List.of("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india",
            "juliett", "kilo", "lima", "mike", "november", "oscar", "papa", "quebec", "romeo", "sierra", "tango", "uniform", "victor",
            "whiskey", "xray", "yankee", "zulu");
    private static final long TEXTS = 1;
    private static final long COINS = 2;

    private Canaries() {
    }

    /**
     * Makes sentences that nobody would say, all different: nine digits and four words drawn at random, about 49 bits.
     *
     * @param count at least 1
     * @param seed  of the draws
     * @return the sentences, {@code canary-1} and so on
     * @throws IllegalArgumentException if the count is below 1
     */
    public static List<Sample> make(int count, long seed) {
        if (count < 1) {
            throw new IllegalArgumentException("canaries are " + count + "; at least 1 is needed");
        }
        CounterRandom random = new CounterRandom(seed, TEXTS);
        List<Sample> canaries = new ArrayList<>();
        Set<String> said = new HashSet<>();
        while (canaries.size() < count) {
            String text = String.format(Locale.ROOT, "Record %03d %03d %03d is filed under %s %s %s %s.", random.nextInt(1000),
                    random.nextInt(1000), random.nextInt(1000), word(random), word(random), word(random), word(random));
            if (said.add(text)) {
                canaries.add(Sample.of("canary-" + (canaries.size() + 1), text));
            }
        }
        return canaries;
    }

    /**
     * Tosses a coin for each sentence.
     *
     * @param canaries sentences that stand nowhere else in the training data
     * @param seed     of the coins
     * @return the included as members, the others as non-members
     * @throws IllegalArgumentException if all coins fall alike (give more canaries) or an id is repeated
     */
    public static AttackDataset randomise(List<Sample> canaries, long seed) {
        CounterRandom random = new CounterRandom(seed, COINS);
        List<Sample> included = new ArrayList<>();
        List<Sample> left = new ArrayList<>();
        for (Sample canary : canaries) {
            (random.nextInt(2) == 0 ? included : left).add(canary);
        }
        if (included.isEmpty() || left.isEmpty()) {
            throw new IllegalArgumentException("all coins of " + canaries.size() + " canaries fell alike; give more canaries");
        }
        return AttackDataset.of(included, left);
    }

    private static String word(CounterRandom random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
