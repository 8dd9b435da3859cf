package io.github.miaudit.report.output.dossier;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.io.SoftwareVersions;
import io.github.miaudit.report.DocumentJson;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@code manifest.json}: length and digest of each other entry of a dossier, and who signed it. Immutable.
 *
 * @param schemaVersion {@value #SCHEMA_VERSION}
 * @param miaudit       the version that made the dossier
 * @param entries       all other entries but the signature, in their order
 * @param signer        whose signature lies beside it; empty if nobody signed
 */
public record DossierManifest(int schemaVersion, String miaudit, List<Entry> entries, Optional<Signer> signer) {

    /** Changes whenever members are added, removed or mean something else, and when a dossier has other entries. */
    public static final int SCHEMA_VERSION = 1;

    /**
     * An entry of the archive.
     *
     * @param name   such as {@code audit.json}
     * @param bytes  how many it has
     * @param sha256 of them, 64 hexadecimal digits in small letters
     */
    public record Entry(String name, int bytes, String sha256) {

        /** Throws an {@link IllegalArgumentException} unless length and digest can be those of an entry. */
        public Entry {
            if (bytes < 0 || bytes > Archive.MOST_BYTES) {
                throw new IllegalArgumentException("bytes is " + bytes + "; it must be 0 to " + Archive.MOST_BYTES);
            }
            if (!sha256.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("sha256 is " + quoted(sha256) + "; it must be 64 digits of 0-9 and a-f");
            }
        }

        private static Entry of(String name, byte[] content) {
            return new Entry(name, content.length, Sha256.of(content));
        }
    }

    /**
     * Who signed.
     *
     * @param algorithm   {@code Ed25519}
     * @param publicKey   as X.509 encodes it, in Base64
     * @param fingerprint its SHA-256 before Base64
     */
    public record Signer(String algorithm, String publicKey, String fingerprint) {

        /** Throws an {@link IllegalArgumentException} unless the key is one of Ed25519, and the fingerprint that key's. */
        public Signer {
            if (!algorithm.equals(Ed25519.NAME)) {
                throw new IllegalArgumentException("algorithm is " + quoted(algorithm) + "; it must be " + Ed25519.NAME);
            }
            if (!fingerprint.equals(Ed25519.fingerprint(key(publicKey)))) {
                throw new IllegalArgumentException("fingerprint is " + quoted(fingerprint) + ", which is not the SHA-256 of publicKey");
            }
        }

        private static Signer of(PublicKey key) {
            return new Signer(Ed25519.NAME, Base64.getEncoder().encodeToString(key.getEncoded()), Ed25519.fingerprint(key));
        }

        PublicKey key() {
            return key(publicKey);
        }

        private static PublicKey key(String publicKey) {
            try {
                return Ed25519.publicKey(Base64.getDecoder().decode(publicKey));
            } catch (GeneralSecurityException | IllegalArgumentException e) { // the latter of what is no Base64
                throw new IllegalArgumentException("publicKey is no key of " + Ed25519.NAME + " in X.509 and Base64");
            }
        }
    }

    /** Copies the entries; throws an {@link IllegalArgumentException} unless they are those of a dossier, in their order. */
    public DossierManifest {
        entries = List.copyOf(entries);
        List<String> names = entries.stream().map(Entry::name).toList();
        if (names.size() != Dossier.CONTENTS.size()) {
            throw new IllegalArgumentException("entries has " + names.size() + "; it must have " + Dossier.CONTENTS.size() + ": "
                    + String.join(", ", Dossier.CONTENTS));
        }
        IntStream.range(0, names.size()).filter(index -> !names.get(index).equals(Dossier.CONTENTS.get(index))).findFirst()
                .ifPresent(index -> {
                    throw new IllegalArgumentException("entries[" + index + "].name is " + quoted(names.get(index)) + "; it must be "
                            + Dossier.CONTENTS.get(index));
                });
    }

    /** Of the entries' contents by their names, signed by the holder of a key or by nobody. */
    static DossierManifest of(Map<String, byte[]> contents, Optional<PublicKey> signer) {
        return new DossierManifest(SCHEMA_VERSION, SoftwareVersions.miaudit(),
                contents.entrySet().stream().map(each -> Entry.of(each.getKey(), each.getValue())).toList(), signer.map(Signer::of));
    }

    /** The first entry whose content is another than this manifest says. */
    Optional<String> firstChanged(Map<String, byte[]> contents) {
        return entries.stream().map(Entry::name)
                .filter(name -> !entries.contains(Entry.of(name, Objects.requireNonNull(contents.get(name))))).findFirst();
    }

    private static String quoted(String text) {
        return "\"" + InvalidFileException.printable(text) + "\"";
    }

    /** As a JSON object, indented, with a line break at its end. */
    public String toJson() {
        return DocumentJson.write(this);
    }

    /**
     * Reads what {@link #toJson} made.
     *
     * @param file what errors name
     * @throws InvalidFileException if it is no whole manifest; it names the member
     */
    static DossierManifest parse(Path file, String json) {
        return DocumentJson.parse(file, json, DossierManifest.class, SCHEMA_VERSION);
    }

    /** What {@link #toJson()} returns, as JSON Schema (draft 2020-12). */
    public static String jsonSchema() {
        return DocumentJson.schema(DossierManifest.class, "manifest.schema.json");
    }
}
