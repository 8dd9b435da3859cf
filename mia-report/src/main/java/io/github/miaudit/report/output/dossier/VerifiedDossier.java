package io.github.miaudit.report.output.dossier;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.SoftwareVersions;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A dossier in which everything follows from its {@code audit.json} and its {@code dossier.json}: pages, digests and the archive itself
 * were made anew and are the same, byte for byte. That shows nothing of how the audit was made.
 *
 * @param document    what {@code dossier.json} says
 * @param fingerprint SHA-256 of the public key that the manifest's signature belongs to; empty if it is not signed
 * @param keyKnown    whether that key is the one that the reader named; if not, the signature shows only that nobody else than whoever
 *                    put this key into it has changed it since
 */
public record VerifiedDossier(DossierDocument document, Optional<String> fingerprint, boolean keyKnown) {

    private static final List<String> NAMES = Stream
            .concat(Dossier.CONTENTS.stream(), Stream.of(Dossier.MANIFEST, Dossier.SIGNATURE)).toList();
    /** An honest one has fewer than 2000. */
    private static final int MOST_BYTES_OF_MANIFEST = 1 << 16;

    /**
     * Checks an archive that nobody vouches for.
     *
     * @param file      the archive
     * @param publicKey a file with the public key of Ed25519, in PEM, of whoever must have signed it; empty if anybody may
     * @throws InvalidFileException if anything is missing, additional, changed, or does not follow; if it was made by another version of
     *                              MIAudit, whose pages this one can't make anew; or if it is not signed by the holder of the key
     */
    public static VerifiedDossier of(Path file, Optional<Path> publicKey) {
        Optional<PublicKey> wanted = publicKey.map(Ed25519::publicKey);
        byte[] bytes = Archive.bytes(file);
        Map<String, byte[]> entries = Archive.read(file, bytes, NAMES);
        NAMES.stream().filter(name -> !name.equals(Dossier.SIGNATURE) && !entries.containsKey(name)).findFirst().ifPresent(name -> {
            throw problem(file, "the entry " + name + " is missing");
        });
        byte[] manifest = content(entries, Dossier.MANIFEST);
        if (manifest.length > MOST_BYTES_OF_MANIFEST) {
            throw problem(file, Dossier.MANIFEST + " has " + manifest.length + " bytes, and must have at most " + MOST_BYTES_OF_MANIFEST);
        }
        DossierManifest stated = read(file, Dossier.MANIFEST, manifest, DossierManifest::parse);
        requireVersion(file, stated.miaudit());
        stated.firstChanged(entries).ifPresent(name -> {
            throw problem(file, name + " has another length or digest than " + Dossier.MANIFEST + " says");
        });
        requireNothingElse(file, entries, bytes);
        Optional<PublicKey> signer = stated.signer().map(DossierManifest.Signer::key);
        requireSignature(file, signer, wanted, manifest, Optional.ofNullable(entries.get(Dossier.SIGNATURE)));
        Dossier anew = anew(file, entries);
        Dossier.CONTENTS.stream().filter(name -> !anew.has(name, content(entries, name))).findFirst().ifPresent(name -> {
            throw problem(file, name + " does not follow from " + Dossier.AUDIT + " and " + Dossier.DOSSIER);
        });
        if (!Arrays.equals(anew.manifest(signer), manifest)) {
            throw problem(file, Dossier.MANIFEST + " is not that of these entries");
        }
        return new VerifiedDossier(anew.document(), signer.map(Ed25519::fingerprint), wanted.isPresent());
    }

    private static void requireVersion(Path file, String version) {
        if (!version.equals(SoftwareVersions.miaudit())) {
            throw new InvalidFileException(file, "was made by MIAudit " + InvalidFileException.printable(version) + ", and this is "
                    + SoftwareVersions.miaudit() + ", which can't make its pages anew; verify it with the version that made it");
        }
    }

    /** The archive of these entries has one form, to the byte. */
    private static void requireNothingElse(Path file, Map<String, byte[]> entries, byte[] bytes) {
        Map<String, byte[]> inOrder = new LinkedHashMap<>();
        NAMES.stream().filter(entries::containsKey).forEach(name -> inOrder.put(name, entries.get(name)));
        if (!Arrays.equals(Archive.write(inOrder), bytes)) {
            throw problem(file, "the archive has bytes that belong to no entry, or entries in another order");
        }
    }

    private static void requireSignature(Path file, Optional<PublicKey> signer, Optional<PublicKey> wanted, byte[] manifest,
            Optional<byte[]> signature) {
        if (signer.isPresent() != signature.isPresent()) {
            throw problem(file, signer.isPresent() ? "the manifest names a signer, but the signature is missing"
                    : "there is a signature, but the manifest names no signer");
        }
        if (signer.isPresent() && !Ed25519.verifies(signer.get(), manifest, signature.orElseThrow())) {
            throw problem(file, "the signature is wrong");
        }
        wanted.ifPresent(key -> {
            if (signer.isEmpty()) {
                throw problem(file, "it is not signed, and a key was named whose holder must have signed it");
            }
            if (!Arrays.equals(signer.get().getEncoded(), key.getEncoded())) {
                throw problem(file, "it is signed with another key, of SHA-256 " + Ed25519.fingerprint(signer.get()));
            }
        });
    }

    /** Of an entry that must be there, as was looked at before. */
    private static byte[] content(Map<String, byte[]> entries, String name) {
        return Objects.requireNonNull(entries.get(name));
    }

    private static Dossier anew(Path file, Map<String, byte[]> entries) {
        DossierDocument stored = read(file, Dossier.DOSSIER, content(entries, Dossier.DOSSIER), DossierDocument::parse);
        try {
            return Dossier.of(file.resolve(Dossier.AUDIT), content(entries, Dossier.AUDIT), stored.stated(), stored.model(), stored.made());
        } catch (IllegalArgumentException e) { // the model's folder is another's, or denies what is stated
            throw problem(file, Dossier.DOSSIER + ": " + e.getMessage());
        }
    }

    private static <T> T read(Path file, String entry, byte[] content, BiFunction<Path, String, T> reader) {
        Path place = file.resolve(entry);
        try {
            return reader.apply(place, Archive.text(place, content));
        } catch (InvalidFileException e) {
            throw e.with("; until it can be read, do not rely on this dossier; ask its makers for it anew");
        }
    }

    private static InvalidFileException problem(Path file, String problem) {
        return new InvalidFileException(file, problem + "; do not rely on this dossier, and ask its makers for it anew");
    }

    /** What is verified, a sentence each. */
    public List<String> toLines() {
        String signed = fingerprint.map(print -> keyKnown
                ? "Signed by the holder of the key that you named, of SHA-256 " + print + "."
                : "Signed with the key of SHA-256 " + print
                        + ", which the dossier itself brings: that shows only that nobody but the holder"
                        + " of this key changed it after signing. Ask for the key by another way, and name it with --key.")
                .orElse("Not signed: whoever had it could have made it anew with other contents.");
        return Stream.of(Stream.of("Whole: every page follows from audit.json and dossier.json, and nothing else is in it.", signed,
                "That shows nothing of how the audit was made, or whether what is stated is true.",
                "The audit's answer: " + document.answer()),
                document.against().stream().map(each -> "Against a release: " + each),
                document.alarms().stream().map(each -> "ALARM: " + each))
                .flatMap(each -> each).collect(Collectors.toUnmodifiableList());
    }
}
