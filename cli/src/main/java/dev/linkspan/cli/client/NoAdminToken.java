package dev.linkspan.cli.client;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** The file that makes a caller the operator cannot be read. */
public final class NoAdminToken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoAdminToken(Path file, IOException cause) {
        super(
                cause instanceof AccessDeniedException
                        ? "%s. Only its owner, and root, can act as the operator of that server; name the data folder of a server of your own with --data or LINKSPAN_DATA"
                                .formatted(FileProblem.text(cause))
                        : "%s: this needs the data folder of a server that has been started; name it with --data or LINKSPAN_DATA"
                                .formatted(FileProblem.text(cause)),
                cause);
    }
}
