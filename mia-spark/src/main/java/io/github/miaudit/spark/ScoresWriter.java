package io.github.miaudit.spark;

import io.github.miaudit.io.Sha256;
import io.github.miaudit.io.SoftwareVersions;
import io.github.miaudit.io.UnorderedDigest;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoreFile;
import io.github.miaudit.likelihood.ScoreManifest;
import io.github.miaudit.likelihood.SequenceScore;
import io.github.miaudit.likelihood.TokenCounter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/** Writes one attempt's scores of a bucket by one rule; they count once they are {@linkplain #commit committed}, and go if they are not. */
final class ScoresWriter implements AutoCloseable {

    private final BucketFolder folder;
    private final String name;
    /** Of sums, how their tokens spread. */
    private final Optional<TokenCounter> sums;
    private final MessageDigest digest = Sha256.newDigest();
    private final Writer writer;
    private ScoreManifest.Counts counts = ScoreManifest.Counts.of(List.of());
    private long bytes;
    private boolean kept;

    /** Of an attempt, whose name no other has; of each token, or of sums alone. */
    ScoresWriter(BucketFolder folder, String attempt, boolean tokens) throws IOException {
        this.folder = folder;
        this.name = start(tokens) + attempt + ".jsonl.gz";
        this.sums = tokens ? Optional.empty() : Optional.of(new TokenCounter());
        OutputStream file = folder.create(name);
        OutputStream counting = new DigestOutputStream(file, digest) {

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                super.write(from, offset, length);
                bytes += length;
            }

            @Override
            public void write(int each) throws IOException {
                super.write(each);
                bytes++;
            }
        };
        this.writer = new BufferedWriter(new OutputStreamWriter(new GZIPOutputStream(counting), StandardCharsets.UTF_8), 1 << 16);
    }

    /** Whether a file is of each token, or of sums alone, as was asked for. */
    static boolean isOf(String file, boolean tokens) {
        return file.startsWith(start(tokens));
    }

    private static String start(boolean tokens) {
        return tokens ? "scores-" : "sums-";
    }

    void write(SentenceRow sentence, SequenceScore score) throws IOException {
        sums.ifPresent(counter -> counter.add(sentence.population(), score));
        SequenceScore told = sums.isPresent() ? score.withoutTokens() : score;
        writer.write(ScoreFile.line(sentence.scored(told)));
        writer.write('\n');
        counts = counts.plus(told);
    }

    /**
     * Lets the scores count, unless another attempt's already do.
     *
     * @param told adds to the manifest what it says beside
     */
    void commit(ModelIdentity model, MaskingRule rule, UnorderedDigest input, UnaryOperator<ScoreManifest> told) throws IOException {
        writer.close();
        if (folder.size(name) != bytes) {
            throw new IOException(
                    folder.path() + "/" + name + ": " + bytes + " bytes were written, but " + folder.size(name) + " are there");
        }
        kept = folder.commit(told.apply(new ScoreManifest(name, HexFormat.of().formatHex(digest.digest()), model, rule.label(), counts,
                List.of(), Optional.empty(), sums.flatMap(TokenCounter::spread), Optional.empty(), input,
                SoftwareVersions.miaudit())));
    }

    @Override
    public void close() throws IOException {
        try {
            writer.close();
        } finally {
            if (!kept) {
                folder.delete(name);
            }
        }
    }
}
