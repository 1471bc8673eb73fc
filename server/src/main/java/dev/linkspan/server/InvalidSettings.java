package dev.linkspan.server;

/** The server cannot start as it was told to; the message says what is wrong and what would be accepted. */
final class InvalidSettings extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidSettings(String message) {
        super(message);
    }
}
