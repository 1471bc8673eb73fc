package dev.linkspan.server.store;

/** The server cannot start on this database, and has left what is in it alone; the message says why and what to do. */
public final class UnusableDatabase extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableDatabase(String message) {
        super(message);
    }

    UnusableDatabase(String message, Throwable cause) {
        super(message, cause);
    }
}
