package io.github.miaudit.likelihood;

import io.github.miaudit.data.AttackDataset;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads files of scores into columns, one model and rule after the other; the first says which sentences there are. */
final class ScoreReading {

    private static final String PACKED = ".gz";

    private final ScoredSentences.Builder sentences;
    private final StoredScores.Detail detail;
    /** Of the first column with tokens: others hold its ids where they are the same. */
    private ScoreColumn.@Nullable Builder firstOfTokens;
    private ScoreColumn.@Nullable Builder first;
    private boolean isFirst = true;
    private String firstOrigin = "";
    private String origin = "";
    private ScoreColumn.@Nullable Builder column;

    ScoreReading(int expected, StoredScores.Detail detail) {
        this.sentences = new ScoredSentences.Builder(expected);
        this.detail = detail;
    }

    /** A column follows. */
    void begin(String name, boolean hasTokens) {
        origin = name;
        firstOrigin = isFirst ? name : firstOrigin;
        column = new ScoreColumn.Builder(sentences.expected(), hasTokens && detail == StoredScores.Detail.TOKENS);
    }

    /** Reads a file into the column; checks that it is as its manifest says. */
    void add(Path file, ScoreManifest manifest) {
        MessageDigest digest = Sha256.newDigest();
        long[] counts = new long[1];
        long[] tokens = new long[Population.values().length];
        try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest);
                InputStream buffered = new BufferedInputStream(bytes, 1 << 16);
                InputStream text = file.toString().endsWith(PACKED) ? new GZIPInputStream(buffered, 1 << 16) : buffered) {
            ScoreFile.read(file, text, sentence -> {
                counts[0]++;
                tokens[add(file, counts[0], sentence).ordinal()] += sentence.score().status().isScored() ? sentence.score().tokenCount()
                        : 0;
            });
            buffered.transferTo(OutputStream.nullOutputStream()); // what may follow the packed text counts for the digest
        } catch (EOFException | ZipException e) {
            throw new InvalidFileException(file,
                    "is cut off or damaged; delete it and its manifest, and score again, which goes on from what"
                            + " is there");
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(manifest.fileDigest())) {
            throw new InvalidFileException(file, "is not the file that its manifest tells of (another digest): it was changed, or one of"
                    + " the two was replaced; score anew");
        }
        if (counts[0] != manifest.counts().sentences()) {
            throw new InvalidFileException(file, "holds " + counts[0] + " sentences; its manifest tells of "
                    + manifest.counts().sentences() + ", so score anew");
        }
        manifest.spread().ifPresent(spread -> Stream.of(Population.values()).forEach(set -> {
            if (tokens[set.ordinal()] != spread.of(set).tokens()) {
                throw new InvalidFileException(file, "holds " + tokens[set.ordinal()] + " tokens of " + set.words()
                        + "; its manifest tells of " + spread.of(set).tokens() + ", so score anew");
            }
        }));
    }

    private Population add(Path file, long line, ScoredSentence sentence) {
        Population population = sentence.population().orElseThrow(() -> new InvalidFileException(file, line,
                "states no population; score with --dataset, or with --population, so that members are told from others"));
        String id = sentence.score().id();
        int number = number(file, line, population, sentence);
        ScoreColumn.Builder into = Objects.requireNonNull(column);
        if (!into.isMissing(number)) {
            throw new InvalidFileException(file, line,
                    "sentence " + id + " of the " + population.words() + " has a score already, by " + origin
                            + "; ids are unique in a set");
        }
        if (into.keepsTokens() && !sentence.score().hasTokens()) {
            throw new InvalidFileException(file, line, "sentence " + id + " of the " + population.words() + " has a sum and no tokens, but"
                    + " others by " + origin + " have tokens; score all of them with tokens, or all without");
        }
        into.set(number, shared(number, sentence.score()));
        if (!into.keepsTokens()) {
            into.count(population, sentence.score());
        }
        return population;
    }

    private int number(Path file, long line, Population population, ScoredSentence sentence) {
        String id = sentence.score().id();
        if (isFirst) {
            int number = sentences.add(population, id, sentence.group());
            sentences.measure(number, sentence.score().measures());
            return number;
        }
        int number = sentences.find(population, id);
        if (number < 0) {
            throw new InvalidFileException(file, line, "sentence " + id + " of the " + population.words() + " was scored by " + origin
                    + ", but not by " + firstOrigin + "; score the same sentences with all models");
        }
        if (!sentences.isOf(number, sentence.group())) {
            throw new InvalidFileException(file, line, "sentence " + id + " of the " + population.words() + " is of another patient than in"
                    + " the scores by " + firstOrigin + "; score the same sentences with all models");
        }
        if (!sentences.isMeasured(number, sentence.score().measures())) {
            throw new InvalidFileException(file, line, "sentence " + id + " of the " + population.words() + " has another text than in the"
                    + " scores by " + firstOrigin + ", by its length; score the same sentences with all models");
        }
        return number;
    }

    private SequenceScore shared(int number, SequenceScore score) {
        TokenScores.Each first = firstOfTokens == null ? null : firstOfTokens.tokens(number);
        return first == null || !score.hasTokens() ? score : score.withIdsOf(first);
    }

    /** The column is read. */
    ScoreColumn end() {
        ScoreColumn.Builder read = Objects.requireNonNull(column);
        int missing = 0;
        int example = -1;
        for (int number = sentences.size() - 1; number >= 0; number--) {
            if (read.isMissing(number)) {
                missing++;
                example = number;
            }
        }
        if (missing > 0) {
            throw new AuditException(missing + " sentences that " + firstOrigin + " scored have no score by " + origin + ", such as "
                    + sentences.id(example) + " of the " + sentences.population(example).words()
                    + "; score the same sentences with all models");
        }
        read.shareCounts(first);
        first = first == null ? read : first;
        isFirst = false;
        firstOfTokens = firstOfTokens == null && read.keepsTokens() ? read : firstOfTokens;
        column = null;
        return read.build();
    }

    /** The numbers of the sentences, set by set, in the order of a dataset if there is one. */
    int[] order(Optional<AttackDataset> dataset) {
        return dataset.map(sentences::inOrderOf).orElseGet(sentences::inOrderOfIds);
    }

    /** The sentences in an order, in which columns must be put too. */
    ScoredSentences sentences(int[] order) {
        return sentences.build(order);
    }
}
