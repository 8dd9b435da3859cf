package io.github.miaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.data.SentenceDigest;
import io.github.miaudit.evaluation.Evaluation;
import io.github.miaudit.evaluation.TargetCheck;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.UnorderedDigest;
import io.github.miaudit.likelihood.FakeScorer;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ModelProbe;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreColumn;
import io.github.miaudit.likelihood.ScoreFile;
import io.github.miaudit.likelihood.ScoreManifest;
import io.github.miaudit.likelihood.ScoreTable;
import io.github.miaudit.likelihood.ScoredSentence;
import io.github.miaudit.likelihood.ScoredSentences;
import io.github.miaudit.likelihood.ScoringListener;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.StoredScores;
import io.github.miaudit.likelihood.StoredScores.Detail;
import io.github.miaudit.likelihood.TextMeasures;
import io.github.miaudit.likelihood.TokenSpread;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.membership.MembershipAttack;
import io.github.miaudit.membership.MinKPlusPlusAttack;
import io.github.miaudit.membership.ResidualAttack;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores that go through files, or arrays, give the report that the models give. */
class ScoreAuditTest {

    private static final Evaluation EVALUATION = Evaluation.withDefaults().withBootstrapReplicates(100).withPermutations(1000)
            .withSmallestCount(1);
    private static final MaskingRule RULE = MaskingRule.withinWordLeftToRight();
    private static final FakeScorer TARGET = new FakeScorer("target", "t", 0.2, text -> text.contains("a"));
    private static final FakeScorer REFERENCE = new FakeScorer("reference", "t", -0.1);
    private static final FakeScorer CONTROL = new FakeScorer("control", "t", 0.05, text -> text.contains("e"));
    private static final AttackDataset DATASET = AttackDataset.of(sentences("m", 40, 1), sentences("n", 40, 2), sentences("e", 20, 3));

    @TempDir
    private Path folder;

    @BeforeEach
    void score() {
        write(TARGET, RULE, DATASET, 1, false, Detail.TOKENS);
        write(TARGET, MaskingRule.partition(), DATASET, 1, false, Detail.TOKENS);
        write(TARGET, MaskingRule.maskless(), DATASET, 1, false, Detail.TOKENS);
        write(REFERENCE, RULE, DATASET, 3, true, Detail.TOKENS);
        write(REFERENCE, MaskingRule.partition(), DATASET, 4, true, Detail.TOKENS);
        write(CONTROL, RULE, DATASET, 2, true, Detail.TOKENS);
        write(CONTROL, MaskingRule.partition(), DATASET, 1, true, Detail.TOKENS);
        write(CONTROL, MaskingRule.maskless(), DATASET, 1, true, Detail.TOKENS);
    }

    @Test
    void theReportIsThatOfTheModelsToTheLastDigit() {
        AuditReport expected = Audit.of(DATASET, TARGET).withReference(REFERENCE).withControl(CONTROL).withEvaluation(EVALUATION).run();
        AuditReport found = ScoreAudit.of(read(Detail.TOKENS, Optional.of(DATASET), attacks())).withDataset(DATASET)
                .withEvaluation(EVALUATION).run();
        assertEquals(expected.toJson(), found.toJson());
    }

    @Test
    void filesAreAuditedByTheNamesOfTheModels() {
        AuditReport expected = Audit.of(DATASET, TARGET).withReference(REFERENCE).withControl(CONTROL).withEvaluation(EVALUATION).run();
        StoredScores stored = StoredScores.find(List.of(folder));
        AuditReport found = StoredAudit.of(stored, "target").withReference("digest-of-reference").withControl("control")
                .withDataset(DATASET).withEvaluation(EVALUATION).run();
        assertEquals(expected.toJson(), found.toJson());
        assertTrue(String.valueOf(assertThrows(AuditException.class, () -> StoredAudit.of(stored, "digest-of-")).getMessage())
                .startsWith("there are scores of several models that are digest-of-; scores are of "));
    }

    @Test
    void withoutTextsWhatTakesThemIsNotCheckedAndThatIsSaid() {
        AuditReport report = ScoreAudit.of(read(Detail.TOKENS, Optional.empty(), attacks())).withEvaluation(EVALUATION).run();
        assertTrue(report.document().main().validity().reasons()
                .contains("without texts, bag-of-words and overlap could not be checked"), report::toText);
        assertEquals(List.of(TargetCheck.Kind.USES_VOCABULARY), notMade(report));
        assertTrue(report.document().main().validity().checks().stream().anyMatch(check -> check.name().equals("length")));
    }

    /** What checks take of the tokens is counted while they are read; but which sentences have the same tokens is not known any more. */
    @Test
    void ofTokensThatAreNotKeptTheAttacksOnSentencesAndTheChecksAreAsEver() {
        MembershipAttack[] attacks = {LikelihoodRatioAttack.withDefaults(), LossAttack.withDefaults()};
        AuditReport tokens = ScoreAudit.of(read(Detail.TOKENS, Optional.of(DATASET), attacks)).withDataset(DATASET).withAttacks(attacks)
                .withEvaluation(EVALUATION).run();
        AuditReport sums = ScoreAudit.of(read(Detail.SUMS, Optional.of(DATASET), attacks)).withDataset(DATASET).withAttacks(attacks)
                .withEvaluation(EVALUATION).run();
        assertEquals(tokens.document().main().attacks(), sums.document().main().attacks());
        assertEquals(List.of(), notMade(sums));
        for (TargetCheck expected : tokens.document().targetChecks()) {
            TargetCheck found = sums.document().targetChecks().stream().filter(check -> check.kind() == expected.kind()).findFirst()
                    .orElseThrow();
            assertEquals(expected.outcome(), found.outcome(), expected.kind()::name);
            if (!Set.of(TargetCheck.Kind.SCORES_DIFFER, TargetCheck.Kind.SCORES_SPREAD).contains(expected.kind())) {
                assertEquals(expected.value().orElse(0.0), found.value().orElse(0.0), 1e-12, expected.kind()::name);
                assertEquals(expected.bound().orElse(0.0), found.bound().orElse(0.0), 1e-12, expected.kind()::name);
            }
        }
    }

    /** Also where a single sentence has no tokens. */
    @Test
    void ofSumsAloneWhatTakesTokensIsNotCheckedAndThatIsSaid() {
        MembershipAttack[] attacks = {LikelihoodRatioAttack.withDefaults(), LossAttack.withDefaults()};
        List<ScoredSentence> lines = new ArrayList<>(lines(TARGET, RULE, DATASET, Detail.TOKENS));
        lines.set(30, lines(TARGET, RULE, DATASET, Detail.SUMS).get(30));
        Optional<ModelProbe> probe = ModelScores.of(TARGET, DATASET, Set.of(RULE), progress -> {
        }).withProbe(TARGET, DATASET).probe();
        write(TARGET, RULE, lines, 1, false, probe);
        AuditReport report = ScoreAudit.of(read(Detail.SUMS, Optional.of(DATASET), attacks)).withDataset(DATASET).withAttacks(attacks)
                .withEvaluation(EVALUATION).run();
        assertEquals(List.of(TargetCheck.Kind.BEATS_UNIGRAM, TargetCheck.Kind.BEATS_UNIGRAM_ON_EXTERNALS,
                TargetCheck.Kind.USES_VOCABULARY), notMade(report));
    }

    /** Where files of sums tell how tokens spread, in many parts, what is sure by that is checked, and the rest is not passed. */
    @Test
    void ofSumsWhatTheSpreadOfTokensShowsIsChecked() {
        MembershipAttack attack = LikelihoodRatioAttack.withDefaults();
        for (double nats : new double[] {0, 5}) { // the second model knows less than how frequent tokens are
            FakeScorer target = new FakeScorer("target", "t", -nats);
            Path before = folder;
            folder = folder.resolve("of-" + nats);
            PerPopulation<TokenSpread> spread = ModelScores.of(target, DATASET, Set.of(RULE), progress -> {
            }).spread(RULE).orElseThrow();
            write(target, RULE, lines(target, RULE, DATASET, Detail.SUMS), 1, false,
                    ModelScores.of(target, DATASET, Set.of(RULE), progress -> {
                    }).withProbe(target, DATASET).probe());
            Path manifest = manifest(scores(target, RULE, 0, false));
            ScoreManifest.read(manifest).withSpread(spread).write(manifest);
            assertEquals(Optional.of(spread), ScoreManifest.read(manifest).spread());
            write(REFERENCE, RULE, DATASET, 1, false, Detail.SUMS);
            AuditReport report = ScoreAudit.of(read(Detail.SUMS, Optional.of(DATASET), attack)).withDataset(DATASET).withAttacks(attack)
                    .withEvaluation(EVALUATION).run();
            // letters
            List<TargetCheck.Kind> never = List.of(TargetCheck.Kind.BEATS_UNIGRAM_ON_EXTERNALS, TargetCheck.Kind.USES_VOCABULARY);
            assertEquals(nats == 0 ? never : Stream.concat(Stream.of(TargetCheck.Kind.BEATS_UNIGRAM), never.stream()).toList(),
                    notMade(report));
            TokenSpread less = new TokenSpread(spread.of(Population.MEMBERS).tokens() - 1, 2, 0.5);
            ScoreManifest.read(manifest).withSpread(PerPopulation.of(less, less, less)).write(manifest);
            assertTrue(String.valueOf(
                    assertThrows(InvalidFileException.class, () -> read(Detail.SUMS, Optional.of(DATASET), attack)).getMessage())
                    .contains("its manifest tells of " + less.tokens()));
            folder = before;
        }
    }

    @Test
    void theOrderOfFilesAndSentencesDoesNotMatter() {
        String first = ScoreAudit.of(read(Detail.TOKENS, Optional.empty(), attacks())).withEvaluation(EVALUATION).run().toJson();
        Path before = folder;
        folder = folder.resolve("again");
        for (FakeScorer model : List.of(CONTROL, TARGET, REFERENCE)) {
            for (MaskingRule rule : List.of(MaskingRule.maskless(), MaskingRule.partition(), RULE)) {
                write(model, rule, DATASET, 7, model == TARGET, Detail.TOKENS);
            }
        }
        assertEquals(first, ScoreAudit.of(read(Detail.TOKENS, Optional.empty(), attacks())).withEvaluation(EVALUATION).run().toJson());
        folder = before;
    }

    @Test
    void arraysGiveWhatFilesGive() {
        List<Population> sets = Stream.of(Population.values())
                .flatMap(set -> Collections.nCopies(DATASET.samples(set).size(), set).stream()).toList();
        List<Sample> samples = Stream.of(Population.values()).flatMap(set -> DATASET.samples(set).stream()).toList();
        @Nullable
        String[] patients = samples.stream().map(sample -> sample.group().orElse(null)).toArray(String[]::new);
        ScoredSentences sentences = ScoredSentences.of(sets.toArray(Population[]::new),
                samples.stream().map(Sample::id).toArray(String[]::new), patients)
                .withMeasures(samples.stream().mapToInt(sample -> sample.text().length()).toArray(), new int[samples.size()],
                        samples.stream().mapToInt(sample -> 9).toArray());
        MembershipAttack[] attacks = {LikelihoodRatioAttack.withDefaults(), LossAttack.withDefaults().withRule(RULE)};
        AuditReport report = ScoreAudit.of(ScoreTable.of(sentences, ModelScores.of(TARGET.model(), sentences, Map.of(RULE, sums(TARGET))),
                List.of(ModelScores.of(REFERENCE.model(), sentences, Map.of(RULE, sums(REFERENCE)))), Optional.empty()))
                .withAttacks(attacks).withEvaluation(EVALUATION).run();
        AuditReport ofModels = Audit.of(DATASET, TARGET).withReference(REFERENCE).withAttacks(attacks).withEvaluation(EVALUATION).run();
        assertEquals(ofModels.document().main().attacks(), report.document().main().attacks());
        assertEquals(List.of(TargetCheck.Kind.BEATS_UNIGRAM, TargetCheck.Kind.BEATS_UNIGRAM_ON_EXTERNALS,
                TargetCheck.Kind.USES_VOCABULARY),
                notMade(report).stream().filter(kind -> kind.name().matches(".*(UNIGRAM|VOCAB).*")).toList());
    }

    /** Else members would be compared with others, row by row. */
    @Test
    void arraysInAnotherOrderAreRefused() {
        Population[] sets = {Population.MEMBERS, Population.MEMBERS, Population.NON_MEMBERS};
        ScoredSentences sentences = ScoredSentences.of(sets, new String[] {"1", "2", "3"}, new String[3]);
        ScoredSentences turned = ScoredSentences.of(sets, new String[] {"2", "1", "3"}, new String[3]);
        ScoreColumn column = ScoreColumn.ofSums(new double[] {-1, -2, -3}, new int[] {1, 1, 1}, new int[3]);
        ModelScores target = ModelScores.of(TARGET.model(), sentences, Map.of(RULE, column));
        List<ModelScores> references = List.of(ModelScores.of(REFERENCE.model(), turned, Map.of(RULE, column)));
        assertEquals("model reference scored sentence 2 by rule within-word-l2r where sentence 1 of the members stands; give scores of the"
                + " same sentences in the same order",
                assertThrows(IllegalArgumentException.class, () -> ScoreTable.of(sentences, target, references, Optional.empty()))
                        .getMessage());
    }

    private static ScoreColumn sums(FakeScorer model) {
        List<SequenceScore> scores = Stream.of(Population.values())
                .flatMap(set -> model.score(DATASET.samples(set), RULE).stream()).toList();
        return ScoreColumn.ofSums(scores.stream().mapToDouble(SequenceScore::sum).toArray(),
                scores.stream().mapToInt(SequenceScore::tokenCount).toArray(), new int[scores.size()]);
    }

    /** Such a check would pass whatever the target is. */
    @Test
    void withoutMeasuresWhatTakesThemIsNotMade() {
        ScoredSentences sentences = ScoredSentences.of(Stream.of(Population.values())
                .flatMap(set -> Collections.nCopies(DATASET.samples(set).size(), set).stream()).toArray(Population[]::new),
                Stream.of(Population.values()).flatMap(set -> DATASET.samples(set).stream()).map(Sample::id).toArray(String[]::new),
                new String[100]);
        AuditReport report = ScoreAudit.of(ScoreTable.of(sentences, ModelScores.of(TARGET.model(), sentences, Map.of(RULE, sums(TARGET))),
                List.of(ModelScores.of(REFERENCE.model(), sentences, Map.of(RULE, sums(REFERENCE)))), Optional.empty()))
                .withAttacks(LikelihoodRatioAttack.withDefaults()).withEvaluation(EVALUATION).run();
        assertTrue(notMade(report).containsAll(List.of(TargetCheck.Kind.SCORES_DIFFER, TargetCheck.Kind.SCORES_SPREAD,
                TargetCheck.Kind.NO_WORSE_THAN_REFERENCE, TargetCheck.Kind.READS_WORDS)), report::toText);
    }

    /** Sums of a model that gives each sentence one of six values. */
    @Test
    void aTargetWithFewValuesIsToldBySumsToo() {
        for (Detail detail : Detail.values()) {
            List<ScoredSentence> lines = lines(TARGET, RULE, DATASET, Detail.TOKENS).stream()
                    .map(line -> new ScoredSentence(line.population(), line.group(), SequenceScore.ofSum(line.score().id(),
                            new TextMeasures(12, 2, 20 + line.score().id().hashCode() % 50 + 50), 12, -12.0 * (1 + line.score().id()
                                    .hashCode() % 3 * 0.1))))
                    .toList();
            write(TARGET, RULE, lines, 1, false, Optional.empty());
            write(REFERENCE, RULE, lines.stream().map(line -> new ScoredSentence(line.population(), line.group(),
                    SequenceScore.ofSum(line.score().id(), line.score().measures(), 12, -15 - line.score().id().hashCode() % 97 * 0.01)))
                    .toList(), 3, true, Optional.empty());
            MembershipAttack[] attacks = {LikelihoodRatioAttack.withDefaults()};
            AuditReport report = ScoreAudit.of(read(detail, Optional.empty(), attacks)).withAttacks(attacks).withEvaluation(EVALUATION)
                    .run();
            assertTrue(report.document().failedTargetChecks().stream()
                    .anyMatch(check -> check.kind() == TargetCheck.Kind.SCORES_DIFFER), report::toText);
        }
    }

    @Test
    void sentencesThatFailedAreLeftOutAndNamed() {
        List<ScoredSentence> lines = new ArrayList<>(lines(TARGET, RULE, DATASET, Detail.TOKENS));
        ScoredSentence poison = lines.get(3);
        lines.set(3, new ScoredSentence(poison.population(), poison.group(),
                SequenceScore.ofFailure(poison.score().id(), poison.score().measures(), "its log-likelihood is no number")));
        write(TARGET, RULE, lines, 1, false, Optional.empty());
        MembershipAttack[] attacks = {LikelihoodRatioAttack.withDefaults()};
        AuditReport report = ScoreAudit.of(read(Detail.TOKENS, Optional.empty(), attacks)).withAttacks(attacks).withEvaluation(EVALUATION)
                .run();
        assertEquals(39, report.document().main().memberCount());
        assertEquals("FAILED", report.document().excluded().get(0).reason());
        assertEquals(poison.score().id(), report.document().excluded().get(0).id());
        assertTrue(report.document().warnings().contains("1 sentences could not be scored by model target and are left out"),
                report.document().warnings()::toString);
    }

    @Test
    void whatDoesNotBelongTogetherIsRefused() {
        refused("but not by model target by rule within-word-l2r",
                () -> write(TARGET, RULE, lines(TARGET, RULE, DATASET, Detail.TOKENS).subList(1, 100), 1, false, Optional.empty()));
        score();
        refused("1 sentences that model target by rule within-word-l2r scored have no score by model reference by rule within-word-l2r",
                () -> write(REFERENCE, RULE, lines(REFERENCE, RULE, DATASET, Detail.TOKENS).subList(1, 100), 3, true, Optional.empty()));
        score();
        refused("is of another patient than", () -> write(REFERENCE, RULE, changed(sentence -> new ScoredSentence(sentence.population(),
                Optional.of("other"), sentence.score())), 3, true, Optional.empty()));
        score();
        refused("has another text than", () -> write(REFERENCE, RULE, changed(sentence -> new ScoredSentence(sentence.population(),
                sentence.group(), REFERENCE.score(List.of(Sample.of(sentence.score().id(), "longer than any of them is, by far")), RULE)
                        .get(0))),
                3, true, Optional.empty()));
        score();
        refused("states no population", () -> write(REFERENCE, RULE,
                changed(sentence -> new ScoredSentence(Optional.empty(), sentence.group(), sentence.score())), 3, true, Optional.empty()));
        score();
        refused("has a sum and no tokens", () -> write(REFERENCE, RULE, changed(sentence -> new ScoredSentence(sentence.population(),
                sentence.group(), sentence.score().withoutTokens())), 3, true, Optional.empty()));
        score();
        List<ScoredSentence> twice = new ArrayList<>(lines(REFERENCE, RULE, DATASET, Detail.TOKENS));
        twice.add(twice.get(0));
        refused("has a score already", () -> write(REFERENCE, RULE, twice, 3, true, Optional.empty()));
    }

    /** As a table may be spelled anew between the scoring of two models. */
    @Test
    void aPatientSpelledOtherwiseIsTheSame() {
        write(REFERENCE, RULE, changed(sentence -> new ScoredSentence(sentence.population(),
                sentence.group().map(group -> group.toUpperCase(Locale.ROOT)), sentence.score())), 3, true, Optional.empty());
        assertEquals(40, read(Detail.TOKENS, Optional.empty(), attacks()).rows(Population.MEMBERS).size());
    }

    /** Ids, patients and lengths of texts may agree where texts do not. */
    @Test
    void otherTextsOfTheSameIdsAreRefused() {
        UnorderedDigest other = UnorderedDigest.NONE.plus(new byte[] {1});
        refused("model reference by rule within-word-l2r was shown other texts than model target by rule within-word-l2r, though of the"
                + " same ids", () -> withInput(manifest(scores(REFERENCE, RULE, 2, true)), other));
        score();
        refused("model target by rule maskless was shown other texts than",
                () -> withInput(manifest(scores(TARGET, MaskingRule.maskless(), 0, false)), other));
        List<Sample> turned = new ArrayList<>(DATASET.samples(Population.NON_MEMBERS));
        Sample first = turned.get(0);
        String text = first.text().substring(1) + first.text().charAt(0);
        assertTrue(TextMeasures.of(first.text()).mayBeOf(text), "of the same lengths");
        turned.set(0, new Sample(first.id(), first.group(), text));
        AttackDataset secret = AttackDataset.of(DATASET.samples(Population.MEMBERS), turned, DATASET.samples(Population.EXTERNALS));
        score();
        ScoreTable table = read(Detail.TOKENS, Optional.of(secret), attacks());
        assertTrue(String.valueOf(assertThrows(AuditException.class,
                () -> ScoreAudit.of(table).withDataset(secret).withAttacks(LossAttack.withDefaults()).run()).getMessage())
                .contains("the dataset has other texts than those that were scored, though of the same ids"));
    }

    private static void withInput(Path manifest, UnorderedDigest input) {
        ScoreManifest told = ScoreManifest.read(manifest);
        new ScoreManifest(told.file(), told.fileDigest(), told.model(), told.rule(), told.counts(), told.trainedOn(), told.probe(),
                told.spread(), told.bucket(), input, told.miaudit()).write(manifest);
    }

    @Test
    void filesAreFoundByTheirManifestsAndThroughLinks() throws IOException {
        Path scores = scores(TARGET, RULE, 0, false);
        assertEquals(List.of("target"), StoredScores.find(List.of(scores)).models().stream().map(ModelIdentity::name).toList());
        Path linked = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-linked"));
        Files.createSymbolicLink(linked.resolve("scores"), folder);
        assertEquals(3, StoredScores.find(List.of(linked)).models().size());
        assertEquals(3, StoredScores.find(List.of(linked.resolve("scores"))).models().size());
        Path alone = Files.createDirectory(linked.resolve("alone"));
        Path copy = Files.copy(scores, alone.resolve("members.jsonl"));
        assertTrue(found(linked).contains("members.jsonl: has no manifest beside it"), found(linked));
        Files.copy(manifest(scores), ScoreManifest.beside(copy));
        assertTrue(found(copy).contains("is not the file that the manifest beside it names, which is scores.jsonl"), found(copy));
    }

    private static String found(Path place) {
        return String.valueOf(assertThrows(InvalidFileException.class, () -> StoredScores.find(List.of(place))).getMessage());
    }

    private void refused(String words, Runnable writing) {
        writing.run();
        String message = String.valueOf(assertThrows(AuditException.class, () -> read(Detail.TOKENS, Optional.empty(), attacks()))
                .getMessage());
        assertTrue(message.contains(words), message);
    }

    private static List<ScoredSentence> changed(UnaryOperator<ScoredSentence> change) {
        List<ScoredSentence> lines = new ArrayList<>(lines(REFERENCE, RULE, DATASET, Detail.TOKENS));
        lines.set(7, change.apply(lines.get(7)));
        return lines;
    }

    @Test
    void filesThatAreNotWholeAreRefused() throws IOException {
        Path scores = scores(TARGET, RULE, 0, false);
        String text = Files.readString(scores);
        Files.writeString(scores, text.replaceFirst("\"tokenCount\":", "\"tokenCount\": "));
        assertTrue(String.valueOf(assertThrows(AuditException.class, () -> read(Detail.TOKENS, Optional.empty(), attacks())).getMessage())
                .contains("another digest"));
        Files.writeString(scores, text.substring(0, text.length() / 2));
        assertTrue(String.valueOf(assertThrows(AuditException.class, () -> read(Detail.TOKENS, Optional.empty(), attacks())).getMessage())
                .contains("is the file complete?"));
        Files.delete(scores);
        assertThrows(AuditException.class, () -> read(Detail.TOKENS, Optional.empty(), attacks()));
        Files.delete(manifest(scores));
        assertTrue(String.valueOf(assertThrows(AuditException.class, () -> read(Detail.TOKENS, Optional.empty(), attacks())).getMessage())
                .contains("was not scored by rule within-word-l2r, only by"));
        Files.delete(manifest(scores(REFERENCE, RULE, 1, true)));
        assertTrue(String.valueOf(assertThrows(AuditException.class, () -> StoredScores.find(List.of(folder))).getMessage())
                .contains("lack 1 of 3 buckets, such as 1;"));
        assertThrows(AuditException.class, () -> StoredScores.find(List.of(folder.resolve("nowhere"))));
        assertThrows(AuditException.class, () -> StoredScores.find(List.of(Files.createDirectory(folder.resolve("empty")))));
    }

    @Test
    void whatScoresLackIsToldAtOnceBeforeAnyAttack() {
        MembershipAttack[] attacks = {LikelihoodRatioAttack.withDefaults()};
        ScoreTable sums = read(Detail.SUMS, Optional.empty(), attacks);
        MistakesException mistakes = assertThrows(MistakesException.class, () -> ScoreAudit.of(sums)
                .withAttacks(ResidualAttack.withDefaults().withRules(RULE), LossAttack.withDefaults(), MinKPlusPlusAttack.withDefaults()
                        .withRule(RULE))
                .requireSound());
        String problems = mistakes.problems();
        assertTrue(problems.contains("attack residual looks at single tokens, but of the scores of model target"), problems);
        assertTrue(problems.contains("model target was not scored by rule maskless, which attack loss needs"), problems);
        assertTrue(problems.contains("min-k-plus-plus"), problems);
        AttackDataset other = AttackDataset.of(sentences("m", 40, 1), sentences("x", 40, 2), sentences("e", 20, 3));
        assertThrows(MistakesException.class, () -> ScoreAudit.of(sums).withAttacks(attacks).withDataset(other).requireSound());
        ScoreTable inOrder = read(Detail.SUMS, Optional.of(DATASET), attacks);
        List<Sample> edited = new ArrayList<>(DATASET.samples(Population.MEMBERS));
        edited.set(5, Sample.of(edited.get(5).id(), edited.get(5).group().orElseThrow(), "another text than that"));
        AttackDataset changed = AttackDataset.of(edited, DATASET.samples(Population.NON_MEMBERS), DATASET.samples(Population.EXTERNALS));
        assertTrue(assertThrows(MistakesException.class,
                () -> ScoreAudit.of(inOrder).withAttacks(attacks).withDataset(changed).requireSound()).problems()
                .contains("sentence m5 of the members has another text in the dataset than where it was scored"));
    }

    @Test
    void aReferenceThatIsKnownToHaveLearntTheMembersIsRefused() {
        Path manifest = manifest(scores(REFERENCE, RULE, 0, true));
        ScoreManifest.read(manifest).withTrainedOn(List.of(Population.MEMBERS)).write(manifest);
        assertTrue(String.valueOf(assertThrows(AuditException.class, () -> read(Detail.TOKENS, Optional.empty(), attacks())).getMessage())
                .contains("are target and reference swapped?"));
    }

    /** Else the first one's, perhaps of other weights' neighbours or of nobody, would stand for all. */
    @Test
    void bucketsWithDifferentProbesAreOfSeveralRuns() {
        write(TARGET, RULE, DATASET, 2, false, Detail.TOKENS);
        Path manifest = manifest(scores(TARGET, RULE, 1, false));
        ScoreManifest told = ScoreManifest.read(manifest);
        told.withProbe(new ModelProbe(1, 0, 1, OptionalDouble.of(3), Optional.empty(), Optional.empty())).write(manifest);
        assertTrue(String.valueOf(assertThrows(AuditException.class, () -> StoredScores.find(List.of(folder))).getMessage())
                .contains("of several runs: the model was asked again in some and not in others"));
    }

    /** Members and non-members of which all are asked. */
    @Test
    void aProbeOfChosenSentencesIsThatOfTheModel() {
        AttackDataset few = AttackDataset.of(DATASET.samples(Population.MEMBERS).subList(0, 8),
                DATASET.samples(Population.NON_MEMBERS).subList(3, 11));
        Set<MaskingRule> rules = new LinkedHashSet<>(List.of(RULE, MaskingRule.energy()));
        Map<MaskingRule, ModelProbe> probes = ModelProbe.ofChosen(TARGET, few, rules);
        assertEquals(rules, probes.keySet());
        for (MaskingRule rule : rules) {
            assertEquals(ModelScores.of(TARGET, few, Set.of(rule), ScoringListener.NONE).withProbe(TARGET, few).probe(),
                    Optional.of(probes.get(rule)));
        }
        assertEquals(List.of(0, 3, 8, 8, 9, 32, 32), LongStream.of(0, 3, 8, 80, 90, 320, 4_000_000_000L)
                .mapToObj(ModelProbe::sampleSize).toList());
    }

    private static MembershipAttack[] attacks() {
        return AuditPlan.DEFAULT_ATTACKS.toArray(MembershipAttack[]::new);
    }

    private static List<TargetCheck.Kind> notMade(AuditReport report) {
        return report.document().targetChecks().stream().filter(check -> check.outcome() == TargetCheck.Outcome.NOT_MADE)
                .map(TargetCheck::kind).filter(kind -> kind != TargetCheck.Kind.BEST_AS_STATED).toList();
    }

    private ScoreTable read(Detail detail, Optional<AttackDataset> dataset, MembershipAttack... attacks) {
        Set<MaskingRule> targetRules = new LinkedHashSet<>();
        Set<MaskingRule> referenceRules = new LinkedHashSet<>();
        for (MembershipAttack attack : attacks) {
            targetRules.addAll(attack.targetRules());
            referenceRules.addAll(attack.referenceRules());
        }
        StoredScores stored = StoredScores.find(List.of(folder));
        return stored.read(new StoredScores.Choice(TARGET.model(), targetRules, List.of(REFERENCE.model()), referenceRules,
                attacks.length > 1 ? Optional.of(CONTROL.model()) : Optional.empty()), detail, dataset);
    }

    /** Deals scores to buckets, in some order. */
    private void write(FakeScorer model, MaskingRule rule, AttackDataset dataset, int buckets, boolean packed, Detail detail) {
        write(model, rule, lines(model, rule, dataset, detail), buckets, packed,
                ModelScores.of(model, dataset, new LinkedHashSet<>(List.of(RULE)), progress -> {
                }).withProbe(model, dataset).probe());
    }

    private void write(FakeScorer model, MaskingRule rule, List<ScoredSentence> lines, int buckets, boolean packed,
            Optional<ModelProbe> probe) {
        Map<Integer, List<ScoredSentence>> dealt = new LinkedHashMap<>();
        IntStream.range(0, buckets).forEach(bucket -> dealt.put(bucket, new ArrayList<>()));
        lines.forEach(line -> dealt.get(Math.floorMod(line.score().id().hashCode(), buckets)).add(line));
        dealt.forEach((bucket, part) -> {
            Collections.shuffle(part, new Random(buckets));
            Path scores = scores(model, rule, bucket, packed);
            if (packed) {
                pack(scores, part);
            } else {
                ScoreFile.write(scores, part);
            }
            ScoreManifest told = ScoreManifest.of(scores, model.model(), rule, ScoreManifest.Counts.of(part), input(part));
            ScoreManifest asked = probe.map(told::withProbe).orElse(told);
            (buckets == 1 ? asked : asked.withBucket(new ScoreManifest.Bucket(bucket, buckets))).write(manifest(scores));
        });
    }

    private static UnorderedDigest input(List<ScoredSentence> part) {
        UnorderedDigest input = UnorderedDigest.NONE;
        for (ScoredSentence sentence : part) {
            Population set = sentence.population().orElse(Population.MEMBERS);
            input = input.plus(SentenceDigest.of(set,
                    DATASET.samples(set).stream().filter(sample -> sample.id().equals(sentence.score().id())).findFirst().orElseThrow()));
        }
        return input;
    }

    private Path scores(FakeScorer model, MaskingRule rule, int bucket, boolean packed) {
        return folder.resolve(ScoreManifest.folder(model.model().modelDigest(), rule)).resolve("bucket=" + bucket)
                .resolve(packed ? "scores.jsonl.gz" : "scores.jsonl");
    }

    private static Path manifest(Path scores) {
        return scores.resolveSibling(ScoreManifest.NAME);
    }

    private static void pack(Path file, List<ScoredSentence> lines) {
        try {
            Files.createDirectories(file.getParent());
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
                for (ScoredSentence line : lines) {
                    out.write((ScoreFile.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ScoredSentence> lines(FakeScorer model, MaskingRule rule, AttackDataset dataset, Detail detail) {
        return Stream.of(Population.values()).flatMap(set -> {
            List<SequenceScore> scores = model.score(dataset.samples(set), rule);
            return IntStream.range(0, scores.size()).mapToObj(row -> new ScoredSentence(Optional.of(set),
                    dataset.samples(set).get(row).group(), detail == Detail.SUMS ? scores.get(row).withoutTokens() : scores.get(row)));
        }).toList();
    }

    private static List<Sample> sentences(String set, int count, int seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count).mapToObj(row -> Sample.of(set + row, set + "-patient-" + row / 3, random.ints(12, 0, 8)
                .mapToObj(letter -> letter == 7 ? " " : String.valueOf((char) ('a' + letter))).reduce("", String::concat))).toList();
    }
}
