package dev.linkspan.acceptance;

import java.nio.file.Path;

/** Where the checked-out sources are, for tests that read them. */
final class Repository {
    private Repository() {}

    static Path root() {
        return Path.of(System.getProperty("linkspan.root", ".."))
                .toAbsolutePath()
                .normalize();
    }
}
