package io.github.miaudit.spark;

import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.SoftwareVersions;
import io.github.miaudit.io.UnorderedDigest;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelProbe;
import io.github.miaudit.likelihood.ScoreManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies in the output's folder, compared with what a call wants there.
 *
 * @param missing what is to be done
 * @param unfit   folders of buckets that are there but of other rows or settings
 * @param failed  scores that failed, in what is there
 * @param allowed how many may
 * @param answers what the model said when it was asked again, as manifests that agree in all else tell
 */
record OutputState(ScoringSettings settings, List<BucketWork> missing, List<BucketFolder> unfit, long failed, long allowed,
        ModelAnswers answers) {

    private static final Logger LOG = LoggerFactory.getLogger(OutputState.class);

    /** A bucket by one rule, as it lies there. */
    private record Found(BucketFolder folder, Optional<ScoreManifest> manifest, boolean agrees) {

        private Optional<ModelProbe> probe() {
            return agrees ? manifest.flatMap(ScoreManifest::probe) : Optional.empty();
        }

        /** Whether all that its manifest says is so, and the model said what it did elsewhere. */
        private boolean fits(Optional<ModelProbe> said, boolean probed) {
            return agrees && probe().equals(said) && (said.isPresent() || !probed);
        }
    }

    /**
     * Looks. Where more sentences failed than may, buckets with such are missing, so that they are tried again.
     *
     * @param input the rows of each bucket
     */
    static OutputState of(List<MaskingRule> rules, ScoringSettings settings, List<UnorderedDigest> input, Configuration hadoop)
            throws IOException {
        Map<MaskingRule, List<Found>> found = new LinkedHashMap<>();
        Map<MaskingRule, ModelProbe> probes = new LinkedHashMap<>();
        for (MaskingRule rule : rules) {
            List<Found> ofRule = new ArrayList<>();
            for (int bucket = 0; bucket < settings.buckets(); bucket++) {
                BucketFolder folder = BucketFolder.of(settings.output(), settings.modelDigest(), rule, bucket, hadoop);
                Optional<ScoreManifest> manifest = folder.finished();
                ofRule.add(new Found(folder, manifest,
                        manifest.isPresent() && agrees(manifest.get(), rule, settings, bucket, input.get(bucket))));
            }
            found.put(rule, ofRule);
            ofRule.stream().flatMap(each -> each.probe().stream()).findFirst().ifPresent(probe -> probes.put(rule, probe));
        }
        return compare(settings, input, found, probes);
    }

    private static OutputState compare(ScoringSettings settings, List<UnorderedDigest> input, Map<MaskingRule, List<Found>> found,
            Map<MaskingRule, ModelProbe> probes) {
        List<BucketWork> missing = new ArrayList<>();
        List<BucketWork> withoutFailures = new ArrayList<>();
        List<BucketFolder> unfit = new ArrayList<>();
        long failed = 0;
        for (int bucket = 0; bucket < settings.buckets(); bucket++) {
            List<String> absent = new ArrayList<>();
            List<String> imperfect = new ArrayList<>();
            for (Map.Entry<MaskingRule, List<Found>> ofRule : found.entrySet()) {
                MaskingRule rule = ofRule.getKey();
                Found there = ofRule.getValue().get(bucket);
                boolean fits = there.fits(Optional.ofNullable(probes.get(rule)), settings.probed());
                long failures = fits ? there.manifest.orElseThrow().counts().failed() : 0;
                if (!fits) {
                    there.manifest.ifPresent(manifest -> unfit.add(there.folder));
                    absent.add(rule.label());
                }
                if (!fits || failures > 0) {
                    imperfect.add(rule.label());
                }
                failed += failures;
            }
            add(missing, bucket, absent, input.get(bucket));
            add(withoutFailures, bucket, imperfect, input.get(bucket));
        }
        long allowed = settings.mostFailures() * found.size();
        return new OutputState(settings, failed > allowed ? withoutFailures : missing, unfit, failed, allowed, ModelAnswers.of(probes));
    }

    /** Labels of rules by which scores are missing and the model is still to be asked. */
    List<String> unanswered() {
        return settings.probed() ? missing.stream().flatMap(work -> work.rules().stream()).distinct()
                .filter(rule -> answers.probe(rule).isEmpty()).toList() : List.of();
    }

    private static void add(List<BucketWork> work, int bucket, List<String> rules, UnorderedDigest rows) {
        if (!rules.isEmpty()) {
            work.add(new BucketWork(bucket, rules, rows.toString()));
        }
    }

    private static boolean agrees(ScoreManifest found, MaskingRule rule, ScoringSettings settings, int bucket, UnorderedDigest rows) {
        return found.model().modelDigest().equals(settings.modelDigest()) && found.model().tokenizerDigest().equals(settings.tokenizer())
                && found.model().precision().equals(settings.precision())
                && found.model().lengthPolicy().label().equals(settings.lengthPolicy()) && found.rule().equals(rule.label())
                && found.bucket().equals(Optional.of(new ScoreManifest.Bucket(bucket, settings.buckets())))
                && found.input().equals(rows)
                && ScoresWriter.isOf(found.file(), settings.tokens())
                && (!settings.moments() || found.counts().expected() == found.counts().tokens())
                && found.trainedOn().equals(settings.setsOfTraining()) && found.miaudit().equals(SoftwareVersions.miaudit());
    }

    /** Makes the folders of what is missing, with nothing in them that an earlier attempt left, and removes those of other buckets. */
    void prepare(List<MaskingRule> rules, Configuration hadoop) throws IOException {
        for (MaskingRule rule : rules) {
            BucketFolder.of(settings.output(), settings.modelDigest(), rule, 0, hadoop).removeOthersFrom(settings.buckets());
        }
        for (BucketFolder folder : unfit) {
            LOG.warn("{}: holds scores of other rows, settings or another version, and is done again", folder.path());
        }
        for (BucketWork work : missing) {
            for (String label : work.rules()) {
                BucketFolder folder = BucketFolder.of(settings.output(), settings.modelDigest(), MaskingRule.named(label).orElseThrow(),
                        work.bucket(),
                        hadoop);
                folder.make();
                folder.clear();
            }
        }
    }

    /**
     * Checks that all is there.
     *
     * @throws AuditException if not
     */
    void requireWhole() {
        if (failed > allowed) {
            throw new AuditException(settings.output() + ": " + failed + " scores failed, more than the " + allowed
                    + " that may; the files of scores say why, by ids. The next call tries them again, or allows more of them"
                    + " (withFailuresUpTo)");
        }
        if (!missing.isEmpty()) {
            throw new AuditException(
                    settings.output() + ": " + missing.size() + " buckets are not there although their tasks ended well, such"
                            + " as bucket " + missing.get(0).bucket() + "; somebody else changes this folder");
        }
    }
}
