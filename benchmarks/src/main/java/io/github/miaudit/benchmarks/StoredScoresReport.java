package io.github.miaudit.benchmarks;

import io.github.miaudit.AuditReport;
import io.github.miaudit.StoredAudit;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.SentenceDigest;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.io.UnorderedDigest;
import io.github.miaudit.likelihood.Casing;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelProbe;
import io.github.miaudit.likelihood.ScoreFile;
import io.github.miaudit.likelihood.ScoreManifest;
import io.github.miaudit.likelihood.ScoredSentence;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.StoredScores;
import io.github.miaudit.likelihood.TextMeasures;
import io.github.miaudit.likelihood.TokenSpread;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.report.output.Publication;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * How long an audit of stored scores takes up to its page, in how much memory: three files of sums, of a target by two rules and of a
 * reference by one, of patients of 50 sentences each; without and with the texts, which stay on disk; as a Markdown table. The argument, if
 * there is one, are the numbers of sentences, parted by commas. Sums and words are drawn: members are a little likelier to the target.
 */
public final class StoredScoresReport {

    private static final int SENTENCES_A_PATIENT = 50;
    private static final double REMEMBERED = 0.03;
    private static final double NOISE = 0.2;
    private static final int LETTERS = 26;
    private static final int WORDS = LETTERS * LETTERS * LETTERS;
    private static final double ENTROPY = 8;

    public static void main(String[] arguments) throws IOException {
        System.out.println("| sentences | patients | texts | files | audit | page | all | peak heap | full collections | verdict |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        for (int sentences : Stream.of((arguments.length == 0 ? "100000,1000000" : arguments[0]).split(",")).mapToInt(Integer::parseInt)
                .toArray()) {
            measure(sentences);
        }
    }

    private static void measure(int sentences) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Path texts = Files.createDirectory(folder.path().resolve("dataset"));
            long ofTexts = writeTexts(texts, sentences);
            UnorderedDigest input = SentenceDigest.of(AttackDataset.openJsonLines(texts));
            Path scores = folder.path().resolve("scores");
            long bytes = write(scores, "target", MaskingRule.withinWordLeftToRight(), sentences, REMEMBERED, input)
                    + write(scores, "target", MaskingRule.maskless(), sentences, REMEMBERED, input)
                    + write(scores, "reference", MaskingRule.withinWordLeftToRight(), sentences, 0, input);
            measure(sentences, scores, bytes, Optional.empty());
            measure(sentences, scores, bytes + ofTexts, Optional.of(texts));
        }
    }

    private static void measure(int sentences, Path scores, long bytes, Optional<Path> texts) {
        System.gc();
        AtomicLong peak = ReportReport.peakOfCollections();
        long before = fullCollections();
        long start = System.nanoTime();
        StoredAudit audit = StoredAudit.of(StoredScores.find(List.of(scores)), "target").withReference("reference")
                .withAttacks(LikelihoodRatioAttack.withDefaults(), LossAttack.withDefaults());
        AuditReport report = texts.map(AttackDataset::openJsonLines).map(audit::withDataset).orElse(audit).run();
        long audited = System.nanoTime();
        Publication.of(report).writeHtml(scores.resolve("report.html"));
        long shown = System.nanoTime();
        System.out.printf(Locale.ROOT, "| %,d | %,d | %s | %d MB | %.1f s | %.1f s | %.1f s | %d MB | %d | %s |%n", sentences,
                sentences / SENTENCES_A_PATIENT, texts.isPresent() ? "yes" : "no", bytes / 1_000_000, (audited - start) / 1e9,
                (shown - audited) / 1e9, (shown - start) / 1e9, peak.get() >> 20, fullCollections() - before,
                report.document().main().validity().verdict());
    }

    private static long fullCollections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().filter(collector -> collector.getName().contains("Old"))
                .mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
    }

    /** Words of three letters, as many as {@link #write} has tokens, few of them frequent. */
    private static long writeTexts(Path folder, int sentences) throws IOException {
        SplittableRandom texts = new SplittableRandom(1);
        SplittableRandom words = new SplittableRandom(2);
        try (BufferedWriter members = Files.newBufferedWriter(folder.resolve("members.jsonl"));
                BufferedWriter others = Files.newBufferedWriter(folder.resolve("non_members.jsonl"))) {
            for (int row = 0; row < sentences; row++) {
                boolean member = 2 * row < sentences;
                int patient = patient(texts, sentences, member);
                int tokens = tokens(texts);
                StringBuilder text = new StringBuilder();
                for (int token = 0; token < tokens; token++) {
                    int word = (int) (WORDS * Math.pow(words.nextDouble(), 3));
                    text.append(token == 0 ? "" : " ").append((char) ('a' + word % LETTERS)).append((char) ('a' + word / LETTERS % LETTERS))
                            .append((char) ('a' + word / LETTERS / LETTERS));
                }
                (member ? members : others).write("{\"id\":\"s" + row + "\",\"group\":\"p" + patient + "\",\"text\":\"" + text + "\"}\n");
                texts.nextGaussian(); // as the scores
            }
        }
        return Files.size(folder.resolve("members.jsonl")) + Files.size(folder.resolve("non_members.jsonl"));
    }

    private static int patient(SplittableRandom texts, int sentences, boolean member) {
        return texts.nextInt(Math.max(1, sentences / SENTENCES_A_PATIENT / 2)) * 2 + (member ? 0 : 1);
    }

    private static int tokens(SplittableRandom texts) {
        return texts.nextInt(8, 45);
    }

    private static long write(Path root, String name, MaskingRule rule, int sentences, double remembered, UnorderedDigest input)
            throws IOException {
        ModelIdentity model = new ModelIdentity(name, "digest-of-" + name, "words", 50_265, Casing.CASED, "float32", LengthPolicy.WINDOW,
                "drawn");
        Path folder = Files.createDirectories(root.resolve(ScoreManifest.folder(model.modelDigest(), rule)));
        Path file = folder.resolve("scores.jsonl");
        ScoreManifest.Counts counts = ScoreManifest.Counts.of(List.of());
        SplittableRandom texts = new SplittableRandom(1);
        SplittableRandom noise = new SplittableRandom(Sha256.of((name + rule.label()).getBytes(StandardCharsets.UTF_8))
                .hashCode());
        long[] ofSets = new long[2];
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (int row = 0; row < sentences; row++) {
                boolean member = 2 * row < sentences;
                int patient = patient(texts, sentences, member);
                int tokens = tokens(texts);
                ofSets[member ? 0 : 1] += tokens;
                double mean = Math.min(-1e-3, -2 + 0.5 * texts.nextGaussian() + NOISE * noise.nextGaussian() + (member ? remembered : 0));
                SequenceScore score = SequenceScore.ofSum("s" + row, new TextMeasures(4 * tokens - 1, tokens, 2 * tokens + 11), tokens,
                        tokens * mean);
                lines.write(ScoreFile.line(new ScoredSentence(Optional.of(member ? Population.MEMBERS : Population.NON_MEMBERS),
                        Optional.of("p" + patient), score)));
                lines.newLine();
                counts = counts.plus(score);
            }
        }
        ScoreManifest.of(file, model, rule, counts, input)
                .withProbe(new ModelProbe(64, 0, NOISE, OptionalDouble.of(1), Optional.empty(), Optional.empty()))
                .withSpread(PerPopulation.of(new TokenSpread(ofSets[0], WORDS, ENTROPY), new TokenSpread(ofSets[1], WORDS, ENTROPY),
                        new TokenSpread(0, 0, 0)))
                .write(folder.resolve(ScoreManifest.NAME));
        return Files.size(file);
    }

    private StoredScoresReport() {
    }
}
