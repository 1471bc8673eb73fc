package dev.linkspan.server.network;

/** Outside cannot be bound to the interface that the operator named; the message says which and why. */
public final class UnusableUplink extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UnusableUplink(String message) {
        super(message);
    }
}
