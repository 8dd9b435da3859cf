package io.github.miaudit.membership;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.ModelIdentity;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;

/**
 * References that did see a sentence, or did not.
 *
 * @param did   what they did
 * @param holds whether a reference is one of them for a sentence
 */
record ShadowSide(String did, OnlineLiraAttack.Training holds) {

    static final int FEW_REFERENCES = 8;
    private static final int FEWEST_REFERENCES = 2; // of one there is no spread

    static ShadowSide unseen(OnlineLiraAttack.Training trainedOn) {
        return new ShadowSide("did not", (reference, population, id) -> !trainedOn.saw(reference, population, id));
    }

    static List<ShadowSide> both(OnlineLiraAttack.Training trainedOn) {
        return List.of(new ShadowSide("did", trainedOn), unseen(trainedOn));
    }

    /**
     * What makes an attack doubtful that compares sentences with references of sides: few of them.
     *
     * @throws AuditException if some sentence has fewer than {@value #FEWEST_REFERENCES} to a side, or if the numbers of references
     *                        alone tell members from non-members
     */
    static List<String> caveats(String attack, List<ShadowSide> sides, AttackDataset dataset, List<ModelIdentity> references) {
        List<String> caveats = new ArrayList<>();
        for (ShadowSide side : sides) {
            PerPopulation<IntSummaryStatistics> counts = PerPopulation
                    .of(population -> side.counts(attack, dataset, references, population));
            side.requireNumbersThatTellNothing(attack, counts);
            int fewest = counts.stream().mapToInt(IntSummaryStatistics::getMin).min().orElseThrow();
            if (fewest < FEW_REFERENCES) {
                caveats.add("attack " + attack + " has but " + fewest + " references that " + side.did + " see "
                        + (fewest < references.size() ? "some sentence" : "the sentences") + ", which tell little of how much scores"
                        + " spread; give at least " + FEW_REFERENCES);
            }
        }
        return caveats;
    }

    /** How many references of the side the sentences of a population have. */
    private IntSummaryStatistics counts(String attack, AttackDataset dataset, List<ModelIdentity> references, Population population) {
        IntSummaryStatistics counts = new IntSummaryStatistics();
        for (Sample sentence : dataset.samples(population)) {
            int count = (int) references.stream().filter(reference -> holds.saw(reference, population, sentence.id())).count();
            if (count < FEWEST_REFERENCES) {
                throw new AuditException("attack " + attack + " has " + count + (count == 1 ? " reference" : " references") + " that "
                        + did + " see sentence " + sentence.id() + " of the " + population.words() + "; at least " + FEWEST_REFERENCES
                        + " are needed: give more, or leave the attack out");
            }
            counts.accept(count);
        }
        return counts;
    }

    // From fewer references a spread is estimated worse, so that a score shows of how many: without any leak, members would look
    // different.
    private void requireNumbersThatTellNothing(String attack, PerPopulation<IntSummaryStatistics> counts) {
        IntSummaryStatistics members = counts.of(Population.MEMBERS);
        IntSummaryStatistics nonMembers = counts.of(Population.NON_MEMBERS);
        if (members.getMax() < nonMembers.getMin() || nonMembers.getMax() < members.getMin()) {
            throw new AuditException("attack " + attack + " has " + range(members) + " references that " + did + " see a member, but "
                    + range(nonMembers) + " for a non-member: the numbers alone tell members, as where the target is one of models that"
                    + " each saw half of the sentences and the rest are the references; leave out the reference that saw what the target"
                    + " did not, so that the numbers are the same, or the attack");
        }
    }

    private static String range(IntSummaryStatistics counts) {
        return counts.getMin() == counts.getMax() ? String.valueOf(counts.getMin()) : counts.getMin() + " to " + counts.getMax();
    }
}
