package io.github.miaudit.report.output;

import io.github.miaudit.Audit;
import io.github.miaudit.AuditReport;
import io.github.miaudit.ComparativeAudit;
import io.github.miaudit.ComparisonReport;
import io.github.miaudit.IdentifierAudit;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Canaries;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.identifiers.IdentifierFinder;
import io.github.miaudit.identifiers.IdentifierPlan;
import io.github.miaudit.identifiers.ListedIdentifiers;
import io.github.miaudit.identifiers.Surrogates;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.likelihood.FakeBlankScorer;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.SequenceScorer;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.membership.LossFile;
import io.github.miaudit.membership.MinKAttack;
import io.github.miaudit.membership.MinKPlusPlusAttack;
import io.github.miaudit.membership.ZlibAttack;
import io.github.miaudit.metrics.GroupReduction;
import io.github.miaudit.report.StatedUtilities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reports on made-up sentences and models, the same in every run. */
final class SnapshotInputs {

    private static final Evaluation QUICK = Evaluation.withDefaults().withBootstrapReplicates(300).withPermutations(1000)
            .withFalsePositiveRates(0.1, 0.05, 0.01);
    private static final LikelihoodRatioAttack RATIO = LikelihoodRatioAttack.withDefaults().withRule(MaskingRule.maskless());
    private static final List<String> WORDS = List.of(("pain fever cough rash chest left right acute chronic mild severe since Monday"
            + " denies reports admitted with without no history of asthma diabetes stroke aspirin daily twice normal raised blood pressure"
            + " follow up in two weeks").split(" "));
    private static final String DATASHEET = """
            {"sets": {"members": {"patientsSeen": 30, "notesOfNobody": 1, "patientsExcluded": 2, "patientsChosen": 20, "notes": 44,
              "sentences": 70, "tooShort": 3, "repeated": 2, "lookedFor": 65, "inTraining": 2, "nearlyInTraining": 1, "saidOfOthers": 4,
              "boilerplate": 1,
              "available": 57, "shared": 0, "unmatched": 5, "sampled": 41, "sampledPatients": 20, "lengthQuantiles": [1, 3, 4, 6, 9],
              "sharedRate": 0.11},
             "non_members": {"patientsSeen": 25, "patientsExcluded": 0, "patientsChosen": 20, "notes": 40, "sentences": 60, "sampled": 40,
              "sampledPatients": 20, "lengthQuantiles": [2, 3, 4, 6, 7]}},
             "settings": {"patients": "20", "seed": "1"}, "saltDigest": "5a", "inputs": {"members/a.csv": "00", "non_members/b.csv": "01"},
             "trainingRowsUnread": 1, "ignored": ["members/a.pdf"], "badRows": ["members/a.csv:7"], "digests": {%s}}""";

    private static final List<String> NAMES = IntStream.range(0, 200)
            .mapToObj(number -> "Zq" + (char) ('a' + number / 26) + (char) ('a' + number % 26) + "son").toList();

    private SnapshotInputs() {
    }

    static AuditReport groupedWithExternals() {
        AttackDataset dataset = AttackDataset.of(notes("m", 80, 2), notes("n", 100, 2), foreign(notes("x", 50, 2)));
        return Audit.of(dataset, target(dataset, 0.4)).withReference(reference("base"))
                .withEvaluation(QUICK.withPrior(0.05)).run();
    }

    static AuditReport ungrouped() {
        AttackDataset dataset = AttackDataset.of(alone(notes("m", 90, 1)), alone(notes("n", 110, 1)));
        return Audit.of(dataset, target(dataset, 0.2)).withReference(reference("base")).withReference(reference("other"))
                .withAttacks(RATIO, LossAttack.withDefaults(), MinKAttack.withDefaults().withRule(MaskingRule.maskless()))
                .withEvaluation(QUICK.withConfidence(0.9)).run();
    }

    /** Of 40 patients the model remembers 3, and finds what others say less likely. */
    static AuditReport fewExposed() {
        AttackDataset dataset = AttackDataset.of(notes("m", 80, 2), notes("n", 80, 2));
        List<String> remembered = texts(dataset).subList(0, 6);
        ToDoubleFunction<String> others = leak(dataset, -0.3);
        SequenceScorer target = new Model(new FakeScorer("target", "t", 0),
                text -> remembered.contains(text) ? 2 : others.applyAsDouble(text));
        return Audit.of(dataset, target).withReference(reference("base")).withAttacks(RATIO, LossAttack.withDefaults())
                .withEvaluation(QUICK).run();
    }

    static AuditReport fewPatients() {
        AttackDataset dataset = AttackDataset.of(notes("m", 12, 4), notes("n", 60, 3));
        return Audit.of(dataset, target(dataset, 0.5)).withReference(reference("base")).withAttacks(RATIO, LossAttack.withDefaults())
                .withEvaluation(QUICK).run();
    }

    static AuditReport losses() {
        return ofLosses(20, 3, QUICK
                .withGroupReduction(GroupReduction.harmonicMean()).withSmallestCount(3));
    }

    /** So many sentences that their likelihoods are told as counts of cells. */
    static AuditReport lossesOfMany() {
        return ofLosses(100, 7, QUICK.withPermutations(0));
    }

    static AuditReport canaries() {
        AttackDataset dataset = Canaries.randomise(Canaries.make(160, 1), 2);
        return Audit.of(dataset, target(dataset, 0.6)).withReference(reference("base")).withAttacks(RATIO, LossAttack.withDefaults())
                .withEvaluation(QUICK.withCanaryGuesses(60)).run();
    }

    /** Excerpts, an exclusion, overlaps, warnings, a data sheet, and names that must be escaped. */
    static AuditReport withEverything() {
        List<Sample> members = new ArrayList<>(notes("m", 40, 2));
        members.add(Sample.of("empty", "m0", ""));
        List<Sample> others = new ArrayList<>(notes("n", 39, 2));
        others.add(Sample.of("copy", "n19", members.get(3).text()));
        AttackDataset dataset = withDatasheet(members, others);
        String name = "org/a_*model* <b>|\"1\" & 'é'";
        return Audit.of(dataset, new Model(new FakeScorer(name, "t", 0), leak(dataset, 0.5)))
                .withReference(new Model(new FakeScorer("base|`2`", "t", 0).withPrecision("float16"), text -> 0))
                .withAttacks(LikelihoodRatioAttack.withDefaults(), LossAttack.withDefaults().withRule(MaskingRule.seedCompatibleLoss()))
                .withEvaluation(QUICK).withExcerpts(3).run()
                .withOptions(Map.of("fpr", List.of("0.1", "<b>|`2`"), "dataset", List.of(), "store <i>", List.of("9")));
    }

    static AuditReport withoutReference() {
        AttackDataset dataset = AttackDataset.of(notes("m", 60, 2), notes("n", 60, 2));
        return Audit.of(dataset, target(dataset, 0.3))
                .withAttacks(LossAttack.withDefaults(), MinKPlusPlusAttack.withDefaults(), ZlibAttack.withDefaults())
                .withEvaluation(QUICK).withExcerpts(1).run();
    }

    /** By sentences there is nothing to see, but surnames are remembered; and wards are of too few patients to tell. */
    static AuditReport identifiersRemembered() {
        return ofIdentifiers(0, 1);
    }

    /**
     * 40 patients with a surname each.
     *
     * @param bySentence how many nats likelier the target finds the members' tokens
     * @param byName     and their names, in the place of which it is asked for others
     */
    static AuditReport ofIdentifiers(double bySentence, double byName) {
        AttackDataset dataset = named();
        return identified(dataset, target(dataset, bySentence), byName).run();
    }

    /** The same of a target that finds all tokens equally likely, as sentences go. */
    static AuditReport identifiersOfABrokenTarget() {
        AttackDataset dataset = named();
        return identified(dataset, new Flat(new FakeScorer("target-0.0", "t", 0)), 1).run();
    }

    static AttackDataset named() {
        List<Sample> members = new ArrayList<>(named(notes("m", 80, 2), 0));
        members.add(Sample.of("ward", "m1", "Moved to Zwardaham."));
        return AttackDataset.of(members, named(notes("n", 80, 2), 40));
    }

    private static List<Sample> named(List<Sample> notes, int first) {
        return notes.stream().map(note -> new Sample(note.id(), note.group(),
                NAMES.get(first + Integer.parseInt(note.group().orElseThrow().substring(1))) + " has " + note.text())).toList();
    }

    private static Audit identified(AttackDataset dataset, SequenceScorer target, double byName) {
        List<ListedIdentifiers> lists = List.of(ListedIdentifiers.of("surname", NAMES),
                ListedIdentifiers.of("ward", List.of("Zwardaham", "Zwardbham", "Zwardcham", "Zwarddham", "Zwardeham")));
        IdentifierPlan plan = IdentifierPlan.of(IdentifierFinder.allOf(lists), lists, Surrogates.withDefaults());
        IdentifierAudit ofNames = IdentifierAudit.of(dataset.samples(Population.MEMBERS), plan,
                FakeBlankScorer.ofTrue(target.model().name(), byName), FakeBlankScorer.ofTrue("base", 0));
        return Audit.of(dataset, target).withReference(reference("base")).withAttacks(RATIO, LossAttack.withDefaults())
                .withEvaluation(QUICK).withIdentifiers(ofNames);
    }

    static ComparisonReport groupedComparison() {
        AttackDataset dataset = AttackDataset.of(notes("m", 40, 2), notes("n", 40, 2), foreign(notes("x", 16, 2)));
        return ComparativeAudit.of(dataset).withTarget("before", target(dataset, 0.8)).withTarget("after", target(dataset, 0.1))
                .withTarget("again <b>", target(dataset, 0.75)).withReference("base", reference("base"))
                .withAttacks(RATIO, LossAttack.withDefaults()).withEvaluation(QUICK.withFalsePositiveRates(0.1)).run()
                .withUtilities(new StatedUtilities("F1 <b>", Map.of("before", 0.86, "after", 0.81, "again <b>", 0.86)));
    }

    static ComparisonReport ungroupedComparison() {
        AttackDataset dataset = AttackDataset.of(alone(notes("m", 40, 1)), alone(notes("n", 40, 1)));
        return ComparativeAudit.of(dataset).withTarget("before", target(dataset, 0.8)).withTarget("after", target(dataset, 0.2))
                .withReference("base", reference("base")).withReference("other", reference("other"))
                .withAttacks(RATIO, LossAttack.withDefaults()).withEvaluation(QUICK).run();
    }

    /** Sentences of a few words each, all different but by chance. */
    private static List<Sample> notes(String prefix, int count, int perPatient) {
        Random random = new Random(prefix.hashCode());
        return IntStream.range(0, count).mapToObj(row -> Sample.of(prefix + row, prefix + row / perPatient,
                random.ints(4 + random.nextInt(4), 0, WORDS.size()).mapToObj(WORDS::get).collect(Collectors.joining(" ")))).toList();
    }

    private static List<Sample> foreign(List<Sample> notes) {
        return notes.stream().map(note -> new Sample(note.id(), note.group(), "Pt. " + note.text().toUpperCase(Locale.ROOT))).toList();
    }

    private static List<Sample> alone(List<Sample> notes) {
        return notes.stream().map(note -> Sample.of(note.id(), note.text())).toList();
    }

    private static List<String> texts(AttackDataset dataset) {
        return dataset.samples(Population.MEMBERS).stream().map(Sample::text).toList();
    }

    private static ToDoubleFunction<String> leak(AttackDataset dataset, double nats) {
        Set<String> members = Set.copyOf(texts(dataset));
        return text -> members.contains(text) ? nats : 0;
    }

    private static SequenceScorer target(AttackDataset dataset, double nats) {
        return new Model(new FakeScorer("target-" + nats, "t", 0), leak(dataset, nats));
    }

    private static SequenceScorer reference(String name) {
        return new Model(new FakeScorer(name, "t", 0), text -> 0);
    }

    private static AttackDataset withDatasheet(List<Sample> members, List<Sample> others) {
        try {
            Path folder = Files.createTempDirectory("snapshots");
            List<Path> files = Stream.of("members.jsonl", "non_members.jsonl", "datasheet.json").map(folder::resolve).toList();
            Files.writeString(files.get(0), jsonLines(members));
            Files.writeString(files.get(1), jsonLines(others));
            Files.writeString(files.get(2), String.format(Locale.ROOT, DATASHEET, files.subList(0, 2).stream()
                    .map(file -> '"' + file.getFileName().toString() + "\": \"" + Sha256.ofFiles(file) + '"')
                    .collect(Collectors.joining(", "))));
            AttackDataset dataset = AttackDataset.readJsonLines(folder);
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
            return dataset;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String jsonLines(List<Sample> samples) {
        return samples.stream().map(sample -> String.format(Locale.ROOT, "{\"id\": \"%s\", \"group\": \"%s\", \"text\": \"%s\"}\n",
                sample.id(), sample.group().orElseThrow(), sample.text())).collect(Collectors.joining());
    }

    private static AuditReport ofLosses(int patients, int sentences, Evaluation evaluation) {
        Random random = new Random(1);
        StringBuilder rows = new StringBuilder("population,id,group,target_loss,reference_loss\n");
        for (String population : List.of("member", "non_member", "external")) {
            for (int row = 0; row < patients * sentences; row++) {
                double reference = 8 + random.nextGaussian() + (population.equals("external") ? 2 : 0);
                double target = reference - 0.5 * random.nextGaussian() - (population.equals("member") ? 0.4 : 0);
                rows.append(String.format(Locale.ROOT, "%s,%d,%s%d,%.6f,%.6f\n", population, row, population, row / sentences, target,
                        reference));
            }
        }
        try {
            Path file = Files.writeString(Files.createTempFile("losses", ".csv"), rows);
            AuditReport report = AuditReport.ofLosses(file, LossFile.ATTACKS, evaluation);
            Files.delete(file);
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Finds each token as likely as any other. */
    private record Flat(FakeScorer scorer) implements SequenceScorer {

        @Override
        public ModelIdentity model() {
            return scorer.model();
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            Map<MaskingRule, List<SequenceScore>> scores = new LinkedHashMap<>(scorer.score(samples, rules, listener));
            scores.replaceAll((rule, each) -> IntStream.range(0, samples.size()).mapToObj(row -> {
                double[] flat = new double[each.get(row).logLikelihoods().length];
                Arrays.fill(flat, -3);
                return new SequenceScore(samples.get(row), each.get(row).tokenIds(), flat).withTokenCount(each.get(row).tokenCount());
            }).toList());
            return scores;
        }

        @Override
        public void close() {
            scorer.close();
        }
    }

    /** The fake scorer, but each sentence is likelier or less likely by chance, and some are likelier by so much; tells its tokens. */
    private record Model(FakeScorer scorer, ToDoubleFunction<String> leak) implements SequenceScorer {

        @Override
        public ModelIdentity model() {
            return scorer.model();
        }

        @Override
        public Map<MaskingRule, List<SequenceScore>> score(List<Sample> samples, Set<MaskingRule> rules, ScoringListener listener) {
            Map<MaskingRule, List<SequenceScore>> scores = new LinkedHashMap<>(scorer.score(samples, rules, listener));
            scores.replaceAll((rule, each) -> IntStream.range(0, samples.size())
                    .mapToObj(row -> varied(samples.get(row), each.get(row))).toList());
            return scores;
        }

        private SequenceScore varied(Sample sample, SequenceScore score) {
            long seed = (sample.text().hashCode() * 31L + model().name().hashCode()) * 0x9E3779B97F4A7C15L;
            double more = leak.applyAsDouble(sample.text()) + 0.3 * new Random(seed).nextGaussian();
            double[] values = Arrays.stream(score.logLikelihoods()).map(value -> value + more).toArray();
            SequenceScore varied = new SequenceScore(sample, score.tokenIds(), values).withTokenCount(score.tokenCount());
            return score.moments().map(varied::withMoments).orElse(varied);
        }

        @Override
        public Optional<List<String>> tokens(Sample sample) {
            return Optional.of(sample.text().codePoints().mapToObj(Character::toString).toList());
        }

        @Override
        public void close() {
            scorer.close();
        }
    }
}
