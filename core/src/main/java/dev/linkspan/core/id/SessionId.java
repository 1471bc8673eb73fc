package dev.linkspan.core.id;

import java.util.regex.Pattern;

/**
 * Names a session: the SHA-256 of the token that its browser holds, in 64 hexadecimal digits. Whoever learns it cannot
 * sign in with it.
 */
public record SessionId(String value) {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public SessionId {
        if (!DIGEST.matcher(value).matches()) {
            throw new IllegalArgumentException("a session's id has 64 hexadecimal digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
