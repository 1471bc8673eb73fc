package dev.linkspan.server.api.call;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.server.api.Download;
import dev.linkspan.server.turn.Turns;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Whose turn it is to read. The store has connections for twice as many as read at once here, so that what does not wait
 * for a turn, such as looking up who signed a request, finds one; and one account has half of the turns at most.
 *
 * <p>An answer that nobody asked for in pages is whole, however long. A long one is sent as it is written, and is held while
 * its client takes it: there are few of those at once, and one for each account.
 */
public final class ReadTurns {

    /** How many read at once. */
    public static final int AT_ONCE = Math.max(4, Runtime.getRuntime().availableProcessors());

    /** An answer with more items than a page has is a long one. */
    public static final int LONG = 1_000;

    private static final int IN_LINE = 200;
    private static final int LONG_AT_ONCE = 4;
    private static final int LONG_IN_LINE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SLOWER = "Too many calls of this account are waiting to read. Make fewer at a time.";
    private static final String IN_PAGES =
            "Too many long answers are being sent at this moment. Ask for pages, or try again in some seconds.";

    private final Turns turns;
    private final Turns longAnswers = new Turns(new Turns.Limits(LONG_AT_ONCE, 1, LONG_IN_LINE, PATIENCE), IN_PAGES);

    public ReadTurns() {
        this(new Turns.Limits(AT_ONCE, AT_ONCE / 2, IN_LINE, PATIENCE));
    }

    ReadTurns(Turns.Limits limits) {
        this.turns = new Turns(limits, SLOWER);
    }

    /** Reads when it is the account's turn. */
    public <T> T taking(AccountId whose, Supplier<T> read) {
        return turns.taking(whose.value(), read);
    }

    /** How long the read that has waited longest has waited. */
    public Duration longestWait() {
        return turns.longestWait();
    }

    /** Writes an answer, all of it. */
    @FunctionalInterface
    public interface Written {
        void to(OutputStream out) throws IOException;
    }

    /** A long answer of the account, which waits for its turn and has it until it is sent. */
    public Download longAnswer(AccountId whose, String contentType, Written answer) {
        longAnswers.take(whose.value());
        AtomicBoolean sent = new AtomicBoolean();
        return new Download() {
            @Override
            public String contentType() {
                return contentType;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                answer.to(out);
            }

            @Override
            public void close() {
                if (sent.compareAndSet(false, true)) {
                    longAnswers.giveBack(whose.value());
                }
            }
        };
    }
}
