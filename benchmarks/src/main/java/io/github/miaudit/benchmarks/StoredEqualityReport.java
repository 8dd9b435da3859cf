package io.github.miaudit.benchmarks;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.miaudit.Audit;
import io.github.miaudit.StoredAudit;
import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.Sample;
import io.github.miaudit.data.Samples;
import io.github.miaudit.data.SentenceDigest;
import io.github.miaudit.io.UnorderedDigest;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelProbe;
import io.github.miaudit.likelihood.ModelScores;
import io.github.miaudit.likelihood.ScoreFile;
import io.github.miaudit.likelihood.ScoreManifest;
import io.github.miaudit.likelihood.ScoredSentence;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.StoredScores;
import io.github.miaudit.membership.LikelihoodRatioAttack;
import io.github.miaudit.membership.LossAttack;
import io.github.miaudit.membership.MembershipAttack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether an audit of scores in files, many of them, says what the audit by the models says: by how much figures of the two documents
 * differ, and where anything else does; as a Markdown table. Of sums, checks of the target that take tokens can't be made, so there they
 * are left out. The argument, if there is one, are the numbers of sentences, parted by commas.
 */
public final class StoredEqualityReport {

    private static final int SENTENCES_A_PATIENT = 50;
    private static final int BUCKETS = 64;
    private static final int NAMED = 5;
    private static final MembershipAttack[] ATTACKS = {LikelihoodRatioAttack.withDefaults(), LossAttack.withDefaults()};
    private static final List<MaskingRule> RULES = List.of(MaskingRule.withinWordLeftToRight(), MaskingRule.maskless());

    private long figures;
    private long others;
    private double greatest;
    private final List<String> differing = new ArrayList<>();

    public static void main(String[] arguments) throws IOException {
        System.out.println(
                "| sentences | kept of each | figures | greatest difference, relative above 1 | other values | of them different |");
        System.out.println("|---|---|---|---|---|---|");
        for (int sentences : Stream.of((arguments.length == 0 ? "10000" : arguments[0]).split(",")).mapToInt(Integer::parseInt).toArray()) {
            measure(sentences);
        }
    }

    private static void measure(int sentences) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            AttackDataset dataset = AttackDataset.of(drawn("m", sentences / 2), drawn("n", sentences / 2));
            Samples.writeJsonLines(folder.path().resolve("dataset/members.jsonl"), dataset.samples(Population.MEMBERS));
            Samples.writeJsonLines(folder.path().resolve("dataset/non_members.jsonl"), dataset.samples(Population.NON_MEMBERS));
            DrawnModel target = new DrawnModel("target", 0.03);
            DrawnModel reference = new DrawnModel("reference", 0);
            String expected = Audit.of(dataset, target).withReference(reference).withAttacks(ATTACKS).run().toJson();
            for (StoredScores.Detail detail : StoredScores.Detail.values()) {
                Path scores = folder.path().resolve(detail.name());
                RULES.forEach(rule -> write(scores, target, rule, dataset, detail));
                write(scores, reference, RULES.get(0), dataset, detail);
                String found = StoredAudit.of(StoredScores.find(List.of(scores)), "target").withReference("reference")
                        .withDataset(AttackDataset.openJsonLines(folder.path().resolve("dataset"))).withAttacks(ATTACKS).run().toJson();
                StoredEqualityReport compared = new StoredEqualityReport();
                compared.compare("", part(expected, detail), part(found, detail));
                System.out.printf(Locale.ROOT, "| %,d | %s | %,d | %.1e | %,d | %d %s |%n", sentences,
                        detail.name().toLowerCase(Locale.ROOT),
                        compared.figures, compared.greatest, compared.others, compared.differing.size(),
                        compared.differing.subList(0, Math.min(NAMED, compared.differing.size())));
            }
        }
    }

    private static JsonElement part(String document, StoredScores.Detail detail) {
        JsonObject all = JsonParser.parseString(document).getAsJsonObject();
        if (detail == StoredScores.Detail.SUMS) {
            all.remove("targetChecks");
        }
        return all;
    }

    private static List<Sample> drawn(String set, int sentences) {
        return IntStream.range(0, sentences).mapToObj(row -> DrawnModel.sentence(set + row, set + "p" + row / SENTENCES_A_PATIENT,
                row + (set.equals("m") ? 0L : 1L << Integer.SIZE))).toList();
    }

    private static void write(Path root, DrawnModel model, MaskingRule rule, AttackDataset dataset, StoredScores.Detail detail) {
        Optional<ModelProbe> probe = ModelScores.of(model, dataset, Set.of(rule), progress -> {
        }).withProbe(model, dataset).probe();
        List<List<ScoredSentence>> buckets = IntStream.range(0, BUCKETS).<List<ScoredSentence>>mapToObj(bucket -> new ArrayList<>())
                .toList();
        UnorderedDigest[] inputs = new UnorderedDigest[BUCKETS];
        Arrays.fill(inputs, UnorderedDigest.NONE);
        for (Population set : Population.values()) {
            Iterator<Sample> samples = dataset.samples(set).iterator();
            for (SequenceScore score : model.score(dataset.samples(set), Set.of(rule), progress -> {
            }).get(rule)) {
                Sample sample = samples.next();
                int bucket = Math.floorMod(score.id().hashCode(), BUCKETS);
                inputs[bucket] = inputs[bucket].plus(SentenceDigest.of(set, sample));
                buckets.get(bucket).add(new ScoredSentence(Optional.of(set), sample.group(),
                        detail == StoredScores.Detail.SUMS ? score.withoutTokens() : score));
            }
        }
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            Path file = root.resolve(ScoreManifest.folder(model.model().modelDigest(), rule)).resolve("bucket=" + bucket)
                    .resolve("scores.jsonl");
            ScoreFile.write(file, buckets.get(bucket));
            ScoreManifest told = ScoreManifest.of(file, model.model(), rule, ScoreManifest.Counts.of(buckets.get(bucket)), inputs[bucket])
                    .withBucket(new ScoreManifest.Bucket(bucket, BUCKETS));
            probe.map(told::withProbe).orElse(told).write(file.resolveSibling(ScoreManifest.NAME));
        }
    }

    private void compare(String place, JsonElement expected, JsonElement found) {
        if (expected.isJsonObject() && found.isJsonObject()
                && expected.getAsJsonObject().keySet().equals(found.getAsJsonObject().keySet())) {
            expected.getAsJsonObject().asMap()
                    .forEach((member, value) -> compare(place + "/" + member, value, found.getAsJsonObject().get(member)));
        } else if (expected.isJsonArray() && found.isJsonArray() && expected.getAsJsonArray().size() == found.getAsJsonArray().size()) {
            for (int each = 0; each < expected.getAsJsonArray().size(); each++) {
                compare(place + "/" + each, expected.getAsJsonArray().get(each), found.getAsJsonArray().get(each));
            }
        } else if (isNumber(expected) && isNumber(found)) {
            figures++;
            double difference = Math.abs(expected.getAsDouble() - found.getAsDouble());
            greatest = Math.max(greatest, difference / Math.max(1, Math.abs(expected.getAsDouble())));
        } else {
            others++;
            if (!expected.equals(found)) {
                differing.add(place);
            }
        }
    }

    private static boolean isNumber(JsonElement value) {
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
    }
}
