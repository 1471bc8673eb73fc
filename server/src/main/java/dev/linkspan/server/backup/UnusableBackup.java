package dev.linkspan.server.backup;

/** A file cannot be restored; the message says why, and what would help. Nothing was changed because of it. */
public final class UnusableBackup extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UnusableBackup(String message) {
        super(message);
    }

    UnusableBackup(String message, Throwable cause) {
        super(message, cause);
    }
}
