package dev.linkspan.server.api.resource.keypair;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * Public keys as SSH sends them, each checked to be a key: of what is in other formats, and of itself, so that there is one
 * form of each.
 */
final class SshKeys {

    /** The shortest that EC2 takes. */
    static final int FEWEST_RSA_BITS = 1024;

    /** Longer ones take long to check. */
    static final int MOST_RSA_BITS = 8192;

    /** More than any such key takes, in whichever format. */
    private static final int MOST_BYTES = 2 * MOST_RSA_BITS / Byte.SIZE;

    private SshKeys() {}

    @FunctionalInterface
    private interface Reader {
        AsymmetricKeyParameter read(byte[] content) throws IOException;
    }

    /** Of SSH's own bytes. */
    static Optional<byte[]> ofBlob(byte[] content) {
        return read(OpenSSHPublicKeyUtil::parsePublicKey, content);
    }

    /** Of a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7). */
    static Optional<byte[]> ofX509(byte[] content) {
        return read(PublicKeyFactory::createKey, content);
    }

    /** Of an RSAPublicKey (RFC 8017, A.1.1). */
    static Optional<byte[]> ofPkcs1(byte[] content) {
        return read(
                bytes -> {
                    RSAPublicKey key = RSAPublicKey.getInstance(bytes);
                    return new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent());
                },
                content);
    }

    /** The library says in many ways that bytes are no key; a client's bytes are never a bug. */
    private static Optional<byte[]> read(Reader reader, byte[] content) {
        if (content.length > MOST_BYTES) {
            return Optional.empty();
        }
        try {
            AsymmetricKeyParameter key = reader.read(content);
            return isOfSize(key) ? Optional.of(OpenSSHPublicKeyUtil.encodePublicKey(key)) : Optional.empty();
        } catch (IOException | RuntimeException noKey) {
            return Optional.empty();
        }
    }

    private static boolean isOfSize(AsymmetricKeyParameter key) {
        if (!(key instanceof RSAKeyParameters rsa)) {
            return true;
        }
        int bits = rsa.getModulus().bitLength();
        return bits >= FEWEST_RSA_BITS && bits <= MOST_RSA_BITS;
    }

    /** The name of the type, with which such bytes begin. */
    static String typeOf(byte[] blob) {
        ByteBuffer bytes = ByteBuffer.wrap(blob);
        byte[] name = new byte[bytes.getInt()];
        bytes.get(name);
        return new String(name, StandardCharsets.US_ASCII);
    }
}
