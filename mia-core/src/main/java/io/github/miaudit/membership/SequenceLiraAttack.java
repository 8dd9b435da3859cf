package io.github.miaudit.membership;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.metrics.SequenceLira;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Online LiRA on tokens, experimental, for whoever has references that were trained with each sentence too: as
 * {@link OnlineLiraAttack}, but the two densities are of all the sentence's token log-likelihoods, with a mean for each token and a
 * covariance between neighbours; see {@link SequenceLira}. At least 2 references to a side, better 8, with the target's tokenizer. By
 * default by the within-word left-to-right rule; by rules that score a token several times each scoring counts as a token. What is said
 * there of scores and chances holds here too. Published for causal models; for masked ones there is no published validation.
 *
 * <p>Source: after Rossi et al. 2025, arXiv 2506.05126, who estimate a covariance for each sequence from many more models.
 */
public final class SequenceLiraAttack extends TokenAttack<MaskingRule> implements WholeTableAttack {

    private static final int FEWEST_REFERENCES = 4;

    private final OnlineLiraAttack.Training trainedOn;

    private SequenceLiraAttack(OnlineLiraAttack.Training trainedOn, MaskingRule rule) {
        super(rule, FEWEST_REFERENCES);
        this.trainedOn = trainedOn;
    }

    /**
     * The attack by the within-word left-to-right rule.
     *
     * @param trainedOn which references saw which sentences
     */
    public static SequenceLiraAttack of(OnlineLiraAttack.Training trainedOn) {
        return new SequenceLiraAttack(trainedOn, MaskingRule.withinWordLeftToRight());
    }

    /** The attack on another rule's log-likelihoods. */
    public SequenceLiraAttack withRule(MaskingRule other) {
        return new SequenceLiraAttack(trainedOn, other);
    }

    @Override
    public String name() {
        return "experimental-sequence-lira";
    }

    @Override
    public String definition() {
        return "s = log N(ll_T of the tokens; in) - log N(ll_T of the tokens; out), means per token, sigma and correlation of neighbours"
                + " pooled; by " + rule.label();
    }

    /**
     * {@inheritDoc} It is doubtful with fewer than {@value ShadowSide#FEW_REFERENCES} references to a side of any sentence.
     *
     * @throws io.github.miaudit.io.AuditException if some sentence has fewer than 2 to a side, or if the numbers of references alone
     *                                             tell members from non-members
     */
    @Override
    public List<String> caveats(AttackDataset dataset, List<ModelIdentity> references) {
        return ShadowSide.caveats(name(), ShadowSide.both(trainedOn), dataset, references);
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.github.miaudit.io.AuditException if a reference did not score the tokens of a sentence that the target did
     */
    @Override
    public PerPopulation<double[]> membershipScores(ScoreTable table) {
        boolean[][] saw = ShadowAttack.saw(table, trainedOn);
        List<SequenceScore> target = ofAllPopulations(table.target());
        List<List<SequenceScore>> references = table.references().stream().map(this::ofAllPopulations).toList();
        IntFunction<SequenceLira.Sentence> sentences = row -> {
            double[][] said = new double[saw.length][];
            for (int reference = 0; reference < said.length; reference++) {
                said[reference] = PairedTokens.ofReference(name(), target.get(row), references.get(reference).get(row),
                        table.references().get(reference));
            }
            return new SequenceLira.Sentence(target.get(row).logLikelihoods(), said);
        };
        return ShadowAttack.byPopulation(table, SequenceLira.scores(target.size(), sentences, saw));
    }

    private List<SequenceScore> ofAllPopulations(ModelScores model) {
        return Stream.of(Population.values()).map(each -> model.scores(rule, each)).flatMap(List::stream).toList();
    }
}
