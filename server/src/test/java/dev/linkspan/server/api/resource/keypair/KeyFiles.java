package dev.linkspan.server.api.resource.keypair;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/** Keys that {@code ssh-keygen} (OpenSSH 9.2) made and wrote, each in several formats, for tests. */
public final class KeyFiles {

    private KeyFiles() {}

    /** The file's text, such as {@code rsa.pub}. */
    public static String text(String name) {
        try (InputStream file = KeyFiles.class.getResourceAsStream("/keypair/" + name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** As clients send it. */
    public static String base64(String name) {
        return encoded(text(name));
    }

    static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
