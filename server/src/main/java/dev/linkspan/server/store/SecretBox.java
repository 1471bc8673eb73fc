package dev.linkspan.server.store;

import dev.linkspan.core.port.Sealing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts secrets that are kept in the store (A2): AES-256 in GCM (NIST SP 800-38D), a random nonce each time. A sealed
 * secret opens only for the name that it was sealed for, so one row's secret is of no use in another row.
 */
final class SecretBox implements Sealing {

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

    /** One with a key of its own, derived from this one's (HKDF, RFC 5869): what one seals, the other does not open. */
    SecretBox derived(String purpose) {
        try {
            KDF hkdf = KDF.getInstance("HKDF-SHA256");
            return new SecretBox(hkdf.deriveData(HKDFParameterSpec.ofExtract()
                    .addIKM(key)
                    .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), KEY_LENGTH)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("BUG: every JDK has HKDF-SHA256", impossible);
        }
    }

    /** Base64 of the nonce, the encrypted text and its authentication tag. */
    @Override
    public String seal(String secret, String name) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        byte[] sealed = encrypted(nonce, secret.getBytes(StandardCharsets.UTF_8), name);
        byte[] whole = ByteBuffer.allocate(NONCE_LENGTH + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return Base64.getEncoder().encodeToString(whole);
    }

    private byte[] encrypted(byte[] nonce, byte[] text, String name) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, nonce, text, name);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("BUG: every JDK has " + CIPHER, impossible);
        }
    }

    /** Whether this was sealed with this key for this name. */
    boolean opens(String sealed, String name) {
        return tryOpen(sealed, name).isPresent();
    }

    /** The secret, if it was sealed with this key for this name. */
    String open(String sealed, String name) {
        return tryOpen(sealed, name)
                .orElseThrow(() -> new IllegalStateException(
                        "the secret of '%s' cannot be read: it was not encrypted with this master.key"
                                .formatted(name)));
    }

    @Override
    public Optional<String> tryOpen(String sealed, String name) {
        try {
            byte[] whole = Base64.getDecoder().decode(sealed);
            if (whole.length < NONCE_LENGTH) {
                return Optional.empty();
            }
            byte[] nonce = Arrays.copyOf(whole, NONCE_LENGTH);
            byte[] rest = Arrays.copyOfRange(whole, NONCE_LENGTH, whole.length);
            return Optional.of(new String(cipher(Cipher.DECRYPT_MODE, nonce, rest, name), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | GeneralSecurityException sealedElsewhere) {
            return Optional.empty();
        }
    }

    private byte[] cipher(int mode, byte[] nonce, byte[] input, String name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher.doFinal(input);
    }
}
