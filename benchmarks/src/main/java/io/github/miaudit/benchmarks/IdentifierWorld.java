package io.github.miaudit.benchmarks;

import io.github.miaudit.metrics.CandidateRank;
import io.github.miaudit.metrics.CandidateRanks;
import io.github.miaudit.metrics.CandidateScores;
import io.github.miaudit.metrics.CounterRandom;
import io.github.miaudit.metrics.RankedIdentities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Identifiers of simulated notes and how a model scores them. A patient has 1 to 5 identities, each with mentions of its own. A mention
 * adds to all candidates the same, of heavy tails (Student's t of 2 degrees of freedom), and all their differences are scaled by a
 * factor of its own (log-normal). Candidates differ by how much the model likes them anywhere, normal, and by chance in each
 * mention, standard normal. The true one, drawn from the same candidates, has on top the effect in each mention if the patient is
 * exposed. Copies differ in one thing.
 *
 * @param patients       how many
 * @param surrogates     K
 * @param mostIdentities of a patient, each number from 1 on as likely
 * @param mostMentions   of an identity, each number from 1 on as likely
 * @param exposedShare   the chance of a patient to be exposed
 * @param effect         of the exposed, in deviations of a mention's chance
 * @param otherEffect    of the others; 0 if the model knows nothing of them
 * @param liking         the deviation of what a model likes anywhere; little of it is left where a reference's score is taken away
 * @param trueSpread     that of true ones, as a share of it; 1 if they and surrogates are alike
 * @param listed         of how many names all candidates are drawn, so that what a model likes is the same with all patients; 0 if each
 *                       identity has names of its own
 * @param together       the deviation of what a model likes of all candidates of a patient with the same number, whatever they are
 */
record IdentifierWorld(int patients, int surrogates, int mostIdentities, int mostMentions, double exposedShare, double effect,
        double otherEffect, double liking, double trueSpread, int listed, double together) {

    /** What was drawn: the ranks, and who is exposed. */
    record Drawn(RankedIdentities identities, boolean[] exposed) {
    }

    /** Nobody exposed, up to 5 identities of up to 6 mentions. */
    static IdentifierWorld of(int patients, int surrogates) {
        return new IdentifierWorld(patients, surrogates, 5, 6, 0, 0, 0, 1, 1, 0, 0);
    }

    IdentifierWorld withPatients(int number) {
        return new IdentifierWorld(number, surrogates, mostIdentities, mostMentions, exposedShare, effect, otherEffect, liking, trueSpread,
                listed, together);
    }

    IdentifierWorld withMost(int identities, int mentions) {
        return new IdentifierWorld(patients, surrogates, identities, mentions, exposedShare, effect, otherEffect, liking, trueSpread,
                listed, together);
    }

    IdentifierWorld withExposed(double share, double ofThem) {
        return new IdentifierWorld(patients, surrogates, mostIdentities, mostMentions, share, ofThem, otherEffect, liking, trueSpread,
                listed, together);
    }

    IdentifierWorld withOthers(double ofThem) {
        return new IdentifierWorld(patients, surrogates, mostIdentities, mostMentions, exposedShare, effect, ofThem, liking, trueSpread,
                listed, together);
    }

    IdentifierWorld withLiking(double deviation) {
        return new IdentifierWorld(patients, surrogates, mostIdentities, mostMentions, exposedShare, effect, otherEffect, deviation,
                trueSpread, listed, together);
    }

    IdentifierWorld withTrueSpread(double spread) {
        return new IdentifierWorld(patients, surrogates, mostIdentities, mostMentions, exposedShare, effect, otherEffect, liking, spread,
                listed,
                together);
    }

    /** What of all patients, and of all identifiers of a patient, depends on each other. */
    IdentifierWorld withDependence(int names, double ofPatient) {
        return new IdentifierWorld(patients, surrogates, mostIdentities, mostMentions, exposedShare, effect, otherEffect, liking,
                trueSpread,
                names, ofPatient);
    }

    /** An audit; the same for the same seed. */
    Drawn draw(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<CandidateRanks> identities = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        boolean[] exposed = new boolean[patients];
        double[] names = normal(listed, liking, random);
        for (int patient = 0; patient < patients; patient++) {
            exposed[patient] = random.nextDouble() < exposedShare;
            double[] persons = normal(together > 0 ? surrogates + 1 : 0, together, random);
            for (int left = 1 + random.nextInt(mostIdentities); left > 0; left--) {
                double[] liked = listed > 0 ? drawn(names, random) : liked(liking * trueSpread * random.nextGaussian(), random);
                for (int candidate = 0; candidate < persons.length; candidate++) {
                    liked[candidate] += persons[candidate];
                }
                identities.add(identity(liked, exposed[patient] ? effect : otherEffect, random));
                owners.add(patient);
            }
        }
        return new Drawn(RankedIdentities.of(identities, owners), exposed);
    }

    /**
     * An audit in which so many patients at a time have one identity of the same true identifier, such as their clinician's name, each
     * with surrogates of its own, and are given as patients; nobody is exposed.
     */
    RankedIdentities drawShared(int patientsEach, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<CandidateRanks> identities = new ArrayList<>();
        double trueLiking = 0;
        for (int patient = 0; patient < patients; patient++) {
            trueLiking = patient % patientsEach == 0 ? liking * random.nextGaussian() : trueLiking;
            identities.add(identity(liked(trueLiking, random), 0, random));
        }
        return RankedIdentities.of(identities, IntStream.range(0, patients).boxed().toList());
    }

    /** The ranks of so many true identifiers, each of a patient of its own. */
    List<CandidateRank> ranks(int count) {
        return IntStream.range(0, count).parallel().mapToObj(patient -> {
            SplittableRandom random = new SplittableRandom(CounterRandom.mix(count, patient));
            double remembered = random.nextDouble() < exposedShare ? effect : otherEffect;
            return identity(liked(liking * trueSpread * random.nextGaussian(), random), remembered, random).ofTrue();
        }).toList();
    }

    private double[] liked(double trueLiking, SplittableRandom random) {
        double[] liked = new double[surrogates + 1];
        liked[0] = trueLiking;
        for (int candidate = 1; candidate < liked.length; candidate++) {
            liked[candidate] = liking * random.nextGaussian();
        }
        return liked;
    }

    /** Those of different names of the list. */
    private double[] drawn(double[] names, SplittableRandom random) {
        double[] left = names.clone();
        for (int place = 0; place <= surrogates; place++) {
            int other = random.nextInt(place, left.length);
            double name = left[other];
            left[other] = left[place];
            left[place] = name;
        }
        return Arrays.copyOf(left, surrogates + 1);
    }

    private static double[] normal(int count, double deviation, SplittableRandom random) {
        return IntStream.range(0, count).mapToDouble(place -> deviation * random.nextGaussian()).toArray();
    }

    private CandidateRanks identity(double[] liked, double remembered, SplittableRandom random) {
        CandidateScores scores = mention(liked, remembered, random);
        for (int more = random.nextInt(mostMentions); more > 0; more--) {
            scores = scores.plus(mention(liked, remembered, random));
        }
        return scores.ranks();
    }

    private static CandidateScores mention(double[] liked, double remembered, SplittableRandom random) {
        double context = random.nextGaussian() / Math.sqrt(-Math.log(1 - random.nextDouble()));
        double scale = Math.exp(random.nextGaussian());
        double[] scores = new double[liked.length];
        for (int candidate = 0; candidate < liked.length; candidate++) {
            scores[candidate] = context + scale * (liked[candidate] + random.nextGaussian() + (candidate == 0 ? remembered : 0));
        }
        return CandidateScores.of(scores);
    }
}
