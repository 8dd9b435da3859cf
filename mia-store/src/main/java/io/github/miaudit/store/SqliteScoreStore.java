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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Scores in one SQLite file, with a secret in a file of its own beside it ({@code NAME.secret}). All that the file keeps of a sentence
 * or a model is sealed under the secret: without it, it tells how many rows there are and, roughly, how long each is. Keep the two
 * apart where that matters. Both files are for their owner alone; a secret that others may read or may have put there is refused.
 *
 * <p>Each {@link #add} is one durable transaction (write-ahead log): whatever happens, what it added is there, or nothing of it.
 * A row that was changed, forged, or moved from elsewhere is an error, never a score; an older file, or an older row of the same
 * sentence, in the place of a newer one is not noticed. Thread-safe; several processes may use a file at once, on a file system of
 * this machine.
 */
public final class SqliteScoreStore implements ScoreStore {

    private final StoreFile file;
    private final StoreSecret secret;
    private final SealedRows rows;
    private final Claims claims;

    private SqliteScoreStore(StoreFile file, StoreSecret secret, SealedRows rows) {
        this.file = file;
        this.secret = secret;
        this.rows = rows;
        this.claims = new Claims(file, rows.cipher());
    }

    /** Where a store's secret is, unless it is said to be elsewhere: {@code NAME.secret} beside it. */
    public static Path secretBeside(Path path) {
        return path.resolveSibling(path.getFileName() + ".secret");
    }

    /**
     * Opens a store, or makes one where there is none; its secret is {@link #secretBeside} it.
     *
     * @throws InvalidFileException if it can't be opened or made, is no store, is damaged, or another version made it
     */
    public static SqliteScoreStore open(Path path) {
        return open(path, secretBeside(path));
    }

    /**
     * Opens a store whose secret is elsewhere, or makes both.
     *
     * @throws InvalidFileException as {@link #open(Path)}, and if the secret is not this store's, can be guessed, or is open to others
     */
    public static SqliteScoreStore open(Path path, Path secretFile) {
        return OpeningLock.holding(secretFile, channel -> {
            StoreFile file = StoreFile.open(path);
            try {
                boolean isNew = file.read(() -> SealedRows.count(file) == 0);
                StoreSecret secret = isNew ? StoreSecret.readOrMake(channel, secretFile) : StoreSecret.read(channel, secretFile);
                return new SqliteScoreStore(file, secret, SealedRows.open(file, secret, secretFile));
            } catch (RuntimeException e) {
                file.close();
                throw e;
            }
        });
    }

    @Override
    public synchronized List<Optional<SequenceScore>> find(ModelIdentity model, MaskingRule rule, List<Sample> samples) {
        Purpose purpose = Purpose.of(ScoredBy.of(model, rule));
        byte[][] keys = samples.parallelStream().map(sample -> rows.cipher().key(purpose, secret.name(sample.text())))
                .toArray(byte[][]::new);
        List<Integer> places = IntStream.range(0, keys.length).boxed().parallel()
                .sorted((one, other) -> Arrays.compareUnsigned(keys[one], keys[other])).toList(); // rows of a commit stand so
        SequenceScore[] found = new SequenceScore[keys.length];
        return file.read(() -> {
            List<CompletableFuture<Void>> unpacking = new ArrayList<>();
            for (int from = 0; from < places.size(); from += SealedRows.KEYS_A_QUERY) {
                List<Integer> some = places.subList(from, Math.min(places.size(), from + SealedRows.KEYS_A_QUERY));
                Map<ByteBuffer, byte[]> contents = rows.find(some.stream().map(place -> keys[place]).toList());
                unpacking.add(CompletableFuture.runAsync(() -> some.forEach(place -> { // while the next are looked up
                    byte[] content = contents.get(ByteBuffer.wrap(keys[place]));
                    found[place] = content == null ? null : unpacked(content, samples.get(place), keys[place]);
                })));
            }
            unpacking.forEach(SqliteScoreStore::join);
            return Stream.of(found).map(Optional::ofNullable).toList();
        });
    }

    private static void join(CompletableFuture<Void> work) {
        try {
            work.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private SequenceScore unpacked(byte[] content, Sample sample, byte[] key) {
        try {
            return ScoreBlob.read(rows.cipher().open(key, content), sample, secret);
        } catch (IllegalArgumentException e) {
            throw rows.forged("sentence " + sample.id());
        }
    }

    @Override
    public synchronized List<Sample> claim(ModelIdentity model, List<Sample> samples) {
        Purpose purpose = Purpose.claims(model);
        return file.write(() -> {
            List<Sample> claimed = new ArrayList<>();
            for (Sample sample : samples) {
                if (claims.claim(purpose, secret.name(sample.text()))) {
                    claimed.add(sample);
                }
            }
            return claimed;
        });
    }

    @Override
    public synchronized void add(ModelIdentity model, List<Sample> samples, Map<MaskingRule, List<SequenceScore>> scores) {
        List<byte[]> names = samples.parallelStream().map(sample -> secret.name(sample.text())).toList();
        List<SealedRows.Row> added = new ArrayList<>(); // sealed before the file is locked
        scores.forEach((rule, ofRule) -> {
            Purpose purpose = Purpose.of(ScoredBy.of(model, rule));
            added.addAll(IntStream.range(0, samples.size()).parallel()
                    .mapToObj(sample -> rows.sealed(purpose, names.get(sample),
                            ScoreBlob.of(ofRule.get(sample), names.get(sample), purpose)))
                    .toList());
        });
        Purpose claimsOfModel = Purpose.claims(model);
        rows.add(scores.keySet().stream().map(rule -> ScoredBy.of(model, rule)).toList(), added, () -> {
            for (byte[] name : names) {
                claims.end(claimsOfModel, name);
            }
        });
    }

    @Override
    public synchronized void close() {
        try {
            claims.endAll();
        } catch (AuditException e) {
            // the claims of a process that has ended count for nothing, so what matters is that the file is closed
        } finally {
            file.close();
        }
    }
}
