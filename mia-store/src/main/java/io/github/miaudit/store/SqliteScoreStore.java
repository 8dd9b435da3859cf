package io.github.miaudit.store;

import io.github.miaudit.data.Sample;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.likelihood.MaskingRule;
import io.github.miaudit.likelihood.ModelIdentity;
import io.github.miaudit.likelihood.ScoreStore;
import io.github.miaudit.likelihood.SequenceScore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/**
 * Scores in one SQLite file, with a secret in a file of its own beside it ({@code NAME.secret}). No text is in it, nor what
 * tells one: sentences are named by a digest that takes the secret, and token ids are enciphered under the text itself. Without the
 * secret nobody can test whether a sentence is in it; keep the two apart where that matters. Both files are for their owner alone.
 *
 * <p>Each {@link #add} is one durable transaction (write-ahead log): whatever happens, what it added is there, or nothing of it.
 * Thread-safe; several processes may use a file at once, on a file system of this machine.
 */
public final class SqliteScoreStore implements ScoreStore {

    private static final int SENTENCES_A_QUERY = 500;

    private final StoreFile file;
    private final StoreSecret secret;
    private final Claimant claimant = Claimant.here();

    private SqliteScoreStore(StoreFile file, StoreSecret secret) {
        this.file = file;
        this.secret = secret;
    }

    /**
     * Opens a store, or makes one where there is none; its secret is {@code NAME.secret} beside it.
     *
     * @throws InvalidFileException if it can't be opened or made, is no store, is damaged, or a newer version made it
     */
    public static SqliteScoreStore open(Path path) {
        return open(path, path.resolveSibling(path.getFileName() + ".secret"));
    }

    /**
     * Opens a store whose secret is elsewhere, or makes both.
     *
     * @throws InvalidFileException as {@link #open(Path)}, and if the secret is not this store's
     */
    public static SqliteScoreStore open(Path path, Path secretFile) {
        return OpeningLock.holding(secretFile, channel -> {
            StoreFile file = StoreFile.open(path);
            try {
                StoreSecret secret = file.hasSecret() ? StoreSecret.read(channel, secretFile) : StoreSecret.readOrMake(channel, secretFile);
                file.requireSecret(secret, secretFile);
                return new SqliteScoreStore(file, secret);
            } catch (RuntimeException e) {
                file.close();
                throw e;
            }
        });
    }

    @Override
    public synchronized List<Optional<SequenceScore>> find(ModelIdentity model, MaskingRule rule, List<Sample> samples) {
        return file.read(() -> {
            Optional<Long> modelId = file.find(StoreFile.Entry.of(model));
            Optional<Long> ruleId = file.find(StoreFile.Entry.of(rule));
            if (modelId.isEmpty() || ruleId.isEmpty()) {
                return samples.stream().map(sample -> Optional.<SequenceScore>empty()).toList();
            }
            Purpose purpose = Purpose.of(model, rule);
            List<CompletableFuture<List<Optional<SequenceScore>>>> found = new ArrayList<>();
            for (int from = 0; from < samples.size(); from += SENTENCES_A_QUERY) {
                List<Sample> some = samples.subList(from, Math.min(samples.size(), from + SENTENCES_A_QUERY));
                List<byte[]> names = some.parallelStream().map(sample -> secret.name(sample.text())).toList();
                Map<ByteBuffer, byte[]> blobs = blobs(modelId.get(), ruleId.get(), names);
                found.add(CompletableFuture.supplyAsync(() -> unpacked(some, names, blobs, purpose))); // while the next are looked up
            }
            return found.stream().flatMap(scores -> joined(scores).stream()).toList();
        });
    }

    private Map<ByteBuffer, byte[]> blobs(long modelId, long ruleId, List<byte[]> names) throws SQLException {
        Map<ByteBuffer, byte[]> blobs = new HashMap<>();
        PreparedStatement query = file.statement("SELECT sentence, score FROM scores WHERE model = ? AND rule = ? AND sentence IN ("
                + StoreFile.marks(SENTENCES_A_QUERY) + ")", modelId, ruleId);
        for (int place = 0; place < SENTENCES_A_QUERY; place++) {
            query.setBytes(3 + place, place < names.size() ? names.get(place) : null);
        }
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                blobs.put(ByteBuffer.wrap(StoreFile.present(rows.getBytes(1))), StoreFile.present(rows.getBytes(2)));
            }
        }
        return blobs;
    }

    private List<Optional<SequenceScore>> unpacked(List<Sample> samples, List<byte[]> names, Map<ByteBuffer, byte[]> blobs,
            Purpose purpose) {
        return IntStream.range(0, samples.size()).mapToObj(sample -> Optional.ofNullable(blobs.get(ByteBuffer.wrap(names.get(sample))))
                .map(blob -> unpacked(blob, samples.get(sample), names.get(sample), purpose))).toList();
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private SequenceScore unpacked(byte[] blob, Sample sample, byte[] name, Purpose purpose) {
        try {
            return ScoreBlob.read(blob, sample, name, purpose, secret);
        } catch (IllegalArgumentException e) {
            throw new InvalidFileException(file.path(),
                    "holds a score of sentence " + sample.id() + " that is damaged; see mia store verify");
        }
    }

    @Override
    public synchronized List<Sample> claim(ModelIdentity model, List<Sample> samples) {
        return file.write(() -> {
            long modelId = file.register(StoreFile.Entry.of(model));
            List<Sample> claimed = new ArrayList<>();
            for (Sample sample : samples) {
                if (claim(modelId, secret.name(sample.text()))) {
                    claimed.add(sample);
                }
            }
            return claimed;
        });
    }

    private boolean claim(long modelId, byte[] name) throws SQLException {
        PreparedStatement query = file.statement("SELECT owner, expires FROM claims WHERE model = ? AND sentence = ?", modelId, name);
        try (ResultSet row = query.executeQuery()) {
            if (row.next() && !claimant.mayTakeOver(StoreFile.present(row.getString(1)), row.getLong(2))) {
                return false;
            }
        }
        file.update("INSERT OR REPLACE INTO claims (model, sentence, owner, expires) VALUES (?, ?, ?, ?)", modelId, name, claimant.name(),
                Claimant.expiry());
        return true;
    }

    @Override
    public synchronized void add(ModelIdentity model, List<Sample> samples, Map<MaskingRule, List<SequenceScore>> scores) {
        List<byte[]> names = samples.parallelStream().map(sample -> secret.name(sample.text())).toList();
        Map<MaskingRule, List<byte[]>> blobs = new HashMap<>(); // packed before the file is locked
        scores.forEach((rule, ofRule) -> blobs.put(rule,
                IntStream.range(0, samples.size()).parallel().mapToObj(
                        sample -> ScoreBlob.of(ofRule.get(sample), samples.get(sample), names.get(sample), Purpose.of(model, rule), secret))
                        .toList()));
        file.write(() -> {
            long modelId = file.register(StoreFile.Entry.of(model));
            for (Map.Entry<MaskingRule, List<SequenceScore>> ofRule : scores.entrySet()) {
                long ruleId = file.register(StoreFile.Entry.of(ofRule.getKey()));
                for (int sample = 0; sample < samples.size(); sample++) {
                    insert(modelId, ruleId, names.get(sample), ofRule.getValue().get(sample), blobs.get(ofRule.getKey()).get(sample));
                }
            }
            for (byte[] name : names) {
                file.update("DELETE FROM claims WHERE model = ? AND sentence = ? AND owner = ?", modelId, name, claimant.name());
            }
            return null;
        });
    }

    private void insert(long modelId, long ruleId, byte[] name, SequenceScore score, byte[] blob) throws SQLException {
        Double sum = score.status().isScored() ? score.sum() : null;
        file.update("INSERT OR REPLACE INTO scores (model, rule, sentence, status, tokens, total, score) VALUES (?, ?, ?, ?, ?, ?, ?)",
                modelId, ruleId, name, score.status().ordinal(), score.tokenCount(), sum, blob);
    }

    @Override
    public synchronized void close() {
        try {
            file.write(() -> {
                file.update("DELETE FROM claims WHERE owner = ?", claimant.name());
                return null;
            });
        } catch (AuditException e) {
            // the claims of a process that has ended count for nothing, so what matters is that the file is closed
        } finally {
            file.close();
        }
    }
}
