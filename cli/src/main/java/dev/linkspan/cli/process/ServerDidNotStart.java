package dev.linkspan.cli.process;

/** A server ended, or was ended, before it was ready. */
public final class ServerDidNotStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String log;

    ServerDidNotStart(int exitCode, String log, Exception cause) {
        super("the server did not start (exit code %d). Its last words:%n%s".formatted(exitCode, log), cause);
        this.exitCode = exitCode;
        this.log = log;
    }

    public int exitCode() {
        return exitCode;
    }

    /** The end of its log. */
    public String log() {
        return log;
    }
}
