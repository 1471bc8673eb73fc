package dev.linkspan.server.host.agent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that fails again and again until it does not: the log says when that begins, changes, lasts and ends. By one thread. */
final class Trouble {

    private static final Duration REMINDER = Duration.ofMinutes(1);

    private final Logger logger;
    private final String over;
    private @Nullable String current;
    private long saidNanos;

    /** @param over what is said when it has ended */
    Trouble(Logger logger, String over) {
        this.logger = logger;
        this.over = over;
    }

    /** It has failed. */
    void failed(String reason) {
        String why = reason.strip();
        long now = System.nanoTime();
        if (!why.equals(current) || now - saidNanos > REMINDER.toNanos()) {
            logger.log(Level.WARNING, why);
            current = why;
            saidNanos = now;
        }
    }

    /** It has not. */
    void ended() {
        if (current != null) {
            logger.log(Level.INFO, over);
            current = null;
        }
    }
}
