package io.github.miaudit.report.output.dossier;

import io.github.miaudit.io.AtomicFile;
import io.github.miaudit.io.AuditException;
import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.PlainText;
import io.github.miaudit.io.Sha256;
import io.github.miaudit.report.AuditDocument;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One archive for who decides on a model and for who checks the decision: {@code audit.json} byte for byte, {@code dossier.json}, pages
 * that are made of these two alone, and {@code manifest.json} with the digest of each, which may be signed. The same input makes the same
 * bytes. It holds no sentence of the notes. Immutable.
 */
public final class Dossier {

    static final String AUDIT = "audit.json";
    static final String DOSSIER = "dossier.json";
    static final String MANIFEST = "manifest.json";
    static final String SIGNATURE = "manifest.sig";
    static final List<String> CONTENTS = List.of(AUDIT, DOSSIER, "dossier.html", "edpb.html", "aisvs.html", "sacro.html");

    private final DossierDocument document;
    private final Map<String, byte[]> contents;
    private final Optional<PrivateKey> key;

    private Dossier(DossierDocument document, Map<String, byte[]> contents, Optional<PrivateKey> key) {
        this.document = document;
        this.contents = contents;
        this.key = key;
    }

    /**
     * Of an audit's file.
     *
     * @param auditFile {@code audit.json}
     * @param stated    what no audit can know
     * @param model     what the audited model's folder says; empty if it is not at hand
     * @param made      the day
     * @throws InvalidFileException     if the audit can't be read, or holds sentences of the notes
     * @throws IllegalArgumentException if the folder is another model's, or denies what is stated
     */
    public static Dossier of(Path auditFile, DossierFacts stated, Optional<ModelFacts> model, LocalDate made) {
        return of(auditFile, Archive.bytes(auditFile), stated, model, made);
    }

    static Dossier of(Path name, byte[] auditBytes, DossierFacts stated, Optional<ModelFacts> model, LocalDate made) {
        AuditDocument audit = AuditDocument.parse(name, Archive.text(name, auditBytes));
        if (!audit.excerpts().isEmpty()) {
            throw new InvalidFileException(name, "holds sentences of the notes (excerpts), which no dossier may; make the audit without");
        }
        model.ifPresent(facts -> {
            audit.provenance().target().filter(target -> !target.modelDigest().equals(facts.modelDigest())).ifPresent(target -> {
                throw new IllegalArgumentException("the model's folder has SHA-256 " + PlainText.digest(facts.modelDigest())
                        + ", and the audited model " + PlainText.digest(target.modelDigest()) + "; name the folder of the audited one");
            });
            facts.requireAgreementWith(stated);
        });
        AuditDocument harmless = audit.mapTexts(PlainText::line);
        DossierDocument document = DossierDocument.of(harmless, Sha256.of(auditBytes), stated, model, made);
        Map<String, byte[]> contents = new LinkedHashMap<>();
        contents.put(AUDIT, auditBytes);
        contents.put(DOSSIER, bytes(document.toJson()));
        DossierPages.of(document, harmless).forEach((page, html) -> contents.put(page, bytes(html)));
        return new Dossier(document, contents, Optional.empty());
    }

    /**
     * Whose manifest is signed.
     *
     * @param privateKey a file with a private key of Ed25519, PKCS#8 in PEM
     * @throws InvalidFileException if it holds none
     */
    public Dossier signedWith(Path privateKey) {
        return new Dossier(document, contents, Optional.of(Ed25519.privateKey(privateKey)));
    }

    /** What {@code dossier.json} says. */
    public DossierDocument document() {
        return document;
    }

    /** The text of an entry, such as {@code dossier.html}; throws an {@link IllegalArgumentException} if there is none. */
    public String text(String entry) {
        if (!contents.containsKey(entry)) {
            throw new IllegalArgumentException("there is no entry " + entry + "; there are " + String.join(", ", contents.keySet()));
        }
        return new String(contents.get(entry), StandardCharsets.UTF_8);
    }

    /** The SHA-256 of the public key that belongs to the signature; empty if it is not signed. */
    public Optional<String> fingerprint() {
        return key.map(Ed25519::publicKey).map(Ed25519::fingerprint);
    }

    /**
     * Makes or replaces the archive, whole or not at all.
     *
     * @throws InvalidFileException if it can't be written
     */
    public void write(Path file) {
        byte[] bytes = toBytes();
        AtomicFile.writeBytes(file, channel -> {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        });
    }

    byte[] toBytes() {
        byte[] manifest = manifest(key.map(Ed25519::publicKey));
        byte[] bytes = Archive.write(entries(manifest, key.map(each -> Ed25519.sign(each, manifest))));
        if (bytes.length > Archive.MOST_BYTES) {
            throw new AuditException("the dossier has " + bytes.length + " bytes; it must have at most " + Archive.MOST_BYTES
                    + ", or nobody could verify it; audit fewer attacks or rates");
        }
        return bytes;
    }

    /** All entries, with a signature that somebody made. */
    Map<String, byte[]> entries(byte[] manifest, Optional<byte[]> signature) {
        Map<String, byte[]> entries = new LinkedHashMap<>(contents);
        entries.put(MANIFEST, manifest);
        signature.ifPresent(each -> entries.put(SIGNATURE, each));
        return Collections.unmodifiableMap(entries);
    }

    /** The only manifest that this dossier can have, signed by the holder of a key or by nobody. */
    byte[] manifest(Optional<PublicKey> signer) {
        return bytes(DossierManifest.of(contents, signer).toJson());
    }

    boolean has(String entry, byte[] content) {
        return Arrays.equals(contents.get(entry), content);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
