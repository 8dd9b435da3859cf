package io.github.miaudit.likelihood;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;
import io.github.miaudit.data.Population;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.StrictJsonReader;
import io.github.miaudit.io.Utf8Input;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Scores by one model and one rule as JSON Lines, one object a sentence:
 * {@code {"population":"member","id":"1","group":"p7","status":"SCORED","tokenIds":[…],"logLikelihoods":[…],"tokenCount":…,
 * "unknownCount":…,"characterCount":…,"wordCount":…,"compressedLength":…}}; log-likelihoods in nats, in full double precision, one for
 * each entry of {@code tokenIds} (a token appears as often as the rule scored it). {@code population} and {@code group}, the patient, are
 * there where they are known. Where only the sum is known there is {@code "sum"}, in nats, instead of both lists. A sentence that was not
 * scored has none of them; {@link SequenceScore.Status} lists what else {@code status} may say; {@code "reason"} is why a sentence failed.
 * {@code "specialLiteral":true} marks what {@link SequenceScore#hasSpecialLiteral()} does; {@code "means"} and {@code "deviations"} are
 * {@link SequenceScore#moments()}. What is read equals what was written, bit for bit. Which model and rule made the scores, says the
 * {@link ScoreManifest} beside them.
 *
 * <p>Token ids give the text away to whoever has the tokenizer: such a file is as confidential as the text.
 */
public final class ScoreFile {

    private ScoreFile() {
    }

    /**
     * Writes scores, whole or not at all.
     *
     * @param file   the file to make or replace
     * @param scores the scores, in the order to write
     * @throws InvalidFileException if the file can't be written
     */
    public static void write(Path file, List<ScoredSentence> scores) {
        AtomicFile.write(file, writer -> {
            for (ScoredSentence score : scores) {
                writer.write(line(score));
                writer.write('\n');
            }
        });
    }

    /** One line of a file, without its end. */
    public static String line(ScoredSentence sentence) {
        StringWriter text = new StringWriter(256);
        try (JsonWriter json = new JsonWriter(text)) {
            write(json, sentence);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string takes all
        }
        return text.toString();
    }

    private static void write(JsonWriter json, ScoredSentence sentence) throws IOException {
        SequenceScore score = sentence.score();
        json.setSerializeNulls(false);
        json.beginObject();
        json.name("population").value(sentence.population().map(Population::rowLabel).orElse(null));
        json.name("id").value(score.id());
        json.name("group").value(sentence.group().orElse(null));
        json.name("status").value(score.status().name());
        json.name("reason").value(score.failure().orElse(null));
        if (score.status().isScored() && score.hasTokens()) {
            json.name("tokenIds").beginArray();
            for (int tokenId : score.tokenIds()) {
                json.value(tokenId);
            }
            json.endArray();
            numbers(json.name("logLikelihoods"), score.logLikelihoods());
            if (score.moments().isPresent()) {
                numbers(json.name("means"), score.moments().get().means());
                numbers(json.name("deviations"), score.moments().get().deviations());
            }
        } else if (score.status().isScored()) {
            json.name("sum").value(score.sum());
        }
        json.name("tokenCount").value(score.tokenCount());
        json.name("unknownCount").value(score.unknownCount());
        json.name("characterCount").value(score.measures().characters());
        json.name("wordCount").value(score.measures().words());
        json.name("compressedLength").value(score.measures().compressedLength());
        if (score.hasSpecialLiteral()) {
            json.name("specialLiteral").value(true);
        }
        json.endObject();
    }

    private static void numbers(JsonWriter json, double[] numbers) throws IOException {
        json.beginArray();
        for (double number : numbers) {
            json.value(number);
        }
        json.endArray();
    }

    /**
     * Reads scores a sentence at a time; memory holds one.
     *
     * @param file what errors name
     * @param text the whole of it, as UTF-8, unpacked; closed by the caller
     * @param sink takes each sentence, in order
     * @throws InvalidFileException if it can't be read or has a malformed line; those before it have been handed over by then
     */
    public static void read(Path file, InputStream text, Consumer<ScoredSentence> sink) {
        long number = 0;
        try {
            BufferedReader lines = new BufferedReader(
                    new InputStreamReader(Utf8Input.of(text), StandardCharsets.UTF_8.newDecoder()), 1 << 16);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                sink.accept(parse(file, number, line));
            }
        } catch (CharacterCodingException e) {
            throw new InvalidFileException(file, number + 1, "or a later line is not UTF-8; the file is damaged, so score anew");
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    // Gson's own messages can quote the input, so none of them is passed on.
    private static ScoredSentence parse(Path file, long number, String line) {
        try (StrictJsonReader json = new StrictJsonReader(line)) {
            Fields fields = new Fields();
            fields.read(json);
            json.peek(); // throws if anything follows
            if (json.repeated().isPresent()) {
                throw new InvalidFileException(file, number, "states a member twice");
            }
            return fields.toSentence();
        } catch (MalformedJsonException | EOFException | IllegalStateException | NumberFormatException e) {
            throw new InvalidFileException(file, number, "is no score: expected a JSON object as mia score writes it, each member of its"
                    + " type; is the file complete?");
        } catch (IllegalArgumentException e) {
            throw new InvalidFileException(file, number, Objects.requireNonNull(e.getMessage()));
        } catch (IOException e) {
            throw new InvalidFileException(file, e);
        }
    }

    /** What a line states so far. */
    private static final class Fields {

        private Optional<Population> population = Optional.empty();
        private Optional<String> group = Optional.empty();
        private @Nullable String id;
        private SequenceScore.@Nullable Status status;
        private @Nullable String reason;
        private int @Nullable [] tokenIds;
        private double @Nullable [] logLikelihoods;
        private double @Nullable [] means;
        private double @Nullable [] deviations;
        private @Nullable Double sum;
        private int tokenCount = -1;
        private int unknownCount = -1;
        private int characters = -1;
        private int words = -1;
        private int compressed = -1;
        private boolean specialLiteral;

        private void read(JsonReader json) throws IOException {
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "population" -> population = Optional.of(population(text(json)));
                    case "id" -> id = text(json);
                    case "group" -> group = Optional.of(text(json));
                    case "status" -> status = status(text(json));
                    case "reason" -> reason = text(json);
                    case "tokenIds" -> tokenIds = Arrays.stream(numbers(json)).mapToInt(Fields::whole).toArray();
                    case "logLikelihoods" -> logLikelihoods = numbers(json);
                    case "means" -> means = numbers(json);
                    case "deviations" -> deviations = numbers(json);
                    case "sum" -> sum = json.nextDouble();
                    case "tokenCount" -> tokenCount = count(json);
                    case "unknownCount" -> unknownCount = count(json);
                    case "characterCount" -> characters = count(json);
                    case "wordCount" -> words = count(json);
                    case "compressedLength" -> compressed = count(json);
                    case "specialLiteral" -> specialLiteral = json.nextBoolean();
                    default -> json.skipValue();
                }
            }
            json.endObject();
        }

        private static String text(JsonReader json) throws IOException {
            if (json.peek() != JsonToken.STRING) {
                throw new IllegalStateException("no string");
            }
            return json.nextString();
        }

        private static int count(JsonReader json) throws IOException {
            int count = json.nextInt();
            if (count < 0) {
                throw new IllegalArgumentException("a count is " + count + "; it must be at least 0");
            }
            return count;
        }

        private static int whole(double number) {
            if (number != (int) number) {
                throw new IllegalArgumentException("a token id is no whole number");
            }
            return (int) number;
        }

        private static double[] numbers(JsonReader json) throws IOException {
            double[] numbers = new double[16];
            int count = 0;
            json.beginArray();
            while (json.hasNext()) {
                if (count == numbers.length) {
                    numbers = Arrays.copyOf(numbers, 2 * count);
                }
                numbers[count++] = json.nextDouble();
            }
            json.endArray();
            return Arrays.copyOf(numbers, count);
        }

        private static Population population(String label) {
            return Arrays.stream(Population.values()).filter(each -> each.rowLabel().equals(label)).findFirst().orElseThrow(
                    () -> new IllegalArgumentException("population is neither member, non_member nor external"));
        }

        private static SequenceScore.Status status(String name) {
            return Arrays.stream(SequenceScore.Status.values()).filter(each -> each.name().equals(name)).findFirst().orElseThrow(
                    () -> new IllegalArgumentException("status is none of " + List.of(SequenceScore.Status.values())));
        }

        private ScoredSentence toSentence() {
            String named = stated(id, "id");
            SequenceScore.Status what = stated(status, "status");
            if (tokenCount < 0 || unknownCount < 0 || characters < 0 || words < 0 || compressed < 0) {
                throw new IllegalArgumentException("lacks one of \"tokenCount\", \"unknownCount\", \"characterCount\", \"wordCount\" and"
                        + " \"compressedLength\"");
            }
            if (unknownCount > tokenCount) {
                throw new IllegalArgumentException("states " + unknownCount + " unknown tokens of " + tokenCount);
            }
            TextMeasures measures = new TextMeasures(characters, words, compressed);
            SequenceScore score = score(named, what, measures).withUnknownCount(unknownCount);
            return new ScoredSentence(population, group, specialLiteral ? score.withSpecialLiteral() : score);
        }

        private SequenceScore score(String named, SequenceScore.Status what, TextMeasures measures) {
            if (what == SequenceScore.Status.FAILED) {
                return SequenceScore.ofFailure(named, measures, stated(reason, "reason"));
            }
            if (!what.isScored()) {
                return new SequenceScore(named, measures, new int[0], new double[0]).withStatus(what).withTokenCount(tokenCount);
            }
            double[] each = logLikelihoods == null ? new double[0] : logLikelihoods;
            double most = sum == null ? Arrays.stream(each).max().orElse(0) : sum / Math.max(1, tokenCount);
            if (most > SequenceScore.ROUNDING) {
                throw new IllegalArgumentException("sentence " + named + ": a token's log-likelihood is " + most + (sum == null ? "" : " on"
                        + " average") + "; that of a probability is at most 0: if these are losses, swap their sign");
            }
            if (sum != null) {
                return SequenceScore.ofSum(named, measures, tokenCount, sum).withStatus(what);
            }
            SequenceScore score = new SequenceScore(named, measures, stated(tokenIds, "tokenIds"), stated(logLikelihoods, "logLikelihoods"))
                    .withStatus(what).withTokenCount(tokenCount);
            return means == null ? score
                    : score.withMoments(new SequenceScore.VocabularyMoments(means, stated(deviations, "deviations")));
        }

        private static <T> T stated(@Nullable T value, String member) {
            if (value == null) {
                throw new IllegalArgumentException("has no \"" + member + "\"");
            }
            return value;
        }
    }
}
