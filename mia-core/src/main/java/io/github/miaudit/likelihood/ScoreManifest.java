package io.github.miaudit.likelihood;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.data.PerPopulation;
import io.github.miaudit.data.Population;
import io.github.miaudit.data.SentenceDigest;
import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.io.SoftwareVersions;
import io.github.miaudit.io.StrictJson;
import io.github.miaudit.io.UnorderedDigest;
import io.github.miaudit.io.Utf8Input;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What a {@link ScoreFile} holds, as a JSON file beside it says: the model, the rule, how many sentences, and a digest by which a file that
 * is not whole is found. It is written last, so that scores with a manifest are all there.
 *
 * @param file        the name of the scores' file, in the same folder
 * @param fileDigest  SHA-256 of its bytes, in hexadecimal digits
 * @param model       that made the scores
 * @param rule        by whose label they were made
 * @param counts      how much there is
 * @param trainedOn   sets that the model is known to have been trained on; that none is known says nothing
 * @param probe       what the model said when it was asked again; empty if it was not
 * @param spread      how the tokens of the scored sentences of each set spread, for files of sums; empty if nobody counted
 * @param bucket      which part of all sentences it is; empty if it is no part
 * @param input       of the sentences scored, the sum of each one's {@link SentenceDigest}
 * @param miaudit     the version that wrote it
 */
public record ScoreManifest(String file, String fileDigest, ModelIdentity model, String rule, Counts counts, List<Population> trainedOn,
        Optional<ModelProbe> probe, Optional<PerPopulation<TokenSpread>> spread, Optional<Bucket> bucket, UnorderedDigest input,
        String miaudit) {

    /** How a manifest's name ends; that of a folder with one is just {@code manifest.json}. */
    public static final String NAME = "manifest.json";

    private static final int FORMAT = 1;
    private static final double MOST = 1L << 53; // beyond, numbers of JSON are not whole ones
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /**
     * How much there is in a file.
     *
     * @param sentences scored or not
     * @param failed    those of status {@link SequenceScore.Status#FAILED}
     * @param tokens    entries of log-likelihoods; 0 where only sums are known
     * @param expected  of these, entries with {@link SequenceScore.VocabularyMoments}, what the model expects of them
     */
    public record Counts(long sentences, long failed, long tokens, long expected) {

        private static final Counts NONE = new Counts(0, 0, 0, 0);

        /** Of sentences. */
        public static Counts of(List<ScoredSentence> sentences) {
            Counts counts = NONE;
            for (ScoredSentence sentence : sentences) {
                counts = counts.plus(sentence.score());
            }
            return counts;
        }

        /** With one more. */
        public Counts plus(SequenceScore score) {
            int more = score.hasTokens() ? score.logLikelihoods().length : 0;
            return new Counts(sentences + 1, failed + (score.status() == SequenceScore.Status.FAILED ? 1 : 0), tokens + more,
                    expected + (score.moments().isPresent() ? more : 0));
        }
    }

    /**
     * One of the parts that sentences were dealt to.
     *
     * @param number from 0
     * @param count  of all parts
     */
    public record Bucket(int number, int count) {
    }

    /** Copies the list. */
    public ScoreManifest {
        trainedOn = List.copyOf(trainedOn);
    }

    /**
     * Of a file of scores that is written.
     *
     * @param scores      the file, which is read for its digest
     * @param model       that made them
     * @param rule        by which it did
     * @param counts      of them
     * @param input       of the sentences, by {@link SentenceDigest}
     * @throws InvalidFileException if the file can't be read
     */
    public static ScoreManifest of(Path scores, ModelIdentity model, MaskingRule rule, Counts counts, UnorderedDigest input) {
        return new ScoreManifest(String.valueOf(scores.getFileName()), Sha256.ofFiles(scores), model, rule.label(), counts, List.of(),
                Optional.empty(), Optional.empty(), Optional.empty(), input, SoftwareVersions.miaudit());
    }

    /** The manifest of a model that is known to have been trained on sets. */
    public ScoreManifest withTrainedOn(List<Population> sets) {
        return new ScoreManifest(file, fileDigest, model, rule, counts, sets, probe, spread, bucket, input, miaudit);
    }

    /** The manifest with what the model said when it was asked again. */
    public ScoreManifest withProbe(ModelProbe other) {
        return new ScoreManifest(file, fileDigest, model, rule, counts, trainedOn, Optional.of(other), spread, bucket, input,
                miaudit);
    }

    /** The manifest of a file of sums, with how the tokens spread. */
    public ScoreManifest withSpread(PerPopulation<TokenSpread> other) {
        return new ScoreManifest(file, fileDigest, model, rule, counts, trainedOn, probe, Optional.of(other), bucket, input, miaudit);
    }

    /** The manifest of a part. */
    public ScoreManifest withBucket(Bucket other) {
        return new ScoreManifest(file, fileDigest, model, rule, counts, trainedOn, probe, spread, Optional.of(other), input, miaudit);
    }

    /** Where the manifest of a file of scores is that is no part: beside it, by its name with {@value #NAME} behind it. */
    public static Path beside(Path scores) {
        return scores.resolveSibling(scores.getFileName() + "." + NAME);
    }

    /**
     * Where scores of many models and rules lie below one folder: {@code model=DIGEST/rule=LABEL}, so that tools that know folders of
     * partitions read model and rule as columns; {@code =} in a label is written {@code %3D}, as they do.
     *
     * @param modelDigest as {@link ModelIdentity#modelDigest()}
     */
    public static String folder(String modelDigest, MaskingRule rule) {
        return "model=" + modelDigest + "/rule=" + rule.label().replace("=", "%3D");
    }

    /**
     * Writes it, whole or not at all.
     *
     * @throws InvalidFileException if it can't be written
     */
    public void write(Path manifest) {
        AtomicFile.write(manifest, writer -> writer.write(toJson()));
    }

    /** The manifest as JSON. */
    public String toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("file", file);
        json.addProperty("fileDigest", fileDigest);
        JsonObject ofModel = new JsonObject();
        ofModel.addProperty("name", model.name());
        ofModel.addProperty("modelDigest", model.modelDigest());
        ofModel.addProperty("tokenizerDigest", model.tokenizerDigest());
        ofModel.addProperty("vocabularySize", model.vocabularySize());
        ofModel.addProperty("casing", model.casing().name());
        ofModel.addProperty("precision", model.precision());
        ofModel.addProperty("lengthPolicy", model.lengthPolicy().name());
        ofModel.addProperty("engine", model.engine());
        json.add("model", ofModel);
        json.addProperty("rule", rule);
        json.addProperty("sentences", counts.sentences);
        json.addProperty("failed", counts.failed);
        json.addProperty("tokens", counts.tokens);
        json.addProperty("expected", counts.expected);
        json.add("trainedOn", GSON.toJsonTree(trainedOn.stream().map(Population::rowLabel).toList()));
        probe.ifPresent(asked -> json.add("probe", toJson(asked)));
        spread.ifPresent(each -> json.add("tokenSpread", toJson(each)));
        bucket.ifPresent(part -> {
            json.addProperty("bucket", part.number);
            json.addProperty("buckets", part.count);
        });
        json.addProperty("inputDigest", input.hex());
        json.addProperty("miaudit", miaudit);
        return GSON.toJson(json) + "\n";
    }

    /** A probe as JSON, for programs whose parts hand on text alone; {@link #parseProbe} reads it. */
    public static String write(ModelProbe probe) {
        return GSON.toJson(toJson(probe));
    }

    /**
     * Reads what {@link #write(ModelProbe)} wrote.
     *
     * @param origin what errors name
     * @throws InvalidFileException if it is no probe
     */
    public static ModelProbe parseProbe(Path origin, String text) {
        return probe(new Members(origin, StrictJson.object(origin, text)));
    }

    private static JsonObject toJson(ModelProbe probe) {
        JsonObject json = new JsonObject();
        json.addProperty("sentences", probe.sentences());
        json.addProperty("noise", probe.noise());
        json.addProperty("spread", probe.spread());
        probe.contextGain().ifPresent(gain -> json.addProperty("contextGain", gain));
        probe.expectation().ifPresent(expectation -> json.add("expectation", GSON.toJsonTree(expectation)));
        probe.bestReading().ifPresent(reading -> json.add("bestReading", GSON.toJsonTree(reading)));
        return json;
    }

    private static JsonObject toJson(PerPopulation<TokenSpread> spread) {
        JsonObject json = new JsonObject();
        for (Population set : Population.values()) {
            json.add(set.rowLabel(), GSON.toJsonTree(spread.of(set)));
        }
        return json;
    }

    /**
     * Reads a manifest.
     *
     * @throws InvalidFileException if it can't be read or is none
     */
    public static ScoreManifest read(Path manifest) {
        try (InputStream bytes = Files.newInputStream(manifest); Utf8Input text = Utf8Input.of(bytes)) {
            return parse(manifest, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text.readAllBytes())).toString());
        } catch (CharacterCodingException e) {
            throw new InvalidFileException(manifest, "is not UTF-8; the file is damaged, so score anew");
        } catch (IOException e) {
            throw new InvalidFileException(manifest, e);
        }
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @param manifest what errors name
     * @param text     the whole of it
     * @throws InvalidFileException if it is no manifest
     */
    public static ScoreManifest parse(Path manifest, String text) {
        Members json = new Members(manifest, StrictJson.object(manifest, text));
        long format = json.count("format");
        if (format != FORMAT) {
            throw new InvalidFileException(manifest, "is of format " + format + "; this version reads format " + FORMAT
                    + ", so score anew or use the version that wrote it");
        }
        Members model = json.object("model").orElseThrow(() -> json.lacks("model"));
        String file = json.text("file");
        if (file.isEmpty() || file.contains("/") || file.contains("\\") || file.equals("..") || file.indexOf(0) >= 0) {
            throw new InvalidFileException(manifest, "states a \"file\" that is no name of a file in its folder");
        }
        return new ScoreManifest(file, json.text("fileDigest"),
                new ModelIdentity(model.text("name"), model.text("modelDigest"), model.text("tokenizerDigest"),
                        model.number("vocabularySize").intValue(), model.oneOf("casing", Casing.values(), Casing::name),
                        model.text("precision"), model.oneOf("lengthPolicy", LengthPolicy.values(), LengthPolicy::name),
                        model.text("engine")),
                json.text("rule"),
                new Counts(json.count("sentences"), json.count("failed"), json.count("tokens"),
                        json.has("expected") ? json.count("expected") : 0),
                json.texts("trainedOn").stream()
                        .map(label -> json.oneOf("trainedOn", label, Population.values(), Population::rowLabel)).toList(),
                json.object("probe").map(ScoreManifest::probe), json.object("tokenSpread").map(ScoreManifest::spread),
                json.has("bucket") ? Optional.of(json.bucket())
                        : Optional.empty(),
                json.sum("inputDigest", json.count("sentences")), json.text("miaudit"));
    }

    private static ModelProbe probe(Members json) {
        return new ModelProbe((int) json.number("sentences", 1).doubleValue(), json.number("noise", 0).doubleValue(),
                json.number("spread", 0).doubleValue(),
                json.has("contextGain") ? OptionalDouble.of(json.number("contextGain").doubleValue()) : OptionalDouble.empty(),
                json.object("expectation").map(each -> new ModelProbe.Expectation(each.number("loss").doubleValue(),
                        each.number("expectedLoss").doubleValue(), each.number("variance", 0).doubleValue())),
                json.object("bestReading").map(each -> new ModelProbe.BestReading(each.text("words"), each.number("gain").doubleValue(),
                        each.number("error").doubleValue(), each.number("tried").intValue(), each.number("all").intValue())));
    }

    private static PerPopulation<TokenSpread> spread(Members json) {
        return PerPopulation.of(set -> {
            Members ofSet = json.object(set.rowLabel()).orElseThrow(() -> json.lacks("tokenSpread"));
            try {
                return new TokenSpread(ofSet.number("tokens").longValue(), ofSet.number("distinct").longValue(),
                        ofSet.number("entropy").doubleValue());
            } catch (IllegalArgumentException e) {
                throw new InvalidFileException(json.file, "has a \"tokenSpread\" as no tokens have: " + e.getMessage() + "; score anew");
            }
        });
    }

    /** An object of a manifest, whose errors name it. */
    private record Members(Path file, JsonObject json) {

        private InvalidFileException lacks(String member) {
            return new InvalidFileException(file, "has no \"" + member + "\", or not of its type, so it is no manifest of scores;"
                    + " is it what mia score or Spark wrote?");
        }

        private boolean has(String member) {
            return json.has(member);
        }

        private JsonPrimitive primitive(String member) {
            if (json.get(member) instanceof JsonPrimitive primitive) {
                return primitive;
            }
            throw lacks(member);
        }

        private String text(String member) {
            JsonPrimitive value = primitive(member);
            if (!value.isString()) {
                throw lacks(member);
            }
            return value.getAsString();
        }

        private Number number(String member) {
            JsonPrimitive value = primitive(member);
            if (!value.isNumber() || !Double.isFinite(value.getAsDouble())) {
                throw lacks(member);
            }
            return value.getAsNumber();
        }

        /** A number that counts something. */
        private long count(String member) {
            double number = number(member, 0).doubleValue();
            if (number != Math.rint(number) || number > MOST) {
                throw lacks(member);
            }
            return (long) number;
        }

        /** A number that is not less. */
        private Number number(String member, double least) {
            Number number = number(member);
            if (number.doubleValue() < least) {
                throw lacks(member);
            }
            return number;
        }

        private UnorderedDigest sum(String member, long count) {
            String digits = text(member);
            if (!digits.matches("[0-9a-f]{64}")) {
                throw lacks(member);
            }
            return new UnorderedDigest(count, new BigInteger(digits, 16));
        }

        private Bucket bucket() {
            long buckets = Math.min(count("buckets"), Integer.MAX_VALUE);
            if (count("bucket") >= buckets) {
                throw lacks("bucket");
            }
            return new Bucket((int) count("bucket"), (int) buckets);
        }

        private List<String> texts(String member) {
            if (!json.has(member) || !json.get(member).isJsonArray()
                    || !json.getAsJsonArray(member).asList().stream().allMatch(JsonElement::isJsonPrimitive)) {
                throw lacks(member);
            }
            return json.getAsJsonArray(member).asList().stream().map(JsonElement::getAsString).toList();
        }

        private <T> T oneOf(String member, T[] values, Function<T, String> label) {
            return oneOf(member, text(member), values, label);
        }

        private <T> T oneOf(String member, String value, T[] values, Function<T, String> label) {
            return Arrays.stream(values).filter(each -> Objects.equals(label.apply(each), value)).findFirst()
                    .orElseThrow(() -> lacks(member));
        }

        private Optional<Members> object(String member) {
            if (!json.has(member)) {
                return Optional.empty();
            }
            if (!json.get(member).isJsonObject()) {
                throw lacks(member);
            }
            return Optional.of(new Members(file, json.getAsJsonObject(member)));
        }
    }
}
