package dev.linkspan.cli.command;

/** What a command exits with; {@code vm exec} passes on the code of the command that it ran. */
final class ExitCode {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int NO_SERVER = 3;
    /** {@code vm exec} did not get as far as running the command; the number is that of comparable tools. */
    static final int NOT_RUN = 125;

    private ExitCode() {}
}
