package dev.linkspan.core.keypair;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Public keys for tests that do not look into them: only the name of their type is real. */
public final class PublicKeys {

    private PublicKeys() {}

    public static PublicKey of(KeypairType type, String comment) {
        byte[] name = type.label().getBytes(StandardCharsets.US_ASCII);
        byte[] blob = ByteBuffer.allocate(name.length + 12)
                .putInt(name.length)
                .put(name)
                .putInt(Integer.BYTES)
                .putInt(0x01020304)
                .array();
        return new PublicKey(type, Base64.getEncoder().encodeToString(blob), comment);
    }
}
