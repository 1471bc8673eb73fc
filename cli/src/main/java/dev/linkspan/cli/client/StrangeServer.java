package dev.linkspan.cli.client;

import java.net.URI;

/** What answers at an address is not the server whose admin token would go there; it was not sent. */
public final class StrangeServer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StrangeServer(URI server) {
        super(
                "the server at %s is not the one of the data folder whose admin.token was to be used, so the token was not sent there. Name the server with --url (or LINKSPAN_URL), or its data folder with --data (or LINKSPAN_DATA)"
                        .formatted(server));
    }
}
