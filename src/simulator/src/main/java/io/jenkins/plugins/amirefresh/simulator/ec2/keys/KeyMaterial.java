package io.jenkins.plugins.amirefresh.simulator.ec2.keys;

import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A generated key. It is real and so differs from run to run; nothing else that the simulator says depends on it.
 *
 * @param privateKey PEM: PKCS #8 for RSA, OpenSSH's own form for ED25519
 * @param publicKey one line in OpenSSH's form
 */
record KeyMaterial(String privateKey, String publicKey, String fingerprint) {

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /** @param rsa where RSA keys come from */
    static KeyMaterial generate(String type, RsaKeys rsa) {
        try {
            return type.equals("ed25519") ? ed25519() : rsa(rsa);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("The Java runtime cannot generate an " + type + " key", impossible);
        }
    }

    /** The SHA-1 of the private key. Source: EC2 User Guide, "Verify the fingerprint of your key pair". */
    private static KeyMaterial rsa(RsaKeys keys) throws GeneralSecurityException {
        var pair = keys.next();
        byte[] encoded = pair.getPrivate().getEncoded();
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        byte[] blob = new Blob()
                .text("ssh-rsa")
                .number(key.getPublicExponent())
                .number(key.getModulus())
                .bytes();
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(encoded);
        return new KeyMaterial(
                pem("PRIVATE KEY", encoded),
                "ssh-rsa " + Base64.getEncoder().encodeToString(blob),
                HexFormat.ofDelimiter(":").formatHex(digest));
    }

    private static KeyMaterial ed25519() throws GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] point = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        byte[] blob = new Blob().text("ssh-ed25519").string(point).bytes();
        byte[] both = ByteBuffer.allocate(64).put(seed).put(point).array();
        byte[] secret = new Blob()
                .word(0)
                .word(0)
                .text("ssh-ed25519")
                .string(point)
                .string(both)
                .text("")
                .padded();
        byte[] file = new Blob()
                .raw("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII))
                .text("none")
                .text("none")
                .text("")
                .word(1)
                .string(blob)
                .string(secret)
                .bytes();
        String base64 = Base64.getEncoder().encodeToString(blob);
        return new KeyMaterial(pem("OPENSSH PRIVATE KEY", file), "ssh-ed25519 " + base64, fingerprintOf(base64));
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n" + LINES.encodeToString(content) + "\n-----END " + kind + "-----\n";
    }

    /** The SHA-256 of the public half, as OpenSSH shows it without its prefix. */
    static String fingerprintOf(String base64Blob) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(Base64.getDecoder().decode(base64Blob));
            return Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("The Java runtime has no SHA-256", impossible);
        }
    }

    /** The MD5 of an imported RSA key, the SHA-256 of an ED25519 one; same source as above. */
    static String importedFingerprint(String algorithm, String base64Blob) {
        if (!algorithm.equals("ssh-rsa")) {
            return fingerprintOf(base64Blob);
        }
        try {
            ByteBuffer blob = ByteBuffer.wrap(Base64.getDecoder().decode(base64Blob));
            next(blob);
            BigInteger exponent = new BigInteger(next(blob));
            BigInteger modulus = new BigInteger(next(blob));
            byte[] encoded = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(modulus, exponent))
                    .getEncoded();
            return HexFormat.ofDelimiter(":")
                    .formatHex(MessageDigest.getInstance("MD5").digest(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException | BufferUnderflowException unreadable) {
            throw AwsError.client("InvalidKey.Format", "Key is not in valid OpenSSH public key format");
        }
    }

    private static byte[] next(ByteBuffer blob) {
        int length = blob.getInt();
        if (length < 0 || length > blob.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] content = new byte[length];
        blob.get(content);
        return content;
    }

    /** OpenSSH's binary form: strings behind their length. */
    private static final class Blob {

        private static final int BLOCK = 8;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Blob raw(byte[] content) {
            out.writeBytes(content);
            return this;
        }

        Blob word(int value) {
            return raw(ByteBuffer.allocate(4).putInt(value).array());
        }

        Blob string(byte[] content) {
            return word(content.length).raw(content);
        }

        Blob text(String content) {
            return string(content.getBytes(StandardCharsets.US_ASCII));
        }

        Blob number(BigInteger value) {
            return string(value.toByteArray());
        }

        byte[] padded() {
            for (int n = 1; out.size() % BLOCK != 0; n++) {
                out.write(n);
            }
            return out.toByteArray();
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
