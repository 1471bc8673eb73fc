package dev.linkspan.cli.command;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Shows on a terminal, now and then on the same line, how many rows have come; elsewhere nothing. */
final class Progress implements LongConsumer, AutoCloseable {

    private static final long SHOWN_EVERY_NANOS = 200_000_000;
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintWriter err;
    private final boolean shown = onTerminal();
    private long shownAt = System.nanoTime();
    private boolean onScreen;

    Progress(PrintWriter err) {
        this.err = err;
    }

    /** Whether a person reads what the command prints. */
    static boolean onTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    @Override
    public void accept(long rows) {
        if (shown && System.nanoTime() - shownAt > SHOWN_EVERY_NANOS) {
            shownAt = System.nanoTime();
            onScreen = true;
            err.print(CLEAR_LINE + "linkspan: %,d rows".formatted(rows));
            err.flush();
        }
    }

    /** Leaves the line empty. */
    @Override
    public void close() {
        if (onScreen) {
            onScreen = false;
            err.print(CLEAR_LINE);
            err.flush();
        }
    }
}
