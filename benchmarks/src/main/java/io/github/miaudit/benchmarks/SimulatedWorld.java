package io.github.miaudit.benchmarks;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * A truth to audit. A sentence has a difficulty (standard normal, 0.3 of the variance its patient's) that moves the log-likelihoods of
 * all models alike; what the target says beyond the reference has a deviation of its own, 0.3 of its variance the patient's; so has what
 * the control says, of which half is common to both. Shifts and leaks are in these deviations, of a sentence.
 */
enum SimulatedWorld {

    /** Nothing is there. */
    NO_LEAK(0, 0, 0, 1),
    /** Of a likelihood-ratio AUC of 0.77. */
    LEAK(0, 0, 1.045, 1),
    /** The reference finds members less likely, AUC 0.63. */
    REFERENCE_SHIFT(0.47, 0, 0, 1),
    /** Target and control find members likelier, AUC 0.63, and members' words differ a little. */
    DOMAIN_SHIFT(0, 0.47, 0, 1),
    /** Both leak and shift. */
    LEAK_AND_SHIFT(0, 0.47, 1.045, 1),
    /** A shift that hides a leak: members are less likely to target and control, by as much as the leak makes them likelier. */
    HIDDEN_LEAK(0, -1.045, 1.045, 1),
    /** One patient in ten leaks, by 3.4 deviations of a patient's mean. */
    RARE_LEAK(0, 0, 3.4 * 0.608, 0.1);

    private static final double OF_PATIENT = 0.3;
    private static final int WORDS = 150;

    private final double referenceShift;
    private final double domainShift;
    private final double leak;
    private final double leaking;

    SimulatedWorld(double referenceShift, double domainShift, double leak, double leaking) {
        this.referenceShift = referenceShift;
        this.domainShift = domainShift;
        this.leak = leak;
        this.leaking = leaking;
    }

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    SimulatedAudit draw(int patients, long seed) {
        Random random = new Random(seed);
        Map<String, SimulatedAudit.Likelihoods> likelihoods = new HashMap<>();
        List<Sample> members = side(true, patients, random, likelihoods);
        List<Sample> others = side(false, patients, random, likelihoods);
        return new SimulatedAudit(AttackDataset.of(members, others), likelihoods);
    }

    private List<Sample> side(boolean isMember, int patients, Random random, Map<String, SimulatedAudit.Likelihoods> likelihoods) {
        List<Sample> samples = new ArrayList<>();
        int leakingPatients = (int) Math.round(leaking * patients);
        for (int patient = 0; patient < patients; patient++) {
            String name = (isMember ? "m" : "n") + patient;
            double difficulty = Math.sqrt(OF_PATIENT) * random.nextGaussian();
            double common = Math.sqrt(OF_PATIENT / 2) * random.nextGaussian();
            double own = Math.sqrt(OF_PATIENT / 2) * random.nextGaussian();
            double ofControl = Math.sqrt(OF_PATIENT / 2) * random.nextGaussian();
            double remembered = isMember && patient < leakingPatients ? leak : 0;
            int favourite = random.nextInt(WORDS);
            int sentences = 6 + random.nextInt(9);
            for (int sentence = 0; sentence < sentences; sentence++) {
                double hard = difficulty + Math.sqrt(1 - OF_PATIENT) * random.nextGaussian();
                double shared = common + Math.sqrt((1 - OF_PATIENT) / 2) * random.nextGaussian() + (isMember ? domainShift : 0);
                double reference = -8 - hard - (isMember ? referenceShift : 0);
                double target = -8 - hard + shared + own + Math.sqrt((1 - OF_PATIENT) / 2) * random.nextGaussian() + remembered;
                double control = -8 - hard + shared + ofControl + Math.sqrt((1 - OF_PATIENT) / 2) * random.nextGaussian();
                String id = name + "-" + sentence;
                likelihoods.put(id, new SimulatedAudit.Likelihoods(target, control, reference));
                samples.add(Sample.of(id, name, text(isMember, favourite, random)));
            }
        }
        return samples;
    }

    /** A patient has a favourite word; where the domain shifts, members' words are oftener of the first third. */
    private String text(boolean isMember, int favourite, Random random) {
        StringBuilder text = new StringBuilder();
        int length = 6 + random.nextInt(9);
        for (int word = 0; word < length; word++) {
            int number = random.nextInt(6) == 0 ? favourite
                    : isMember && domainShift != 0 && random.nextInt(5) == 0 ? random.nextInt(WORDS / 3) : random.nextInt(WORDS);
            text.append("word").append(number).append(' ');
        }
        return text.toString().strip();
    }
}
