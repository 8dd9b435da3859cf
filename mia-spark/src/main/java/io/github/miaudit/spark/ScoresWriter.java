package io.github.miaudit.spark;

import com.google.gson.stream.JsonWriter;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.SequenceScore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** Writes one attempt's scores of a bucket by one rule; they count once they are {@linkplain #commit committed}, and go if they are not. */
final class ScoresWriter implements AutoCloseable {

    private final BucketFolder folder;
    private final String name;
    private final MessageDigest digest = Sha256.newDigest();
    private final Writer writer;
    private long bytes;
    private boolean kept;

    /** Of an attempt, whose name no other has. */
    ScoresWriter(BucketFolder folder, String attempt) throws IOException {
        this.folder = folder;
        this.name = "scores-" + attempt + ".jsonl.gz";
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

    /** One line: as {@link io.github.miaudit.likelihood.ScoreFile} has it, with population and patient. */
    @SuppressWarnings("resource") // closing the JSON writer would close the file
    void write(SentenceRow sentence, SequenceScore score) throws IOException {
        JsonWriter json = new JsonWriter(writer);
        json.beginObject();
        json.name("id").value(score.id());
        json.name("population").value(sentence.population().rowLabel());
        json.setSerializeNulls(false);
        json.name("patient").value(sentence.sample().group().orElse(null));
        json.name("status").value(score.status().name());
        json.name("tokenIds").beginArray();
        for (int tokenId : score.tokenIds()) {
            json.value(tokenId);
        }
        json.endArray().name("logLikelihoods").beginArray();
        for (double logLikelihood : score.logLikelihoods()) {
            json.value(logLikelihood);
        }
        json.endArray().name("tokenCount").value(score.tokenCount());
        json.endObject();
        writer.write('\n');
    }

    /** Lets the scores count, unless another attempt's already do. */
    void commit(ModelIdentity model, long failed, BucketManifest.Settings settings) throws IOException {
        writer.close();
        if (folder.size(name) != bytes) {
            throw new IOException(
                    folder.path() + "/" + name + ": " + bytes + " bytes were written, but " + folder.size(name) + " are there");
        }
        kept = folder
                .commit(new BucketManifest(BucketManifest.SCHEMA_VERSION, name, HexFormat.of().formatHex(digest.digest()), bytes, failed,
                        model.modelDigest(), model.tokenizerDigest(), model.engine(), settings));
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
