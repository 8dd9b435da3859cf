package io.github.miaudit.benchmarks;

import io.github.miaudit.Audit;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.data.preparation.DatasetPreparation;
import io.github.miaudit.data.preparation.Matching;
import io.github.miaudit.data.preparation.PreparedDataset;
import io.github.miaudit.evaluation.ComparisonResult;
import io.github.miaudit.evaluation.Conclusion;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.Validity;
import io.github.miaudit.metrics.BinomialInterval;
import io.github.miaudit.metrics.CounterRandom;
import io.github.miaudit.metrics.Interval;
import io.github.miaudit.notes.NoteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Whether prepared sets answer the question themselves: notes of one generator, of which chance decides which patients a model is trained
 * on, prepared and audited from end to end with a model that saw none of them, and with one that was trained on the training notes. Prints
 * a Markdown table. The argument is the number of draws (default 200).
 */
public final class SetsReport {

    private static final int PATIENTS = 150; // of either side, of whom 60 are chosen
    private static final int CHOSEN = 60;
    private static final int SENTENCES = 600;
    private static final Evaluation EVALUATION = Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(1000);

    private static final Set<Validity.Verdict> SHIFTED = EnumSet.of(Validity.Verdict.SHIFTED, Validity.Verdict.NOT_INTERPRETABLE);

    /** How sets are made. */
    private enum Rule {
        DEFAULT("default", preparation -> preparation),
        MATCHED("--match length", preparation -> preparation.withMatching(Matching.by(List.of(Matching.LENGTH)))),
        KEPT("--keep-shared", DatasetPreparation::withSharedKept);

        private final String words;
        private final UnaryOperator<DatasetPreparation> option;

        Rule(String words, UnaryOperator<DatasetPreparation> option) {
            this.words = words;
            this.option = option;
        }
    }

    private SetsReport() {
    }

    public static void main(String[] arguments) {
        int draws = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        System.out.printf("%d draws a row; after ± the standard error of the mean, in brackets 95 %% intervals.%n%n", draws);
        System.out.println("| Sets | Target | bag of words | length | reference alone | likelihood ratio | by patient | a shift is found |"
                + " not interpretable | members can be told |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        for (Rule rule : Rule.values()) {
            for (boolean trained : new boolean[] {false, true}) {
                List<ComparisonResult> results = IntStream.range(0, draws).parallel().mapToObj(draw -> audit(rule, trained, draw)).toList();
                System.out.println("| " + String.join(" | ", row(rule, trained, results)) + " |");
            }
        }
    }

    private static List<String> row(Rule rule, boolean trained, List<ComparisonResult> results) {
        List<String> cells = new ArrayList<>(List.of(rule.words, trained ? "trained on the training notes" : "saw none of them"));
        for (String check : List.of("bag-of-words", "length", "reference-only")) {
            cells.add(mean(results, result -> result.validity().checks().stream().filter(each -> each.name().equals(check)).findFirst()
                    .map(Validity.Check::auc).orElseThrow()));
        }
        cells.add(mean(results, result -> result.attacks().get(0).areaUnderCurve()));
        cells.add(mean(results, result -> result.attacks().get(0).byPatient().orElseThrow().areaUnderCurve()));
        cells.add(share(results.stream().filter(result -> SHIFTED.contains(result.validity().verdict())).count(), results.size()));
        cells.add(share(results.stream().filter(result -> result.conclusion() == Conclusion.NOT_INTERPRETABLE).count(), results.size()));
        cells.add(share(results.stream().filter(result -> result.conclusion() == Conclusion.MEMBERS_CAN_BE_TOLD).count(), results.size()));
        return cells;
    }

    private static String mean(List<ComparisonResult> results, ToDoubleFunction<ComparisonResult> figure) {
        double[] figures = results.stream().mapToDouble(figure).toArray();
        double mean = IntStream.range(0, figures.length).mapToDouble(draw -> figures[draw]).average().orElseThrow();
        double variance = IntStream.range(0, figures.length).mapToDouble(draw -> (figures[draw] - mean) * (figures[draw] - mean)).sum()
                / (figures.length - 1);
        return String.format(Locale.ROOT, "%.3f ± %.3f", mean, Math.sqrt(variance / figures.length));
    }

    private static String share(long count, int of) {
        Interval interval = BinomialInterval.of((int) count, of, 0.95);
        return String.format(Locale.ROOT, "%.1f %% [%.1f, %.1f]", 100.0 * count / of, 100 * interval.lower(), 100 * interval.upper());
    }

    private static ComparisonResult audit(Rule rule, boolean trained, int draw) {
        GeneratedHospital hospital = new GeneratedHospital(CounterRandom.mix(draw, 18));
        String training = hospital.table("t", PATIENTS);
        String others = hospital.table("n", PATIENTS);
        PreparedDataset prepared = prepared(rule, training, others, draw);
        AttackDataset dataset = AttackDataset.of(samples(prepared, Population.MEMBERS), samples(prepared, Population.NON_MEMBERS));
        List<String> learnt = trained
                ? training.lines().filter(line -> !line.isBlank()).map(line -> line.replaceAll("^\\w+,\"|\"$", "")).toList()
                : hospital.sentences(PATIENTS);
        return Audit.of(dataset, WordModel.of("target", learnt)).withReference(WordModel.of("reference", hospital.sentences(PATIENTS)))
                .withEvaluation(EVALUATION.withSeed(draw)).run().confidential().comparisons().get(0);
    }

    private static PreparedDataset prepared(Rule rule, String training, String others, int draw) {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            return rule.option
                    .apply(DatasetPreparation.of(written(folder, "training.csv", training), written(folder, "others.csv", others)))
                    .withSize(CHOSEN, SENTENCES).withFewerAllowed().withSeed(draw).prepare();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static NoteFiles written(TemporaryFolder folder, String name, String notes) throws IOException {
        Path file = folder.path().resolve(name);
        Files.writeString(file, notes);
        return NoteFiles.at(file);
    }

    private static List<Sample> samples(PreparedDataset prepared, Population population) {
        return prepared.sets().get(population).stream().map(sentence -> new Sample(sentence.id(), sentence.group(), sentence.text()))
                .toList();
    }
}
