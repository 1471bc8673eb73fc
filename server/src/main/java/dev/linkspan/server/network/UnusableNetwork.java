package dev.linkspan.server.network;

/** The network cannot be opened as the operator wants it; the message says which setting is to blame, and why. */
public final class UnusableNetwork extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UnusableNetwork(String message) {
        super(message);
    }
}
