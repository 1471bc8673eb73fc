package dev.linkspan.server.api.own;

import dev.linkspan.core.host.Host;
import dev.linkspan.core.id.HostId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a host's agent proves itself by, for that host alone (H4): its id and a secret, of which only the hash is kept. The
 * secret is drawn at random, so a hash that is quick to compute is enough.
 */
public record HostToken(HostId host, String secret) {

    private static final char SEPARATOR = '.';

    /** Reads one; empty where the text is none. */
    public static Optional<HostToken> tryParse(String text) {
        int separator = text.indexOf(SEPARATOR);
        return separator < 0
                ? Optional.empty()
                : HostId.KIND
                        .tryParse(text.substring(0, separator))
                        .map(host -> new HostToken(host, text.substring(separator + 1)));
    }

    /** As it is shown to the operator, once, and by the agent with each call. */
    public String text() {
        return host.value() + SEPARATOR + secret;
    }

    /** Whether it is the host's; takes the same time whatever is wrong with the secret. */
    public boolean isOf(Host known) {
        return host.equals(known.id()) && MessageDigest.isEqual(bytes(hashOf(secret)), bytes(known.tokenHash()));
    }

    /** What is kept of a secret. */
    public static String hashOf(String secret) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(secret)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("BUG: every Java has SHA-256", impossible);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Nothing that is logged by chance gives the secret away. */
    @Override
    public String toString() {
        return "the token of " + host;
    }
}
