package io.github.miaudit.spark;

import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.SoftwareVersions;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ScoreManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
 */
record OutputState(ScoringSettings settings, List<BucketWork> missing, List<BucketFolder> unfit, long failed,
        long allowed) {

    private static final Logger LOG = LoggerFactory.getLogger(OutputState.class);

    /**
     * Looks. Where more sentences failed than may, buckets with such are missing, so that they are tried again.
     *
     * @param input the rows of each bucket
     */
    static OutputState of(List<MaskingRule> rules, ScoringSettings settings, List<InputDigest> input,
            Configuration hadoop) throws IOException {
        List<BucketWork> missing = new ArrayList<>();
        List<BucketWork> withoutFailures = new ArrayList<>();
        List<BucketFolder> unfit = new ArrayList<>();
        long failed = 0;
        for (int bucket = 0; bucket < settings.buckets(); bucket++) {
            InputDigest rows = input.get(bucket);
            List<String> absent = new ArrayList<>();
            List<String> imperfect = new ArrayList<>();
            for (MaskingRule rule : rules) {
                BucketFolder folder = BucketFolder.of(settings.output(), settings.modelDigest(), rule, bucket, hadoop);
                Optional<ScoreManifest> found = folder.finished();
                boolean fits = found.isPresent() && fits(found.get(), rule, settings, bucket, rows);
                if (!fits) {
                    found.ifPresent(manifest -> unfit.add(folder));
                    absent.add(rule.label());
                }
                if (!fits || found.get().counts().failed() > 0) {
                    imperfect.add(rule.label());
                }
                failed += fits ? found.get().counts().failed() : 0;
            }
            add(missing, bucket, absent, rows);
            add(withoutFailures, bucket, imperfect, rows);
        }
        long allowed = settings.mostFailures() * rules.size();
        return new OutputState(settings, failed > allowed ? withoutFailures : missing, unfit, failed, allowed);
    }

    private static void add(List<BucketWork> work, int bucket, List<String> rules, InputDigest rows) {
        if (!rules.isEmpty()) {
            work.add(new BucketWork(bucket, rules, rows.toString()));
        }
    }

    private static boolean fits(ScoreManifest found, MaskingRule rule, ScoringSettings settings, int bucket,
            InputDigest rows) {
        return found.model().modelDigest().equals(settings.modelDigest()) && found.model().tokenizerDigest().equals(settings.tokenizer())
                && found.model().precision().equals(settings.precision())
                && found.model().lengthPolicy().label().equals(settings.lengthPolicy()) && found.rule().equals(rule.label())
                && found.bucket().equals(Optional.of(new ScoreManifest.Bucket(bucket, settings.buckets())))
                && found.inputDigest().equals(rows.hex()) && found.counts().sentences() == rows.count()
                && found.miaudit().equals(SoftwareVersions.miaudit());
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
