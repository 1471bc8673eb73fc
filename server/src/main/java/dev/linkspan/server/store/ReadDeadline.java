package dev.linkspan.server.store;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.time.Duration;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/** Ends a read that has taken too long: whoever reads holds a connection that others wait for. */
final class ReadDeadline implements SqlLogger {

    private final Duration longest;
    private final long began = System.nanoTime();

    ReadDeadline(Duration longest) {
        this.longest = longest;
    }

    @Override
    public void logBeforeExecution(StatementContext context) {
        if (System.nanoTime() - began > longest.toNanos()) {
            throw new Refusal(
                    RefusalCode.THROTTLED,
                    "The answer would take longer than %d seconds. Ask for less of it: for pages, or by id.",
                    longest.toSeconds());
        }
    }
}
