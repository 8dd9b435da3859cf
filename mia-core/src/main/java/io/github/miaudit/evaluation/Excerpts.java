package io.github.miaudit.evaluation;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Patient;
import io.github.miaudit.data.PatientDigests;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.AttackScores;
import io.github.miaudit.membership.MembershipAttack;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the members that an attack tells most plainly, and what in them gives them away. */
public final class Excerpts {

    private final AttackDataset dataset;
    private final ScoreTable table;
    private final SequenceScorer target;
    private final PatientDigests patients;

    private Excerpts(AttackDataset dataset, ScoreTable table, SequenceScorer target, PatientDigests patients) {
        this.dataset = dataset;
        this.table = table;
        this.target = target;
        this.patients = patients;
    }

    /**
     * The most plainly told members.
     *
     * @param count   how many
     * @param attack  tells members
     * @param dataset has the texts
     * @param table   every sentence scored
     * @param target  tells tokens
     * @return at most so many, the highest score first
     */
    public static List<Excerpt> of(int count, MembershipAttack attack, AttackDataset dataset, ScoreTable table, SequenceScorer target) {
        Excerpts excerpts = new Excerpts(dataset, table, target, PatientDigests.of(dataset));
        double[] scores = AttackScores.of(attack, table).scores(Population.MEMBERS);
        List<Integer> rows = IntStream.range(0, scores.length).boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> scores[row]).reversed()).limit(count).toList();
        Map<String, Sample> byId = excerpts.dataset.samples(Population.MEMBERS).stream()
                .collect(Collectors.toMap(Sample::id, Function.identity()));
        return rows.stream().map(
                row -> excerpts.excerpt(Objects.requireNonNull(byId.get(table.rows(Population.MEMBERS).get(row).id())), row, scores[row]))
                .toList();
    }

    private Excerpt excerpt(Sample sample, int row, double score) {
        return new Excerpt(sample.id(), Optional.of(sample.patient()).filter(Patient::isKnown).map(patients::of), score, sample.text(),
                target.tokens(sample).map(pieces -> tokens(pieces, row)).orElse(List.of()));
    }

    /** The tokens, if there is one log-likelihood of each. */
    private List<Excerpt.Token> tokens(List<String> pieces, int row) {
        Optional<MaskingRule> rule = table.commonRule();
        if (rule.isEmpty()) {
            return pieces.stream().map(piece -> new Excerpt.Token(piece, Optional.empty())).toList();
        }
        double[] ofTarget = table.target().scores(rule.get(), Population.MEMBERS).get(row).logLikelihoods();
        double[] ofReference = table.references().get(0).scores(rule.get(), Population.MEMBERS).get(row).logLikelihoods();
        if (ofTarget.length != pieces.size() || ofReference.length != pieces.size()) {
            return List.of();
        }
        return IntStream.range(0, pieces.size())
                .mapToObj(token -> new Excerpt.Token(pieces.get(token), Optional.of(ofTarget[token] - ofReference[token]))).toList();
    }
}
