package dev.linkspan.server.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts secrets that are kept in the store (A2): AES-256 in GCM (NIST SP 800-38D), a random nonce each time. A sealed
 * secret opens only for the name that it was sealed for, so one row's secret is of no use in another row.
 */
final class SecretBox {

    /** In bytes. */
    static final int KEY_LENGTH = 32;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;

    SecretBox(byte[] key) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("a master key has %d bytes, not %d".formatted(KEY_LENGTH, key.length));
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Base64 of the nonce, the encrypted text and its authentication tag. */
    String seal(String secret, String name) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, secret.getBytes(StandardCharsets.UTF_8), name);
        byte[] whole = ByteBuffer.allocate(NONCE_LENGTH + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return Base64.getEncoder().encodeToString(whole);
    }

    /** Whether this was sealed with this key for this name. */
    boolean opens(String sealed, String name) {
        try {
            open(sealed, name);
            return true;
        } catch (IllegalStateException anotherKey) {
            return false;
        }
    }

    /** The secret, if it was sealed with this key for this name. */
    String open(String sealed, String name) {
        ByteBuffer whole = ByteBuffer.wrap(Base64.getDecoder().decode(sealed));
        byte[] nonce = new byte[NONCE_LENGTH];
        whole.get(nonce);
        byte[] rest = new byte[whole.remaining()];
        whole.get(rest);
        return new String(cipher(Cipher.DECRYPT_MODE, nonce, rest, name), StandardCharsets.UTF_8);
    }

    private byte[] cipher(int mode, byte[] nonce, byte[] input, String name) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the secret of '%s' cannot be read: it was not encrypted with this master.key".formatted(name), e);
        }
    }
}
