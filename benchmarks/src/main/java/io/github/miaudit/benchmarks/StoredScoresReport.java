package io.github.miaudit.benchmarks;

import io.github.miaudit.AuditReport;
import io.github.miaudit.StoredAudit;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoreFile;
import io.github.miaudit.likelihood.ScoreManifest;
import io.github.miaudit.likelihood.ScoredSentence;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.StoredScores;
import io.github.miaudit.likelihood.TextMeasures;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.report.output.Publication;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * How long an audit of stored scores takes up to its page, in how much memory: three files of sums, of a target by two rules and of a
 * reference by one, of patients of 50 sentences each; as a Markdown table. The argument, if there is one, are the numbers of sentences,
 * parted by commas. Sums are drawn: members are a little likelier to the target.
 */
public final class StoredScoresReport {

    private static final int SENTENCES_A_PATIENT = 50;
    private static final double REMEMBERED = 0.03;
    private static final double NOISE = 0.2;

    public static void main(String[] arguments) throws IOException {
        System.out.println("| sentences | patients | files | audit | page | all | peak heap |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (int sentences : Stream.of((arguments.length == 0 ? "100000,1000000" : arguments[0]).split(",")).mapToInt(Integer::parseInt)
                .toArray()) {
            measure(sentences);
        }
    }

    private static void measure(int sentences) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            long bytes = write(folder.path(), "target", MaskingRule.withinWordLeftToRight(), sentences, REMEMBERED)
                    + write(folder.path(), "target", MaskingRule.maskless(), sentences, REMEMBERED)
                    + write(folder.path(), "reference", MaskingRule.withinWordLeftToRight(), sentences, 0);
            System.gc();
            AtomicLong peak = ReportReport.peakOfCollections();
            long start = System.nanoTime();
            AuditReport report = StoredAudit.of(StoredScores.find(List.of(folder.path())), "target").withReference("reference")
                    .withAttacks(LikelihoodRatioAttack.withDefaults(), LossAttack.withDefaults()).run();
            long audited = System.nanoTime();
            Publication.of(report).writeHtml(folder.path().resolve("report.html"));
            long shown = System.nanoTime();
            System.out.printf(Locale.ROOT, "| %,d | %,d | %d MB | %.1f s | %.1f s | %.1f s | %d MB |%n", sentences,
                    sentences / SENTENCES_A_PATIENT, bytes / 1_000_000, (audited - start) / 1e9, (shown - audited) / 1e9,
                    (shown - start) / 1e9, peak.get() >> 20);
        }
    }

    private static long write(Path root, String name, MaskingRule rule, int sentences, double remembered) throws IOException {
        ModelIdentity model = new ModelIdentity(name, "digest-of-" + name, "words", 50_265, Casing.CASED, "float32", LengthPolicy.WINDOW,
                "drawn");
        Path folder = Files.createDirectories(root.resolve(ScoreManifest.folder(model.modelDigest(), rule)));
        Path file = folder.resolve("scores.jsonl");
        ScoreManifest.Counts counts = ScoreManifest.Counts.of(List.of());
        SplittableRandom texts = new SplittableRandom(1);
        SplittableRandom noise = new SplittableRandom(Sha256.of((name + rule.label()).getBytes(StandardCharsets.UTF_8))
                .hashCode());
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (int row = 0; row < sentences; row++) {
                boolean member = 2 * row < sentences;
                int patient = texts.nextInt(Math.max(1, sentences / SENTENCES_A_PATIENT / 2)) * 2 + (member ? 0 : 1);
                int tokens = texts.nextInt(8, 45);
                double mean = -2 + 0.5 * texts.nextGaussian() + NOISE * noise.nextGaussian() + (member ? remembered : 0);
                SequenceScore score = SequenceScore.ofSum("s" + row, new TextMeasures(4 * tokens, tokens, 2 * tokens + 11), tokens,
                        tokens * mean);
                lines.write(ScoreFile.line(new ScoredSentence(Optional.of(member ? Population.MEMBERS : Population.NON_MEMBERS),
                        Optional.of("p" + patient), score)));
                lines.newLine();
                counts = counts.plus(score);
            }
        }
        ScoreManifest.of(file, model, rule, counts, "drawn").write(folder.resolve(ScoreManifest.NAME));
        return Files.size(file);
    }

    private StoredScoresReport() {
    }
}
