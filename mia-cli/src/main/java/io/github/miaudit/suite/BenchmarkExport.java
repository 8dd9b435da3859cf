package io.github.miaudit.suite;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Samples;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreFile;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoredSentence;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes what an attack needs that is made elsewhere: for each target and seed a folder {@code TARGET/seed-N} with the sentences, as
 * {@code members.jsonl} and {@code non_members.jsonl}, and what target and reference say of them by each rule, as
 * {@code members-target-RULE.jsonl} and so on ({@link ScoreFile}). The notes are invented, so nothing of it is secret.
 *
 * @param folder where to
 */
public record BenchmarkExport(Path folder) {

    void write(BenchmarkTarget target, long seed, AttackDataset dataset, ScoreTable table) {
        Path to = folder.resolve(target.label()).resolve("seed-" + seed);
        for (Population population : new Population[] {Population.MEMBERS, Population.NON_MEMBERS}) {
            Samples.writeJsonLines(to.resolve(population.label() + ".jsonl"), dataset.samples(population));
            write(to, population, "target", table.target());
            write(to, population, "reference", table.references().get(0));
        }
    }

    private static void write(Path to, Population population, String role, ModelScores scores) {
        for (MaskingRule rule : scores.rules()) {
            String name = rule.label().replaceFirst("\\(.*", "");
            ScoreFile.write(to.resolve(population.label() + "-" + role + "-" + name + ".jsonl"), scores.scores(rule, population).stream()
                    .map(score -> new ScoredSentence(Optional.of(population), Optional.empty(), score)).toList());
        }
    }
}
