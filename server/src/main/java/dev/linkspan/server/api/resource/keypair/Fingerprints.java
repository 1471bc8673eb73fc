package dev.linkspan.server.api.resource.keypair;

import dev.linkspan.core.keypair.Keypair;
import dev.linkspan.core.keypair.KeypairType;
import dev.linkspan.core.keypair.PublicKey;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** The fingerprints by which clients recognise a keypair: each API has its own. */
public final class Fingerprints {

    private static final HexFormat PAIRS = HexFormat.ofDelimiter(":");

    private Fingerprints() {}

    /** The OUTSCALE API's, for every key: the MD5 of what SSH sends of it (RFC 4716, 4). */
    public static String outscale(Keypair keypair) {
        return PAIRS.formatHex(digest("MD5", blob(keypair.publicKey())));
    }

    /**
     * EC2's (Amazon EC2 User Guide, "Verify the fingerprint of your key pair"): for RSA the SHA-1 of a private key that was
     * made here, or the MD5 of an imported public key as X.509 has it; for other keys the SHA-256 of what SSH sends, in
     * Base64.
     */
    public static String ec2(Keypair keypair) {
        return keypair.privateKeyDigest().orElseGet(() -> ofPublicKey(keypair.publicKey()));
    }

    private static String ofPublicKey(PublicKey key) {
        return key.type() == KeypairType.RSA
                ? PAIRS.formatHex(digest("MD5", x509(key)))
                : Base64.getEncoder().encodeToString(digest("SHA-256", blob(key)));
    }

    /** Of a private key in its PKCS #8 form, as {@link Keypair#privateKeyDigest} has it. */
    static String sha1(byte[] privateKey) {
        return PAIRS.formatHex(digest("SHA-1", privateKey));
    }

    /** A key of RSA as the SubjectPublicKeyInfo that X.509 has (RFC 5280, 4.1.2.7). */
    private static byte[] x509(PublicKey key) {
        ByteBuffer blob = ByteBuffer.wrap(blob(key));
        next(blob);
        BigInteger exponent = new BigInteger(next(blob));
        BigInteger modulus = new BigInteger(next(blob));
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(modulus, exponent))
                    .getEncoded();
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("BUG: %s is no key of RSA".formatted(key.openSsh()), bug);
        }
    }

    /** A string or number of SSH's, which its length precedes (RFC 4251, 5). */
    private static byte[] next(ByteBuffer blob) {
        byte[] field = new byte[blob.getInt()];
        blob.get(field);
        return field;
    }

    private static byte[] blob(PublicKey key) {
        return Base64.getDecoder().decode(key.blob());
    }

    private static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("BUG: the JDK has no " + algorithm, absent);
        }
    }
}
