package dev.linkspan.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** A server's data folder, of which its operator may read the admin token. */
public record DataFolder(Path path) {

    /** The folder that a server takes unless told otherwise: LINKSPAN_DATA, else under $XDG_DATA_HOME. */
    public static DataFolder usual() {
        Map<String, String> environment = System.getenv();
        String named = environment.getOrDefault("LINKSPAN_DATA", "");
        if (!named.isEmpty()) {
            return new DataFolder(Path.of(named));
        }
        String home = environment.getOrDefault("XDG_DATA_HOME", "");
        Path parent = home.isEmpty()
                ? Path.of(Objects.requireNonNull(System.getProperty("user.home")), ".local", "share")
                : Path.of(home);
        return new DataFolder(parent.resolve("linkspan"));
    }

    public String adminToken() {
        Path file = path.resolve("admin.token");
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new NoAdminToken(file, unreadable);
        }
    }
}
