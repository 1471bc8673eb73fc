package dev.linkspan.acceptance;

import java.nio.file.Path;

/** Where the checked-out sources are, for tests that read them. */
public final class Repository {
    private Repository() {}

    public static Path root() {
        return Path.of(System.getProperty("linkspan.root", ".."))
                .toAbsolutePath()
                .normalize();
    }
}
