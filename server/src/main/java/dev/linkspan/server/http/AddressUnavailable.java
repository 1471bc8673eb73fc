package dev.linkspan.server.http;

/** The server cannot listen where it was told to; the message says where and why. */
public final class AddressUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    AddressUnavailable(String message) {
        super(message);
    }
}
