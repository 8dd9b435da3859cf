package io.github.miaudit.report.output.dossier;

import io.github.miaudit.io.InvalidFileException;
import io.github.miaudit.io.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Signatures by Ed25519 (RFC 8032), as the JDK computes them; keys in PEM, as {@code openssl genpkey -algorithm ed25519} makes them. */
final class Ed25519 {

    static final String NAME = "Ed25519";

    private static final int MOST_BYTES = 1 << 12;

    private Ed25519() {
    }

    /** A private key of PKCS#8 in PEM. */
    static PrivateKey privateKey(Path file) {
        byte[] encoded = pem(file, "PRIVATE KEY");
        try {
            return KeyFactory.getInstance(NAME).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new InvalidFileException(file, "holds no private key of " + NAME
                    + "; make one, such as with openssl genpkey -algorithm ed25519");
        }
    }

    /** A public key in PEM. */
    static PublicKey publicKey(Path file) {
        byte[] encoded = pem(file, "PUBLIC KEY");
        try {
            return publicKey(encoded);
        } catch (GeneralSecurityException e) {
            throw new InvalidFileException(file, "holds no public key of " + NAME);
        }
    }

    /** A public key as X.509 encodes it. */
    static PublicKey publicKey(byte[] encoded) throws GeneralSecurityException {
        return KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded));
    }

    /** The public key of a private one: the JDK derives it only where it makes a pair, so it is given the private one's bytes to draw. */
    static PublicKey publicKey(PrivateKey key) {
        byte[] secret = ((EdECPrivateKey) key).getBytes().orElseThrow();
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance(NAME);
            pairs.initialize(NamedParameterSpec.ED25519, new Drawn(secret));
            PublicKey found = pairs.generateKeyPair().getPublic();
            byte[] probe = {1};
            if (!verifies(found, probe, sign(key, probe))) {
                throw new IllegalStateException("this Java does not draw a key's bytes as others do; sign with another Java");
            }
            return found;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(NAME);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean verifies(PublicKey key, byte[] message, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(NAME);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) { // of bytes that are no signature
            return false;
        }
    }

    /** SHA-256 of the key as X.509 encodes it. */
    static String fingerprint(PublicKey key) {
        return Sha256.of(key.getEncoded());
    }

    private static byte[] pem(Path file, String label) {
        byte[] bytes = Archive.bytes(file);
        Matcher found = Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]*)-----END " + label + "-----")
                .matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        try {
            if (bytes.length <= MOST_BYTES && found.find()) {
                return Base64.getDecoder().decode(found.group(1).replaceAll("\\s", ""));
            }
        } catch (IllegalArgumentException e) { // told below
        }
        throw new InvalidFileException(file, "holds no key between the lines BEGIN " + label + " and END " + label);
    }

    /** Bytes to be drawn once. */
    private static final class Drawn extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        private Drawn(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] drawn) {
            System.arraycopy(bytes, 0, drawn, 0, drawn.length);
        }
    }
}
