package io.github.miaudit.suite;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Rewriting;
import io.github.miaudit.djl.MaskedLmScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoringListener;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What models say of one seed's sentences, by all rules that some attack needs. */
final class SeedScores {

    private final ModelCache models;
    private final Scorings scorings;
    private final Ward ward;
    private final SuiteSize size;
    /** Of references, by folder and the dataset's digest: most targets share both. */
    private final Map<List<Object>, ModelScores> references = new HashMap<>();

    SeedScores(ModelCache models, Scorings scorings, Ward ward, SuiteSize size) {
        this.models = models;
        this.scorings = scorings;
        this.ward = ward;
        this.size = size;
    }

    AttackDataset dataset(BenchmarkTarget target) {
        return target.dataset(ward);
    }

    /** Trains what is needed and scores. */
    ScoreTable of(BenchmarkTarget target) {
        AttackDataset dataset = dataset(target);
        Path model = models.model(target.recipe(ward, size));
        Path reference = models.model(target.reference(ward, size));
        ModelScores ofReference = references.computeIfAbsent(List.of(reference, dataset.digest()),
                unseen -> referenceScores(reference, dataset));
        return ScoreTable.of(dataset, targetScores(model, dataset), List.of(ofReference)).withoutUnscored();
    }

    private ModelScores targetScores(Path model, AttackDataset dataset) {
        try (MaskedLmScorer scorer = Benchmark.open(model, scorings.vocabularyMoments())) {
            ModelScores scores = ModelScores.of(scorer, dataset, scorings.targetRules(), ScoringListener.NONE);
            for (Map.Entry<Rewriting, Set<MaskingRule>> rewriting : scorings.rewritings().entrySet()) {
                scores = scores.withRewritten(scorer, dataset, rewriting.getKey(), rewriting.getValue(), ScoringListener.NONE);
            }
            return scorings.probe() ? scores.withProbe(scorer, dataset) : scores;
        }
    }

    private ModelScores referenceScores(Path model, AttackDataset dataset) {
        try (MaskedLmScorer scorer = Benchmark.open(model, false)) {
            return ModelScores.of(scorer, dataset, scorings.referenceRules(), ScoringListener.NONE);
        }
    }
}
