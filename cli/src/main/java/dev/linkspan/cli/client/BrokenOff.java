package dev.linkspan.cli.client;

import java.io.IOException;

/** An answer did not come to its end, or could not be taken; the message says why. */
public final class BrokenOff extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokenOff(String call, IOException cause) {
        super(
                "%s was broken off: %s".formatted(call.substring(call.lastIndexOf('/') + 1), FileProblem.text(cause)),
                cause);
    }
}
