package dev.linkspan.cli.client;

import java.net.URI;

/** No Linkspan server answers at an address. */
public final class ServerUnreachable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ServerUnreachable(URI server, Exception cause) {
        super(
                "no server answers at %s: start one with ./linkspan serve, or name another with --url"
                        .formatted(server),
                cause);
    }

    ServerUnreachable(URI server, int status, Exception cause) {
        super(
                "what answers at %s is no Linkspan server: it gave HTTP %d without JSON".formatted(server, status),
                cause);
    }
}
