package dev.linkspan.server.store;

/** The server cannot start on this data folder, and has left what is in it alone; the message says why and what to do. */
public final class UnusableDataFolder extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableDataFolder(String message) {
        super(message);
    }

    UnusableDataFolder(String message, Throwable cause) {
        super(message, cause);
    }
}
