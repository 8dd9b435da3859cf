package io.github.miaudit.spark;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code manifest.json} says of a bucket's scores by one rule.
 *
 * @param file            its name beside the manifest
 * @param sha256          of the file as it lies there
 * @param bytes           its size
 * @param failed          how many of the sentences failed
 * @param modelDigest     of the network, as reports state it
 * @param tokenizerDigest likewise
 * @param engine          that computed it
 * @param settings        that the next call must have too, for the bucket to count
 */
record BucketManifest(int schemaVersion, String file, String sha256, long bytes, long failed, String modelDigest, String tokenizerDigest,
        String engine, Settings settings) {

    static final int SCHEMA_VERSION = 1;

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /**
     * What a score depends on.
     *
     * @param filesDigest of the model's folder
     * @param input       of the bucket's rows, as {@link InputDigest#toString()} has it
     * @param miaudit     the version of this software
     */
    record Settings(String filesDigest, String rule, String precision, String lengthPolicy, int bucket, int buckets, String input,
            String miaudit) {
    }

    String json() {
        return GSON.toJson(this) + "\n";
    }

    /** The manifest of a text; empty if it is none, or one of another version. */
    static Optional<BucketManifest> parse(String json) {
        try {
            BucketManifest manifest = GSON.fromJson(json, BucketManifest.class);
            boolean whole = manifest != null && manifest.schemaVersion == SCHEMA_VERSION && Stream.of(manifest.file, manifest.sha256,
                    manifest.modelDigest, manifest.tokenizerDigest, manifest.settings).allMatch(part -> part != null);
            return whole && !manifest.file.contains("/") ? Optional.of(manifest) : Optional.empty();
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }
}
