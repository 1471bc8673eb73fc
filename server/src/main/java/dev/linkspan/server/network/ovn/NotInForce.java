package dev.linkspan.server.network.ovn;

import java.io.Serial;

/** What was written is not what every host does, as far as is known: the rows are there, and may take effect later. */
public final class NotInForce extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    NotInForce(String message) {
        super(message);
    }
}
