package dev.linkspan.core.keypair;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The half of a keypair that everybody may know, as SSH writes it (RFC 4253, 6.6).
 *
 * @param blob the key in SSH's wire format, which begins with the name of its type, in Base64
 * @param comment what its maker wrote beside it, such as a mail address, without control characters; may be empty
 */
public record PublicKey(KeypairType type, String blob, String comment) {

    public PublicKey {
        byte[] name = type.label().getBytes(StandardCharsets.US_ASCII);
        byte[] beginning = ByteBuffer.allocate(Integer.BYTES + name.length)
                .putInt(name.length)
                .put(name)
                .array();
        byte[] bytes = Base64.getDecoder().decode(blob);
        if (bytes.length <= beginning.length
                || !Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length)) {
            throw new IllegalArgumentException("'%s' is not a key of the type %s".formatted(blob, type.label()));
        }
        if (comment.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("'%s' is no comment: it has control characters".formatted(comment));
        }
    }

    /** The line that OpenSSH keeps in {@code authorized_keys}. */
    public String openSsh() {
        return "%s %s %s".formatted(type.label(), blob, comment).stripTrailing();
    }
}
