package io.github.miaudit.examples;

import io.github.miaudit.Audit;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.MembershipAttack;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * An attack of one's own, beside a published one: one token, such as a name, that gained much over the reference gives a member away.
 * Run: {@code OwnAttack [FOLDER]}; FOLDER holds {@code dataset}, {@code target} and {@code reference}, by default the
 * demonstration's.
 */
public final class OwnAttack implements MembershipAttack {

    private static final MaskingRule RULE = MaskingRule.original();

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "mia-cli/src/main/resources/io/github/miaudit/cli/demo");
        AttackDataset data = AttackDataset.readJsonLines(folder.resolve("dataset"));
        try (SequenceScorer target = MaskedLmScorer.open(folder.resolve("target"));
             SequenceScorer reference = MaskedLmScorer.open(folder.resolve("reference"))) {
            System.out.println(Audit.of(data, target).withReference(reference)
                    .withAttacks(LikelihoodRatioAttack.withDefaults(), new OwnAttack()).run().toText());
        }
    }

    @Override
    public String name() {
        return "largest-gain";
    }

    @Override
    public String definition() {
        return "s = max over tokens of ll_T - ll_R; ll = token log-likelihood by " + RULE.label();
    }

    @Override
    public Set<MaskingRule> targetRules() {
        return Set.of(RULE);
    }

    @Override
    public Set<MaskingRule> referenceRules() {
        return Set.of(RULE);
    }

    @Override
    public void requireApplicable(ModelIdentity target, List<ModelIdentity> references) {
        if (references.isEmpty() || !references.get(0).tokenizerDigest().equals(target.tokenizerDigest())) {
            throw new AuditException(name() + " takes a reference with the target's tokenizer");
        }
    }

    @Override
    public double[] membershipScores(ScoreTable table, Population population) {
        List<SequenceScore> target = table.target().scores(RULE, population);
        List<SequenceScore> reference = table.references().get(0).scores(RULE, population);
        return IntStream.range(0, target.size()).mapToDouble(row -> largestGain(target.get(row), reference.get(row))).toArray();
    }

    private static double largestGain(SequenceScore target, SequenceScore reference) {
        double[] targets = target.logLikelihoods();
        double[] references = reference.logLikelihoods();
        return IntStream.range(0, targets.length).mapToDouble(token -> targets[token] - references[token]).max().orElseThrow();
    }
}
