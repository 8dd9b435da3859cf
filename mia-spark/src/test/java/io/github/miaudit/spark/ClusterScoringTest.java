package io.github.miaudit.spark;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.miaudit.AuditReport;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.likelihood.LengthPolicy;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelProbe;
import io.github.miaudit.likelihood.ScoreManifest;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.membership.MinKPlusPlusAttack;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two tasks at a time in this process. */
class ClusterScoringTest {

    private static final MaskingRule[] RULES = {MaskingRule.withinWordLeftToRight(), MaskingRule.energy()};

    private static final int SENTENCES = 20;

    @TempDir
    private static Path temporary;
    private static SparkSession spark;
    private static Path sentences;

    @BeforeAll
    static void open() {
        spark = SparkSession.builder().master("local[2]").config("spark.ui.enabled", false).config("spark.driver.host", "localhost")
                .config("spark.local.dir", temporary.resolve("local").toString())
                .config("spark.sql.warehouse.dir", temporary.resolve("warehouse").toString())
                .config("spark.sql.files.maxPartitionBytes", 4096).getOrCreate();
        sentences = Demonstration.write(temporary.resolve("sentences"), SENTENCES);
    }

    @AfterAll
    static void close() {
        spark.stop();
    }

    private static ClusterScoring scoring() {
        return scoring(sentences);
    }

    /** To ask the model again takes a second, and most tests don't look at it. */
    private static ClusterScoring scoring(Path table) {
        return probing(table).withoutProbe();
    }

    private static ClusterScoring probing(Path table) {
        return ClusterScoring.of(Demonstration.read(spark, table), Demonstration.COLUMNS, model())
                .withRules(MaskingRule.withinWordLeftToRight());
    }

    private static ClusterModel model() {
        return ClusterModel.at(Demonstration.model().toUri().toString());
    }

    /** Where the rows come in the same order, they are packed into the same batches. */
    @Test
    void oneBucketIsTheSameBitForBit(@TempDir Path output, @TempDir Path input) throws IOException {
        List<String> lines = new ArrayList<>(Demonstration.lines(sentences.resolve("one.json")));
        lines.addAll(Demonstration.lines(sentences.resolve("two.json")));
        Files.write(input.resolve("one.json"), lines);
        Files.write(input.resolve("two.json"), List.of());
        scoring(input).withRules(RULES).withBuckets(1)
                .into(output.toUri().toString());
        assertEquals(WrittenScores.withoutSpark(input, RULES), WrittenScores.in(output));
    }

    @ParameterizedTest
    @ValueSource(strings = {"within-word-l2r", "energy"})
    void scoresAreThoseOfOneCallWithoutSpark(String label, @TempDir Path output) {
        MaskingRule rule = MaskingRule.named(label).orElseThrow();
        ClusterScores scores = scoring().withRules(rule).withBuckets(5).into(output.toUri().toString());

        assertEquals(3 * SENTENCES, scores.count());
        WrittenScores.assertSame(WrittenScores.withoutSpark(sentences, rule), WrittenScores.in(output));
    }

    @Test
    void theSameCallAgainDoesWhatIsMissingAndNothingElse(@TempDir Path output) throws IOException {
        ClusterScoring scoring = scoring().withRules(MaskingRule.maskless()).withBuckets(4);
        scoring.into(output.toUri().toString());
        Map<String, String> whole = WrittenScores.in(output);
        Map<Path, FileTime> before = times(output);
        List<Path> manifests = WrittenScores.manifests(output);
        Files.delete(manifests.get(1));
        Path leftOver = Files.writeString(manifests.get(1).resolveSibling("scores-7-dead.jsonl.gz"), "half");

        scoring.into(output.toUri().toString());

        assertEquals(whole, WrittenScores.in(output));
        assertFalse(Files.exists(leftOver), "what no manifest names goes when its bucket is done again");
        Map<Path, FileTime> after = times(output);
        Path redone = manifests.get(1).getParent();
        before.forEach((file, time) -> {
            if (!file.startsWith(redone)) {
                assertEquals(time, after.get(file), file.toString());
            }
        });
        assertEquals(2, after.keySet().stream().filter(file -> file.startsWith(redone)).count());
    }

    private static Map<Path, FileTime> times(Path output) throws IOException {
        Map<Path, FileTime> times = new TreeMap<>();
        for (Path file : WrittenScores.files(output)) {
            if (!file.getFileName().toString().endsWith(".crc")) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    /** Other rows, another precision or a manifest that is none: what is there counts for nothing. */
    @Test
    void whatDoesNotAgreeIsDoneAgain(@TempDir Path output, @TempDir Path other) throws IOException {
        ClusterScoring scoring = scoring().withRules(MaskingRule.maskless()).withBuckets(2);
        scoring.into(output.toUri().toString());
        Path more = Demonstration.write(other, SENTENCES + 1);
        ClusterScoring grown = scoring(more).withRules(MaskingRule.maskless()).withBuckets(2);

        assertEquals(3 * SENTENCES + 3, grown.into(output.toUri().toString()).count());
        WrittenScores.assertSame(WrittenScores.withoutSpark(more, MaskingRule.maskless()), WrittenScores.in(output));

        Path manifest = WrittenScores.manifests(output).get(0);
        Files.writeString(manifest, Files.readString(manifest).replace("float32", "float64"));
        Files.deleteIfExists(manifest.resolveSibling(".manifest.json.crc"));
        assertEquals(3 * SENTENCES + 3, grown.into(output.toUri().toString()).count());
        assertTrue(Files.readString(manifest).contains("float32"));
        Files.writeString(manifest, "{");
        Files.deleteIfExists(manifest.resolveSibling(".manifest.json.crc"));
        assertEquals(3 * SENTENCES + 3, grown.into(output.toUri().toString()).count());
    }

    @Test
    void resultsAreTheSameHoweverRowsAreParted(@TempDir Path output, @TempDir Path others) {
        probing(sentences).withRules(MaskingRule.original()).withBuckets(3).into(output.toUri().toString());
        ClusterScoring.of(Demonstration.read(spark, sentences).coalesce(1), Demonstration.COLUMNS, model())
                .withRules(MaskingRule.original()).withBuckets(3).into(others.toUri().toString());
        WrittenScores.assertSame(WrittenScores.in(output), WrittenScores.in(others));
        assertEquals(WrittenScores.told(output, ScoreManifest::input), WrittenScores.told(others, ScoreManifest::input));
        assertEquals(WrittenScores.told(output, ScoreManifest::probe), WrittenScores.told(others, ScoreManifest::probe));
        assertEquals(1, Set.copyOf(WrittenScores.told(output, ScoreManifest::probe)).size());
    }

    /** Eight members and eight non-members of twenty each. */
    @Test
    void theModelIsAskedAgainByEachRuleAndThatIsKept(@TempDir Path output) {
        ClusterScoring scoring = probing(sentences).withRules(MaskingRule.maskless(), MaskingRule.original()).withBuckets(2);
        scoring.into(output.toUri().toString());
        Map<String, Optional<ModelProbe>> said = new TreeMap<>();
        for (ScoreManifest told : WrittenScores.told(output, each -> each)) {
            assertEquals(16, told.probe().orElseThrow().sentences());
            assertEquals(told.probe(), said.computeIfAbsent(told.rule(), first -> told.probe()), "of all buckets");
        }
        assertNotEquals(said.get("maskless"), said.get("original"));

        WrittenScores.alter(output, "\"sentences\": 16", "\"sentences\": 15"); // as if there had been fewer
        Path redone = WrittenScores.manifests(output).get(1);
        assertDoesNotThrow(() -> Files.delete(redone));
        scoring.into(output.toUri().toString());
        assertEquals(List.of(15, 15, 15, 15), WrittenScores.told(output, told -> told.probe().orElseThrow().sentences()),
                "what finished buckets say");
        scoring.withLengthPolicy(LengthPolicy.TRUNCATE).into(output.toUri().toString());
        assertEquals(List.of(16, 16, 16, 16), WrittenScores.told(output, told -> told.probe().orElseThrow().sentences()),
                "of another policy it counts for nothing");
    }

    @Test
    void bucketsWithoutTheProbeOrWithAnotherAreDoneAgain(@TempDir Path output) {
        ClusterScoring without = scoring().withRules(MaskingRule.maskless()).withBuckets(2);
        without.into(output.toUri().toString());
        assertEquals(List.of(false, false), WrittenScores.told(output, told -> told.probe().isPresent()));
        ClusterScoring with = probing(sentences).withRules(MaskingRule.maskless()).withBuckets(2);
        with.into(output.toUri().toString());
        List<Optional<ModelProbe>> said = WrittenScores.told(output, ScoreManifest::probe);
        assertTrue(said.get(0).isPresent());
        assertEquals(said.get(0), said.get(1));
        without.into(output.toUri().toString());
        assertEquals(said, WrittenScores.told(output, ScoreManifest::probe), "what is there does no harm");
        WrittenScores.alter(WrittenScores.manifests(output).get(1).getParent(), "\"sentences\": 16", "\"sentences\": 15");
        without.into(output.toUri().toString());
        assertEquals(said, WrittenScores.told(output, ScoreManifest::probe));
    }

    @Test
    void whatTheModelExpectsOfTokensIsToldWhereItIsAskedFor(@TempDir Path output) {
        ClusterScoring scoring = scoring().withRules(MaskingRule.original()).withBuckets(2);
        scoring.into(output.toUri().toString());
        Map<String, String> before = WrittenScores.in(output);
        assertEquals(List.of(0L, 0L), WrittenScores.told(output, told -> told.counts().expected()));
        scoring.withVocabularyMoments().into(output.toUri().toString());
        assertEquals(WrittenScores.told(output, told -> told.counts().tokens()),
                WrittenScores.told(output, told -> told.counts().expected()));
        WrittenScores.assertSame(before, WrittenScores.in(output));
        AuditReport report = ClusterScores.read(spark, output.toUri().toString()).audit("target")
                .withAttacks(MinKPlusPlusAttack.withDefaults()).run();
        assertEquals(List.of("experimental-min-k-plus-plus"),
                report.document().main().attacks().stream().map(each -> each.name()).toList());
    }

    @Test
    void sumsAreThoseOfTokensWhichAreGone(@TempDir Path output) throws IOException {
        ClusterScoring scoring = probing(sentences).withRules(MaskingRule.maskless(), MaskingRule.energy()).withBuckets(2);
        scoring.into(output.toUri().toString());
        Map<String, String> tokens = WrittenScores.in(output);
        AuditReport report = audit(output);
        scoring.withoutTokens().into(output.toUri().toString());
        Map<String, String> sums = WrittenScores.in(output);
        assertEquals(tokens.keySet(), sums.keySet());
        assertEquals(Set.of("null null"), Set.copyOf(sums.values()), "no token is there");
        assertEquals(List.of(false, false, true, true), WrittenScores.told(output, told -> told.spread().isPresent()),
                "draws of energy are not the sentence's tokens");
        List<String> files = WrittenScores.told(output, ScoreManifest::file);
        scoring.withoutTokens().into(output.toUri().toString());
        assertEquals(files, WrittenScores.told(output, ScoreManifest::file), "nothing is done again");
        assertEquals(report.document().main().attacks(), audit(output).document().main().attacks());
        scoring.into(output.toUri().toString());
        WrittenScores.assertSame(tokens, WrittenScores.in(output));
        assertThrows(IllegalArgumentException.class, () -> scoring.withVocabularyMoments().withoutTokens());
    }

    private static AuditReport audit(Path output) {
        return ClusterScores.read(spark, output.toUri().toString()).audit("target").withAttacks(LossAttack.withDefaults()).run();
    }

    /** In whatever order a table holds them. */
    @Test
    void aModelThatIsKnownToHaveLearntTheMembersIsNoReference(@TempDir Path output, @TempDir Path input) {
        Demonstration.write(input, Demonstration.sentences(Population.MEMBERS, Integer.MAX_VALUE).stream().sorted().toList());
        scoring(input).withRules(MaskingRule.maskless()).withBuckets(2).into(output.toUri().toString());
        assertEquals(List.of(List.of(Population.MEMBERS), List.of(Population.MEMBERS)),
                WrittenScores.told(output, ScoreManifest::trainedOn));
        scoring().withRules(MaskingRule.maskless()).withBuckets(2).into(output.toUri().toString());
        assertEquals(List.of(List.of(), List.of()), WrittenScores.told(output, ScoreManifest::trainedOn), "of a part nothing is known");
    }

    @Test
    void aBucketWithoutRowsIsFinishedToo(@TempDir Path output) {
        Dataset<Row> one = Demonstration.read(spark, sentences).where("id = 'p0001-1'");
        assertEquals(1,
                ClusterScoring.of(one, Demonstration.COLUMNS, model()).withRules(MaskingRule.withinWordLeftToRight()).withoutProbe()
                        .withRules(MaskingRule.maskless()).withBuckets(3)
                        .into(output.toUri().toString()).count());
        assertEquals(3, WrittenScores.manifests(output).size());
    }

    @Test
    void anotherNumberOfBucketsReplacesThem(@TempDir Path output) {
        scoring().withRules(MaskingRule.maskless()).withBuckets(5).into(output.toUri().toString());
        assertEquals(3 * SENTENCES, scoring().withRules(MaskingRule.maskless()).withBuckets(2).into(output.toUri().toString()).count());
        WrittenScores.assertSame(WrittenScores.withoutSpark(sentences, MaskingRule.maskless()), WrittenScores.in(output));
    }

    /** In a file system that is not the machine's, model and scores are copied. */
    @ParameterizedTest
    @ValueSource(strings = {"file://", "viewfs://test/all"})
    void scoresAreReadIntoAnAudit(String system, @TempDir Path output) {
        spark.sparkContext().hadoopConfiguration().set("fs.viewfs.mounttable.test.link./all", "file:///");
        MaskingRule rule = MaskingRule.maskless();
        ClusterScores scores = ClusterScoring
                .of(Demonstration.read(spark, sentences), Demonstration.COLUMNS, ClusterModel.at(system + Demonstration.model()))
                .withoutProbe().withRules(rule).withBuckets(3).into(system + output);
        AuditReport report = scores.audit("target").withAttacks(LossAttack.withDefaults()).run();
        assertEquals(SENTENCES, report.document().main().nonMemberCount());
        assertEquals(List.of("target"), report.document().models().stream().map(each -> each.name()).toList());
    }

    @Test
    void aTableWithoutRowsIsFinishedToo(@TempDir Path output) {
        Dataset<Row> none = Demonstration.read(spark, sentences).where("1 = 0");
        assertEquals(0, ClusterScoring.of(none, Demonstration.COLUMNS, model()).withRules(MaskingRule.withinWordLeftToRight())
                .withBuckets(2).into(output.toUri().toString()).count());
        assertEquals(2, WrittenScores.manifests(output).size());
    }

    /** No bucket has more than may fail of all, but together they have. */
    @Test
    void sentencesThatFailAreCountedOverAllBuckets(@TempDir Path output, @TempDir Path input) {
        List<String> lines = new ArrayList<>(Demonstration.lines(sentences.resolve("one.json")));
        for (int bad = 0; bad < 4; bad++) {
            lines.add(row("bad" + bad, "Secretson ".repeat(FaultyRules.POISON), "external"));
        }
        ClusterScoring scoring = scoring(Demonstration.write(input, lines)).withRules(FaultyRules.poisoned()).withBuckets(3);
        AuditException refused = assertThrows(AuditException.class,
                () -> scoring.withFailuresUpTo(0.09).into(output.toUri().toString()));
        assertTrue(refused.getMessage().contains("4 scores failed, more than the 3 that may;"), refused.getMessage());
        assertEquals(lines.size(), scoring.withFailuresUpTo(0.12).into(output.toUri().toString()).count());
        assertEquals(4, WrittenScores.in(output).values().stream().filter(score -> score.startsWith("FAILED")).count());
        assertThrows(IllegalArgumentException.class, () -> scoring.withFailuresUpTo(1));
    }

    @Test
    void onlyTheirOwnerMayReadScoresAndModel(@TempDir Path folder) throws IOException {
        Path output = folder.resolve("new").resolve("scores");
        scoring().withRules(MaskingRule.maskless()).withBuckets(2).into(output.toUri().toString());
        try (Stream<Path> all = Files.walk(output)) {
            for (Path each : all.toList()) {
                assertEquals(Files.isDirectory(each) ? "rwx------" : "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(each)), each.toString());
            }
        }
        Path copy = LocalFiles.copyOf(model().uri(), model().filesDigest(), spark.sparkContext().hadoopConfiguration());
        assertEquals("target", copy.getFileName().toString());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.resolve("config.json"))));
    }

    @Test
    void anIdThatIsThereTwiceInAPopulationIsAnErrorThatNamesIt(@TempDir Path output, @TempDir Path input) {
        Path file = Demonstration.write(input, List.of(row("1", "Alpha secret.", "member"), row("1", "Alpha.", "non_member"),
                row("2", "Beta secret.", "member"), row("2", "Gamma secret.", "member")));
        ClusterScoring scoring = ClusterScoring.of(Demonstration.read(spark, file), Demonstration.COLUMNS, model())
                .withRules(MaskingRule.withinWordLeftToRight()).withBuckets(1);
        AuditException refused = assertThrows(AuditException.class, () -> scoring.into(output.toUri().toString()));
        assertEquals(
                "id 2 is there twice among rows of population member; ids must be unique within a population; what was finished is kept",
                refused.getMessage());
    }

    @Test
    void rowsThatAreNoSentencesAreCountedAndRefused(@TempDir Path output, @TempDir Path input) {
        Path file = Demonstration.write(input, List.of(row("1", "Alpha secret.", "member"), row("2", "Beta secret.", "patients"),
                "{\"id\":\"3\",\"population\":\"member\"}", "{\"text\":\"Gamma secret.\",\"population\":\"member\"}",
                row("", "Delta.", "external")));
        ClusterScoring scoring = ClusterScoring.of(Demonstration.read(spark, file), Demonstration.COLUMNS, model())
                .withRules(MaskingRule.withinWordLeftToRight());
        AuditException refused = assertThrows(AuditException.class, () -> scoring.into(output.toUri().toString()));
        assertEquals(
                "the table has 1 rows of a population that is not member, non_member or external, 1 rows without a text, 2"
                        + " rows without an id; leave them out, or mend them",
                refused.getMessage());
    }

    private static String row(String id, String text, String population) {
        return "{\"id\":\"" + id + "\",\"text\":\"" + text + "\",\"population\":\"" + population + "\"}";
    }

    /** A reader quotes a line that it can't read. */
    @Test
    void whatCannotBeReadIsNotQuoted(@TempDir Path output, @TempDir Path input) {
        Path file = Demonstration.write(input, List.of(row("1", "Alpha.", "member"), "{\"id\":\"2\", \"text\":\"Marker Secretson\", no"));
        Dataset<Row> strict = spark.read().schema("id STRING, patient STRING, text STRING, population STRING").option("mode", "FAILFAST")
                .json(file.toUri().toString());
        AuditException refused = assertThrows(AuditException.class,
                () -> ClusterScoring.of(strict, Demonstration.COLUMNS, model()).withRules(MaskingRule.withinWordLeftToRight())
                        .into(output.toUri().toString()));
        StringWriter all = new StringWriter();
        refused.printStackTrace(new PrintWriter(all));
        assertFalse(all.toString().contains("Secretson"), all.toString());
        assertTrue(refused.getMessage().startsWith("the table can't be counted: counting rows: failed by Spark's error FAILED_READ_FILE"),
                refused.getMessage());
    }

    /** Where a program's own functions are, and where Spark computes a part while it plans. */
    @Test
    void whatATablesOwnCodeThrowsIsNotQuoted(@TempDir Path output) {
        Dataset<Row> rows = Demonstration.read(spark, sentences);
        JavaRDD<Row> failing = rows.javaRDD().mapPartitions(all -> {
            throw new IllegalStateException("Marker Secretson");
        });
        Dataset<Row> planned = spark
                .createDataFrame(List.of(RowFactory.create("1", "p", "Marker Secretson", "member")),
                        StructType.fromDDL("id STRING, patient STRING, text STRING, population STRING"))
                .withColumn("text", functions.col("text").cast("int").cast("string"));
        Map<Dataset<Row>, String> told = Map.of(spark.createDataFrame(failing, rows.schema()),
                "the table can't be counted: counting rows: failed by java.lang.IllegalStateException", planned,
                "planning how to read the table: failed by Spark's error CAST_INVALID_INPUT");
        told.forEach((table, start) -> {
            AuditException refused = assertThrows(AuditException.class,
                    () -> ClusterScoring.of(table, Demonstration.COLUMNS, model()).into(output.toUri().toString()));
            StringWriter all = new StringWriter();
            refused.printStackTrace(new PrintWriter(all));
            assertFalse(all.toString().contains("Secretson"), all.toString());
            assertTrue(refused.getMessage().startsWith(start), refused.getMessage());
        });
    }

    @Test
    void columnsAreCheckedBeforeAnythingRuns() {
        Dataset<Row> rows = Demonstration.read(spark, sentences);
        assertEquals("column note, which is to hold the text, is not there; the table has id, patient, population, text",
                refusal(rows, SentenceColumns.named("id", "patient", "note", "population")));
        assertEquals("column text, which is to hold the text, is of type bigint; it must be string",
                refusal(rows.withColumn("text", functions.lit(1L)), Demonstration.COLUMNS));
        assertEquals("column patient, which is to hold the patient, is of type array<string>; it must be string or a number",
                refusal(rows.withColumn("patient", functions.array(functions.col("id"))), Demonstration.COLUMNS));
        assertEquals("columns are id, id, text, population; they must be four different ones",
                assertThrows(IllegalArgumentException.class, () -> SentenceColumns.named("id", "id", "text", "population")).getMessage());
        Dataset<Row> awkward = rows.withColumnRenamed("text", "note.`text`").withColumn("patient", functions.lit(7));
        Row first = SentenceColumns.named("id", "patient", "note.`text`", "population").of(awkward).first();
        assertEquals("7", first.getString(SentenceColumns.PATIENT));
        assertFalse(first.getString(SentenceColumns.TEXT).isEmpty());
    }

    private static String refusal(Dataset<Row> rows, SentenceColumns columns) {
        ClusterScoring scoring = ClusterScoring.of(rows, columns, model()).withRules(MaskingRule.withinWordLeftToRight());
        return assertThrows(IllegalArgumentException.class, () -> scoring.into("unused")).getMessage();
    }

    @Test
    void whatMayWriteRowsToDisksInClearIsRefused() {
        Dataset<Row> rows = Demonstration.read(spark, sentences);
        assertDoesNotThrow(() -> RowsOnDisk.requireNone(rows.where("length(text) > 3").union(rows).coalesce(1)));
        for (Dataset<Row> each : List.of(rows.repartition(2), rows.distinct(), rows.orderBy("id"), rows.sortWithinPartitions("id"),
                rows.join(rows.select("id").limit(3), "id"), rows.where("id in (select max(id) from {rows})".replace("{rows}", view(rows))),
                spark.createDataFrame(rows.javaRDD().repartition(3), rows.schema()),
                spark.createDataFrame(rows.javaRDD().map(row -> row).cache(), rows.schema()))) {
            AuditException refused = assertThrows(AuditException.class, () -> RowsOnDisk.requireNone(each), each::toString);
            assertTrue(refused.getMessage().contains("spark.io.encryption.enabled=true"), refused.getMessage());
        }
        Dataset<Row> cached = rows.where("length(text) > 5").cache();
        assertTrue(assertThrows(AuditException.class, () -> RowsOnDisk.requireNone(cached)).getMessage().contains("InMemoryTableScan"));
        cached.unpersist();
    }

    private static String view(Dataset<Row> rows) {
        rows.createOrReplaceTempView("sentences");
        return "sentences";
    }

    @Test
    void allThatLiesInAFolderIsFound(@TempDir Path output) {
        scoring().withRules(MaskingRule.maskless()).withBuckets(2).into(output.toUri().toString());
        assertEquals(3 * SENTENCES, scoring().withRules(MaskingRule.wholeWord()).withBuckets(3).into(output.toUri().toString()).count());
        ClusterScores all = ClusterScores.read(spark, output.toUri().toString());
        assertEquals(2 * 3 * SENTENCES, all.count());
        assertEquals(Set.of("maskless", "whole-word"), all.stored().rules(all.stored().models().get(0)));
    }

    @Test
    void missingBucketsAreListed(@TempDir Path output) throws IOException {
        scoring().withRules(MaskingRule.maskless()).withBuckets(4).into(output.toUri().toString());
        for (Path manifest : WrittenScores.manifests(output).subList(1, 3)) {
            Files.delete(manifest);
        }
        AuditException refused = assertThrows(AuditException.class, () -> ClusterScores.read(spark, output.toUri().toString()));
        assertTrue(refused.getMessage().endsWith("buckets [1, 2] of 4 are missing; call the scoring again, which does what is missing"),
                refused.getMessage());
        assertThrows(AuditException.class, () -> ClusterScores.read(spark, output.resolve("nothing").toUri().toString()));
    }

    @Test
    void aCopyOfAnotherDigestIsRefused() {
        AuditException refused = assertThrows(AuditException.class,
                () -> LocalFiles.copyOf(model().uri(), "0".repeat(64), spark.sparkContext().hadoopConfiguration()));
        assertTrue(refused.getMessage().contains("its files have the digest " + model().filesDigest() + ", but 000"), refused.getMessage());
    }

    @Test
    void aTaskComputesWhereSparkSays() {
        assertEquals("cpu", ExecutorScorers.device(Optional.empty()));
        assertEquals("gpu:3", ExecutorScorers.device(Optional.of(new String[] {"3"})));
        assertEquals("gpu:0,gpu:1", ExecutorScorers.device(Optional.of(new String[] {"0", "1"})));
    }
}
